/* What the text of a statement tells before it is compiled.
 *
 * Statements that certainly have no rows, because one of the tables that they join has none: most
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

/* How many rows has the table that the statement begins with: a guess at what it costs. */
size_t rows_to_visit(NoRows *check, Str sql);

/* Places from 0, those of the largest weights first; in the arena. */
size_t *heaviest_first(Arena *arena, const size_t *weights, size_t count);

#endif
