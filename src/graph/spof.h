/* All single points of failure: which single failure stops which targets.
 *
 * One cascade from each component. Its cost is that of what falls, so the whole is proportional to
 * the number of (failure, victim) pairs; the result itself can be quadratic (a chain of services),
 * hence the budget. */
#ifndef GRAPH_SPOF_H
#define GRAPH_SPOF_H

#include "graph/fault_graph.h"

typedef struct SpofQuery {
    const FaultGraph *graph;
    const bool *is_component; /* by node: may fail by itself */
    const bool *is_target;    /* by node: a service */
    size_t pair_budget;       /* (component, target) pairs kept at most */
    int threads;
} SpofQuery;

typedef struct SpofResult {
    uint32_t *starts; /* node_count + 1: the component's targets, ascending */
    NodeId *targets;
    uint32_t *target_counts; /* by component: all of them, also beyond the budget */
    uint32_t *node_counts;   /* by component: everything that falls with it, itself not counted */
    bool *redundant;         /* by component: a gate with k < n fires */
    bool truncated;          /* the budget was reached: counts are right, some lists are missing */
} SpofResult;

void graph_spof(Arena *arena, const SpofQuery *query, SpofResult *ret_result);

#endif
