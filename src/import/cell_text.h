/* Foreign cells as our own spelling: locale-tolerant numbers, booleans, dates, enum words. */
#ifndef IMPORT_CELL_TEXT_H
#define IMPORT_CELL_TEXT_H

#include "base/buf.h"
#include "import/mapping.h"

/* The text under which the value can be set for a field of this type; empty if the cell says
 * nothing ("", "n/a"). `number`: the cell is a number, so a '.' in it is the decimal point. In
 * `out`. */
Str cell_text(const Schema *schema, const Field *field, const ColumnMap *map, Str cell, bool number,
              Buf *out);

/* A day as YYYY-MM-DD from what an export writes; empty if it is none. In `out`. */
Str cell_date(Str cell, Buf *out);

/* The part of the cell that the map takes. */
Str cell_take(const ColumnMap *map, Str cell);

/* True for the words that mean yes in an export. */
bool cell_is_true(Str cell);

#endif
