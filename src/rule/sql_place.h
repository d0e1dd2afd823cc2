/* Where in a pack file a byte of a statement stands. */
#ifndef RULE_SQL_PLACE_H
#define RULE_SQL_PLACE_H

#include "query/database.h"

/* `loc` is the place of the scalar that holds the statement (of a literal block: its bar). A
 * negative offset gives the first line. */
Loc sql_loc(const Inventory *inventory, Loc loc, Str sql, long offset);

/* The place of byte `offset` of a text that `loc` begins, where the text stands on one line as it
 * is; else `loc`. */
Loc sql_text_loc(const Inventory *inventory, Loc loc, Str text, size_t offset);

/* Adds what is wrong with a statement, `what` names it ("rule x", "view y"). */
void sql_error(Diags *diags, const Inventory *inventory, Loc loc, Str sql, Str what,
               const QueryError *error);

#endif
