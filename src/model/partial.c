#include "model/partial.h"

#include "model/store.h"

bool inventory_is_merged(const Inventory *inventory) {
    size_t inputs = 0;
    bool imports = false;
    for (size_t i = 1; i < inventory->sources->count; i++) {
        const Source *source = &inventory->sources->items[i];
        bool input = source->origin == ORIGIN_INPUT && source->file == i;
        inputs += input;
        imports |= input && !source->native;
    }
    return imports || inputs > 1;
}

/* Records that some input states, not such as packs or references made. */
static bool is_described(const Row *row) {
    return row->flags & (ROW_NATIVE | ROW_IMPORT);
}

static bool has_records(const Table *table) {
    for (size_t row = 0; row < table->count; row++) {
        if (is_described(&table->rows[row])) {
            return true;
        }
    }
    return false;
}

/* A field that would count as none when left out, but is not known of some record. */
static bool is_open(const Table *table, ColumnId column) {
    for (size_t row = 0; row < table->count; row++) {
        int64_t cell;
        if (is_described(&table->rows[row]) &&
            !store_get(&table->columns[column], (RowId)row, &cell)) {
            return true;
        }
    }
    return false;
}

size_t inventory_partial(const Inventory *inventory, Arena *arena, Str **ret_entries) {
    const Schema *schema = inventory->schema;
    VEC(Str) entries = {0};
    for (size_t k = 0; k < schema->kind_count; k++) {
        const Kind *kind = &schema->kinds[k];
        const Table *table = &inventory->tables[k];
        if (kind->head || !has_records(table)) {
            continue;
        }
        if (kind->plural && !inventory->kind_complete[k]) {
            vec_push(arena, &entries, sym_text(schema->interner, kind->plural));
        }
        for (size_t c = 0; c < kind->column_count; c++) {
            if (kind->columns[c].field->absent_none && is_open(table, (ColumnId)c)) {
                Str entry = arena_printf(
                    arena, "%.*s.%.*s", STR_ARG(sym_text(schema->interner, kind->name)),
                    STR_ARG(sym_text(schema->interner, kind->columns[c].name)));
                vec_push(arena, &entries, entry);
            }
        }
    }
    *ret_entries = entries.items;
    return entries.count;
}

Str inventory_import_day(const Inventory *inventory) {
    for (size_t i = 1; i < inventory->sources->count; i++) {
        const Source *source = &inventory->sources->items[i];
        if (source->origin == ORIGIN_INPUT && !source->native && source->as_of.n) {
            return source->as_of;
        }
    }
    return STR_NONE;
}
