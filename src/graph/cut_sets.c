#include "graph/cut_sets.h"

#include <stdlib.h>

#include "graph/cut_draft.h"

static int compare_numbers(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

void cut_draft_add(CutDraft *draft, const uint32_t *nodes, uint32_t order) {
    CutClassSet set = {.order = order};
    for (uint32_t i = 0; i < order; i++) {
        set.nodes[i] = nodes[i];
    }
    qsort(set.nodes, order, sizeof set.nodes[0], compare_numbers);
    vec_push(draft->arena, &draft->sets, set);
}

bool cut_draft_spend(CutDraft *draft) {
    draft->work += draft->cone->node_count;
    draft->truncated = draft->truncated || draft->work > draft->budget;
    return !draft->truncated;
}

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

static void finish(CutDraft *draft, CutSets *ret_sets) {
    *ret_sets = (CutSets){
        .sets = draft->sets.items, .count = draft->sets.count, .truncated = draft->truncated};
    if (draft->sets.count) {
        qsort(draft->sets.items, draft->sets.count, sizeof(CutClassSet), compare_sets);
    }
    for (size_t i = 0; i < draft->sets.count; i++) {
        uint64_t product = 1;
        for (uint32_t e = 0; e < draft->sets.items[i].order; e++) {
            product *= cone_class_size(draft->cone, draft->sets.items[i].nodes[e]);
        }
        ret_sets->totals[draft->sets.items[i].order] += product;
    }
}

void cone_cut_sets(const Cone *cone, Arena *arena, int max_order, uint64_t work_budget,
                   CutSets *ret_sets) {
    *ret_sets = (CutSets){.sets = NULL};
    if (!cone->node_count) {
        return;
    }
    Arena *scratch = arena_open(0);
    CutDraft draft = {.cone = cone,
                      .arena = arena,
                      .scratch = scratch,
                      .own = arena_array(scratch, uint64_t, cone->node_count),
                      .down = arena_array(scratch, uint64_t, cone->node_count),
                      .budget = work_budget};
    cut_draft_pairs(&draft, max_order);
    if (max_order > 2 && !draft.truncated) {
        cut_draft_triples(&draft);
    }
    finish(&draft, ret_sets);
    arena_close(scratch);
}
