#include <string.h>

#include "graph/fault_graph.h"

Cascade *cascade_new(Arena *arena, const FaultGraph *graph) {
    Cascade *cascade = arena_new(arena, Cascade);
    cascade->graph = graph;
    cascade->falls = arena_array(arena, struct Fall, graph->node_count);
    cascade->fallen = arena_array(arena, int32_t, graph->counter_count);
    cascade->queue = arena_array(arena, NodeId, graph->node_count);
    cascade->touched = arena_array(arena, uint32_t, graph->counter_count);
    return cascade;
}

static inline void fall(Cascade *cascade, NodeId node, NodeId cause) {
    if (!cascade_fell(cascade, node)) {
        cascade->falls[node] = (struct Fall){cascade->run, cause};
        cascade->queue[cascade->count++] = node;
    }
}

static void begin_run(Cascade *cascade) {
    if (++cascade->run ==
        0) { /* the stamps of four billion runs ago would seem to be of this one */
        memset(cascade->falls, 0, cascade->graph->node_count * sizeof(struct Fall));
        cascade->run = 1;
    }
    for (size_t i = 0; i < cascade->touched_count; i++) {
        cascade->fallen[cascade->touched[i]] = 0;
    }
    cascade->touched_count = 0;
    cascade->count = 0;
    cascade->fired_redundant = false;
}

/* A member of the counter's gate fell. */
static void count_fall(Cascade *cascade, uint32_t at, NodeId member) {
    const Counter *counter = &cascade->graph->counters[at];
    if (cascade->fallen[at]++ == 0) {
        cascade->touched[cascade->touched_count++] = at;
    }
    if (cascade->fallen[at] == counter->threshold && !cascade->graph->base_down[counter->owner]) {
        cascade->fired_redundant |= counter->redundant;
        fall(cascade, counter->owner, member);
    }
}

static size_t run_on(Cascade *cascade) {
    const FaultGraph *graph = cascade->graph;
    size_t work = 0;
    for (size_t i = 0; i < cascade->count; i++) {
        NodeId node = cascade->queue[i];
        uint32_t end = graph->user_starts[node + 1];
        work += end - graph->user_starts[node];
        for (uint32_t u = graph->user_starts[node]; u < end; u++) {
            uint32_t effect = graph->effects[u];
            if (effect < EFFECT_NONE) {
                fall(cascade, effect, node);
            } else if (effect != EFFECT_NONE) {
                count_fall(cascade, effect & ~EFFECT_COUNTED, node);
            }
        }
    }
    return work;
}

size_t cascade_run(Cascade *cascade, const NodeId *failed, size_t count) {
    begin_run(cascade);
    for (size_t i = 0; i < count; i++) {
        if (!cascade->graph->base_down[failed[i]]) {
            fall(cascade, failed[i], failed[i]);
        }
    }
    return run_on(cascade);
}

size_t cascade_run_without(Cascade *cascade, NodeId failed, NodeId spared) {
    begin_run(cascade);
    cascade->falls[spared].run = cascade->run; /* as if it had fallen, but nobody hears of it */
    if (!cascade->graph->base_down[failed]) {
        fall(cascade, failed, failed);
    }
    return run_on(cascade);
}

bool cascade_fired(const Cascade *cascade, GateId id) {
    const Gate *gate = &cascade->graph->gates[id];
    int32_t fallen = 0;
    for (uint32_t i = 0; i < gate->count; i++) {
        fallen += cascade_fell(cascade, cascade->graph->members[gate->start + i]);
    }
    return fallen >= gate->threshold;
}

size_t cascade_path(const Cascade *cascade, NodeId node, NodeId *ret_path, size_t maximum) {
    size_t length = 0;
    while (length < maximum) {
        ret_path[length++] = node;
        if (cascade->falls[node].cause == node) {
            break;
        }
        node = cascade->falls[node].cause;
    }
    return length;
}
