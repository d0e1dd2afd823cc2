/* Single failures that a running system survives and without which it does not come up from black.
 *
 * Running and from black differ in two ways: some arcs matter only when something starts, and nodes
 * of a cycle hold each other up while they run (cold_start.h). So: what comes up from black, comes
 * up in some order; without the arcs that this order does not use the graph has no cycles, and one
 * cascade from each component bounds what it takes to start. Where such arcs were left out, the
 * bound is checked by booting without the component (deletion with over-estimate and repair, as for
 * recursive views: Gupta, Mumick & Subrahmanian, "Maintaining views incrementally", 1993). */
#ifndef GRAPH_RESTART_H
#define GRAPH_RESTART_H

#include "graph/spof.h"

typedef struct RestartQuery {
    const FaultGraph *graph; /* what it takes to run and to start */
    const FaultGraph *run_graph;
    const SpofResult *running; /* single failures of run_graph, which has the same nodes */
    const bool *is_component;
    const bool *is_target;
    size_t pair_budget;
    int threads;
} RestartQuery;

/* Pairs as in spof.h: the target comes up from black, does not without the component, and keeps
 * running when the component fails. Counts of nodes are those of the bound. */
void graph_restart(Arena *arena, const RestartQuery *query, SpofResult *ret_result);

#endif
