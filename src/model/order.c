/* Rows in canonical order, displayed names, ids, and references as ids (CONTRACTS.md section 9). */
#include <stdlib.h>
#include <string.h>

#include "base/natural.h"
#include "model/store.h"
#include "model/value.h"

/* ---- displayed names ---- */

static void add_cell(const Inventory *inventory, KindId kind, RowId row, Str column, Buf *out) {
    const Kind *of = schema_kind(inventory->schema, kind);
    const Row *record = &inventory->tables[kind].rows[row];
    if (of->child_of < ANY_KIND && record->parent != NO_ROW &&
        str_eq(column, sym_text(inventory->schema->interner, of->child_of_name))) {
        Sym parent = inventory->tables[of->child_of].rows[record->parent].name;
        buf_add(out, sym_text(inventory->schema->interner, parent));
        return;
    }
    ColumnId id = kind_find_column(of, inventory->schema->interner, column);
    int64_t cell;
    if (id == NO_COLUMN || !store_get(&inventory->tables[kind].columns[id], row, &cell)) {
        return;
    }
    const Field *field = of->columns[id].field;
    if (field->type == TYPE_REF) {
        bool named = cell != REF_NONE;
        buf_add(out, named ? sym_text(inventory->schema->interner, (Sym)cell) : STR("none"));
    } else {
        value_print(out, inventory->schema->interner, field, field->type, cell);
    }
}

static void add_label(const Inventory *inventory, KindId kind, RowId row, Str label, Buf *out) {
    for (size_t at = 0; at < label.n;) {
        size_t open = str_find(label, '{', at);
        size_t close = open == SIZE_MAX ? SIZE_MAX : str_find(label, '}', open);
        if (close == SIZE_MAX) {
            buf_add(out, str_slice(label, at, label.n));
            return;
        }
        buf_add(out, str_slice(label, at, open));
        add_cell(inventory, kind, row, str_slice(label, open + 1, close), out);
        at = close + 1;
    }
}

static void add_key_fields(const Inventory *inventory, KindId kind, RowId row, Buf *out) {
    const Kind *of = schema_kind(inventory->schema, kind);
    const Row *record = &inventory->tables[kind].rows[row];
    Interner *interner = inventory->schema->interner;
    if (of->child_of < ANY_KIND && record->parent != NO_ROW) {
        buf_add(out, sym_text(interner, inventory->tables[of->child_of].rows[record->parent].name));
        if (record->position) {
            buf_printf(out, " %.*s %u", STR_ARG(sym_text(interner, of->name)), record->position);
        }
    }
    for (size_t i = 0; of->key_count && i < of->keys[0].count && !record->position; i++) {
        if (out->size) {
            buf_addc(out, ' ');
        }
        add_cell(inventory, kind, row, sym_text(interner, of->columns[of->keys[0].columns[i]].name),
                 out);
    }
}

static Sym displayed_name(Inventory *inventory, KindId kind, RowId row, Buf *buf) {
    const Kind *of = schema_kind(inventory->schema, kind);
    const Row *record = &inventory->tables[kind].rows[row];
    int64_t cell;
    if (of->name_column != NO_COLUMN && !of->label.n &&
        store_get(&inventory->tables[kind].columns[of->name_column], row, &cell)) {
        return (Sym)cell;
    }
    bool child = of->child_of < ANY_KIND && record->parent != NO_ROW;
    if (child && !record->position && !of->label.n) {
        return inventory->tables[of->child_of].rows[record->parent].name;
    }
    buf_cut(buf, 0);
    if (of->label.n) {
        add_label(inventory, kind, row, of->label, buf);
    } else {
        add_key_fields(inventory, kind, row, buf);
    }
    return intern(inventory->schema->interner, buf_str(buf));
}

void inventory_name_rows(Inventory *inventory, KindId kind) {
    Table *table = &inventory->tables[kind];
    Buf buf;
    buf_init(&buf, LIMIT_LABEL_BYTES);
    buf_addc(&buf, ' ');
    for (size_t row = 0; row < table->count; row++) {
        if (!(table->rows[row].flags & ROW_MERGED) && !table->rows[row].name) {
            table->rows[row].name = displayed_name(inventory, kind, (RowId)row, &buf);
        }
    }
    buf_clear(&buf);
}

/* ---- order ---- */

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

/* Sorts a kind's rows; `places[kind]` becomes old row -> new row. */
static void order_kind(Inventory *inventory, KindId kind, RowId **places, Arena *scratch) {
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

/* Ids follow from counts; during derivation the provisional ones are in use. */
static void give_ids(Inventory *inventory) {
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
                order_kind(inventory, (KindId)k, places, scratch);
                ordered[k] = true;
                done++;
            }
        }
    }
    inventory->deriving = true;
    give_ids(inventory);
    for (size_t k = 0; k < schema->kind_count; k++) {
        for (size_t c = 0; c < schema->kinds[k].column_count; c++) {
            if (field_holds_refs(schema->kinds[k].columns[c].field)) {
                finish_refs(inventory, (KindId)k, (ColumnId)c, places);
            }
        }
    }
}

/* ---- derived rows ---- */

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
        Item *items = store->pool.items + list_start(cell);
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
        order_kind(inventory, (KindId)k, places, scratch);
    }
    inventory->deriving = false;
    give_ids(inventory);
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
    RowId row;
    if (name_index_find(&table->names, fold, &row) && row != NO_ROW) {
        table->rows[row].flags |= ROW_DERIVED;
        return inventory_id(inventory, kind, row);
    }
    RowId origin;
    Loc loc = from ? inventory_loc(inventory, from) : (Loc){0};
    SourceId source =
        from ? inventory->tables[inventory_kind_of(inventory, from, &origin)].rows[origin].source
             : 0;
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
