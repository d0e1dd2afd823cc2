/* Statements that certainly have no rows, because one of the tables that they join has none: most
 * statements of packs are about kinds that a design has no records of. They need not be compiled.
 * What cannot be told from the text at once may have rows. */
#ifndef RULE_NO_ROWS_H
#define RULE_NO_ROWS_H

#include "query/database.h"

/* Of the catalog as it stands: not beyond a change of its tables or records. For one thread. */
typedef struct NoRows {
    const Catalog *catalog;
    signed char *views; /* what is known of each: 0 nothing, 1 has no rows, -1 may have some */
    size_t depth;
} NoRows;

void no_rows_init(NoRows *check, Arena *arena, const Catalog *catalog);

bool has_no_rows(NoRows *check, Str sql);

#endif
