/* One row of a sheet: which record it is about, and what it says of it. */
#include "base/fold.h"
#include "import/cell_text.h"
#include "import/sheet_work.h"

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
        cells_set(work, sheet->owner, row, &sheet->parent_columns);
        row =
            inventory_add_record(work->inventory, sheet->kind, loc.source, row, sheet->field, loc);
        if (row == NO_ROW) {
            return;
        }
        inventory_append_child(work->inventory, sheet->kind, row);
    }
    cells_set(work, sheet->kind, row, &sheet->columns);
}

void records_take_row(SheetWork *work) {
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

void records_settle_children(SheetWork *work) {
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
