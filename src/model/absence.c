/* "None" against "not stated" (CONTRACTS.md section 2): which kinds are listed completely, and what
 * a left-out list, child or group of a native record counts as. */
#include "model/store.h"

bool inventory_is_partial(const Inventory *inventory, SourceId source, KindId kind,
                          ColumnId column) {
    for (size_t i = 0; i < inventory->completeness.count; i++) {
        const Completeness *entry = &inventory->completeness.items[i];
        bool whole = entry->kind == NO_KIND;
        if (!entry->complete && entry->source == source &&
            (whole ||
             (entry->kind == kind && (entry->column == NO_COLUMN || entry->column == column)))) {
            return true;
        }
    }
    return false;
}

void inventory_find_complete(Inventory *inventory) {
    for (size_t i = 0; i < inventory->completeness.count; i++) {
        const Completeness *entry = &inventory->completeness.items[i];
        if (entry->complete && entry->column == NO_COLUMN &&
            !inventory_is_partial(inventory, entry->source, entry->kind, NO_COLUMN)) {
            inventory->kind_complete[entry->kind] = true;
        }
    }
}

/* Children of a native record are listed with it. */
void inventory_find_complete_children(Inventory *inventory) {
    const Schema *schema = inventory->schema;
    for (size_t k = 0; k < schema->kind_count; k++) {
        const Table *table = &inventory->tables[k];
        for (size_t row = 0; schema->kinds[k].child_of < ANY_KIND && row < table->count; row++) {
            const Row *record = &table->rows[row];
            if ((record->flags & ROW_NATIVE) &&
                !inventory_is_partial(inventory, record->source, (KindId)k, NO_COLUMN)) {
                inventory->kind_complete[k] = true;
                break;
            }
        }
    }
}

/* The list of children that a row stands in; NULL for the only record of a child field. */
static ColumnStore *list_of(Inventory *inventory, KindId parent_kind, const Row *record) {
    bool listed =
        record->parent != NO_ROW && record->position && record->parent_column != NO_COLUMN;
    return listed ? &inventory->tables[parent_kind].columns[record->parent_column] : NULL;
}

static void count_children(Inventory *inventory, KindId kind) {
    KindId parent_kind = schema_kind(inventory->schema, kind)->child_of;
    const Table *table = &inventory->tables[kind];
    for (size_t pass = 0; pass < 2;
         pass++) { /* what readers counted is forgotten, then counted anew */
        for (size_t row = 0; row < table->count; row++) {
            const Row *record = &table->rows[row];
            ColumnStore *store = list_of(inventory, parent_kind, record);
            if (!store) {
                continue;
            }
            int64_t cell = 0;
            bool stated = store_get(store, record->parent, &cell);
            Loc loc = stated ? store_loc(store, record->parent) : record->loc;
            store_set(store, record->parent, list_cell(0, pass ? list_count(cell) + 1 : 0), loc);
        }
    }
}

static void settle_column(Inventory *inventory, KindId kind, ColumnId column) {
    Table *table = &inventory->tables[kind];
    ColumnStore *store = &table->columns[column];
    for (size_t row = 0; row < table->count; row++) {
        int64_t cell;
        const Row *record = &table->rows[row];
        if ((record->flags & ROW_NATIVE) && !store_get(store, (RowId)row, &cell) &&
            !inventory_is_partial(inventory, record->source, kind, column)) {
            store_set(store, (RowId)row, 0,
                      inventory_loc(inventory, inventory_id(inventory, kind, (RowId)row)));
        }
    }
}

void inventory_settle_absence(Inventory *inventory) {
    const Schema *schema = inventory->schema;
    for (size_t k = 0; k < schema->kind_count; k++) {
        if (schema->kinds[k].child_of < ANY_KIND) {
            count_children(inventory, (KindId)k);
        }
    }
    for (size_t k = 0; k < schema->kind_count; k++) {
        for (size_t c = 0; c < schema->kinds[k].column_count; c++) {
            if (schema->kinds[k].columns[c].field->absent_none) {
                settle_column(inventory, (KindId)k, (ColumnId)c);
            }
        }
    }
}
