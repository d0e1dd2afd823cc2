#include "import/cell_text.h"
#include "import/sheet_work.h"

#include "base/limits.h"
#include "model/value.h"
#include "read/read_text.h"

enum { FAULTS_SHOWN = 3 };

static const Field *field_of(const SheetWork *work, KindId kind, ColumnId column) {
    return schema_kind(work->schema, kind)->columns[column].field;
}

static Str enum_words(const SheetWork *work, const Field *field) {
    Str words = STR_NONE;
    for (size_t i = 0; i < field->value_count; i++) {
        words = arena_printf(work->row_arena, "%.*s%s%.*s", STR_ARG(words), i ? ", " : "",
                             STR_ARG(sym_text(work->schema->interner, field->values[i].name)));
    }
    return words;
}

static Str expected_text(const SheetWork *work, const Field *field, Str expected) {
    if (str_eq(expected, STR("enum"))) {
        return arena_printf(work->row_arena, "a word for one of: %.*s",
                            STR_ARG(enum_words(work, field)));
    }
    if (str_eq(expected, STR("range"))) {
        return arena_printf(work->row_arena, "a number of %lld to %lld", (long long)field->min,
                            field->has_max ? (long long)field->max : INT32_MAX);
    }
    return expected;
}

/* The first mistakes of a column are shown, the others counted. */
static Sym fault_key(SheetWork *work, const ColumnMap *map) {
    Str sheet = arena_printf(work->row_arena, "%u", (unsigned)work->sheet_source);
    return work_key(work, "faults", map->column, sheet, map->heading, STR_NONE);
}

static bool is_shown(SheetWork *work, const ColumnMap *map) {
    Sym key = fault_key(work, map);
    uint32_t faults = sym_map_get(&work->map, key) + 1;
    sym_map_set(&work->map, key, faults);
    return faults <= FAULTS_SHOWN;
}

static void count_faults(SheetWork *work, const ColumnMaps *maps) {
    for (size_t i = 0; i < maps->count; i++) {
        uint32_t faults = sym_map_get(&work->map, fault_key(work, &maps->items[i]));
        if (faults > FAULTS_SHOWN) {
            diag_warning(work->context->diags, (Loc){.source = work->sheet_source},
                         "%u more cells of '%.*s' like these: read as not stated",
                         faults - FAULTS_SHOWN, STR_ARG(maps->items[i].heading));
        }
    }
}

void cells_report(SheetWork *work) {
    count_faults(work, &work->sheet->columns);
    count_faults(work, &work->sheet->parent_columns);
}

static void refuse(SheetWork *work, const Field *field, const ColumnMap *map, const RowCell *cell,
                   Str expected) {
    if (!is_shown(work, map)) {
        return;
    }
    Diag *diag = diag_warning(work->context->diags, cell->loc,
                              "'%.*s' is no value for '%.*s': read as not stated",
                              STR_ARG(str_slice(cell->value, 0, 60)), STR_ARG(map->heading));
    diag_help(work->context->diags, diag, "expected %.*s",
              STR_ARG(expected_text(work, field, expected)));
}

/* Control characters and bytes that are no UTF-8 cannot stay. */
static Str clean(SheetWork *work, Str text, Loc loc) {
    bool replaced = false;
    text = text_clean(work->row_arena, text, &replaced);
    if (replaced && !work->replaced) {
        work->replaced = true;
        Diag *diag = diag_warning(work->context->diags, loc,
                                  "characters that no text may hold were "
                                  "replaced, here and perhaps further on");
        diag_help(work->context->diags, diag, "expected text in UTF-8");
    }
    return text;
}

static void complain_difference(SheetWork *work, const ColumnMap *map, Loc loc, Loc other) {
    if (is_shown(work, map)) {
        Diag *diag = diag_warning(work->context->diags, loc,
                                  "'%.*s' is stated with another value elsewhere in this export: "
                                  "read as not stated",
                                  STR_ARG(map->heading));
        diag_place(work->context->diags, diag, other, "the other value");
    }
}

/* True if the cell is stated already. Where two sheets of one export differ, neither is believed.
 */
static bool stated_before(SheetWork *work, KindId kind, RowId row, const ColumnMap *map, Str text,
                          Loc loc) {
    const Field *field = field_of(work, kind, map->column);
    int64_t old;
    int64_t value;
    Str expected;
    if (!inventory_cell(work->inventory, kind, map->column, row, &old)) {
        return false;
    }
    bool number = field->type == TYPE_INT || field->type == TYPE_SIZE || field->type == TYPE_BOOL ||
                  field->type == TYPE_ENUM || field->type == TYPE_DATE;
    if (!number ||
        !value_parse(work->schema->interner, field, field->type, text, &value, &expected)) {
        return true;
    }
    value = field->type == TYPE_SIZE ? value >> 1 : value;
    if (value != old) {
        complain_difference(work, map, loc,
                            inventory_cell_loc(work->inventory, kind, map->column, row));
        inventory_unset(work->inventory, kind, map->column, row);
    }
    return true;
}

static void set_part(SheetWork *work, KindId kind, RowId row, const ColumnMap *map,
                     const RowCell *cell, Str part) {
    const Field *field = field_of(work, kind, map->column);
    bool list = field->type == TYPE_LIST;
    Str taken = cell_take(map, part);
    Str text = cell_text(work->schema, field, map, taken, cell->number, &work->text);
    Str expected = STR_NONE;
    if ((list ? field->item_type : field->type) == TYPE_REF) {
        text = text.n ? names_scoped(work, field->target, text) : text;
    }
    text = text.n ? clean(work, text, cell->loc) : text;
    if (!text.n || (list ? inventory_has_item(work->inventory, kind, map->column, row, text)
                         : stated_before(work, kind, row, map, text, cell->loc))) {
        return;
    }
    if (!inventory_set_text(work->inventory, kind, map->column, row, text, cell->loc, &expected)) {
        refuse(work, field, map, cell, expected);
    }
}

/* One more, or none: a cell that holds another word states that it is not counted. */
static void count_cell(SheetWork *work, KindId kind, RowId row, const ColumnMap *map,
                       const RowCell *cell) {
    Str text = str_trim(cell->value);
    int64_t count = 0;
    inventory_cell(work->inventory, kind, map->column, row, &count);
    count += !map->counts->count;
    for (size_t i = 0; i < map->counts->count; i++) {
        count += str_eq_nocase(map->counts->items[i].text, text);
    }
    if (text.n) {
        inventory_set_value(work->inventory, kind, map->column, row, count, cell->loc);
    }
}

static void set_cell(SheetWork *work, KindId kind, RowId row, const ColumnMap *map,
                     const RowCell *cell) {
    if (map->counts) {
        count_cell(work, kind, row, map, cell);
        return;
    }
    if (!map->split.n) {
        set_part(work, kind, row, map, cell, cell->value);
        return;
    }
    Str rest = cell->value;
    Str part;
    while (str_cut(&rest, map->split.s[0], &part)) {
        set_part(work, kind, row, map, cell, str_trim(part));
    }
}

/* A name that was given a scope does not keep the short form as an alias: records of other inputs
 * would merge with whichever comes first. */
static void set_name(SheetWork *work, KindId kind, RowId row, const ColumnMap *map,
                     const RowCell *cell) {
    Str plain = clean(work, cell_take(map, cell->value), cell->loc);
    Str name = names_scoped(work, kind, plain);
    name = name.n ? name : plain;
    cells_set_text(work, kind, row, map->column, name, cell->loc);
    if (!str_eq(name, plain)) {
        diag_note(work->context->diags, cell->loc,
                  "'%.*s' is the name of several: this one is '%.*s'", STR_ARG(plain),
                  STR_ARG(name));
    }
}

static const RowCell *find_cell(const SheetWork *work, const ColumnMap *map) {
    for (size_t i = 0; i < work->row.count; i++) {
        if (column_map_reads(map, work->row.items[i].heading)) {
            return &work->row.items[i];
        }
    }
    return NULL;
}

void cells_set(SheetWork *work, KindId kind, RowId row, const ColumnMaps *maps) {
    for (size_t i = 0; i < maps->count; i++) {
        const ColumnMap *map = &maps->items[i];
        const RowCell *cell = find_cell(work, map);
        if (cell && map->column == schema_kind(work->schema, kind)->name_column) {
            set_name(work, kind, row, map, cell);
        } else if (cell) {
            set_cell(work, kind, row, map, cell);
        }
    }
}

void cells_set_text(SheetWork *work, KindId kind, RowId row, ColumnId column, Str text, Loc loc) {
    Str expected = STR_NONE;
    if (text.n && !inventory_set_text(work->inventory, kind, column, row, clean(work, text, loc),
                                      loc, &expected)) {
        diag_warning(work->context->diags, loc, "this name cannot be used: expected %.*s",
                     STR_ARG(expected));
    }
}
