#include <string.h>

#include "graph/fault_graph.h"

Cascade *cascade_new(Arena *arena, const FaultGraph *graph) {
    Cascade *cascade = arena_new(arena, Cascade);
    cascade->graph = graph;
    cascade->stamp = arena_array(arena, uint32_t, graph->node_count);
    cascade->fallen = arena_array(arena, int32_t, graph->gate_count);
    cascade->queue = arena_array(arena, NodeId, graph->node_count);
    cascade->touched = arena_array(arena, GateId, graph->gate_count);
    cascade->cause = arena_array(arena, NodeId, graph->node_count);
    cascade->gate = arena_array(arena, GateId, graph->node_count);
    return cascade;
}

static void fall(Cascade *cascade, NodeId node, NodeId cause, GateId gate) {
    cascade->stamp[node] = cascade->run;
    cascade->cause[node] = cause;
    cascade->gate[node] = gate;
    cascade->queue[cascade->count++] = node;
}

static void begin_run(Cascade *cascade) {
    if (++cascade->run ==
        0) { /* the stamps of four billion runs ago would seem to be of this one */
        memset(cascade->stamp, 0, cascade->graph->node_count * sizeof(uint32_t));
        cascade->run = 1;
    }
    for (size_t i = 0; i < cascade->touched_count; i++) {
        cascade->fallen[cascade->touched[i]] = 0;
    }
    cascade->touched_count = 0;
    cascade->count = 0;
    cascade->fired_redundant = false;
}

/* A member of the gate fell. */
static void touch_gate(Cascade *cascade, GateId id, NodeId member) {
    const FaultGraph *graph = cascade->graph;
    const Gate *gate = &graph->gates[id];
    if (cascade->fallen[id]++ == 0) {
        cascade->touched[cascade->touched_count++] = id;
    }
    if (cascade->fallen[id] == gate->threshold && !graph->base_down[gate->owner]) {
        cascade->fired_redundant |= graph->needed[id] < gate->count;
        if (!cascade_fell(cascade, gate->owner)) {
            fall(cascade, gate->owner, member, id);
        }
    }
}

size_t cascade_run(Cascade *cascade, const NodeId *failed, size_t count) {
    const FaultGraph *graph = cascade->graph;
    size_t work = 0;
    begin_run(cascade);
    for (size_t i = 0; i < count; i++) {
        if (!graph->base_down[failed[i]] && !cascade_fell(cascade, failed[i])) {
            fall(cascade, failed[i], failed[i], NO_GATE);
        }
    }
    for (size_t i = 0; i < cascade->count; i++) {
        NodeId node = cascade->queue[i];
        for (uint32_t u = graph->user_starts[node]; u < graph->user_starts[node + 1]; u++) {
            touch_gate(cascade, graph->users[u], node);
            work++;
        }
    }
    return work;
}

size_t cascade_path(const Cascade *cascade, NodeId node, NodeId *ret_path, size_t maximum) {
    size_t length = 0;
    while (length < maximum) {
        ret_path[length++] = node;
        if (cascade->cause[node] == node) {
            break;
        }
        node = cascade->cause[node];
    }
    return length;
}
