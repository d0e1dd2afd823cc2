#include "graph/cone.h"

#include <stdlib.h>
#include <string.h>

#include "graph/cone_draft.h"

struct ConeBuilder {
    const FaultGraph *graph;
    const bool *is_component;
    GraphOrder order;
    uint32_t *local;   /* by node: its number in the cone; NO_CONE_NODE outside of a build */
    uint32_t *reached; /* positions in the order of all nodes */
    size_t reached_count;
    Arena *scratch;
};

ConeBuilder *cone_builder_new(Arena *arena, const FaultGraph *graph, const bool *is_component) {
    ConeBuilder *builder = arena_new(arena, ConeBuilder);
    builder->graph = graph;
    builder->is_component = is_component;
    graph_order(graph, arena, &builder->order);
    builder->local = arena_array(arena, uint32_t, graph->node_count);
    memset(builder->local, 0xFF, graph->node_count * sizeof(uint32_t));
    builder->reached = arena_array(arena, uint32_t, graph->node_count);
    builder->scratch = arena;
    return builder;
}

static void reach(ConeBuilder *builder, NodeId node) {
    if (builder->local[node] == NO_CONE_NODE && !builder->graph->base_down[node]) {
        builder->local[node] = 0;
        builder->reached[builder->reached_count++] = builder->order.position[node];
    }
}

static void reach_members(ConeBuilder *builder, const Gate *gate) {
    for (uint32_t m = 0; m < gate->count; m++) {
        reach(builder, builder->graph->members[gate->start + m]);
    }
}

static int compare_positions(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Everything below what was reached first; numbered in the order of evaluation. */
static void reach_all(ConeBuilder *builder) {
    const FaultGraph *graph = builder->graph;
    for (size_t i = 0; i < builder->reached_count; i++) {
        NodeId node = builder->order.nodes[builder->reached[i]];
        for (uint32_t g = graph->gate_starts[node]; g < graph->gate_starts[node + 1]; g++) {
            reach_members(builder, &graph->gates[graph->own_gates[g]]);
        }
    }
    if (builder->reached_count) {
        qsort(builder->reached, builder->reached_count, sizeof(uint32_t), compare_positions);
    }
    for (size_t i = 0; i < builder->reached_count; i++) {
        builder->local[builder->order.nodes[builder->reached[i]]] = (uint32_t)i;
    }
}

static void forget(ConeBuilder *builder) {
    for (size_t i = 0; i < builder->reached_count; i++) {
        builder->local[builder->order.nodes[builder->reached[i]]] = NO_CONE_NODE;
    }
    builder->reached_count = 0;
}

/* ---- the draft ---- */

static size_t arcs_of(const ConeBuilder *builder, GateId extra, size_t *ret_gates) {
    const FaultGraph *graph = builder->graph;
    size_t arcs = extra == NO_GATE ? 0 : graph->gates[extra].count;
    *ret_gates = extra != NO_GATE;
    for (size_t i = 0; i < builder->reached_count; i++) {
        NodeId node = builder->order.nodes[builder->reached[i]];
        *ret_gates += graph->gate_starts[node + 1] - graph->gate_starts[node];
        for (uint32_t g = graph->gate_starts[node]; g < graph->gate_starts[node + 1]; g++) {
            arcs += graph->gates[graph->own_gates[g]].count;
        }
    }
    return arcs;
}

static uint32_t add_gate(const ConeBuilder *builder, ConeDraft *draft, GateId id, uint32_t owner,
                         uint32_t at) {
    const Gate *gate = &builder->graph->gates[id];
    DraftGate *added = &draft->gates[draft->gate_count++];
    *added = (DraftGate){.owner = owner, .start = at, .threshold = (uint32_t)gate->threshold};
    for (uint32_t m = 0; m < gate->count; m++) {
        NodeId member = builder->graph->members[gate->start + m];
        if (!builder->graph->base_down[member]) { /* those are counted in the threshold */
            draft->members[at++] = builder->local[member];
        }
    }
    added->count = at - added->start;
    return at;
}

static ConeDraft *draft_new(ConeBuilder *builder, Arena *scratch, GateId extra) {
    const FaultGraph *graph = builder->graph;
    ConeDraft *draft = arena_new(scratch, ConeDraft);
    size_t gates;
    size_t arcs = arcs_of(builder, extra, &gates);
    size_t n = builder->reached_count + (extra != NO_GATE);
    draft->arena = scratch;
    draft->node_count = n;
    draft->ends = arena_array(scratch, uint32_t, n);
    draft->gates = arena_array(scratch, DraftGate, gates);
    draft->gate_starts = arena_array(scratch, uint32_t, n + 1);
    draft->members = arena_array(scratch, uint32_t, arcs);
    draft->component = arena_array(scratch, NodeId, n);
    draft->falls = arena_array(scratch, bool, n);
    uint32_t at = 0;
    for (uint32_t v = 0; v < builder->reached_count; v++) {
        NodeId node = builder->order.nodes[builder->reached[v]];
        draft->component[v] = builder->is_component[node] ? node : NO_NODE;
        for (uint32_t g = graph->gate_starts[node]; g < graph->gate_starts[node + 1]; g++) {
            at = add_gate(builder, draft, graph->own_gates[g], v, at);
        }
        draft->gate_starts[v + 1] = (uint32_t)draft->gate_count;
    }
    if (extra != NO_GATE) {
        draft->component[n - 1] = NO_NODE;
        add_gate(builder, draft, extra, (uint32_t)n - 1, at);
        draft->gate_starts[n] = (uint32_t)draft->gate_count;
    }
    return draft;
}

/* A cycle that is reached is reached whole, so its nodes stand together here as well. */
static void mark_cycles(const ConeBuilder *builder, ConeDraft *draft) {
    for (uint32_t v = 0; v < draft->node_count; v++) {
        draft->ends[v] = v + 1;
    }
    for (size_t v = builder->reached_count; v-- > 0;) {
        uint32_t position = builder->reached[v];
        uint32_t end = builder->order.end[position];
        bool same = v + 1 < builder->reached_count && builder->reached[v + 1] < end;
        draft->ends[v] = same ? draft->ends[v + 1] : (uint32_t)v + 1;
    }
}

static Cone *build(ConeBuilder *builder, Arena *arena, NodeId target, GateId gate) {
    Arena *scratch = arena_open(0);
    reach_all(builder);
    ConeDraft *draft = draft_new(builder, scratch, gate);
    draft->root = gate == NO_GATE ? builder->local[target] : (uint32_t)draft->node_count - 1;
    mark_cycles(builder, draft);
    forget(builder);
    cone_draft_prune(draft);
    cone_draft_reduce(draft);
    cone_draft_prune(draft);
    Cone *cone = cone_draft_finish(draft, arena);
    arena_close(scratch);
    return cone;
}

static Cone *down_cone(Arena *arena) {
    Cone *cone = arena_new(arena, Cone);
    cone->is_down = true;
    return cone;
}

Cone *cone_of_node(ConeBuilder *builder, Arena *arena, NodeId target) {
    if (builder->graph->base_down[target]) {
        return down_cone(arena);
    }
    reach(builder, target);
    return build(builder, arena, target, NO_GATE);
}

Cone *cone_of_gate(ConeBuilder *builder, Arena *arena, GateId gate) {
    if (builder->graph->gates[gate].threshold <= 0) {
        return down_cone(arena);
    }
    reach_members(builder, &builder->graph->gates[gate]);
    return build(builder, arena, NO_NODE, gate);
}
