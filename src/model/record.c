/* The writing side of the inventory: used by the native loader and by importers. */
#include <assert.h>

#include "base/fold.h"
#include "base/limits.h"
#include "model/store.h"
#include "model/value.h"

RowId inventory_add_record(Inventory *inventory, KindId kind, SourceId source, RowId parent,
                           ColumnId parent_column, Loc loc) {
    if (inventory->record_count >= LIMIT_RECORDS) {
        return NO_ROW;
    }
    inventory->record_count++;
    bool native = source_of(inventory->sources, source)->native;
    Row row = {.parent = parent,
               .parent_column = parent_column,
               .loc = loc,
               .source = source,
               .flags = native ? ROW_NATIVE : ROW_IMPORT};
    return table_add_row(&inventory->tables[kind], row);
}

static bool is_list(const Field *field) {
    return field->type == TYPE_LIST;
}

static void append_item(ColumnStore *store, RowId row, Item item) {
    int64_t cell = 0;
    bool stated = store_get(store, row, &cell);
    size_t start = list_start(cell);
    size_t count = stated ? list_count(cell) : 0;
    if (!count) {
        start = store->pool.count;
    } else if (start + count != store->pool.count) {
        /* Another row's items follow: this list moves to the end of the pool. */
        size_t moved = store->pool.count;
        for (size_t i = 0; i < count; i++) {
            pool_add(&store->pool, store->pool.items[start + i]);
        }
        start = moved;
    }
    pool_add(&store->pool, item);
    store_set(store, row, list_cell(start, count + 1), stated ? store_loc(store, row) : item.loc);
}

bool inventory_set_text(Inventory *inventory, KindId kind, ColumnId column, RowId row, Str text,
                        Loc loc, Str *ret_expected) {
    const Field *field = inventory->schema->kinds[kind].columns[column].field;
    ColumnStore *store = &inventory->tables[kind].columns[column];
    FieldType type = is_list(field) ? field->item_type : field->type;
    int64_t value;
    if (!value_parse(inventory->schema->interner, field, type, text, &value, ret_expected)) {
        return false;
    }
    if (is_list(field)) {
        append_item(store, row, (Item){value, loc});
    } else {
        store_set(store, row, value, loc);
    }
    if (column == inventory->schema->kinds[kind].name_column) {
        sym_fold(inventory->schema->interner,
                 (Sym)value); /* merging will ask; a parser is busy now */
    }
    return true;
}

void inventory_set_value(Inventory *inventory, KindId kind, ColumnId column, RowId row,
                         int64_t value, Loc loc) {
    const Field *field = inventory->schema->kinds[kind].columns[column].field;
    assert(!is_list(field) && field->type != TYPE_REF);
    int64_t cell = field->type == TYPE_SIZE ? value << 1 : value;
    store_set(&inventory->tables[kind].columns[column], row, cell, loc);
}

void inventory_unset(Inventory *inventory, KindId kind, ColumnId column, RowId row) {
    store_unset(&inventory->tables[kind].columns[column], row);
}

void inventory_set_none(Inventory *inventory, KindId kind, ColumnId column, RowId row, Loc loc) {
    const Field *field = inventory->schema->kinds[kind].columns[column].field;
    store_set(&inventory->tables[kind].columns[column], row, field->type == TYPE_REF ? REF_NONE : 0,
              loc);
}

void inventory_set_complete(Inventory *inventory, SourceId source, KindId kind, ColumnId column) {
    vec_push(inventory->arena, &inventory->completeness,
             ((Completeness){source, kind, column, true}));
}

bool inventory_has_item(Inventory *inventory, KindId kind, ColumnId column, RowId row, Str text) {
    Interner *interner = inventory->schema->interner;
    Sym fold = sym_fold(interner, intern(interner, text));
    Items items = inventory_items(inventory, kind, column, row);
    for (size_t i = 0; i < items.count; i++) {
        if (sym_fold(interner, (Sym)items.items[i].value) == fold) {
            return true;
        }
    }
    return false;
}

void inventory_append_child(Inventory *inventory, KindId kind, RowId row) {
    const Kind *of = schema_kind(inventory->schema, kind);
    Row *child = &inventory->tables[kind].rows[row];
    ColumnStore *store = &inventory->tables[of->child_of].columns[child->parent_column];
    int64_t cell = 0;
    store_get(store, child->parent, &cell);
    child->position = (uint32_t)list_count(cell) + 1;
    store_set(store, child->parent, list_cell(0, child->position), child->loc);
}
