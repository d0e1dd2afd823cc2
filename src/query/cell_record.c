/* Notes of the absent and assumed cells that a statement reads. */
#include "base/sorted.h"
#include "query/connection.h"

static size_t slot_of(const CellSet *set, CellRef cell) {
    size_t mask = set->slot_count - 1;
    uint64_t key = (uint64_t)cell.entity << 16 | cell.column;
    size_t i = (size_t)((key * 0x9E3779B97F4A7C15u) >> 32) & mask;
    while (set->slots[i]) {
        const CellRef *other = &set->cells.items[set->slots[i] - 1];
        if (other->entity == cell.entity && other->column == cell.column) {
            break;
        }
        i = (i + 1) & mask;
    }
    return i;
}

static void grow(Arena *arena, CellSet *set) {
    set->slot_count = set->slot_count ? set->slot_count * 2 : 64;
    set->slots = arena_array(arena, uint32_t, set->slot_count);
    for (size_t i = 0; i < set->cells.count; i++) {
        set->slots[slot_of(set, set->cells.items[i])] = (uint32_t)i + 1;
    }
}

void cell_set_add(Arena *arena, CellSet *set, CellRef cell) {
    if ((set->cells.count + 1) * 2 > set->slot_count) {
        grow(arena, set);
    }
    size_t slot = slot_of(set, cell);
    if (!set->slots[slot]) {
        vec_push(arena, &set->cells, cell);
        set->slots[slot] = (uint32_t)set->cells.count;
    }
}

void record_absent(Database *database, EntityId entity, KindId kind, ColumnId column) {
    cell_set_add(database->record_arena, &database->absent, (CellRef){entity, kind, column});
}

void record_assumed(Database *database, EntityId entity, KindId kind, ColumnId column) {
    cell_set_add(database->record_arena, &database->assumed, (CellRef){entity, kind, column});
}

void database_record(Database *database, bool on) {
    if (on) {
        arena_close(database->record_arena);
        database->record_arena = arena_open(0);
        database->absent = (CellSet){0};
        database->assumed = (CellSet){0};
    }
    database->recording = on;
}

const CellRef *database_absent_cells(const Database *database, size_t *ret_count) {
    *ret_count = database->absent.cells.count;
    return database->absent.cells.items;
}

const CellRef *database_assumed_cells(const Database *database, size_t *ret_count) {
    *ret_count = database->assumed.cells.count;
    return database->assumed.cells.items;
}

void database_show_only(Database *database, const EntityId *ids, size_t count) {
    arena_close(database->shown_arena);
    database->shown_arena = NULL;
    database->shown = NULL;
    if (!count) {
        return;
    }
    database->shown_arena = arena_open(0);
    size_t kinds = inventory_schema(database->inventory)->kind_count;
    RowList *shown = arena_array(database->shown_arena, RowList, kinds);
    RowId *rows = arena_array(database->shown_arena, RowId, count);
    for (size_t i = 0; i < count; i++) { /* ids ascend, so those of a kind stand together */
        KindId kind = inventory_kind_of(database->inventory, ids[i], &rows[i]);
        shown[kind].rows = shown[kind].count ? shown[kind].rows : &rows[i];
        shown[kind].count++;
    }
    database->shown = shown;
    database->shown_ids = ids;
    database->shown_count = count;
    database->shown_number++;
}

bool row_is_hidden(const Database *database, KindId kind, RowId row) {
    if (!database->shown) {
        return false;
    }
    RowList list = database->shown[kind];
    return !sorted_has(list.rows, list.count, row);
}
