/* The fault graph: nodes that fail, and gates "at least k of these n" that they require. Dense ids;
 * no names. One graph holds one phase in one evaluation of open facts; it is immutable.
 *
 *     down(v) = failed(v) or some gate g of v has at least n_g - k_g + 1 members down
 *
 * Cycles are legal; what is down is the least fixpoint (so nodes that hold each other up, stay up).
 * Pseudo-code and costs: Fussell & Vesely's closure as a cascade with a counter for each gate,
 * linear in the arcs that are touched. */
#ifndef GRAPH_FAULT_GRAPH_H
#define GRAPH_FAULT_GRAPH_H

#include "base/arena.h"

typedef uint32_t NodeId;
typedef uint32_t GateId;
#define NO_GATE UINT32_MAX
#define NO_NODE UINT32_MAX

/* The caller's arrays, read during graph_build only. A member that stands twice in a gate counts
 * twice. */
typedef struct GraphSpec {
    size_t node_count, gate_count;
    const NodeId *owners;   /* by gate */
    const uint32_t *needed; /* by gate: k; k > n can never be satisfied */
    const uint32_t *starts; /* gate_count + 1: the gate's members in `members` */
    const NodeId *members;
} GraphSpec;

typedef struct Gate {
    NodeId owner;
    int32_t threshold; /* members down that fire it, beyond the base state; <= 0: fired in it */
    uint32_t start, count;
} Gate;

/* A gate that takes more than one member, or of which some may be lost: a cascade counts for it. */
typedef struct Counter {
    NodeId owner;
    int32_t threshold;
    GateId gate;
    bool redundant; /* k < n */
} Counter;

/* What the fall of a member does by one of its gates: fells this owner at once, or is counted, by
 * the counter behind the flag. Most gates have one member, so a cascade seldom looks at gates. */
enum { EFFECT_NONE = 0x7FFFFFFF };
#define EFFECT_COUNTED 0x80000000u

typedef struct FaultGraph {
    size_t node_count, gate_count;
    Gate *gates;
    uint32_t *needed; /* by gate */
    NodeId *members;
    uint32_t *user_starts; /* by node: gates in which it is a member */
    GateId *users;
    uint32_t *effects; /* parallel to users */
    Counter *counters;
    size_t counter_count;
    uint32_t *gate_starts; /* by node: its own gates */
    GateId *own_gates;
    /* Base state: what is down with nothing failed, and why. */
    bool *base_down;
    GateId *base_gate; /* the first gate of the node that cannot be satisfied; NO_GATE */
    size_t base_down_count;
} FaultGraph;

/* In the arena. */
FaultGraph *graph_build(Arena *arena, const GraphSpec *spec);

/* The graph after these nodes have failed: they and what falls with them are down in its base
 * state. In the arena; it shares arrays with `graph`, which must live as long. */
FaultGraph *graph_after(Arena *arena, const FaultGraph *graph, const NodeId *failed, size_t count);

/* ---- what falls when something fails ---- */

/* Scratch of one thread. */
typedef struct Cascade {
    const FaultGraph *graph;
    /* By node. */
    struct Fall {
        uint32_t run; /* in which it fell */
        NodeId cause; /* then: the member whose fall fired a gate; itself if it failed */
    } * falls;
    int32_t *fallen;   /* by counter: members down in this run */
    NodeId *queue;     /* what fell, in order; the failed nodes first */
    uint32_t *touched; /* counters */
    uint32_t run;
    size_t count, touched_count;
    bool fired_redundant; /* a gate with k < n fired */
} Cascade;

Cascade *cascade_new(Arena *arena, const FaultGraph *graph);

/* Everything that falls when these nodes fail at once, beyond the base state; the result is
 * cascade->queue[0..count). Returns the number of arcs that it went along (work). */
size_t cascade_run(Cascade *cascade, const NodeId *failed, size_t count);

/* The same of one node, while `spared` stays up whatever falls; cascade_fell says nothing of it. */
size_t cascade_run_without(Cascade *cascade, NodeId failed, NodeId spared);

static inline bool cascade_fell(const Cascade *cascade, NodeId node) {
    return cascade->falls[node].run == cascade->run;
}

/* As many members of the gate fell in the last run as fire it. */
bool cascade_fired(const Cascade *cascade, GateId gate);

/* From `node`, which fell in the last run, through the causes to a failed node. Writes up to
 * `maximum` nodes, the first being `node`; returns how many. */
size_t cascade_path(const Cascade *cascade, NodeId node, NodeId *ret_path, size_t maximum);

/* An order in which members come before the nodes that need them; the nodes of one cycle stand
 * together. */
typedef struct GraphOrder {
    NodeId *nodes;      /* by position */
    uint32_t *position; /* by node */
    uint32_t *end;   /* by position: behind the last node of its cycle; position + 1 if in none */
    uint32_t *cycle; /* by node: number of its cycle from 1; 0 = none */
    size_t cycle_count; /* a node that needs itself is a cycle of its own */
} GraphOrder;

/* Tarjan, with an explicit stack; in the arena. */
void graph_order(const FaultGraph *graph, Arena *arena, GraphOrder *ret_order);

/* Strongly connected components with more than one node (or a node that needs itself): `ret_cycle`
 * by node is the number of its cycle from 1, 0 = none. Returns the number of cycles. */
size_t graph_cycles(const FaultGraph *graph, Arena *arena, uint32_t **ret_cycle);

#endif
