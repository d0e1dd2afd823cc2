/* From cells to rows, for sheets and CSV files alike; for src/read alone. The first row with text
 * holds the headings; cells must come row by row. */
#ifndef READ_SHEET_ROWS_H
#define READ_SHEET_ROWS_H

#include "base/limits.h"
#include "read/event.h"

typedef struct SheetRows {
    const EventSink *sink;
    Sources *sources;
    SourceId source;
    VEC(Str) headings;
    uint32_t heading_row; /* 0 = not met yet */
    uint32_t row;         /* of the cells that come; 0 = none yet */
    bool open;            /* its EVENT_OPEN is out */
} SheetRows;

typedef struct SheetCell {
    uint32_t row, column; /* from 1 */
    Str value;
    bool number;
} SheetCell;

SheetRows sheet_rows(const ReadContext *context, SourceId source, const EventSink *sink);

/* Takes a cell; empty ones are dropped. False if the sink stopped. */
bool sheet_rows_take(SheetRows *rows, const SheetCell *cell);

/* After the last cell. */
bool sheet_rows_end(SheetRows *rows);

/* Opens the sheet; `*ret_skip` says whether the sink wants its rows. */
bool sheet_open(const EventSink *sink, SourceId source, Str name, bool *ret_skip);
bool sheet_close(const EventSink *sink);

#endif
