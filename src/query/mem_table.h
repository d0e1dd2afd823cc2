/* In-memory tables as SQL: what mem_table.c and function_table.c share. */
#ifndef QUERY_MEM_TABLE_H
#define QUERY_MEM_TABLE_H

#include "query/connection.h"

/* Which cell an SQL column shows; an ENTITY column is two SQL columns. */
typedef struct MemCell {
    size_t column;
    bool is_id;
} MemCell;

/* Describes columns; `*ret_cells` by SQL column. */
void mem_describe(Database *database, TableDef *def, const MemColumn *columns, size_t count,
                  MemCell **ret_cells);

/* Shows a cell of a row. */
void mem_show(sqlite3_context *context, const Database *database, const MemTable *table,
              MemCell cell, size_t row);

/* The cell that an equality with `value` asks for; false if no cell is equal to it. */
bool mem_argument(const Database *database, MemType type, sqlite3_value *value, int64_t *ret_cell);

/* Rows of a column by value, each value's rows in order. */
typedef struct MemIndex {
    bool built;
    const uint32_t *rows;
    size_t row_count;
    const uint32_t *offsets; /* by value - first, where values are dense; else NULL */
    int64_t first;
    size_t span;
    size_t distinct;
} MemIndex;
void mem_index_build(Arena *arena, const int64_t *cells, size_t count, MemIndex *ret_index);

/* The rows with that value. */
const uint32_t *mem_index_find(const MemIndex *index, const int64_t *cells, int64_t value,
                               size_t *ret_count);

#endif
