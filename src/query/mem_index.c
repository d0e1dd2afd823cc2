/* Look-ups in a column of an in-memory table: by offsets where the values are dense (ids), else by
 * binary search in the sorted rows. */
#include <stdlib.h>

#include "query/mem_table.h"

typedef struct Keyed {
    int64_t cell;
    uint32_t row;
} Keyed;

static int compare(const void *a, const void *b) {
    const Keyed *x = a;
    const Keyed *y = b;
    if (x->cell != y->cell) {
        return x->cell < y->cell ? -1 : 1;
    }
    return (x->row > y->row) - (x->row < y->row);
}

static void build_dense(Arena *arena, const int64_t *cells, MemIndex *index) {
    uint32_t *offsets = arena_array(arena, uint32_t, index->span + 1);
    uint32_t *rows = arena_array(arena, uint32_t, index->row_count);
    for (size_t i = 0; i < index->row_count; i++) {
        offsets[cells[i] - index->first + 1]++;
    }
    for (size_t i = 0; i < index->span; i++) {
        index->distinct += offsets[i + 1] != 0;
        offsets[i + 1] += offsets[i];
    }
    /* Each offset moves from its start to its end, which is the start of the next. */
    for (size_t i = index->row_count; i-- > 0;) {
        rows[--offsets[cells[i] - index->first + 1]] = (uint32_t)i;
    }
    for (size_t i = 0; i < index->span; i++) {
        offsets[i] = offsets[i + 1];
    }
    offsets[index->span] = (uint32_t)index->row_count;
    index->rows = rows;
    index->offsets = offsets;
}

static void build_sorted(Arena *arena, const int64_t *cells, MemIndex *index) {
    uint32_t *rows = arena_array(arena, uint32_t, index->row_count);
    ArenaMark mark = arena_mark(arena);
    Keyed *keyed = arena_array(arena, Keyed, index->row_count);
    for (size_t i = 0; i < index->row_count; i++) {
        keyed[i] = (Keyed){cells[i], (uint32_t)i};
    }
    qsort(keyed, index->row_count, sizeof *keyed, compare);
    for (size_t i = 0; i < index->row_count; i++) {
        rows[i] = keyed[i].row;
        index->distinct += i == 0 || keyed[i].cell != keyed[i - 1].cell;
    }
    arena_release(arena, mark);
    index->rows = rows;
}

void mem_index_build(Arena *arena, const int64_t *cells, size_t count, MemIndex *ret_index) {
    MemIndex index = {.built = true, .row_count = count};
    int64_t last = count ? cells[0] : 0;
    index.first = last;
    for (size_t i = 0; i < count; i++) {
        index.first = cells[i] < index.first ? cells[i] : index.first;
        last = cells[i] > last ? cells[i] : last;
    }
    uint64_t width = (uint64_t)last - (uint64_t)index.first;
    if (width <= 4 * (uint64_t)count + 1024) {
        index.span = (size_t)width + 1;
        build_dense(arena, cells, &index);
    } else {
        build_sorted(arena, cells, &index);
    }
    *ret_index = index;
}

/* The first place in the sorted rows whose cell is not below `value` (or is above it). */
static size_t bound(const MemIndex *index, const int64_t *cells, int64_t value, bool above) {
    size_t low = 0;
    size_t high = index->row_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int64_t cell = cells[index->rows[middle]];
        if (cell < value || (above && cell == value)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const uint32_t *mem_index_find(const MemIndex *index, const int64_t *cells, int64_t value,
                               size_t *ret_count) {
    *ret_count = 0;
    if (!index->offsets) {
        size_t from = bound(index, cells, value, false);
        *ret_count = bound(index, cells, value, true) - from;
        return index->rows + from;
    }
    uint64_t at = (uint64_t)value - (uint64_t)index->first;
    if (value < index->first || at >= index->span || !index->row_count) {
        return index->rows;
    }
    *ret_count = index->offsets[at + 1] - index->offsets[at];
    return index->rows + index->offsets[at];
}
