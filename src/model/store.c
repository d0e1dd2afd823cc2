#include "model/store.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

Loc store_loc(const ColumnStore *column, RowId row) {
    size_t number = row / CHUNK_ROWS;
    const Chunk *chunk = number < column->chunk_count ? column->chunks[number] : NULL;
    return chunk_has(chunk, row % CHUNK_ROWS) ? chunk->loc[row % CHUNK_ROWS] : (Loc){0};
}

static Chunk *fresh_chunk(void) {
    Chunk *chunk = memory_grow(NULL, 1, sizeof(Chunk));
    memset(chunk->stated, 0, sizeof chunk->stated);
    return chunk;
}

static Chunk *chunk_for(ColumnStore *column, RowId row) {
    size_t number = row / CHUNK_ROWS;
    if (number >= column->chunk_count) {
        size_t count = number + 1 > 2 * column->chunk_count ? number + 1 : 2 * column->chunk_count;
        column->chunks = memory_grow(column->chunks, count, sizeof(Chunk *));
        memset(column->chunks + column->chunk_count, 0,
               (count - column->chunk_count) * sizeof(Chunk *));
        column->chunk_count = count;
    }
    if (!column->chunks[number]) {
        column->chunks[number] = fresh_chunk();
    }
    return column->chunks[number];
}

void store_set(ColumnStore *column, RowId row, int64_t value, Loc loc) {
    Chunk *chunk = chunk_for(column, row);
    size_t at = row % CHUNK_ROWS;
    chunk->stated[at / 64] |= (uint64_t)1 << (at % 64);
    chunk->value[at] = value;
    chunk->loc[at] = loc;
}

void store_unset(ColumnStore *column, RowId row) {
    size_t number = row / CHUNK_ROWS;
    if (number < column->chunk_count && column->chunks[number]) {
        size_t at = row % CHUNK_ROWS;
        column->chunks[number]->stated[at / 64] &= ~((uint64_t)1 << (at % 64));
    }
}

static void free_chunks(ColumnStore *column) {
    for (size_t i = 0; i < column->chunk_count; i++) {
        free(column->chunks[i]);
    }
    free(column->chunks);
    column->chunks = NULL;
    column->chunk_count = 0;
}

void store_clear(ColumnStore *column) {
    free_chunks(column);
    free(column->pool.items);
    column->pool = (ItemPool){0};
    free(column->referrers.offsets);
    free(column->referrers.rows);
    column->referrers = (ReverseIndex){0};
}

void store_permute(ColumnStore *column, const RowId *order, size_t count, Arena *scratch) {
    ArenaMark mark = arena_mark(scratch);
    size_t old_count = column->chunk_count;
    Chunk **old = arena_array(scratch, Chunk *, old_count);
    for (size_t i = 0; i < old_count; i++) {
        if (column->chunks[i]) {
            old[i] = arena_new(scratch, Chunk);
            *old[i] = *column->chunks[i];
            memset(column->chunks[i]->stated, 0, sizeof column->chunks[i]->stated);
        }
    }
    for (size_t row = 0; old_count && row < count; row++) {
        size_t number = order[row] / CHUNK_ROWS;
        size_t at = order[row] % CHUNK_ROWS;
        const Chunk *chunk = number < old_count ? old[number] : NULL;
        if (chunk_has(chunk, at)) {
            store_set(column, (RowId)row, chunk->value[at], chunk->loc[at]);
        }
    }
    arena_release(scratch, mark);
}

void pool_add(ItemPool *pool, Item item) {
    if (pool->count == pool->capacity) {
        pool->capacity = pool->capacity ? pool->capacity * 2 : 64;
        pool->items = memory_grow(pool->items, pool->capacity, sizeof(Item));
    }
    pool->items[pool->count++] = item;
}

RowId table_add_row(Table *table, Row row) {
    if (table->count == table->capacity) {
        table->capacity = table->capacity ? table->capacity * 2 : 64;
        table->rows = memory_grow(table->rows, table->capacity, sizeof(Row));
    }
    table->rows[table->count] = row;
    return (RowId)table->count++;
}
