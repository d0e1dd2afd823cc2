/* The events of a file as sheets, rows and cells. */
#include <string.h>

#include "base/limits.h"
#include "import/cell_text.h"
#include "import/sheet_work.h"
#include "model/value.h"

/* ---- sheets ---- */

static bool is_wanted_now(const SheetWork *work, const SheetMap *sheet) {
    return (sheet->role == SHEET_RECORDS) == (work->pass != PASS_JOIN);
}

static void open_sheet(SheetWork *work, const Event *event) {
    Str name = event->name;
    if (work->file->cut.n && name.n > work->file->cut.n &&
        str_eq_nocase(str_slice(name, 0, work->file->cut.n), work->file->cut)) {
        name = str_slice(name, work->file->cut.n, name.n);
    }
    const SheetMap *sheet = mapping_find_sheet(&work->mapping, name);
    bool dated = work->pass == PASS_SCAN && str_eq_nocase(name, work->mapping.as_of_sheet);
    work->sheet = sheet && is_wanted_now(work, sheet) ? sheet : NULL;
    work->dated = dated;
    work->sheet_source = event->loc.source;
    work->lost = 0;
    memset(work->wanted, 0, LIMIT_SHEET_COLUMNS + 1);
    *event->skip = !work->sheet && !dated;
    bool alone = event->loc.source == work->file->source; /* a CSV file */
    if (alone && !sheet && !dated && work->pass == PASS_SCAN) {
        diag_note(work->context->diags, (Loc){.source = event->loc.source},
                  "nothing is read from this sheet of %.*s", STR_ARG(work->mapping.title));
    }
}

static bool has_key_heading(const SheetWork *work) {
    const Source *source = source_of(work->context->sources, work->sheet_source);
    for (size_t i = 0; i < source->heading_count; i++) {
        for (size_t k = 0; k < work->sheet->key->count; k++) {
            if (str_eq_nocase(source->headings[i], work->sheet->key->items[k].text)) {
                return true;
            }
        }
    }
    return false;
}

static void warn_lost(SheetWork *work) {
    if (work->lost) {
        const Kind *kind =
            schema_kind(work->schema, work->sheet->role == SHEET_CHILDREN ? work->sheet->owner
                                                                          : work->sheet->kind);
        diag_warning(work->context->diags, work->first_lost,
                     "%zu row%s of this sheet, this one first, belong%s to no %.*s of this export: "
                     "left out",
                     work->lost, work->lost == 1 ? "" : "s", work->lost == 1 ? "s" : "",
                     STR_ARG(sym_text(work->schema->interner, kind->name)));
    }
}

static void close_sheet(SheetWork *work) {
    if (!work->sheet) {
        return;
    }
    bool headings = source_of(work->context->sources, work->sheet_source)->heading_count;
    bool keyed = has_key_heading(work);
    if (work->pass == PASS_SCAN) {
        work->found |= keyed;
    } else if (headings && !keyed) {
        diag_warning(work->context->diags, (Loc){.source = work->sheet_source},
                     "this sheet has no column '%.*s': nothing is read from it",
                     STR_ARG(work->sheet->key->items[0].text));
    } else if (headings && work->sheet->role == SHEET_CHILDREN) {
        records_settle_children(work);
    }
    warn_lost(work);
    if (work->pass != PASS_SCAN) {
        cells_report(work);
    }
}

/* ---- events ---- */

/* A heading that stands there twice counts once, at its first column. */
static bool is_wanted(SheetWork *work, const Event *event) {
    enum { YES = 1, NO };
    uint32_t column = event->loc.column;
    uint8_t *state = &work->wanted[column];
    if (!*state) {
        const Source *source = source_of(work->context->sources, work->sheet_source);
        bool wanted = work->sheet && sheet_map_wants(work->sheet, event->name);
        for (size_t i = 0; wanted && i + 1 < column; i++) {
            wanted = !str_eq_nocase(source->headings[i], event->name);
        }
        *state = wanted ? YES : NO;
    }
    return *state == YES;
}

static void note_as_of(SheetWork *work, const Event *event) {
    if (str_eq_nocase(event->name, work->mapping.as_of_column)) {
        Str day = cell_date(str_trim(event->value), &work->text);
        int64_t days;
        if (!work->as_of.n && date_parse(day, &days)) {
            work->as_of = arena_copy(work->context->sources->arena, day);
        }
    }
}

static void take_cell(SheetWork *work, const Event *event) {
    if (work->dated) {
        note_as_of(work, event);
    }
    if (is_wanted(work, event)) {
        RowCell cell = {arena_copy(work->row_arena, event->name),
                        arena_copy(work->row_arena, event->value), event->loc, !event->quoted};
        vec_push(work->row_arena, &work->row, cell);
    }
}

bool sheet_take_event(void *context, const Event *event) {
    enum { SHEET = 2, ROW = 3 };
    SheetWork *work = context;
    switch (event->type) {
    case EVENT_OPEN:
        work->depth++;
        if (work->depth == SHEET) {
            open_sheet(work, event);
        } else if (work->depth == ROW) {
            work->row.items = NULL;
            work->row.count = work->row.capacity = 0;
            work->row_mark = arena_mark(work->row_arena);
        }
        break;
    case EVENT_ATTRIBUTE:
        take_cell(work, event);
        break;
    case EVENT_TEXT:
        break;
    case EVENT_CLOSE:
        if (work->depth == ROW) {
            records_take_row(work);
            arena_release(work->row_arena, work->row_mark);
        } else if (work->depth == SHEET) {
            close_sheet(work);
        }
        work->depth--;
        break;
    }
    return true;
}
