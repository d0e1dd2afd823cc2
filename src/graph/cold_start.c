#include "graph/cold_start.h"

#include <stdlib.h>
#include <string.h>

/* ---- booting ---- */

Boot *boot_new(Arena *arena, const FaultGraph *graph) {
    Boot *boot = arena_new(arena, Boot);
    boot->graph = graph;
    boot->up = arena_array(arena, bool, graph->node_count);
    boot->missing = arena_array(arena, uint32_t, graph->gate_count);
    boot->open = arena_array(arena, uint32_t, graph->node_count);
    boot->queue = arena_array(arena, NodeId, graph->node_count);
    return boot;
}

static void come_up(Boot *boot, NodeId node) {
    boot->up[node] = true;
    boot->queue[boot->count++] = node;
}

static void prepare(Boot *boot) {
    const FaultGraph *graph = boot->graph;
    memset(boot->up, 0, graph->node_count * sizeof(bool));
    boot->count = 0;
    for (size_t v = 0; v < graph->node_count; v++) {
        boot->open[v] = graph->gate_starts[v + 1] - graph->gate_starts[v];
    }
    for (size_t g = 0; g < graph->gate_count; g++) {
        boot->missing[g] = graph->needed[g];
        boot->open[graph->gates[g].owner] -= graph->needed[g] == 0;
    }
}

void boot_run(Boot *boot, NodeId failed, const NodeId *forced, size_t forced_count) {
    const FaultGraph *graph = boot->graph;
    prepare(boot);
    for (size_t i = 0; i < forced_count; i++) {
        come_up(boot, forced[i]);
    }
    for (NodeId v = 0; v < graph->node_count; v++) {
        if (!boot->open[v] && v != failed && !boot->up[v]) {
            come_up(boot, v);
        }
    }
    for (size_t i = 0; i < boot->count; i++) {
        NodeId node = boot->queue[i];
        for (uint32_t u = graph->user_starts[node]; u < graph->user_starts[node + 1]; u++) {
            GateId gate = graph->users[u];
            NodeId owner = graph->gates[gate].owner;
            if (boot->missing[gate] && --boot->missing[gate] == 0 && --boot->open[owner] == 0 &&
                owner != failed && !boot->up[owner]) {
                come_up(boot, owner);
            }
        }
    }
}

/* ---- deadlocks ---- */

typedef struct DeadlockSearch {
    Arena *arena;
    const FaultGraph *graph;
    GraphOrder order;
    const Boot *boot;
    const bool *is_component;
    uint32_t *local; /* by node: its number in the cycle in hand + 1; 0 */
    VEC(Deadlock) deadlocks;
} DeadlockSearch;

/* The gates of one cycle: what is up outside is counted off, what is not up outside is left out. */
typedef struct Ring {
    Arena *scratch;
    const NodeId *nodes;
    size_t count;
    VEC(NodeId) owners, members;
    VEC(uint32_t) needed, starts;
    bool waits; /* for something outside that does not come up */
} Ring;

static void add_gate(const DeadlockSearch *search, Ring *ring, uint32_t owner, GateId id) {
    const Gate *gate = &search->graph->gates[id];
    uint32_t needed = search->graph->needed[id];
    size_t from = ring->members.count;
    for (uint32_t m = 0; m < gate->count; m++) {
        NodeId member = search->graph->members[gate->start + m];
        if (search->boot->up[member]) {
            needed -= needed > 0;
        } else if (search->local[member]) {
            vec_push(ring->scratch, &ring->members, search->local[member] - 1);
        }
    }
    ring->waits = ring->waits || needed > ring->members.count - from;
    vec_push(ring->scratch, &ring->owners, owner);
    vec_push(ring->scratch, &ring->needed, needed);
    vec_push(ring->scratch, &ring->starts, (uint32_t)ring->members.count);
}

static FaultGraph *ring_graph(DeadlockSearch *search, Ring *ring) {
    vec_push(ring->scratch, &ring->starts, 0);
    for (size_t i = 0; i < ring->count; i++) {
        search->local[ring->nodes[i]] = (uint32_t)i + 1;
    }
    for (size_t i = 0; i < ring->count; i++) {
        NodeId node = ring->nodes[i];
        for (uint32_t g = search->graph->gate_starts[node];
             g < search->graph->gate_starts[node + 1]; g++) {
            add_gate(search, ring, (uint32_t)i, search->graph->own_gates[g]);
        }
    }
    for (size_t i = 0; i < ring->count; i++) {
        search->local[ring->nodes[i]] = 0;
    }
    GraphSpec spec = {ring->count,        ring->owners.count, ring->owners.items,
                      ring->needed.items, ring->starts.items, ring->members.items};
    return graph_build(ring->scratch, &spec);
}

static bool breaks(Boot *trial, const NodeId *forced, size_t count) {
    boot_run(trial, NO_NODE, forced, count);
    return trial->count == trial->graph->node_count;
}

/* Each trial boots the cycle: pairs are tried in small cycles only. */
enum { MOST_TRIED_ALONE = 1000, MOST_TRIED_IN_PAIRS = 60 };

static void find_breakers(Boot *trial, const Ring *ring, const bool *is_component,
                          Deadlock *deadlock) {
    NodeId *tried = arena_array(ring->scratch, NodeId, ring->count);
    size_t count = 0;
    for (NodeId i = 0; i < ring->count; i++) {
        if (!is_component || is_component[ring->nodes[i]]) {
            tried[count++] = i;
        }
    }
    for (size_t i = 0; i < count && ring->count <= MOST_TRIED_ALONE; i++) {
        if (breaks(trial, &tried[i], 1)) {
            deadlock->breakers[0] = ring->nodes[tried[i]];
            deadlock->breaker_count = 1;
            return;
        }
    }
    for (size_t i = 0; i < count && ring->count <= MOST_TRIED_IN_PAIRS; i++) {
        for (size_t j = i + 1; j < count; j++) {
            if (breaks(trial, (NodeId[]){tried[i], tried[j]}, 2)) {
                deadlock->breakers[0] = ring->nodes[tried[i]];
                deadlock->breakers[1] = ring->nodes[tried[j]];
                deadlock->breaker_count = 2;
                return;
            }
        }
    }
}

static int compare_nodes(const void *a, const void *b) {
    NodeId x = *(const NodeId *)a;
    NodeId y = *(const NodeId *)b;
    return (x > y) - (x < y);
}

static int compare_deadlocks(const void *a, const void *b) {
    const Deadlock *x = a;
    const Deadlock *y = b;
    return compare_nodes(x->nodes, y->nodes);
}

static void take_cycle(DeadlockSearch *search, const ColdStart *start, uint32_t from, uint32_t to) {
    if (!search->order.cycle[search->order.nodes[from]]) {
        return;
    }
    NodeId *nodes = arena_array(search->arena, NodeId, to - from);
    size_t count = 0;
    for (uint32_t i = from; i < to; i++) {
        if (start->blocked[search->order.nodes[i]]) {
            nodes[count++] = search->order.nodes[i];
        }
    }
    if (!count) {
        return;
    }
    qsort(nodes, count, sizeof(NodeId), compare_nodes);
    Ring ring = {.scratch = arena_open(0), .nodes = nodes, .count = count};
    const FaultGraph *graph = ring_graph(search, &ring);
    if (!ring.waits) {
        Deadlock deadlock = {.nodes = nodes, .count = count};
        find_breakers(boot_new(ring.scratch, graph), &ring, search->is_component, &deadlock);
        vec_push(search->arena, &search->deadlocks, deadlock);
    }
    arena_close(ring.scratch);
}

void graph_cold_start(Arena *arena, const FaultGraph *graph, const bool *is_component,
                      ColdStart *ret_start) {
    size_t n = graph->node_count;
    Arena *scratch = arena_open(0);
    Boot *boot = boot_new(scratch, graph);
    DeadlockSearch search = {.arena = arena,
                             .graph = graph,
                             .boot = boot,
                             .is_component = is_component,
                             .local = arena_array(scratch, uint32_t, n)};
    *ret_start = (ColdStart){.blocked = arena_array(arena, bool, n)};
    boot_run(boot, NO_NODE, NULL, 0);
    for (size_t v = 0; v < n; v++) {
        ret_start->blocked[v] = !boot->up[v] && !graph->base_down[v];
        ret_start->blocked_count += ret_start->blocked[v];
    }
    if (ret_start->blocked_count) {
        graph_order(graph, scratch, &search.order);
        for (uint32_t i = 0; i < n; i = search.order.end[i]) {
            take_cycle(&search, ret_start, i, search.order.end[i]);
        }
    }
    ret_start->deadlocks = search.deadlocks.items;
    ret_start->deadlock_count = search.deadlocks.count;
    if (search.deadlocks.count) {
        qsort(search.deadlocks.items, search.deadlocks.count, sizeof(Deadlock), compare_deadlocks);
    }
    arena_close(scratch);
}
