#include "graph/fault_graph.h"

#include <assert.h>
#include <string.h>

static void index_users(Arena *arena, FaultGraph *graph, const GraphSpec *spec) {
    size_t arcs = spec->gate_count ? spec->starts[spec->gate_count] : 0;
    graph->user_starts = arena_array(arena, uint32_t, spec->node_count + 2);
    graph->users = arena_array(arena, GateId, arcs);
    uint32_t *at = graph->user_starts + 1; /* shifted: after filling, starts are in place */
    for (size_t i = 0; i < arcs; i++) {
        at[spec->members[i] + 1]++;
    }
    for (size_t v = 0; v < spec->node_count; v++) {
        at[v + 1] += at[v];
    }
    for (size_t g = 0; g < spec->gate_count; g++) {
        for (uint32_t i = spec->starts[g]; i < spec->starts[g + 1]; i++) {
            graph->users[at[spec->members[i]]++] = (GateId)g;
        }
    }
}

static void index_own_gates(Arena *arena, FaultGraph *graph, const GraphSpec *spec) {
    graph->gate_starts = arena_array(arena, uint32_t, spec->node_count + 2);
    graph->own_gates = arena_array(arena, GateId, spec->gate_count);
    uint32_t *at = graph->gate_starts + 1;
    for (size_t g = 0; g < spec->gate_count; g++) {
        at[spec->owners[g] + 1]++;
    }
    for (size_t v = 0; v < spec->node_count; v++) {
        at[v + 1] += at[v];
    }
    for (size_t g = 0; g < spec->gate_count; g++) {
        graph->own_gates[at[spec->owners[g]]++] = (GateId)g;
    }
}

static void copy_gates(Arena *arena, FaultGraph *graph, const GraphSpec *spec) {
    size_t arcs = spec->gate_count ? spec->starts[spec->gate_count] : 0;
    graph->gates = arena_array(arena, Gate, spec->gate_count);
    graph->needed = arena_array(arena, uint32_t, spec->gate_count);
    graph->members = arena_array(arena, NodeId, arcs);
    if (arcs) {
        memcpy(graph->members, spec->members, arcs * sizeof(NodeId));
    }
    for (size_t g = 0; g < spec->gate_count; g++) {
        uint32_t count = spec->starts[g + 1] - spec->starts[g];
        assert(spec->owners[g] < spec->node_count);
        graph->needed[g] = spec->needed[g];
        graph->gates[g] = (Gate){.owner = spec->owners[g],
                                 .threshold = (int32_t)count - (int32_t)spec->needed[g] + 1,
                                 .start = spec->starts[g],
                                 .count = count};
    }
}

/* Lets what is queued fall through; thresholds count from that state on. */
static void settle(FaultGraph *graph, NodeId *queue, size_t count) {
    for (size_t i = 0; i < count; i++) {
        NodeId node = queue[i];
        for (uint32_t u = graph->user_starts[node]; u < graph->user_starts[node + 1]; u++) {
            Gate *gate = &graph->gates[graph->users[u]];
            if (--gate->threshold == 0 && !graph->base_down[gate->owner]) {
                graph->base_down[gate->owner] = true;
                graph->base_gate[gate->owner] = graph->users[u];
                queue[count++] = gate->owner;
            }
        }
    }
    graph->base_down_count += count;
}

/* Fires what cannot be satisfied from the start. */
static void settle_base(Arena *arena, FaultGraph *graph) {
    graph->base_down = arena_array(arena, bool, graph->node_count);
    graph->base_gate = arena_array(arena, GateId, graph->node_count);
    NodeId *queue = arena_array(arena, NodeId, graph->node_count);
    size_t count = 0;
    if (graph->node_count) {
        memset(graph->base_gate, 0xFF, graph->node_count * sizeof(GateId));
    }
    for (size_t g = 0; g < graph->gate_count; g++) {
        NodeId owner = graph->gates[g].owner;
        if (graph->gates[g].threshold <= 0 && !graph->base_down[owner]) {
            graph->base_down[owner] = true;
            graph->base_gate[owner] = (GateId)g;
            queue[count++] = owner;
        }
    }
    settle(graph, queue, count);
}

static void *copy(Arena *arena, const void *items, size_t count, size_t size) {
    void *copied = arena_alloc(arena, count, size, alignof(max_align_t));
    if (count) {
        memcpy(copied, items, count * size);
    }
    return copied;
}

static bool is_counted(const FaultGraph *graph, GateId id) {
    const Gate *gate = &graph->gates[id];
    return gate->threshold > 1 || (gate->threshold == 1 && graph->needed[id] < gate->count);
}

/* What the gate does when a member falls; the next counter is its own if it takes one. */
static uint32_t effect_of(FaultGraph *graph, GateId id) {
    const Gate *gate = &graph->gates[id];
    if (is_counted(graph, id)) {
        bool redundant = graph->needed[id] < gate->count;
        graph->counters[graph->counter_count] =
            (Counter){gate->owner, gate->threshold, id, redundant};
        return EFFECT_COUNTED | (uint32_t)graph->counter_count++;
    }
    return gate->threshold <= 0 || graph->base_down[gate->owner] ? EFFECT_NONE : gate->owner;
}

/* In the order in which index_users filled `users`. */
static void index_effects(Arena *arena, FaultGraph *graph) {
    size_t counted = 0;
    for (size_t g = 0; g < graph->gate_count; g++) {
        counted += is_counted(graph, (GateId)g);
    }
    graph->counters = arena_array(arena, Counter, counted);
    graph->counter_count = 0;
    graph->effects = arena_array(arena, uint32_t, graph->user_starts[graph->node_count]);
    Arena *scratch = arena_open(0);
    uint32_t *at = copy(scratch, graph->user_starts, graph->node_count, sizeof *at);
    for (size_t g = 0; g < graph->gate_count; g++) {
        const Gate *gate = &graph->gates[g];
        uint32_t effect = effect_of(graph, (GateId)g);
        for (uint32_t i = gate->start; i < gate->start + gate->count; i++) {
            graph->effects[at[graph->members[i]]++] = effect;
        }
    }
    arena_close(scratch);
}

FaultGraph *graph_build(Arena *arena, const GraphSpec *spec) {
    FaultGraph *graph = arena_new(arena, FaultGraph);
    assert(spec->node_count < EFFECT_NONE && spec->gate_count < EFFECT_NONE);
    graph->node_count = spec->node_count;
    graph->gate_count = spec->gate_count;
    copy_gates(arena, graph, spec);
    index_users(arena, graph, spec);
    index_own_gates(arena, graph, spec);
    settle_base(arena, graph);
    index_effects(arena, graph);
    return graph;
}

FaultGraph *graph_after(Arena *arena, const FaultGraph *graph, const NodeId *failed, size_t count) {
    size_t n = graph->node_count;
    FaultGraph *after = copy(arena, graph, 1, sizeof *graph);
    after->gates = copy(arena, graph->gates, graph->gate_count, sizeof(Gate));
    after->base_down = copy(arena, graph->base_down, n, sizeof(bool));
    after->base_gate = copy(arena, graph->base_gate, n, sizeof(GateId));
    NodeId *queue = arena_array(arena, NodeId, n);
    size_t queued = 0;
    for (size_t i = 0; i < count; i++) {
        if (!after->base_down[failed[i]]) {
            after->base_down[failed[i]] = true;
            queue[queued++] = failed[i];
        }
    }
    settle(after, queue, queued);
    index_effects(arena, after);
    return after;
}
