/* The reading side of the inventory; see store.h for how cells are packed. */
#include "model/inventory.h"

#include <assert.h>
#include <stdlib.h>

#include "base/fold.h"
#include "model/store.h"
#include "model/value.h"

static KindId find_head(const Schema *schema) {
    for (size_t i = 0; i < schema->kind_count; i++) {
        if (schema->kinds[i].head) {
            return (KindId)i;
        }
    }
    return NO_KIND;
}

static KindId find_first_derived(const Schema *schema) {
    size_t i = schema->kind_count;
    while (i > 0 && schema->kinds[i - 1].derived) {
        i--;
    }
    return (KindId)i;
}

Inventory *inventory_open(Schema *schema, Sources *sources) {
    Arena *arena = schema->arena;
    Inventory *inventory = arena_new(arena, Inventory);
    inventory->schema = schema;
    inventory->sources = sources;
    inventory->arena = arena;
    inventory->head_kind = find_head(schema);
    inventory->first_derived = find_first_derived(schema);
    inventory->tables = arena_array(arena, Table, schema->kind_count);
    inventory->kind_complete = arena_array(arena, bool, schema->kind_count);
    for (size_t i = 0; i < schema->kind_count; i++) {
        inventory->tables[i].columns =
            arena_array(arena, ColumnStore, schema->kinds[i].column_count);
    }
    return inventory;
}

void inventory_close(Inventory *inventory) {
    if (!inventory) {
        return;
    }
    for (size_t i = 0; i < inventory->schema->kind_count; i++) {
        Table *table = &inventory->tables[i];
        for (size_t c = 0; c < inventory->schema->kinds[i].column_count; c++) {
            store_clear(&table->columns[c]);
        }
        free(table->rows);
        name_index_clear(&table->names);
        name_index_clear(&table->short_names);
        free(table->children.offsets);
        free(table->children.rows);
        *table = (Table){0};
    }
}

const Schema *inventory_schema(const Inventory *inventory) {
    return inventory->schema;
}

const Interner *inventory_interner(const Inventory *inventory) {
    return inventory->schema->interner;
}

const Sources *inventory_sources(const Inventory *inventory) {
    return inventory->sources;
}

const InventoryHead *inventory_head(const Inventory *inventory) {
    return &inventory->head;
}

size_t inventory_row_count(const Inventory *inventory, KindId kind) {
    return inventory->tables[kind].count;
}

size_t inventory_entity_count(const Inventory *inventory) {
    return inventory->entity_count;
}

static const Field *column_field(const Inventory *inventory, KindId kind, ColumnId column) {
    return inventory->schema->kinds[kind].columns[column].field;
}

static int64_t unpacked(const Field *field, int64_t cell) {
    switch (field->type) {
    case TYPE_LIST:
        return (int64_t)list_count(cell);
    case TYPE_SIZE:
        return cell >> 1;
    default:
        return cell;
    }
}

bool inventory_cell(const Inventory *inventory, KindId kind, ColumnId column, RowId row,
                    int64_t *ret_value) {
    int64_t cell;
    if (!store_get(&inventory->tables[kind].columns[column], row, &cell)) {
        return false;
    }
    *ret_value = unpacked(column_field(inventory, kind, column), cell);
    return true;
}

bool inventory_effective(const Inventory *inventory, KindId kind, ColumnId column, RowId row,
                         int64_t *ret_value, bool *ret_assumed) {
    if (inventory_cell(inventory, kind, column, row, ret_value)) {
        *ret_assumed = false;
        return true;
    }
    const Field *field = column_field(inventory, kind, column);
    if (!field->has_default) {
        return false;
    }
    *ret_value = unpacked(field, field->default_value);
    *ret_assumed = true;
    return true;
}

Loc inventory_cell_loc(const Inventory *inventory, KindId kind, ColumnId column, RowId row) {
    Items items = inventory_items(inventory, kind, column, row);
    return items.count ? items.items[0].loc
                       : store_loc(&inventory->tables[kind].columns[column], row);
}

Items inventory_items(const Inventory *inventory, KindId kind, ColumnId column, RowId row) {
    const Field *field = column_field(inventory, kind, column);
    const ColumnStore *store = &inventory->tables[kind].columns[column];
    int64_t cell;
    if (field->type != TYPE_LIST || field->item_type == TYPE_CHILD ||
        !store_get(store, row, &cell)) {
        return (Items){0};
    }
    return (Items){list_items(store, cell), list_count(cell)};
}

RowId inventory_parent(const Inventory *inventory, KindId kind, RowId row) {
    return inventory->tables[kind].rows[row].parent;
}

uint32_t inventory_position(const Inventory *inventory, KindId kind, RowId row) {
    return inventory->tables[kind].rows[row].position;
}

ColumnId inventory_parent_column(const Inventory *inventory, KindId kind, RowId row) {
    return inventory->tables[kind].rows[row].parent_column;
}

static RowList index_list(const ReverseIndex *index, uint32_t target) {
    if (!index->offsets || target < index->first || target - index->first >= index->target_count) {
        return (RowList){0};
    }
    const uint32_t *offsets = index->offsets + (target - index->first);
    return (RowList){index->rows + offsets[0], offsets[1] - offsets[0]};
}

RowList inventory_children(const Inventory *inventory, KindId kind, RowId parent) {
    return index_list(&inventory->tables[kind].children, parent);
}

RowList inventory_referrers(const Inventory *inventory, KindId kind, ColumnId column,
                            EntityId target) {
    return index_list(&inventory->tables[kind].columns[column].referrers, target);
}

EntityId inventory_id(const Inventory *inventory, KindId kind, RowId row) {
    if (inventory->deriving && kind >= inventory->first_derived) {
        return PROVISIONAL_ID + (uint32_t)(kind - inventory->first_derived) * PROVISIONAL_SPAN +
               row;
    }
    return inventory->tables[kind].first_id + row;
}

static KindId provisional_kind(const Inventory *inventory, EntityId id, RowId *ret_row) {
    *ret_row = (id - PROVISIONAL_ID) % PROVISIONAL_SPAN;
    return (KindId)(inventory->first_derived + (id - PROVISIONAL_ID) / PROVISIONAL_SPAN);
}

KindId inventory_kind_of(const Inventory *inventory, EntityId id, RowId *ret_row) {
    if (inventory->deriving && id >= PROVISIONAL_ID) {
        return provisional_kind(inventory, id, ret_row);
    }
    size_t low = 0;
    size_t high = inventory->schema->kind_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (inventory->tables[middle].first_id <= id) {
            low = middle;
        } else {
            high = middle;
        }
    }
    assert(id && id <= inventory->entity_count);
    *ret_row = id - inventory->tables[low].first_id;
    return (KindId)low;
}

Sym inventory_name_sym(const Inventory *inventory, EntityId id) {
    RowId row;
    KindId kind = inventory_kind_of(inventory, id, &row);
    return inventory->tables[kind].rows[row].name;
}

Str inventory_kind_name(const Inventory *inventory, EntityId id) {
    RowId row = NO_ROW;
    KindId kind = inventory_kind_of(inventory, id, &row);
    const Schema *schema = inventory_schema(inventory);
    return kind < schema->kind_count ? sym_text(schema->interner, schema_kind(schema, kind)->name)
                                     : STR_NONE;
}

Str inventory_full_name(const Inventory *inventory, Arena *arena, EntityId id) {
    return arena_printf(arena, "%.*s:%.*s", STR_ARG(inventory_kind_name(inventory, id)),
                        STR_ARG(inventory_name(inventory, id)));
}

Str inventory_name(const Inventory *inventory, EntityId id) {
    return sym_text(inventory->schema->interner, inventory_name_sym(inventory, id));
}

Loc inventory_loc(const Inventory *inventory, EntityId id) {
    RowId row;
    KindId kind = inventory_kind_of(inventory, id, &row);
    const Row *record = &inventory->tables[kind].rows[row];
    const Kind *of = schema_kind(inventory->schema, kind);
    if (of->key_count && !(record->flags & ROW_DERIVED)) {
        Loc loc = store_loc(&inventory->tables[kind].columns[of->keys[0].columns[0]], row);
        if (loc.source) {
            return loc;
        }
    }
    return record->loc;
}

bool inventory_is_stub(const Inventory *inventory, EntityId id) {
    RowId row;
    KindId kind = inventory_kind_of(inventory, id, &row);
    return inventory->tables[kind].rows[row].flags & ROW_STUB;
}

RowId inventory_find(const Inventory *inventory, KindId kind, Str name) {
    const Table *table = &inventory->tables[kind];
    Arena *scratch = arena_open(0); /* of its own: several threads may ask */
    Sym fold = intern_find(inventory->schema->interner, fold_key(scratch, name));
    arena_close(scratch);
    RowId row;
    if (name_index_find(&table->names, fold, &row)) {
        return row;
    }
    return name_index_find(&table->short_names, fold, &row) ? row : NO_ROW;
}

/* True if the record is a child that took its parent's name. */
static bool borrows_name(const Inventory *inventory, KindId kind, RowId row) {
    KindId above = inventory->schema->kinds[kind].child_of;
    RowId parent = inventory->tables[kind].rows[row].parent;
    return above < ANY_KIND && parent != NO_ROW &&
           inventory->tables[above].rows[parent].name == inventory->tables[kind].rows[row].name;
}

bool inventory_is_namesake(const Inventory *inventory, EntityId child, EntityId parent) {
    RowId row;
    KindId kind = inventory_kind_of(inventory, child, &row);
    return borrows_name(inventory, kind, row) &&
           inventory_id(inventory, inventory->schema->kinds[kind].child_of,
                        inventory->tables[kind].rows[row].parent) == parent;
}

static EntityId find_bare(const Inventory *inventory, Str name, bool *ret_several) {
    EntityId found = 0;
    for (size_t i = 0; i < inventory->schema->kind_count; i++) {
        RowId row = inventory_find(inventory, (KindId)i, name);
        const Kind *kind = &inventory->schema->kinds[i];
        if (row == NO_ROW || kind->head) {
            continue;
        }
        bool borrowed = borrows_name(inventory, (KindId)i, row);
        if (!borrowed && found) {
            *ret_several = true;
            return 0;
        }
        found = borrowed ? found : inventory_id(inventory, (KindId)i, row);
    }
    return found;
}

EntityId inventory_find_entity(const Inventory *inventory, Str text, bool *ret_several) {
    *ret_several = false;
    size_t colon = str_find(text, ':', 0);
    if (colon != SIZE_MAX) {
        KindId kind = schema_find_kind(inventory->schema, str_slice(text, 0, colon));
        if (kind != NO_KIND) {
            RowId row = inventory_find(inventory, kind, str_slice(text, colon + 1, text.n));
            return row == NO_ROW ? 0 : inventory_id(inventory, kind, row);
        }
    }
    return find_bare(inventory, text, ret_several);
}

bool inventory_is_complete(const Inventory *inventory, KindId kind) {
    return inventory->kind_complete[kind];
}

int64_t inventory_as_of(const Inventory *inventory, EntityId id) {
    RowId row;
    KindId kind = inventory_kind_of(inventory, id, &row);
    SourceId source = inventory->tables[kind].rows[row].source;
    Str day = source ? source_of(inventory->sources, source)->as_of : STR_NONE;
    int64_t days = 0;
    if (!day.n || inventory->head.as_of_given) {
        day = inventory->head.as_of;
    }
    date_parse(day, &days);
    return days;
}

size_t inventory_stub_count(const Inventory *inventory) {
    return inventory->stub_count;
}
