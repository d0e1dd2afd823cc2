#include "import/sheet_import.h"

#include <string.h>

#include "base/fold.h"
#include "base/limits.h"
#include "import/cell_text.h"
#include "import/sheet_work.h"
#include "model/value.h"

/* ---- the row at hand ---- */

Str row_text(const SheetWork *work, Str heading, Loc *ret_loc) {
    for (size_t i = 0; i < work->row.count; i++) {
        if (str_eq_nocase(work->row.items[i].heading, heading)) {
            *ret_loc = work->row.items[i].loc;
            return str_trim(work->row.items[i].value);
        }
    }
    return STR_NONE;
}

Str row_scope(const SheetWork *work) {
    Loc loc;
    return work->sheet->scope.n ? row_text(work, work->sheet->scope, &loc) : STR_NONE;
}

Sym work_key(SheetWork *work, const char *what, unsigned number, Str a, Str b, Str c) {
    ArenaMark mark = arena_mark(work->arena);
    Str text = arena_printf(work->arena, "\x01%s %u\x01%.*s\x01%.*s\x01%.*s", what, number,
                            STR_ARG(a), STR_ARG(b), STR_ARG(c));
    Interner *interner = work->schema->interner;
    Sym sym = intern(interner, fold_key(work->arena, text));
    arena_release(work->arena, mark);
    return sym;
}

static bool row_has_key(const SheetWork *work, Loc *ret_loc) {
    const Node *key = work->sheet->key;
    for (size_t i = 0; i < key->count; i++) {
        if (row_text(work, key->items[i].text, ret_loc).n) {
            return true;
        }
    }
    return false;
}

/* ---- rows by their keys, so that other sheets find them ---- */

#define SEVERAL_ROWS UINT32_MAX

static Sym join_key(SheetWork *work, KindId kind, size_t i, Str scope, Str value) {
    const Node *key = work->sheet->key;
    Str group = arena_printf(work->row_arena, "%u %u", (unsigned)work->group, (unsigned)kind);
    return work_key(work, key->items[i].text.s, 0, group, scope, value);
}

static void remember_as(SheetWork *work, Sym key, RowId row) {
    uint32_t other = sym_map_get(&work->map, key);
    sym_map_set(&work->map, key, other && other != row + 1 ? (uint32_t)SEVERAL_ROWS : row + 1);
}

static void remember(SheetWork *work, KindId kind, RowId row) {
    const Node *key = work->sheet->key;
    Str scope = row_scope(work);
    for (size_t i = 0; i < key->count; i++) {
        Loc loc;
        Str value = row_text(work, key->items[i].text, &loc);
        if (value.n) {
            remember_as(work, join_key(work, kind, i, STR_NONE, value), row);
            remember_as(work, join_key(work, kind, i, STR_NONE, STR_NONE), 0);
            if (scope.n) {
                remember_as(work, join_key(work, kind, i, scope, value), row);
            }
        }
    }
}

/* The record that the row is about: by the first key that both sides state. */
static RowId recall(SheetWork *work, KindId kind) {
    const Node *key = work->sheet->key;
    Str scope = row_scope(work);
    for (size_t i = 0; i < key->count; i++) {
        Loc loc;
        Str value = row_text(work, key->items[i].text, &loc);
        bool used = sym_map_get(&work->map, join_key(work, kind, i, STR_NONE, STR_NONE));
        if (!value.n || !used) {
            continue;
        }
        uint32_t found = sym_map_get(&work->map, join_key(work, kind, i, scope, value));
        if (!found) {
            found = sym_map_get(&work->map, join_key(work, kind, i, STR_NONE, value));
        }
        return found && found != SEVERAL_ROWS ? found - 1 : NO_ROW;
    }
    return NO_ROW;
}

/* ---- records ---- */

static bool is_excluded(const SheetWork *work) {
    const Node *list = work->sheet->parent_unless;
    for (size_t i = 0; list && i < list->count; i++) {
        Loc loc;
        if (cell_is_true(row_text(work, list->items[i].text, &loc))) {
            return true;
        }
    }
    return false;
}

static void add_aliases(SheetWork *work, RowId row, Str name) {
    const SheetMap *sheet = work->sheet;
    const Kind *kind = schema_kind(work->schema, sheet->parent_kind);
    for (size_t i = sheet->parent_name->count; i-- > 0 && kind->aliases_column != NO_COLUMN;) {
        Loc loc = {0};
        Str alias = row_text(work, sheet->parent_name->items[i].text, &loc);
        if (alias.n && !str_eq_nocase(alias, name) && names_alias_free(work, alias) &&
            !inventory_has_item(work->inventory, sheet->parent_kind, kind->aliases_column, row,
                                alias)) {
            cells_set_text(work, sheet->parent_kind, row, kind->aliases_column, alias, loc);
        }
    }
}

static RowId add_parent(SheetWork *work, Loc loc) {
    const SheetMap *sheet = work->sheet;
    const Kind *kind = schema_kind(work->schema, sheet->parent_kind);
    Loc at = loc;
    Str name = names_parent(work, &at);
    if (!name.n || is_excluded(work)) {
        return NO_ROW;
    }
    RowId row = inventory_add_record(work->inventory, sheet->parent_kind, loc.source, NO_ROW,
                                     NO_COLUMN, loc);
    if (row != NO_ROW) {
        cells_set_text(work, sheet->parent_kind, row, kind->name_column, name, at);
        add_aliases(work, row, name);
        cells_set(work, sheet->parent_kind, row, &sheet->parent_columns);
    }
    return row;
}

static void take_record(SheetWork *work, Loc loc) {
    const SheetMap *sheet = work->sheet;
    RowId parent = sheet->parent_kind == NO_KIND ? NO_ROW : add_parent(work, loc);
    RowId row = inventory_add_record(work->inventory, sheet->kind, loc.source, parent,
                                     parent == NO_ROW ? (ColumnId)NO_COLUMN : sheet->field, loc);
    if (row == NO_ROW) {
        return;
    }
    if (parent != NO_ROW) {
        inventory_set_value(work->inventory, sheet->parent_kind, sheet->field, parent, 1, loc);
    }
    cells_set(work, sheet->kind, row, &sheet->columns);
    remember(work, sheet->kind, row);
}

static void take_join(SheetWork *work, Loc loc) {
    const SheetMap *sheet = work->sheet;
    RowId row = recall(work, sheet->role == SHEET_CHILDREN ? sheet->owner : sheet->kind);
    if (row == NO_ROW) {
        work->first_lost = work->lost++ ? work->first_lost : loc;
        return;
    }
    if (sheet->role == SHEET_CHILDREN) {
        row =
            inventory_add_record(work->inventory, sheet->kind, loc.source, row, sheet->field, loc);
        if (row == NO_ROW) {
            return;
        }
        inventory_append_child(work->inventory, sheet->kind, row);
    }
    cells_set(work, sheet->kind, row, &sheet->columns);
}

static void take_row(SheetWork *work) {
    Loc loc = {0};
    if (!work->sheet || !row_has_key(work, &loc)) {
        return;
    }
    switch (work->pass) {
    case PASS_SCAN:
        if (!is_excluded(work)) {
            names_scan(work);
        }
        break;
    case PASS_RECORDS:
        take_record(work, loc);
        break;
    case PASS_JOIN:
        take_join(work, loc);
        break;
    }
}

/* A record of this group without children in a field that the export lists completely has none. */
static void settle_children(SheetWork *work) {
    const SheetMap *sheet = work->sheet;
    Loc loc = {.source = work->sheet_source, .line = 1, .column = 1};
    for (size_t i = 0; i < work->mapping.complete_count; i++) {
        const Complete *complete = &work->mapping.complete[i];
        if (complete->kind != sheet->owner || complete->column != sheet->field) {
            continue;
        }
        size_t count = inventory_row_count(work->inventory, complete->kind);
        for (size_t row = work->first_rows[complete->kind]; row < count; row++) {
            int64_t cell;
            if (!inventory_cell(work->inventory, complete->kind, complete->column, (RowId)row,
                                &cell)) {
                inventory_set_none(work->inventory, complete->kind, complete->column, (RowId)row,
                                   loc);
            }
        }
    }
}

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
        settle_children(work);
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

static bool take_event(void *context, const Event *event) {
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
            take_row(work);
            arena_release(work->row_arena, work->row_mark);
        } else if (work->depth == SHEET) {
            close_sheet(work);
        }
        work->depth--;
        break;
    }
    return true;
}

/* ---- files ---- */

static bool read_file(SheetWork *work, const SheetFile *file, SheetPass pass) {
    work->file = file;
    work->group = file->group;
    work->pass = pass;
    work->depth = 0;
    work->replaced = false;
    EventSink sink = {take_event, work};
    return file->reader(work->context, file->source, &sink);
}

/* The day of an export holds for all its files and sheets. */
static void set_as_of(SheetWork *work, const SheetFile *files, size_t count, SourceId group) {
    Sources *sources = work->context->sources;
    for (size_t i = 0; i < count && work->as_of.n; i++) {
        for (size_t k = 1; files[i].group == group && k < sources->count; k++) {
            if (sources->items[k].file == files[i].source) {
                sources->items[k].as_of = work->as_of;
            }
        }
    }
}

/* Scans the files of one group; false if they are no export (an error was added). */
static bool scan_group(SheetWork *work, const SheetFile *files, size_t count, SourceId group) {
    bool good = true;
    work->found = false;
    work->as_of = STR_NONE;
    for (size_t i = 0; i < count; i++) {
        good = (files[i].group != group || read_file(work, &files[i], PASS_SCAN)) && good;
    }
    set_as_of(work, files, count, group);
    if (good && !work->found) {
        Diag *diag = diag_error(work->context->diags, (Loc){.source = group},
                                "this is no export of %.*s", STR_ARG(work->mapping.title));
        diag_help(work->context->diags, diag, "expected one of these sheets with its column: %.*s",
                  STR_ARG(mapping_expected(&work->mapping, work->arena)));
        good = false;
    }
    return good;
}

static void set_complete(SheetWork *work, SourceId group) {
    for (size_t i = 0; i < work->mapping.complete_count; i++) {
        const Complete *complete = &work->mapping.complete[i];
        size_t rows = inventory_row_count(work->inventory, complete->kind);
        if (complete->column == NO_COLUMN && rows > work->first_rows[complete->kind]) {
            inventory_set_complete(work->inventory, group, complete->kind, NO_COLUMN);
        }
    }
}

static bool fill_group(SheetWork *work, const SheetFile *files, size_t count, SourceId group) {
    bool good = true;
    for (size_t k = 0; k < work->schema->kind_count; k++) {
        work->first_rows[k] = inventory_row_count(work->inventory, (KindId)k);
    }
    for (SheetPass pass = PASS_RECORDS; pass <= PASS_JOIN; pass++) {
        for (size_t i = 0; i < count; i++) {
            good = (files[i].group != group || read_file(work, &files[i], pass)) && good;
        }
    }
    set_complete(work, group);
    return good;
}

static bool import_groups(SheetWork *work, const SheetFile *files, size_t count) {
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        if (files[i].group == files[i].source) {
            good = scan_group(work, files, count, files[i].group) && good;
        }
    }
    for (size_t i = 0; good && i < count; i++) {
        if (files[i].group == files[i].source) {
            good = fill_group(work, files, count, files[i].group);
        }
    }
    return good;
}

bool sheet_import(Inventory *inventory, const ReadContext *context, const SheetFile *files,
                  size_t count, const Node *mapping) {
    SheetWork work = {.inventory = inventory,
                      .schema = inventory_schema(inventory),
                      .context = context,
                      .arena = arena_open(0),
                      .row_arena = arena_open(0)};
    work.wanted = arena_array(work.arena, uint8_t, LIMIT_SHEET_COLUMNS + 1);
    work.first_rows = arena_array(work.arena, size_t, work.schema->kind_count);
    buf_init(&work.text, LIMIT_TEXT_BYTES);
    bool good = mapping_read(&work.mapping, mapping, work.schema, work.arena, context->diags) &&
                import_groups(&work, files, count);
    buf_clear(&work.text);
    sym_map_clear(&work.map);
    arena_close(work.row_arena);
    arena_close(work.arena);
    return good;
}
