/* Rows that packs derive: provisional ids while they do, canonical ones when they are done. */
#include "model/store.h"

static int64_t settled_ref(const Inventory *inventory, int64_t id, RowId *const *places) {
    if (id < (int64_t)PROVISIONAL_ID) {
        return id;
    }
    RowId row = (RowId)((id - PROVISIONAL_ID) % PROVISIONAL_SPAN);
    KindId kind = (KindId)(inventory->first_derived + (id - PROVISIONAL_ID) / PROVISIONAL_SPAN);
    return (int64_t)inventory->tables[kind].first_id + places[kind][row];
}

static void settle_refs(Inventory *inventory, KindId kind, ColumnId column, RowId *const *places) {
    Table *table = &inventory->tables[kind];
    const Field *field = schema_kind(inventory->schema, kind)->columns[column].field;
    bool may_be_derived = field->target == ANY_KIND || field->target >= inventory->first_derived;
    ColumnStore *store = &table->columns[column];
    for (size_t row = 0; may_be_derived && row < table->count; row++) {
        int64_t cell;
        if (!store_get(store, (RowId)row, &cell)) {
            continue;
        }
        if (field->type == TYPE_REF) {
            store_replace(store, (RowId)row, settled_ref(inventory, cell, places));
            continue;
        }
        Item *items = list_items(store, cell);
        for (size_t i = 0; i < list_count(cell); i++) {
            items[i].value = settled_ref(inventory, items[i].value, places);
        }
    }
}

void inventory_finish_derived(Inventory *inventory) {
    const Schema *schema = inventory->schema;
    Arena *scratch = arena_open(0);
    RowId **places = arena_array(scratch, RowId *, schema->kind_count);
    for (size_t k = inventory->first_derived; k < schema->kind_count; k++) {
        inventory_order_kind(inventory, (KindId)k, places, scratch);
    }
    inventory->deriving = false;
    inventory_give_ids(inventory);
    for (size_t k = 0; k < schema->kind_count; k++) {
        for (size_t c = 0; c < schema->kinds[k].column_count; c++) {
            if (field_holds_refs(schema->kinds[k].columns[c].field)) {
                settle_refs(inventory, (KindId)k, (ColumnId)c, places);
            }
        }
    }
    arena_close(scratch);
    inventory_index_derived(inventory);
    interner_freeze(schema->interner);
}

EntityId inventory_derive(Inventory *inventory, KindId kind, Str name, EntityId from) {
    Table *table = &inventory->tables[kind];
    Interner *interner = inventory->schema->interner;
    Sym sym = intern(interner, name);
    Sym fold = sym_fold(interner, sym);
    if (!table->names.slot_count) {
        name_index_init(&table->names, 64);
    }
    RowId origin;
    Loc loc = from ? inventory_loc(inventory, from) : (Loc){0};
    SourceId source =
        from ? inventory->tables[inventory_kind_of(inventory, from, &origin)].rows[origin].source
             : 0;
    RowId row;
    if (name_index_find(&table->names, fold, &row) && row != NO_ROW) {
        Row *known = &table->rows[row];
        if (known->flags & ROW_STUB) { /* somebody needs it: it is described after all */
            known->flags = (uint8_t)(known->flags & ~ROW_STUB);
            known->loc = loc;
            known->source = source;
            inventory->stub_count--;
        }
        known->flags |= ROW_DERIVED;
        return inventory_id(inventory, kind, row);
    }
    row = table_add_row(table, (Row){.parent = NO_ROW,
                                     .parent_column = NO_COLUMN,
                                     .name = sym,
                                     .loc = loc,
                                     .source = source,
                                     .flags = ROW_DERIVED});
    const Kind *of = schema_kind(inventory->schema, kind);
    if (of->name_column != NO_COLUMN) {
        store_set(&table->columns[of->name_column], row, sym, loc);
    }
    name_index_share(&table->names, fold, row);
    return inventory_id(inventory, kind, row);
}

bool inventory_set_derived(Inventory *inventory, EntityId id, ColumnId column, int64_t value) {
    RowId row;
    KindId kind = inventory_kind_of(inventory, id, &row);
    ColumnStore *store = &inventory->tables[kind].columns[column];
    const Field *field = schema_kind(inventory->schema, kind)->columns[column].field;
    int64_t stated;
    if (store_get(store, row, &stated) || field->type == TYPE_LIST) {
        return false; /* what the inventory declares wins */
    }
    store_set(store, row, field->type == TYPE_SIZE ? value << 1 : value,
              inventory->tables[kind].rows[row].loc);
    return true;
}
