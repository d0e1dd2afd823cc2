/* What can never come up from black: works when everything is running, and does not when nothing
 * is.
 *
 * Running: the greatest fixpoint of "works" (the complement of fault_graph.h's "down"). From black:
 * the least one, a node comes up when enough members of each of its gates are up. The difference
 * are deadlocks of mutual need (DNS needs AD, AD needs DNS). Dowling & Gallier, "Linear-time
 * algorithms for testing the satisfiability of propositional Horn formulae" (1984). */
#ifndef GRAPH_COLD_START_H
#define GRAPH_COLD_START_H

#include "graph/fault_graph.h"

/* Scratch of one thread: which nodes come up. */
typedef struct Boot {
    const FaultGraph *graph;
    bool *up;          /* by node, after a run */
    uint32_t *missing; /* by gate: members that must still come up */
    uint32_t *open;    /* by node: gates that are not met */
    NodeId *queue;
    size_t count; /* nodes that came up */
} Boot;

Boot *boot_new(Arena *arena, const FaultGraph *graph);

/* Boots everything but `failed` (NO_NODE: none); the nodes `forced` start without what they need.
 */
void boot_run(Boot *boot, NodeId failed, const NodeId *forced, size_t forced_count);

/* One deadlock: a cycle none of whose nodes comes up, all it waits for outside being up. */
typedef struct Deadlock {
    const NodeId *nodes; /* ascending */
    size_t count;
    NodeId breakers[2];   /* the smallest set of its components whose forced start lets the whole
                             cycle boot */
    size_t breaker_count; /* 0: more than two are needed */
} Deadlock;

typedef struct ColdStart {
    bool *blocked; /* by node: runs, and cannot come up from black */
    size_t blocked_count;
    Deadlock *deadlocks; /* by their first node */
    size_t deadlock_count;
} ColdStart;

/* `is_component`, by node: what somebody can start by force; NULL = all. */
void graph_cold_start(Arena *arena, const FaultGraph *graph, const bool *is_component,
                      ColdStart *ret_start);

#endif
