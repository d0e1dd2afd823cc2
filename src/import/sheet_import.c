/* Two passes over the events: the sheets that make records, then those that fill or extend them, so
 * that the order of the tabs does not matter. */
#include "import/sheet_import.h"

#include "base/fold.h"
#include "base/limits.h"
#include "import/cell_text.h"
#include "import/mapping.h"

typedef struct CellText {
    Str heading, value;
    Loc loc;
} CellText;

typedef struct KnownRow {
    Sym key; /* fold key of "kind/scope/key" */
    RowId row;
} KnownRow;

typedef struct SheetImport {
    Inventory *inventory;
    const Schema *schema;
    const ReadContext *context;
    Mapping mapping;
    const SheetMap *sheet; /* of the rows that come; NULL = not mapped */
    bool filling;          /* second pass */
    bool needed_sheet, needed_column;
    bool single_sheet; /* a CSV file: what it joins may stand in another file */
    VEC(CellText) row;
    Arena *row_arena;
    ArenaMark row_mark;
    int depth;
    KnownRow *known; /* open addressing */
    size_t known_slots, known_count;
    Buf text;
    SourceId source;
    size_t bad_cells;
} SheetImport;

/* ---- known records ---- */

static KnownRow *known_slot(const SheetImport *import, Sym key) {
    size_t mask = import->known_slots - 1;
    size_t i = (size_t)(key * 2654435761u) & mask;
    while (import->known[i].key && import->known[i].key != key) {
        i = (i + 1) & mask;
    }
    return &import->known[i];
}

static void known_grow(SheetImport *import) {
    KnownRow *old = import->known;
    size_t count = import->known_slots;
    import->known_slots = count ? count * 2 : 1024;
    import->known = arena_array(import->context->scratch, KnownRow, import->known_slots);
    for (size_t i = 0; i < count; i++) {
        if (old[i].key) {
            *known_slot(import, old[i].key) = old[i];
        }
    }
}

static Str cell_of(const SheetImport *import, Str heading, Loc *ret_loc) {
    for (size_t i = 0; i < import->row.count; i++) {
        if (str_eq_nocase(import->row.items[i].heading, heading)) {
            *ret_loc = import->row.items[i].loc;
            return str_trim(import->row.items[i].value);
        }
    }
    return STR_NONE;
}

static Sym row_key(SheetImport *import, KindId kind, Str key_heading, Str key) {
    Loc loc;
    Str scope = import->sheet->scope.n ? cell_of(import, import->sheet->scope, &loc) : STR_NONE;
    Interner *interner = import->schema->interner;
    ArenaMark mark = arena_mark(import->context->scratch);
    Str text = arena_printf(import->context->scratch, "%u\x01%.*s\x01%.*s\x01%.*s", (unsigned)kind,
                            STR_ARG(key_heading), STR_ARG(scope), STR_ARG(key));
    Sym sym = intern(interner, fold_key(import->context->scratch, text));
    arena_release(import->context->scratch, mark);
    return sym;
}

static void remember(SheetImport *import, KindId kind, RowId row) {
    const Node *key = import->sheet->key;
    for (size_t i = 0; i < key->count; i++) {
        Loc loc;
        Str value = cell_of(import, key->items[i].text, &loc);
        if (!value.n) {
            continue;
        }
        if ((import->known_count + 1) * 4 > import->known_slots * 3) {
            known_grow(import);
        }
        KnownRow *slot = known_slot(import, row_key(import, kind, key->items[i].text, value));
        if (!slot->key) {
            *slot = (KnownRow){row_key(import, kind, key->items[i].text, value), row};
            import->known_count++;
        }
    }
}

static RowId recall(SheetImport *import, KindId kind) {
    const Node *key = import->sheet->key;
    for (size_t i = 0; i < key->count && import->known_slots; i++) {
        Loc loc;
        Str value = cell_of(import, key->items[i].text, &loc);
        KnownRow *slot =
            value.n ? known_slot(import, row_key(import, kind, key->items[i].text, value)) : NULL;
        if (slot && slot->key) {
            return slot->row;
        }
    }
    return NO_ROW;
}

/* ---- cells ---- */

static void set_one(SheetImport *import, KindId kind, RowId row, const ColumnMap *map, Str value,
                    Loc loc) {
    const Field *field = schema_kind(import->schema, kind)->columns[map->column].field;
    Str text = cell_text(import->schema, field, map, cell_take(map, value), &import->text);
    Str expected = STR_NONE;
    int64_t stated;
    bool list = field->type == TYPE_LIST;
    if (!text.n || (!list && inventory_cell(import->inventory, kind, map->column, row, &stated))) {
        return;
    }
    if (list && inventory_has_item(import->inventory, kind, map->column, row, text)) {
        return;
    }
    if (!inventory_set_text(import->inventory, kind, map->column, row, text, loc, &expected)) {
        bool word = str_eq(expected, STR("enum")) || str_eq(expected, STR("range"));
        Diag *diag = diag_warning(import->context->diags, loc,
                                  "'%.*s' is no value for '%.*s': read as not stated",
                                  STR_ARG(str_slice(value, 0, 60)), STR_ARG(map->heading));
        if (!word) {
            diag_help(import->context->diags, diag, "expected %.*s", STR_ARG(expected));
        }
    }
}

static void set_cell(SheetImport *import, KindId kind, RowId row, const ColumnMap *map,
                     const CellText *cell) {
    if (!map->split.n) {
        set_one(import, kind, row, map, cell->value, cell->loc);
        return;
    }
    Str rest = cell->value;
    Str part;
    while (str_cut(&rest, map->split.s[0], &part)) {
        set_one(import, kind, row, map, str_trim(part), cell->loc);
    }
}

static void set_cells(SheetImport *import, KindId kind, RowId row, const ColumnMaps *maps) {
    for (size_t i = 0; i < import->row.count; i++) {
        const ColumnMap *map = column_maps_find(maps, import->row.items[i].heading);
        if (map) {
            set_cell(import, kind, row, map, &import->row.items[i]);
        }
    }
}

/* ---- rows ---- */

static RowId add_parent(SheetImport *import, Loc loc) {
    const SheetMap *sheet = import->sheet;
    const Kind *kind = schema_kind(import->schema, sheet->parent_kind);
    for (size_t i = 0; sheet->parent_unless && i < sheet->parent_unless->count; i++) {
        Loc at;
        if (cell_is_true(cell_of(import, sheet->parent_unless->items[i].text, &at))) {
            return NO_ROW;
        }
    }
    RowId row = inventory_add_record(import->inventory, sheet->parent_kind, loc.source, NO_ROW,
                                     NO_COLUMN, loc);
    Str name = STR_NONE;
    Loc at = loc;
    Str expected;
    for (size_t i = 0; sheet->parent_name && !name.n && i < sheet->parent_name->count; i++) {
        name = cell_of(import, sheet->parent_name->items[i].text, &at);
        /* The host part of a DNS name; a VM's own name may hold dots and stays. */
        name = i == 0 ? str_slice(name, 0, str_find(name, '.', 0)) : name;
    }
    if (row == NO_ROW || !name.n || kind->name_column == NO_COLUMN) {
        return row;
    }
    inventory_set_text(import->inventory, sheet->parent_kind, kind->name_column, row, name, at,
                       &expected);
    Str alias = cell_of(import, sheet->parent_alias, &at);
    if (alias.n && !str_eq_nocase(alias, name) && kind->aliases_column != NO_COLUMN) {
        inventory_set_text(import->inventory, sheet->parent_kind, kind->aliases_column, row, alias,
                           at, &expected);
    }
    set_cells(import, sheet->parent_kind, row, &sheet->parent_columns);
    return row;
}

static void take_record(SheetImport *import, Loc loc) {
    const SheetMap *sheet = import->sheet;
    RowId parent = sheet->parent_kind == NO_KIND ? NO_ROW : add_parent(import, loc);
    RowId row = inventory_add_record(import->inventory, sheet->kind, loc.source, parent,
                                     parent == NO_ROW ? (ColumnId)NO_COLUMN : sheet->field, loc);
    if (row == NO_ROW) {
        return;
    }
    if (parent != NO_ROW) {
        inventory_set_value(import->inventory, sheet->parent_kind, sheet->field, parent, 1, loc);
    }
    set_cells(import, sheet->kind, row, &sheet->columns);
    remember(import, sheet->kind, row);
}

static void take_join(SheetImport *import, Loc loc) {
    const SheetMap *sheet = import->sheet;
    KindId owner = sheet->role == SHEET_CHILDREN ? sheet->owner : sheet->kind;
    RowId row = recall(import, owner);
    if (row == NO_ROW && import->single_sheet && sheet->role == SHEET_JOIN) {
        take_record(import, loc);
        return;
    }
    if (row == NO_ROW) {
        import->bad_cells++;
        return;
    }
    RowId target = row;
    if (sheet->role == SHEET_CHILDREN) {
        target = inventory_add_record(import->inventory, sheet->kind, loc.source, row, sheet->field,
                                      loc);
        if (target == NO_ROW) {
            return;
        }
        inventory_append_child(import->inventory, sheet->kind, target);
    }
    set_cells(import, sheet->kind, target, &sheet->columns);
}

static bool row_has_key(const SheetImport *import, Loc *ret_loc) {
    const Node *key = import->sheet->key;
    for (size_t i = 0; i < key->count; i++) {
        if (cell_of(import, key->items[i].text, ret_loc).n) {
            return true;
        }
    }
    return false;
}

static void take_row(SheetImport *import) {
    const SheetMap *sheet = import->sheet;
    Loc loc = {0};
    bool records = sheet && sheet->role == SHEET_RECORDS;
    if (!sheet || records == import->filling || !row_has_key(import, &loc)) {
        return;
    }
    if (records) {
        take_record(import, loc);
    } else {
        take_join(import, loc);
    }
}

/* ---- events ---- */

static void note_as_of(SheetImport *import, const CellText *cell) {
    Field date = {.type = TYPE_DATE};
    ColumnMap map = {0};
    Str text = cell_text(import->schema, &date, &map, cell->value, &import->text);
    Source *file = source_of(import->context->sources, import->source);
    if (text.n == 10 && !file->as_of.n) {
        file->as_of = arena_copy(import->context->sources->arena, text);
    }
}

static void open_sheet(SheetImport *import, Str name) {
    import->sheet = mapping_find_sheet(&import->mapping, name);
    import->needed_sheet |=
        str_eq_nocase(name, import->mapping.needs_sheet) || import->single_sheet;
    if (import->sheet && !import->filling && import->mapping.complete) {
        for (size_t i = 0; i < import->mapping.complete->count; i++) {
            KindId kind = schema_find_kind(import->schema, import->mapping.complete->items[i].text);
            if (kind == import->sheet->kind && import->sheet->role == SHEET_RECORDS) {
                inventory_set_complete(import->inventory, import->source, kind, NO_COLUMN);
            }
        }
    }
}

static void take_attribute(SheetImport *import, const Event *event) {
    CellText cell = {arena_copy(import->row_arena, event->name),
                     arena_copy(import->row_arena, event->value), event->loc};
    vec_push(import->row_arena, &import->row, cell);
    import->needed_column |=
        import->sheet && str_eq_nocase(event->name, import->mapping.needs_column);
    const Source *sheet = source_of(import->context->sources, event->loc.source);
    if (str_eq_nocase(sheet->sheet, import->mapping.as_of_sheet) &&
        str_eq_nocase(event->name, import->mapping.as_of_column)) {
        note_as_of(import, &cell);
    }
}

static bool take_event(void *context, const Event *event) {
    SheetImport *import = context;
    switch (event->type) {
    case EVENT_OPEN:
        import->depth++;
        if (import->depth == 2) {
            open_sheet(import, event->name);
        } else if (import->depth == 3) {
            import->row.count = 0;
            import->row.items = NULL;
            import->row.capacity = 0;
            import->row_mark = arena_mark(import->row_arena);
        }
        break;
    case EVENT_ATTRIBUTE:
        take_attribute(import, event);
        break;
    case EVENT_TEXT:
        break;
    case EVENT_CLOSE:
        if (import->depth == 3) {
            take_row(import);
            arena_release(import->row_arena, import->row_mark);
        }
        import->depth--;
        break;
    }
    return true;
}

static bool check_needed(const SheetImport *import) {
    if (import->needed_sheet && (import->needed_column || import->single_sheet)) {
        return true;
    }
    Diag *diag =
        diag_error(import->context->diags, (Loc){.source = import->source, .line = 1, .column = 1},
                   "this workbook is no %.*s export", STR_ARG(import->mapping.title));
    diag_help(import->context->diags, diag, "expected a sheet '%.*s' with a column '%.*s'",
              STR_ARG(import->mapping.needs_sheet), STR_ARG(import->mapping.needs_column));
    return false;
}

bool sheet_import(Inventory *inventory, const ReadContext *context, SourceId source, Reader *reader,
                  const Node *mapping) {
    SheetImport *import = arena_new(context->scratch, SheetImport);
    import->inventory = inventory;
    import->schema = inventory_schema(inventory);
    import->context = context;
    import->source = source;
    import->single_sheet = reader == read_csv;
    if (!mapping_read(&import->mapping, mapping, import->schema, context->scratch,
                      context->diags)) {
        return false;
    }
    import->row_arena = arena_open(0);
    buf_init(&import->text, LIMIT_TEXT_BYTES);
    EventSink sink = {take_event, import};
    bool read = reader(context, source, &sink) && check_needed(import);
    if (read) {
        import->filling = true;
        import->depth = 0;
        read = reader(context, source, &sink);
    }
    if (import->bad_cells) {
        diag_warning(context->diags, (Loc){.source = source, .line = 1, .column = 1},
                     "%zu row(s) of further sheets belong to no record and were left out",
                     import->bad_cells);
    }
    buf_clear(&import->text);
    arena_close(import->row_arena);
    return read;
}
