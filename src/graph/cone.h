/* What one target can fall with: the part of a fault graph below it, reduced and renumbered for the
 * searches over sets of failures (cut sets, probability).
 *
 * The reductions keep the function "down(target)" of the failures: nodes that cannot fall are left
 * out, a node that is down exactly when another is, is that other, and components of equal effect
 * (a component whose only effect is to fell one node, components with the same dependants) share
 * one event class. A minimal cut set takes at most one component of a class, and any of them; so a
 * set of classes stands for the product of their sizes. */
#ifndef GRAPH_CONE_H
#define GRAPH_CONE_H

#include "graph/fault_graph.h"

#define NO_CONE_NODE UINT32_MAX

typedef struct ConeGate {
    uint32_t start, count; /* in Cone.members */
    uint32_t threshold;    /* members down that fire it, 1..count */
} ConeGate;

typedef struct Cone {
    size_t node_count;     /* 0: no failure stops the target */
    uint32_t root;         /* the target */
    uint32_t *gate_starts; /* node_count + 1: the node's gates */
    ConeGate *gates;
    uint32_t *members; /* nodes of the cone; members come before owners, but in cycles */
    uint32_t *ends;    /* by node: behind the last node of its cycle; node + 1 if in none */
    /* By node: the components that fell it directly, ascending; none for a node that is no event.
     */
    uint32_t *class_starts; /* node_count + 1 */
    NodeId *components;
    bool is_down; /* the target is down with nothing failed: nothing else is filled */
} Cone;

/* Scratch for the cones of one graph. One thread. */
typedef struct ConeBuilder ConeBuilder;

/* `is_component` by node: may fail by itself; read while the builder is used. */
ConeBuilder *cone_builder_new(Arena *arena, const FaultGraph *graph, const bool *is_component);

/* The cone of a node, in the arena. */
Cone *cone_of_node(ConeBuilder *builder, Arena *arena, NodeId target);

/* The cone of one gate alone: what fires it. */
Cone *cone_of_gate(ConeBuilder *builder, Arena *arena, GateId gate);

static inline size_t cone_class_size(const Cone *cone, uint32_t node) {
    return cone->class_starts[node + 1] - cone->class_starts[node];
}

/* 64 sets of failures at once: bit i of down[v] says whether v falls in set i, of which own[v]
 * holds the failures. The least fixpoint, cycles included. */
void cone_simulate(const Cone *cone, const uint64_t *own, uint64_t *ret_down);

#endif
