#include "model/nearby.h"

#include <stdlib.h>

#include "base/sorted.h"

typedef struct RefColumn {
    KindId kind;
    ColumnId column;
    const Field *field;
} RefColumn;

typedef struct Walk {
    const Inventory *inventory;
    const Schema *schema;
    VEC(RefColumn) columns; /* REF columns and lists of references of all kinds */
    uint64_t *seen;         /* bit by id */
    EntityId *found;        /* in the order of meeting */
    size_t count;
    bool lists;
} Walk;

static void meet(Walk *walk, int64_t id) {
    if (id <= 0 || id > (int64_t)inventory_entity_count(walk->inventory) ||
        walk->count == NEARBY_RECORDS) {
        return;
    }
    uint64_t bit = (uint64_t)1 << (id % 64);
    if (!(walk->seen[id / 64] & bit)) {
        walk->seen[id / 64] |= bit;
        walk->found[walk->count++] = (EntityId)id;
    }
}

static void meet_references(Walk *walk, KindId kind, RowId row) {
    for (size_t i = 0; i < walk->columns.count; i++) {
        const RefColumn *column = &walk->columns.items[i];
        int64_t cell;
        if (column->kind != kind) {
            continue;
        }
        if (column->field->type == TYPE_REF) {
            if (inventory_cell(walk->inventory, kind, column->column, row, &cell)) {
                meet(walk, cell);
            }
        } else if (walk->lists) {
            Items items = inventory_items(walk->inventory, kind, column->column, row);
            for (size_t k = 0; k < items.count; k++) {
                meet(walk, items.items[k].value);
            }
        }
    }
}

static void meet_family(Walk *walk, KindId kind, RowId row) {
    KindId above = schema_kind(walk->schema, kind)->child_of;
    RowId parent = inventory_parent(walk->inventory, kind, row);
    if (above < ANY_KIND && parent != NO_ROW) {
        meet(walk, inventory_id(walk->inventory, above, parent));
    }
    for (size_t k = 0; k < walk->schema->kind_count; k++) {
        if (walk->schema->kinds[k].child_of == kind) {
            RowList children = inventory_children(walk->inventory, (KindId)k, row);
            for (size_t i = 0; i < children.count; i++) {
                meet(walk, inventory_id(walk->inventory, (KindId)k, children.rows[i]));
            }
        }
    }
}

static void meet_referrers(Walk *walk, EntityId id) {
    RowId row;
    KindId kind = inventory_kind_of(walk->inventory, id, &row);
    for (size_t i = 0; i < walk->columns.count; i++) {
        const RefColumn *column = &walk->columns.items[i];
        if (column->field->target != kind && column->field->target != ANY_KIND) {
            continue;
        }
        RowList rows = inventory_referrers(walk->inventory, column->kind, column->column, id);
        for (size_t k = 0; rows.count <= NEARBY_REFERRERS && k < rows.count; k++) {
            meet(walk, inventory_id(walk->inventory, column->kind, rows.rows[k]));
        }
    }
}

/* From found[from] on, until nothing new is met. */
static void go_down(Walk *walk, size_t from) {
    for (size_t i = from; i < walk->count; i++) {
        RowId row;
        KindId kind = inventory_kind_of(walk->inventory, walk->found[i], &row);
        meet_references(walk, kind, row);
        meet_family(walk, kind, row);
    }
}

static void walk_init(Walk *walk, const Inventory *inventory, Arena *arena, bool lists) {
    const Schema *schema = inventory_schema(inventory);
    *walk = (Walk){.inventory = inventory,
                   .schema = schema,
                   .seen = arena_array(arena, uint64_t, inventory_entity_count(inventory) / 64 + 1),
                   .found = arena_array(arena, EntityId, NEARBY_RECORDS),
                   .lists = lists};
    for (size_t k = 0; k < schema->kind_count; k++) {
        for (size_t c = 0; c < schema->kinds[k].column_count; c++) {
            const Field *field = schema->kinds[k].columns[c].field;
            if (field->type == TYPE_REF ||
                (field->type == TYPE_LIST && field->item_type == TYPE_REF)) {
                vec_push(arena, &walk->columns, ((RefColumn){(KindId)k, (ColumnId)c, field}));
            }
        }
    }
}

/* Where there is only one of a kind, it is near everything. */
static void meet_single(Walk *walk) {
    for (size_t k = 0; k < walk->schema->kind_count; k++) {
        if (inventory_row_count(walk->inventory, (KindId)k) == 1) {
            meet(walk, inventory_id(walk->inventory, (KindId)k, 0));
        }
    }
}

static int compare_ids(const void *a, const void *b) {
    EntityId x = *(const EntityId *)a;
    EntityId y = *(const EntityId *)b;
    return (x > y) - (x < y);
}

static IdList walk_from(Walk *walk, const EntityId *from, size_t count, int steps_back) {
    for (size_t i = 0; i < count; i++) {
        meet(walk, from[i]);
    }
    go_down(walk, 0);
    size_t done = 0;
    for (int step = 0; step < steps_back; step++) {
        size_t known = walk->count;
        for (size_t i = done; i < known; i++) {
            meet_referrers(walk, walk->found[i]);
        }
        done = known;
        go_down(walk, known);
    }
    meet_single(walk);
    qsort(walk->found, walk->count, sizeof *walk->found, compare_ids);
    return (IdList){walk->found, walk->count};
}

IdList inventory_foundations(const Inventory *inventory, const EntityId *from, size_t count,
                             Arena *arena) {
    Walk walk;
    walk_init(&walk, inventory, arena, false);
    return walk_from(&walk, from, count, 0);
}

IdList inventory_nearby(const Inventory *inventory, const EntityId *from, size_t count,
                        int steps_back, Arena *arena) {
    Walk walk;
    walk_init(&walk, inventory, arena, true);
    return walk_from(&walk, from, count, steps_back);
}

bool id_list_has(IdList list, EntityId id) {
    return sorted_has(list.ids, list.count, id);
}
