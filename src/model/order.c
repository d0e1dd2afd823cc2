/* Rows in canonical order, ids, and references as ids (CONTRACTS.md section 9). Rows go by name;
 * behind them stand those of lists, by parent and as listed. Sorting names and moving rows takes
 * most of the time and each kind by itself: all kinds side by side. */
#include <stdlib.h>
#include <string.h>

#include "base/natural.h"
#include "model/store.h"
#include "model/value.h"

typedef struct KindOrder {
    Arena *arena;
    RowId *rows; /* in their new order: those with a name, then those of lists */
    size_t count, old_count;
} KindOrder;

/* ---- rows by name ---- */

typedef struct NameKey {
    uint64_t start; /* the first bytes of `natural`, which mostly decide */
    Str natural;    /* of the fold key */
    Str fold;
    RowId row;
} NameKey;

static int compare_names(const void *a, const void *b) {
    const NameKey *x = a;
    const NameKey *y = b;
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

/* The names are folded already: nothing but the order is written. */
static void order_names(const Inventory *inventory, KindId kind, KindOrder *order) {
    const Table *table = &inventory->tables[kind];
    Interner *interner = inventory->schema->interner;
    order->old_count = table->count;
    order->rows = arena_array(order->arena, RowId, table->count);
    ArenaMark mark = arena_mark(order->arena);
    NameKey *keys = arena_array(order->arena, NameKey, table->count);
    bool sorted = true;
    size_t count = 0;
    for (size_t row = 0; row < table->count; row++) {
        const Row *record = &table->rows[row];
        if ((record->flags & ROW_MERGED) || record->position) {
            continue;
        }
        Str fold = sym_text(interner, sym_fold(interner, record->name));
        Str natural = natural_key(order->arena, fold);
        keys[count] = (NameKey){first_bytes(natural), natural, fold, (RowId)row};
        sorted = sorted && (!count || compare_names(&keys[count - 1], &keys[count]) <= 0);
        count++;
    }
    if (!sorted) {
        qsort(keys, count, sizeof *keys, compare_names);
    }
    for (size_t i = 0; i < count; i++) {
        order->rows[i] = keys[i].row;
    }
    order->count = count;
    arena_release(order->arena, mark);
}

/* ---- rows of lists ---- */

typedef struct ListKey {
    RowId parent; /* already in its new order */
    uint32_t position;
    RowId row;
} ListKey;

static int compare_listed(const void *a, const void *b) {
    const ListKey *x = a;
    const ListKey *y = b;
    if (x->parent != y->parent) {
        return x->parent < y->parent ? -1 : 1;
    }
    if (x->position != y->position) {
        return x->position < y->position ? -1 : 1;
    }
    return (x->row > y->row) - (x->row < y->row);
}

static void order_listed(const Table *table, KindOrder *order) {
    ArenaMark mark = arena_mark(order->arena);
    ListKey *keys = arena_array(order->arena, ListKey, table->count - order->count);
    size_t count = 0;
    for (size_t row = 0; row < table->count; row++) {
        const Row *record = &table->rows[row];
        if (!(record->flags & ROW_MERGED) && record->position) {
            keys[count++] = (ListKey){record->parent, record->position, (RowId)row};
        }
    }
    if (count) {
        qsort(keys, count, sizeof *keys, compare_listed);
    }
    for (size_t i = 0; i < count; i++) {
        order->rows[order->count++] = keys[i].row;
    }
    arena_release(order->arena, mark);
}

/* Finishes the order of a kind whose parents are in theirs; its rows stand where they stood. */
static void place_rows(Inventory *inventory, KindId kind, KindOrder *order, RowId **places,
                       Arena *scratch) {
    Table *table = &inventory->tables[kind];
    KindId parent = schema_kind(inventory->schema, kind)->child_of;
    for (size_t row = 0; parent < ANY_KIND && row < table->count; row++) {
        Row *record = &table->rows[row];
        if (!(record->flags & ROW_MERGED) && record->parent != NO_ROW && places[parent]) {
            record->parent = places[parent][record->parent];
        }
    }
    order_listed(table, order);
    places[kind] = arena_array(scratch, RowId, order->old_count);
    memset(places[kind], 0xFF, order->old_count * sizeof(RowId));
    for (size_t i = 0; i < order->count; i++) {
        places[kind][order->rows[i]] = (RowId)i;
    }
    table->count = order->count;
}

/* ---- moving ---- */

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

static bool stands(const KindOrder *order) {
    bool same = order->count == order->old_count;
    for (size_t i = 0; same && i < order->count; i++) {
        same = order->rows[i] == i;
    }
    return same;
}

static void move_rows(Inventory *inventory, KindId kind, const KindOrder *order) {
    Table *table = &inventory->tables[kind];
    if (!stands(order)) {
        Row *rows = arena_array(order->arena, Row, order->count);
        for (size_t i = 0; i < order->count; i++) {
            rows[i] = table->rows[order->rows[i]];
        }
        if (order->count) {
            memcpy(table->rows, rows, order->count * sizeof *rows);
        }
        const Kind *of = schema_kind(inventory->schema, kind);
        for (size_t c = 0; c < of->column_count; c++) {
            store_permute(&table->columns[c], order->rows, order->count, order->arena);
        }
    }
    renumber_positions(table);
}

void inventory_order_kind(Inventory *inventory, KindId kind, RowId **places, Arena *scratch) {
    KindOrder order = {.arena = scratch};
    order_names(inventory, kind, &order);
    place_rows(inventory, kind, &order, places, scratch);
    move_rows(inventory, kind, &order);
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
        Item *items = list_items(store, cell);
        for (size_t i = 0; i < list_count(cell); i++) {
            items[i].value = final_ref(inventory, items[i].value, places);
        }
    }
}

/* ---- all kinds ---- */

typedef struct Ordering {
    Inventory *inventory;
    KindOrder *kinds;
    RowId **places;
} Ordering;

static void order_one(void *context, int worker, size_t kind) {
    (void)worker;
    const Ordering *ordering = context;
    order_names(ordering->inventory, (KindId)kind, &ordering->kinds[kind]);
}

static void move_one(void *context, int worker, size_t kind) {
    (void)worker;
    const Ordering *ordering = context;
    const Kind *of = schema_kind(ordering->inventory->schema, (KindId)kind);
    move_rows(ordering->inventory, (KindId)kind, &ordering->kinds[kind]);
    for (size_t c = 0; c < of->column_count; c++) {
        if (field_holds_refs(of->columns[c].field)) {
            finish_refs(ordering->inventory, (KindId)kind, (ColumnId)c, ordering->places);
        }
    }
}

void inventory_order(Inventory *inventory, RowId **places, Arena *scratch) {
    size_t count = inventory->schema->kind_count;
    Ordering ordering = {inventory, arena_array(scratch, KindOrder, count), places};
    for (size_t k = 0; k < count; k++) {
        ordering.kinds[k].arena = arena_open(0);
    }
    inventory_each_kind(inventory, order_one, &ordering);
    const KindId *kinds = inventory_parents_first(inventory, scratch);
    for (size_t i = 0; i < count; i++) {
        place_rows(inventory, kinds[i], &ordering.kinds[kinds[i]], places, scratch);
    }
    inventory->deriving = true;
    inventory_give_ids(inventory);
    inventory_each_kind(inventory, move_one, &ordering);
    for (size_t k = 0; k < count; k++) {
        arena_close(ordering.kinds[k].arena);
    }
}
