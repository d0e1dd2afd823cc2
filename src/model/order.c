/* Rows in canonical order, ids, and references as ids (CONTRACTS.md section 9). */
#include <stdlib.h>
#include <string.h>

#include "base/natural.h"
#include "model/store.h"
#include "model/value.h"

typedef struct SortKey {
    uint64_t start; /* the first bytes of `natural`, which mostly decide */
    Str natural;    /* of the fold key */
    Str fold;
    RowId parent; /* already in its new order */
    uint32_t position;
    RowId row;
} SortKey;

static int compare_keys(const void *a, const void *b) {
    const SortKey *x = a;
    const SortKey *y = b;
    if (x->position && y->position) { /* list children: by parent, then as listed */
        if (x->parent != y->parent) {
            return x->parent < y->parent ? -1 : 1;
        }
        return (x->position > y->position) - (x->position < y->position);
    }
    if (!x->position != !y->position) {
        return x->position ? 1 : -1;
    }
    if (x->start != y->start) {
        return x->start < y->start ? -1 : 1;
    }
    int order = str_cmp(x->natural, y->natural);
    order = order ? order : str_cmp(x->fold, y->fold);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static uint64_t first_bytes(Str text) {
    uint64_t bytes = 0;
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes = bytes << 8 | (i < text.n ? (unsigned char)text.s[i] : 0);
    }
    return bytes;
}

static size_t collect_keys(Inventory *inventory, KindId kind, SortKey *keys, RowId *const *places,
                           Arena *scratch) {
    const Kind *of = schema_kind(inventory->schema, kind);
    Table *table = &inventory->tables[kind];
    size_t count = 0;
    for (size_t row = 0; row < table->count; row++) {
        Row *record = &table->rows[row];
        if (record->flags & ROW_MERGED) {
            continue;
        }
        if (of->child_of < ANY_KIND && record->parent != NO_ROW && places[of->child_of]) {
            record->parent = places[of->child_of][record->parent];
        }
        Sym fold = sym_fold(inventory->schema->interner, record->name);
        Str text = sym_text(inventory->schema->interner, fold);
        Str natural = natural_key(scratch, text);
        keys[count++] = (SortKey){.start = first_bytes(natural),
                                  .natural = natural,
                                  .fold = text,
                                  .parent = record->parent,
                                  .position = record->position,
                                  .row = (RowId)row};
    }
    return count;
}

static void renumber_positions(Table *table) {
    for (size_t row = 0; row < table->count; row++) {
        Row *record = &table->rows[row];
        bool follows = row && record->position && table->rows[row - 1].position &&
                       table->rows[row - 1].parent == record->parent &&
                       table->rows[row - 1].parent_column == record->parent_column;
        if (record->position) {
            record->position = follows ? table->rows[row - 1].position + 1 : 1;
        }
    }
}

void inventory_order_kind(Inventory *inventory, KindId kind, RowId **places, Arena *scratch) {
    Table *table = &inventory->tables[kind];
    const Kind *of = schema_kind(inventory->schema, kind);
    size_t old_count = table->count;
    places[kind] = arena_array(scratch, RowId, old_count);
    SortKey *keys = arena_array(scratch, SortKey, old_count);
    size_t count = collect_keys(inventory, kind, keys, places, scratch);
    bool sorted = true;
    for (size_t i = 1; sorted && i < count; i++) {
        sorted = compare_keys(&keys[i - 1], &keys[i]) <= 0;
    }
    if (!sorted) {
        qsort(keys, count, sizeof *keys, compare_keys);
    }
    RowId *order = arena_array(scratch, RowId, count);
    memset(places[kind], 0xFF, old_count * sizeof(RowId));
    for (size_t i = 0; i < count; i++) {
        order[i] = keys[i].row;
        places[kind][keys[i].row] = (RowId)i;
    }
    if (!sorted || count != old_count) {
        Row *rows = arena_array(scratch, Row, count);
        for (size_t i = 0; i < count; i++) {
            rows[i] = table->rows[order[i]];
        }
        if (count) {
            memcpy(table->rows, rows, count * sizeof *rows);
        }
        for (size_t c = 0; c < of->column_count; c++) {
            store_permute(&table->columns[c], order, count);
        }
        table->count = count;
    }
    renumber_positions(table);
}

void inventory_give_ids(Inventory *inventory) {
    EntityId next = 1;
    for (size_t k = 0; k < inventory->schema->kind_count; k++) {
        inventory->tables[k].first_id = next;
        next += (EntityId)inventory->tables[k].count;
    }
    inventory->entity_count = next - 1;
}

/* ---- references ---- */

static int64_t final_ref(const Inventory *inventory, int64_t cell, RowId *const *places) {
    if (cell == REF_NONE) {
        return 0;
    }
    KindId kind = (KindId)((uint64_t)cell >> 32);
    RowId row = (RowId)((uint64_t)cell & UINT32_MAX);
    row = places[kind] ? places[kind][row] : row;
    return row == NO_ROW ? 0 : (int64_t)inventory_id(inventory, kind, row);
}

static void finish_refs(Inventory *inventory, KindId kind, ColumnId column, RowId *const *places) {
    Table *table = &inventory->tables[kind];
    const Field *field = schema_kind(inventory->schema, kind)->columns[column].field;
    ColumnStore *store = &table->columns[column];
    for (size_t row = 0; row < table->count; row++) {
        int64_t cell;
        if (!store_get(store, (RowId)row, &cell)) {
            continue;
        }
        if (field->type == TYPE_REF) {
            store_replace(store, (RowId)row, final_ref(inventory, cell, places));
            continue;
        }
        for (size_t i = 0; i < list_count(cell); i++) {
            Item *item = &store->pool.items[list_start(cell) + i];
            item->value = final_ref(inventory, item->value, places);
        }
    }
}

void inventory_order(Inventory *inventory, RowId **places, Arena *scratch) {
    const Schema *schema = inventory->schema;
    bool *ordered = arena_array(scratch, bool, schema->kind_count);
    for (size_t done = 0; done < schema->kind_count;) {
        for (size_t k = 0; k < schema->kind_count; k++) {
            KindId parent = schema->kinds[k].child_of;
            if (!ordered[k] && (parent >= ANY_KIND || ordered[parent] || parent == k)) {
                inventory_order_kind(inventory, (KindId)k, places, scratch);
                ordered[k] = true;
                done++;
            }
        }
    }
    inventory->deriving = true;
    inventory_give_ids(inventory);
    for (size_t k = 0; k < schema->kind_count; k++) {
        for (size_t c = 0; c < schema->kinds[k].column_count; c++) {
            if (field_holds_refs(schema->kinds[k].columns[c].field)) {
                finish_refs(inventory, (KindId)k, (ColumnId)c, places);
            }
        }
    }
}
