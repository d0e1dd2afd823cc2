#include "graph/pair_groups.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_CLASSES = 2048, WORD_BITS = 64 }; /* more are not grouped: the matrix is square */

/* A class with its neighbours as bits. */
typedef struct Row {
    const uint64_t *bits;
    uint32_t words, id;
} Row;

typedef struct Grouping {
    Arena *arena, *scratch;
    uint32_t class_count, words;
    uint64_t *matrix;
    uint32_t *clique; /* by class: the first class of its clique */
    uint32_t *side;   /* by class: the first class of its side; cliques of equal neighbours */
    VEC(PairGroup) groups;
} Grouping;

static uint64_t *row_of(const Grouping *grouping, uint32_t id) {
    return grouping->matrix + (size_t)id * grouping->words;
}

static void put(uint64_t *row, uint32_t id) {
    row[id / WORD_BITS] |= UINT64_C(1) << id % WORD_BITS;
}

static bool has(const uint64_t *row, uint32_t id) {
    return row[id / WORD_BITS] >> id % WORD_BITS & 1;
}

static int compare_bits(const Row *x, const Row *y) {
    for (uint32_t i = 0; i < x->words; i++) {
        if (x->bits[i] != y->bits[i]) {
            return x->bits[i] < y->bits[i] ? -1 : 1;
        }
    }
    return 0;
}

static int compare_rows(const void *a, const void *b) {
    const Row *x = a;
    const Row *y = b;
    int order = compare_bits(x, y);
    return order ? order : (x->id > y->id) - (x->id < y->id);
}

/* `first[id]` = the first row with the same bits. */
static void find_equal(Row *rows, uint32_t count, uint32_t *first) {
    qsort(rows, count, sizeof *rows, compare_rows);
    for (uint32_t i = 0; i < count; i++) {
        bool same = i > 0 && compare_bits(&rows[i - 1], &rows[i]) == 0;
        first[rows[i].id] = same ? first[rows[i - 1].id] : rows[i].id;
    }
}

/* Classes that are neighbours and have the same other neighbours. */
static void find_cliques(Grouping *grouping) {
    uint32_t n = grouping->class_count;
    Row *rows = arena_array(grouping->scratch, Row, n);
    for (uint32_t v = 0; v < n; v++) {
        put(row_of(grouping, v), v);
        rows[v] = (Row){row_of(grouping, v), grouping->words, v};
    }
    find_equal(rows, n, grouping->clique);
}

/* Cliques that have the same neighbours outside; they are none to each other. */
static void find_sides(Grouping *grouping) {
    uint32_t n = grouping->class_count;
    for (uint32_t v = 0; v < n; v++) { /* of each row the own clique is taken out */
        uint64_t *row = row_of(grouping, v);
        for (uint32_t w = 0; w < n; w++) {
            if (grouping->clique[w] == grouping->clique[v]) {
                row[w / WORD_BITS] &= ~(UINT64_C(1) << w % WORD_BITS);
            }
        }
    }
    Row *rows = arena_array(grouping->scratch, Row, n);
    for (uint32_t v = 0; v < n; v++) {
        rows[v] = (Row){row_of(grouping, v), grouping->words, v};
    }
    find_equal(rows, n, grouping->side);
}

/* Classes by their entry in `of`: those of `id` stand at starts[id]. */
typedef struct Members {
    uint32_t *starts, *classes;
} Members;

static Members members_of(const Grouping *grouping, const uint32_t *of) {
    uint32_t n = grouping->class_count;
    Members members = {arena_array(grouping->arena, uint32_t, n + 2),
                       arena_array(grouping->arena, uint32_t, n)};
    for (uint32_t v = 0; v < n; v++) {
        members.starts[of[v] + 2]++;
    }
    for (uint32_t v = 0; v < n; v++) {
        members.starts[v + 2] += members.starts[v + 1];
    }
    for (uint32_t v = 0; v < n; v++) {
        members.classes[members.starts[of[v] + 1]++] = v;
    }
    return members;
}

static const uint32_t *of_id(const Members *members, uint32_t id, size_t *ret_count) {
    *ret_count = members->starts[id + 1] - members->starts[id];
    return members->classes + members->starts[id];
}

static void add_groups(Grouping *grouping) {
    uint32_t n = grouping->class_count;
    Members cliques = members_of(grouping, grouping->clique);
    Members sides = members_of(grouping, grouping->side);
    for (uint32_t v = 0; v < n; v++) {
        PairGroup group = {.second = NULL};
        group.first = of_id(&cliques, v, &group.first_count);
        if (group.first_count > 1) {
            vec_push(grouping->arena, &grouping->groups, group);
        }
        const uint64_t *row = row_of(grouping, v);
        for (uint32_t w = v + 1; grouping->side[v] == v && w < n; w++) {
            if (grouping->side[w] == w && has(row, w)) {
                group.first = of_id(&sides, v, &group.first_count);
                group.second = of_id(&sides, w, &group.second_count);
                vec_push(grouping->arena, &grouping->groups, group);
            }
        }
    }
}

/* Each pair a group of its own. */
static PairGroup *single_groups(Arena *arena, const ClassPair *pairs, size_t count) {
    PairGroup *groups = arena_array(arena, PairGroup, count);
    for (size_t i = 0; i < count; i++) {
        uint32_t *ends = arena_array(arena, uint32_t, 2);
        ends[0] = pairs[i].first;
        ends[1] = pairs[i].second;
        groups[i] = (PairGroup){&ends[0], 1, &ends[1], 1};
    }
    return groups;
}

PairGroup *pair_groups(Arena *arena, uint32_t class_count, const ClassPair *pairs, size_t count,
                       size_t *ret_count) {
    if (!count || class_count > MOST_CLASSES) {
        *ret_count = count;
        return single_groups(arena, pairs, count);
    }
    Grouping grouping = {.arena = arena,
                         .scratch = arena_open(0),
                         .class_count = class_count,
                         .words = (class_count + WORD_BITS - 1) / WORD_BITS};
    grouping.matrix = arena_array(grouping.scratch, uint64_t, (size_t)class_count * grouping.words);
    grouping.clique = arena_array(grouping.scratch, uint32_t, class_count);
    grouping.side = arena_array(grouping.scratch, uint32_t, class_count);
    for (size_t i = 0; i < count; i++) {
        put(row_of(&grouping, pairs[i].first), pairs[i].second);
        put(row_of(&grouping, pairs[i].second), pairs[i].first);
    }
    find_cliques(&grouping);
    find_sides(&grouping);
    add_groups(&grouping);
    arena_close(grouping.scratch);
    *ret_count = grouping.groups.count;
    return grouping.groups.items;
}
