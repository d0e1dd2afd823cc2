/* The files of an export: those that belong together, read in passes. */
#include "import/sheet_import.h"

#include "base/limits.h"
#include "import/sheet_work.h"

static bool read_file(SheetWork *work, const SheetFile *file, SheetPass pass) {
    work->file = file;
    work->group = file->group;
    work->pass = pass;
    work->depth = 0;
    work->replaced = false;
    EventSink sink = {sheet_take_event, work};
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
