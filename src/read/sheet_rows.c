#include "read/sheet_rows.h"

SheetRows sheet_rows(const ReadContext *context, SourceId source, const EventSink *sink) {
    return (SheetRows){.sink = sink, .sources = context->sources, .source = source};
}

static Loc cell_loc(const SheetRows *rows, uint32_t column) {
    return (Loc){.line = rows->row, .column = column, .source = rows->source};
}

static void take_heading(SheetRows *rows, const SheetCell *cell) {
    Arena *arena = rows->sources->arena;
    while (rows->headings.count < cell->column) {
        vec_push(arena, &rows->headings, STR_NONE);
    }
    Str *heading = &rows->headings.items[cell->column - 1];
    if (!heading->n) {
        *heading = arena_copy(arena, str_slice(str_trim(cell->value), 0, LIMIT_NAME_BYTES));
    }
}

static bool end_row(SheetRows *rows) {
    if (rows->row && rows->row == rows->heading_row) {
        Source *source = source_of(rows->sources, rows->source);
        source->headings = rows->headings.items;
        source->heading_count = rows->headings.count;
    }
    if (!rows->open) {
        return true;
    }
    rows->open = false;
    return event_emit(rows->sink, &(Event){.type = EVENT_CLOSE, .loc = cell_loc(rows, 0)});
}

static bool emit_cell(SheetRows *rows, const SheetCell *cell) {
    Str heading =
        cell->column <= rows->headings.count ? rows->headings.items[cell->column - 1] : STR_NONE;
    if (!heading.n) {
        return true;
    }
    if (!rows->open) {
        rows->open = true;
        Event open = {.type = EVENT_OPEN,
                      .shape = SHAPE_ROW,
                      .name = STR("row"),
                      .name_loc = cell_loc(rows, 0),
                      .loc = cell_loc(rows, 0)};
        if (!event_emit(rows->sink, &open)) {
            return false;
        }
    }
    Event event = {.type = EVENT_ATTRIBUTE,
                   .quoted = !cell->number,
                   .name = heading,
                   .value = cell->value,
                   .loc = cell_loc(rows, cell->column)};
    event.name_loc =
        (Loc){.line = rows->heading_row, .column = cell->column, .source = rows->source};
    return event_emit(rows->sink, &event);
}

bool sheet_rows_take(SheetRows *rows, const SheetCell *cell) {
    if (!str_trim(cell->value).n) {
        return true;
    }
    if (cell->row != rows->row) {
        if (!end_row(rows)) {
            return false;
        }
        rows->row = cell->row;
        rows->heading_row = rows->heading_row ? rows->heading_row : cell->row;
    }
    if (rows->row == rows->heading_row) {
        take_heading(rows, cell);
        return true;
    }
    return emit_cell(rows, cell);
}

bool sheet_rows_end(SheetRows *rows) {
    return end_row(rows);
}

bool sheet_open(const EventSink *sink, SourceId source, Str name, bool *ret_skip) {
    *ret_skip = false;
    Loc loc = {.source = source, .line = 1, .column = 1};
    Event event = {.type = EVENT_OPEN,
                   .shape = SHAPE_MAP,
                   .skip = ret_skip,
                   .name = name,
                   .name_loc = loc,
                   .loc = loc};
    return event_emit(sink, &event);
}

bool sheet_close(const EventSink *sink) {
    return event_emit(sink, &(Event){.type = EVENT_CLOSE});
}
