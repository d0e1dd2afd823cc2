#include "rule/table_new.h"

MemTable *table_new(Arena *arena, const char *name, const char *doc, const MemColumn *columns,
                    size_t column_count, size_t rows) {
    MemTable *table = arena_new(arena, MemTable);
    *table = (MemTable){name, doc, columns, column_count, NULL, rows, false};
    table->cells = arena_array(arena, int64_t *, column_count);
    for (size_t i = 0; i < column_count; i++) {
        table->cells[i] = arena_array(arena, int64_t, rows);
    }
    return table;
}
