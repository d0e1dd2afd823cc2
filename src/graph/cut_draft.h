/* Cut sets under construction; for the files cut_*.c alone. */
#ifndef GRAPH_CUT_DRAFT_H
#define GRAPH_CUT_DRAFT_H

#include "graph/cut_sets.h"

enum { CUT_WORD = 64 }; /* sets that are simulated at once */

typedef struct CutDraft {
    const Cone *cone;
    Arena *arena; /* of the result */
    Arena *scratch;
    uint64_t *own;  /* by node: failures of a simulation; all zero between simulations */
    uint64_t *down; /* by node */
    VEC(CutClassSet) sets;
    uint64_t work, budget;
    bool truncated;
} CutDraft;

void cut_draft_add(CutDraft *draft, const uint32_t *nodes, uint32_t order);

/* Counts a simulation of the cone; false when the budget is reached. */
bool cut_draft_spend(CutDraft *draft);

/* All sets of order 1; and, if `max_order` > 1, of order 2 (cut_pairs.c). */
void cut_draft_pairs(CutDraft *draft, int max_order);

/* All sets of order 3, those of order 1 and 2 being known (cut_triples.c). */
void cut_draft_triples(CutDraft *draft);

#endif
