#include "graph/cut_sets.h"

#include <stdlib.h>
#include <string.h>

#include "graph/path_set.h"

enum { WORD = 64 };

/* What one level of the search works with. */
typedef struct Level {
    uint32_t *events; /* of its path set */
    size_t count;
    uint64_t *down;
} Level;

typedef struct CutSearch {
    const Cone *cone;
    PathSearch paths;
    Arena *arena; /* of the result */
    Level levels[CUT_ORDER_MAX];
    uint64_t *own;    /* by node: failures of the simulation; all zero between simulations */
    uint64_t *down;   /* by node */
    uint16_t *barred; /* by node: how many reasons there are that it may not fail any more */
    uint32_t failed[CUT_ORDER_MAX];
    int order; /* what is searched for now */
    VEC(CutClassSet) sets;
    /* Cut sets of order 2 as neighbours. */
    uint32_t *partner_starts, *partners;
    uint64_t work, budget;
    bool truncated;
} CutSearch;

static bool spend(CutSearch *search) {
    search->work += search->cone->node_count;
    search->truncated = search->truncated || search->work > search->budget;
    return !search->truncated;
}

static int compare_numbers(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void add_set(CutSearch *search, int depth, uint32_t last) {
    CutClassSet set = {.order = (uint32_t)depth + 1};
    for (int i = 0; i < depth; i++) {
        set.nodes[i] = search->failed[i];
    }
    set.nodes[depth] = last;
    qsort(set.nodes, set.order, sizeof set.nodes[0], compare_numbers);
    vec_push(search->arena, &search->sets, set);
}

/* ---- the search ---- */

/* Which of the candidates complete a cut set: they fail one a bit, what failed before in each. */
static void try_candidates(CutSearch *search, int depth) {
    const Level *level = &search->levels[depth];
    for (int i = 0; i < depth; i++) {
        search->own[search->failed[i]] = UINT64_MAX;
    }
    for (size_t from = 0; from < level->count && spend(search); from += WORD) {
        size_t count = level->count - from < WORD ? level->count - from : WORD;
        for (size_t i = 0; i < count; i++) {
            search->own[level->events[from + i]] |= UINT64_C(1) << i;
        }
        cone_simulate(search->cone, search->own, search->down);
        uint64_t hits = search->down[search->cone->root];
        for (size_t i = 0; i < count; i++) {
            search->own[level->events[from + i]] = 0;
            if (hits >> i & 1) {
                add_set(search, depth, level->events[from + i]);
            }
        }
    }
    for (int i = 0; i < depth; i++) {
        search->own[search->failed[i]] = 0;
    }
}

/* Finds what is down at this level, and a path set that avoids it. */
static void prepare(CutSearch *search, int depth) {
    Level *level = &search->levels[depth];
    for (int i = 0; i < depth; i++) {
        search->own[search->failed[i]] = UINT64_MAX;
    }
    cone_simulate(search->cone, search->own, level->down);
    for (int i = 0; i < depth; i++) {
        search->own[search->failed[i]] = 0;
    }
    level->count = path_set_find(&search->paths, level->down, search->barred, level->events);
}

/* Bars, or unbars, what is a cut set of order 2 together with the event. */
static void bar_partners(CutSearch *search, uint32_t event, int by) {
    for (uint32_t i = search->partner_starts[event]; i < search->partner_starts[event + 1]; i++) {
        uint16_t *barred = &search->barred[search->partners[i]];
        *barred = (uint16_t)(*barred + by);
    }
}

/* Depth is at most CUT_ORDER_MAX. */
static void search_from(CutSearch *search, int depth) {
    Level *level = &search->levels[depth];
    if (!spend(search)) {
        return;
    }
    prepare(search, depth);
    if (depth + 1 == search->order) {
        try_candidates(search, depth);
        return;
    }
    size_t done = 0;
    for (; done < level->count && !search->truncated; done++) {
        uint32_t event = level->events[done];
        search->failed[depth] = event;
        search->barred[event]++; /* it has failed; then: every set with it was found */
        bar_partners(search, event, 1);
        search_from(search, depth + 1);
        bar_partners(search, event, -1);
    }
    for (size_t i = 0; i < done; i++) {
        search->barred[level->events[i]]--;
    }
}

/* ---- what smaller sets rule out ---- */

static void bar_single_failures(CutSearch *search) {
    for (size_t i = 0; i < search->sets.count; i++) {
        if (search->sets.items[i].order == 1) {
            search->barred[search->sets.items[i].nodes[0]]++;
        }
    }
}

static void index_pairs(CutSearch *search, Arena *scratch) {
    size_t n = search->cone->node_count;
    uint32_t *starts = arena_array(scratch, uint32_t, n + 2);
    uint32_t *at = starts + 1;
    size_t arcs = 0;
    for (int fill = 0; fill < 2; fill++) {
        for (size_t i = 0; i < search->sets.count; i++) {
            const CutClassSet *set = &search->sets.items[i];
            for (uint32_t e = 0; set->order == 2 && e < 2; e++) {
                if (fill) {
                    search->partners[at[set->nodes[e]]++] = set->nodes[1 - e];
                } else {
                    at[set->nodes[e] + 1]++;
                    arcs++;
                }
            }
        }
        if (!fill) {
            search->partners = arena_array(scratch, uint32_t, arcs);
            for (size_t v = 0; v < n; v++) {
                at[v + 1] += at[v];
            }
        }
    }
    search->partner_starts = starts;
}

/* ---- results ---- */

static int compare_sets(const void *a, const void *b) {
    const CutClassSet *x = a;
    const CutClassSet *y = b;
    if (x->order != y->order) {
        return x->order < y->order ? -1 : 1;
    }
    for (uint32_t i = 0; i < x->order; i++) {
        if (x->nodes[i] != y->nodes[i]) {
            return x->nodes[i] < y->nodes[i] ? -1 : 1;
        }
    }
    return 0;
}

static void finish(CutSearch *search, CutSets *ret_sets) {
    *ret_sets = (CutSets){
        .sets = search->sets.items, .count = search->sets.count, .truncated = search->truncated};
    if (search->sets.count) {
        qsort(search->sets.items, search->sets.count, sizeof(CutClassSet), compare_sets);
    }
    for (size_t i = 0; i < search->sets.count; i++) {
        uint64_t product = 1;
        for (uint32_t e = 0; e < search->sets.items[i].order; e++) {
            product *= cone_class_size(search->cone, search->sets.items[i].nodes[e]);
        }
        ret_sets->totals[search->sets.items[i].order] += product;
    }
}

void cone_cut_sets(const Cone *cone, Arena *arena, int max_order, uint64_t work_budget,
                   CutSets *ret_sets) {
    size_t n = cone->node_count;
    if (!n) {
        *ret_sets = (CutSets){.sets = NULL};
        return;
    }
    Arena *scratch = arena_open(0);
    CutSearch search = {.cone = cone,
                        .arena = arena,
                        .own = arena_array(scratch, uint64_t, n),
                        .down = arena_array(scratch, uint64_t, n),
                        .barred = arena_array(scratch, uint16_t, n),
                        .budget = work_budget};
    path_search_init(&search.paths, scratch, cone);
    for (int i = 0; i < CUT_ORDER_MAX; i++) {
        search.levels[i].events = arena_array(scratch, uint32_t, n);
        search.levels[i].down = arena_array(scratch, uint64_t, n);
    }
    for (search.order = 1; search.order <= max_order && !search.truncated; search.order++) {
        if (search.order == 2) {
            bar_single_failures(&search);
        }
        index_pairs(&search, scratch); /* pairs matter from order 3 on; before there are none */
        search_from(&search, 0);
    }
    finish(&search, ret_sets);
    arena_close(scratch);
}
