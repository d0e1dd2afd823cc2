#include "model/store.h"

#include <stdlib.h>

#include "base/memory.h"

void name_index_init(NameIndex *index, size_t expected) {
    size_t count = 16;
    while (count < expected * 2) {
        count *= 2;
    }
    name_index_clear(index);
    index->slots = memory_zeroed(count, sizeof(NameSlot));
    index->slot_count = count;
}

void name_index_clear(NameIndex *index) {
    free(index->slots);
    *index = (NameIndex){0};
}

static NameSlot *slot_of(const NameIndex *index, Sym fold) {
    size_t mask = index->slot_count - 1;
    size_t i = (size_t)(fold * 2654435761u) & mask;
    while (index->slots[i].fold && index->slots[i].fold != fold) {
        i = (i + 1) & mask;
    }
    return &index->slots[i];
}

static void make_room(NameIndex *index) {
    if ((index->used + 1) * 4 <= index->slot_count * 3) {
        return;
    }
    NameIndex larger = {0};
    name_index_init(&larger, index->slot_count);
    for (size_t i = 0; i < index->slot_count; i++) {
        if (index->slots[i].fold) {
            *slot_of(&larger, index->slots[i].fold) = index->slots[i];
        }
    }
    larger.used = index->used;
    free(index->slots);
    *index = larger;
}

bool name_index_add(NameIndex *index, Sym fold, RowId row, RowId *ret_other) {
    make_room(index);
    NameSlot *slot = slot_of(index, fold);
    if (slot->fold) {
        *ret_other = slot->row;
        return slot->row == row;
    }
    *slot = (NameSlot){fold, row};
    index->used++;
    return true;
}

void name_index_share(NameIndex *index, Sym fold, RowId row) {
    RowId other;
    if (!name_index_add(index, fold, row, &other)) {
        slot_of(index, fold)->row = NO_ROW;
    }
}

bool name_index_find(const NameIndex *index, Sym fold, RowId *ret_row) {
    if (!index->slot_count || !fold) {
        return false;
    }
    const NameSlot *slot = slot_of(index, fold);
    if (!slot->fold) {
        return false;
    }
    *ret_row = slot->row;
    return true;
}

void name_index_move(NameIndex *index, const RowId *places) {
    for (size_t i = 0; i < index->slot_count; i++) {
        NameSlot *slot = &index->slots[i];
        if (slot->fold && slot->row != NO_ROW) {
            slot->row = places[slot->row];
        }
    }
}

Sym name_first_label(Interner *interner, Sym name) {
    Str text = sym_text(interner, name);
    size_t dot = str_find(text, '.', 0);
    bool numeric =
        text.n && text.s[0] >= '0' && text.s[0] <= '9' && str_find(text, ':', 0) == SIZE_MAX;
    for (size_t i = 0; numeric && i < text.n; i++) {
        numeric = text.s[i] == '.' || (text.s[i] >= '0' && text.s[i] <= '9');
    }
    if (dot == SIZE_MAX || dot == 0 || numeric) {
        return 0;
    }
    char copy[256];
    if (dot >= sizeof copy) {
        return 0;
    }
    for (size_t i = 0; i < dot; i++) {
        copy[i] = text.s[i];
    }
    return intern(interner, (Str){copy, dot});
}

static void index_row(Inventory *inventory, KindId kind, RowId row) {
    Table *table = &inventory->tables[kind];
    const Kind *of = schema_kind(inventory->schema, kind);
    Interner *interner = inventory->schema->interner;
    Sym name = table->rows[row].name;
    name_index_share(&table->names, sym_fold(interner, name), row);
    if (of->host_names) {
        Sym label = name_first_label(interner, name);
        if (label) {
            name_index_share(&table->short_names, sym_fold(interner, label), row);
        }
    }
    Items aliases = of->aliases_column == NO_COLUMN
                        ? (Items){0}
                        : inventory_items(inventory, kind, of->aliases_column, row);
    for (size_t i = 0; i < aliases.count; i++) {
        name_index_share(&table->names, sym_fold(interner, (Sym)aliases.items[i].value), row);
    }
}

void inventory_index_names(Inventory *inventory, KindId kind) {
    Table *table = &inventory->tables[kind];
    name_index_init(&table->names, table->count);
    if (schema_kind(inventory->schema, kind)->host_names) {
        name_index_init(&table->short_names, table->count);
    }
    for (size_t row = 0; row < table->count; row++) {
        if (!(table->rows[row].flags & ROW_MERGED) && table->rows[row].name) {
            index_row(inventory, kind, (RowId)row);
        }
    }
}
