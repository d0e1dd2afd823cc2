/* Order 3 by a search that path sets guide (cut_sets.h). A node of the search tree has failed up to
 * two events; it takes a path set that avoids them and tries what is in it. What fails with a
 * partner of a known pair, or is a cut set alone, is barred. */
#include <stdlib.h>

#include "graph/cut_draft.h"
#include "graph/path_set.h"

/* What one level of the search works with. */
typedef struct Level {
    uint32_t *events; /* of its path set */
    size_t count;
    uint64_t *down;
} Level;

typedef struct CutSearch {
    CutDraft *draft;
    const Cone *cone;
    PathSearch paths;
    Level levels[CUT_ORDER_MAX];
    uint16_t *barred; /* by node: how many reasons there are that it may not fail any more */
    uint32_t failed[CUT_ORDER_MAX];
    uint32_t *partner_starts, *partners; /* the sets of order 2 as neighbours */
} CutSearch;

/* ---- the search ---- */

static void add_set(CutSearch *search, uint32_t last) {
    cut_draft_add(search->draft, (uint32_t[]){search->failed[0], search->failed[1], last},
                  CUT_ORDER_MAX);
}

/* Which of the candidates complete a cut set: they fail one a bit, what failed before in each. */
static void try_candidates(CutSearch *search, int depth) {
    const Level *level = &search->levels[depth];
    for (int i = 0; i < depth; i++) {
        search->draft->own[search->failed[i]] = UINT64_MAX;
    }
    for (size_t from = 0; from < level->count && cut_draft_spend(search->draft); from += CUT_WORD) {
        size_t count = level->count - from < CUT_WORD ? level->count - from : CUT_WORD;
        for (size_t i = 0; i < count; i++) {
            search->draft->own[level->events[from + i]] |= UINT64_C(1) << i;
        }
        cone_simulate(search->cone, search->draft->own, search->draft->down);
        uint64_t hits = search->draft->down[search->cone->root];
        for (size_t i = 0; i < count; i++) {
            search->draft->own[level->events[from + i]] = 0;
            if (hits >> i & 1) {
                add_set(search, level->events[from + i]);
            }
        }
    }
    for (int i = 0; i < depth; i++) {
        search->draft->own[search->failed[i]] = 0;
    }
}

/* Finds what is down at this level, and a path set that avoids it. */
static void prepare(CutSearch *search, int depth) {
    Level *level = &search->levels[depth];
    for (int i = 0; i < depth; i++) {
        search->draft->own[search->failed[i]] = UINT64_MAX;
    }
    cone_simulate(search->cone, search->draft->own, level->down);
    for (int i = 0; i < depth; i++) {
        search->draft->own[search->failed[i]] = 0;
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
    if (!cut_draft_spend(search->draft)) {
        return;
    }
    prepare(search, depth);
    if (depth + 1 == CUT_ORDER_MAX) {
        try_candidates(search, depth);
        return;
    }
    size_t done = 0;
    for (; done < level->count && !search->draft->truncated; done++) {
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
    for (size_t i = 0; i < search->draft->sets.count; i++) {
        if (search->draft->sets.items[i].order == 1) {
            search->barred[search->draft->sets.items[i].nodes[0]]++;
        }
    }
}

static void index_pairs(CutSearch *search, Arena *scratch) {
    size_t n = search->cone->node_count;
    uint32_t *starts = arena_array(scratch, uint32_t, n + 2);
    uint32_t *at = starts + 1;
    size_t arcs = 0;
    for (int fill = 0; fill < 2; fill++) {
        for (size_t i = 0; i < search->draft->sets.count; i++) {
            const CutClassSet *set = &search->draft->sets.items[i];
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

void cut_draft_triples(CutDraft *draft) {
    size_t n = draft->cone->node_count;
    CutSearch search = {.draft = draft, .cone = draft->cone};
    search.barred = arena_array(draft->scratch, uint16_t, n);
    path_search_init(&search.paths, draft->scratch, draft->cone);
    for (int i = 0; i < CUT_ORDER_MAX; i++) {
        search.levels[i].events = arena_array(draft->scratch, uint32_t, n);
        search.levels[i].down = arena_array(draft->scratch, uint64_t, n);
    }
    bar_single_failures(&search);
    index_pairs(&search, draft->scratch);
    search_from(&search, 0);
}
