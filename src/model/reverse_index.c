/* Who refers to an entity, and who are a record's children: counting sorts, built once. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/store.h"

static void index_clear(ReverseIndex *index) {
    free(index->offsets);
    free(index->rows);
    *index = (ReverseIndex){0};
}

typedef struct Visit {
    ReverseIndex *index;
    bool fill; /* second pass */
} Visit;

static void visit(Visit *pass, int64_t target, RowId row) {
    ReverseIndex *index = pass->index;
    if (target < (int64_t)index->first ||
        target - (int64_t)index->first >= (int64_t)index->target_count) {
        return;
    }
    uint32_t *slot = &index->offsets[target - (int64_t)index->first + (pass->fill ? 0 : 1)];
    if (pass->fill) {
        index->rows[*slot] = row;
    }
    (*slot)++;
}

static void visit_column(Visit *pass, const Inventory *inventory, KindId kind, ColumnId column) {
    const Table *table = &inventory->tables[kind];
    const Field *field = schema_kind(inventory->schema, kind)->columns[column].field;
    for (size_t row = 0; row < table->count; row++) {
        int64_t cell;
        if (field->type == TYPE_REF && store_get(&table->columns[column], (RowId)row, &cell)) {
            visit(pass, cell, (RowId)row);
        } else if (field->type == TYPE_LIST) {
            Items items = inventory_items(inventory, kind, column, (RowId)row);
            for (size_t i = 0; i < items.count; i++) {
                visit(pass, items.items[i].value, (RowId)row);
            }
        }
    }
}

static void visit_parents(Visit *pass, const Inventory *inventory, KindId kind) {
    const Table *table = &inventory->tables[kind];
    for (size_t row = 0; row < table->count; row++) {
        if (table->rows[row].parent != NO_ROW) {
            visit(pass, table->rows[row].parent, (RowId)row);
        }
    }
}

/* Between the passes: counts become starts; after the second: ends become starts again. */
static void accumulate(ReverseIndex *index) {
    for (size_t i = 0; i < index->target_count; i++) {
        index->offsets[i + 1] += index->offsets[i];
    }
    index->rows = memory_zeroed(index->offsets[index->target_count], sizeof(RowId));
}

static void shift_back(ReverseIndex *index) {
    memmove(index->offsets + 1, index->offsets, index->target_count * sizeof(uint32_t));
    index->offsets[0] = 0;
}

static void build(const Inventory *inventory, ReverseIndex *index, KindId kind, ColumnId column) {
    index->offsets = memory_zeroed(index->target_count + 1, sizeof(uint32_t));
    Visit pass = {index, false};
    for (int round = 0; round < 2; round++) {
        pass.fill = round == 1;
        if (column == NO_COLUMN) {
            visit_parents(&pass, inventory, kind);
        } else {
            visit_column(&pass, inventory, kind, column);
        }
        if (round == 0) {
            accumulate(index);
        }
    }
    shift_back(index);
}

static void index_column(Inventory *inventory, KindId kind, ColumnId column) {
    ColumnStore *store = &inventory->tables[kind].columns[column];
    const Field *field = schema_kind(inventory->schema, kind)->columns[column].field;
    index_clear(&store->referrers);
    if (!store->chunk_count) {
        return;
    }
    if (field->target == ANY_KIND) {
        store->referrers = (ReverseIndex){.first = 1, .target_count = inventory->entity_count};
    } else {
        const Table *target = &inventory->tables[field->target];
        EntityId first = inventory_id(inventory, field->target, 0);
        store->referrers = (ReverseIndex){.first = first, .target_count = target->count};
    }
    build(inventory, &store->referrers, kind, column);
}

static void index_children(Inventory *inventory, KindId kind) {
    Table *table = &inventory->tables[kind];
    KindId parent = schema_kind(inventory->schema, kind)->child_of;
    index_clear(&table->children);
    if (parent < ANY_KIND) {
        table->children.target_count = inventory->tables[parent].count;
        build(inventory, &table->children, kind, NO_COLUMN);
    }
}

/* References of a kind; with `derived` those alone that may lead to derived records, or come from
 * them. */
static void index_references(Inventory *inventory, KindId kind, bool derived) {
    const Kind *of = schema_kind(inventory->schema, kind);
    for (size_t c = 0; c < of->column_count; c++) {
        const Field *field = of->columns[c].field;
        bool touched = kind >= inventory->first_derived || field->target == ANY_KIND ||
                       field->target >= inventory->first_derived;
        if (field_holds_refs(field) && (touched || !derived)) {
            index_column(inventory, kind, (ColumnId)c);
        }
    }
}

typedef struct Indexing {
    Inventory *inventory;
    RowId *const *places;
} Indexing;

static void index_one(void *context, int worker, size_t kind) {
    (void)worker;
    const Indexing *indexing = context;
    Table *table = &indexing->inventory->tables[kind];
    name_index_move(&table->names, indexing->places[kind]);
    name_index_move(&table->short_names, indexing->places[kind]);
    index_children(indexing->inventory, (KindId)kind);
    index_references(indexing->inventory, (KindId)kind, false);
}

void inventory_index(Inventory *inventory, RowId *const *places) {
    inventory_each_kind(inventory, index_one, &(Indexing){inventory, places});
}

void inventory_index_derived(Inventory *inventory) {
    const Schema *schema = inventory->schema;
    for (size_t k = 0; k < schema->kind_count; k++) {
        KindId parent = schema->kinds[k].child_of;
        if (k >= inventory->first_derived) {
            inventory_index_names(inventory, (KindId)k);
        }
        if (k >= inventory->first_derived ||
            (parent < ANY_KIND && parent >= inventory->first_derived)) {
            index_children(inventory, (KindId)k);
        }
        index_references(inventory, (KindId)k, true);
    }
}
