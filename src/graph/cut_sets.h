/* Minimal cut sets of order 1 to 3 of one target, exact, cycles included.
 *
 * Orders 1 and 2 come from the damage that each event does alone (cut_pairs.c). For order 3: every
 * cut set takes something of every set of nodes that suffices to keep the target up (a path set).
 * So the search takes a cheap path set and tries what is in it, then one that avoids what failed
 * first, and so on; it leaves out what a smaller cut set contains, so each set is found once and is
 * minimal (cut_triples.c). Reiter, "A theory of diagnosis from first principles" (1987), for the
 * principle of hitting sets; docs/analysis.md for the whole.
 */
#ifndef GRAPH_CUT_SETS_H
#define GRAPH_CUT_SETS_H

#include "graph/cone.h"

enum { CUT_ORDER_MAX = 3 };

/* Event classes, as nodes of the cone, ascending; it stands for all products of their components.
 */
typedef struct CutClassSet {
    uint32_t nodes[CUT_ORDER_MAX];
    uint32_t order;
} CutClassSet;

typedef struct CutSets {
    CutClassSet *sets; /* by order, then by nodes */
    size_t count;
    uint64_t totals[CUT_ORDER_MAX + 1]; /* by order: cut sets of components */
    bool truncated; /* the work budget was reached: every set is a minimal cut set, some are missing
                     */
} CutSets;

/* `work_budget`: nodes simulated at most, 64 sets at a time. In the arena. */
void cone_cut_sets(const Cone *cone, Arena *arena, int max_order, uint64_t work_budget,
                   CutSets *ret_sets);

#endif
