#include "graph/restart.h"

#include <stdint.h>

#include "graph/cold_start.h"

/* Nodes, gates and arcs that are looked at to check bounds. */
enum { CHECK_BUDGET = 400 * 1000 * 1000 };

typedef struct Restart {
    Arena *scratch;
    const RestartQuery *query;
    Boot *boot;
    bool exact;    /* no arc was left out */
    bool *suspect; /* by node: it lies below a difference to the running graph */
    NodeId *queue; /* suspects, to go down from */
    size_t queued;
} Restart;

/* ---- the order in which everything comes up ---- */

typedef struct Ranks {
    GraphOrder order;
    uint32_t *rank; /* by node: when it came up, from 1; 0 = it does not */
} Ranks;

static Ranks ranks_of(const Restart *restart) {
    const FaultGraph *graph = restart->query->graph;
    Ranks ranks = {.rank = arena_array(restart->scratch, uint32_t, graph->node_count)};
    graph_order(graph, restart->scratch, &ranks.order);
    boot_run(restart->boot, NO_NODE, NULL, 0);
    for (size_t i = 0; i < restart->boot->count; i++) {
        ranks.rank[restart->boot->queue[i]] = (uint32_t)i + 1;
    }
    return ranks;
}

/* The owner can count on the member when it comes up: one outside its cycle, or one before it. */
static bool is_before(const Ranks *ranks, NodeId member, NodeId owner) {
    uint32_t cycle = ranks->order.cycle[owner];
    return ranks->rank[member] && (!cycle || ranks->order.cycle[member] != cycle ||
                                   ranks->rank[member] < ranks->rank[owner]);
}

static void suspect(Restart *restart, NodeId node) {
    if (!restart->suspect[node]) {
        restart->suspect[node] = true;
        restart->queue[restart->queued++] = node;
    }
}

static uint32_t own_gates(const FaultGraph *graph, NodeId node) {
    return graph->gate_starts[node + 1] - graph->gate_starts[node];
}

/* Only what lies below a node with gates of its own for the start, or below one of which arcs were
 * left out, can make a difference. */
static void find_suspects(Restart *restart) {
    const FaultGraph *graph = restart->query->graph;
    for (NodeId v = 0; v < graph->node_count; v++) {
        if (own_gates(graph, v) != own_gates(restart->query->run_graph, v)) {
            suspect(restart, v);
        }
    }
    for (size_t i = 0; i < restart->queued; i++) {
        NodeId node = restart->queue[i];
        for (uint32_t g = graph->gate_starts[node]; g < graph->gate_starts[node + 1]; g++) {
            const Gate *gate = &graph->gates[graph->own_gates[g]];
            for (uint32_t m = 0; m < gate->count; m++) {
                suspect(restart, graph->members[gate->start + m]);
            }
        }
    }
}

/* The graph with the arcs that the order uses. What does not come up is down in its base state. */
static const FaultGraph *ordered_graph(Restart *restart, const Ranks *ranks) {
    const FaultGraph *graph = restart->query->graph;
    size_t arcs = graph->user_starts[graph->node_count];
    NodeId *owners = arena_array(restart->scratch, NodeId, graph->gate_count);
    uint32_t *starts = arena_array(restart->scratch, uint32_t, graph->gate_count + 1);
    NodeId *members = arena_array(restart->scratch, NodeId, arcs);
    uint32_t count = 0;
    for (size_t g = 0; g < graph->gate_count; g++) {
        const Gate *gate = &graph->gates[g];
        owners[g] = gate->owner;
        for (uint32_t m = 0; m < gate->count; m++) {
            NodeId member = graph->members[gate->start + m];
            if (graph->base_down[member] || is_before(ranks, member, gate->owner)) {
                members[count++] = member;
            } else {
                suspect(restart, gate->owner);
            }
        }
        starts[g + 1] = count;
    }
    restart->exact = count == arcs;
    if (restart->exact) {
        return graph;
    }
    GraphSpec spec = {graph->node_count, graph->gate_count, owners, graph->needed, starts, members};
    return graph_build(restart->scratch, &spec);
}

/* ---- pairs ---- */

typedef struct Pairs {
    NodeId *targets;
    uint32_t count;
} Pairs;

/* Targets of the bound that the running system keeps; both lists ascend. */
static void add_survived(const Restart *restart, const SpofResult *bound, NodeId component,
                         Pairs *pairs) {
    const SpofResult *running = restart->query->running;
    uint32_t at = running->starts[component];
    for (uint32_t i = bound->starts[component]; i < bound->starts[component + 1]; i++) {
        while (at < running->starts[component + 1] && running->targets[at] < bound->targets[i]) {
            at++;
        }
        bool stops =
            at < running->starts[component + 1] && running->targets[at] == bound->targets[i];
        if (!stops) {
            pairs->targets[pairs->count++] = bound->targets[i];
        }
    }
}

/* Keeps what does not come up without the component. */
static void check(const Restart *restart, NodeId component, uint32_t from, Pairs *pairs) {
    boot_run(restart->boot, component, NULL, 0);
    uint32_t kept = from;
    for (uint32_t i = from; i < pairs->count; i++) {
        if (!restart->boot->up[pairs->targets[i]]) {
            pairs->targets[kept++] = pairs->targets[i];
        }
    }
    pairs->count = kept;
}

static void collect(const Restart *restart, Arena *arena, const SpofResult *bound,
                    SpofResult *ret_result) {
    const FaultGraph *graph = restart->query->graph;
    size_t left = CHECK_BUDGET;
    Pairs pairs = {arena_array(arena, NodeId, bound->starts[graph->node_count]), 0};
    for (NodeId v = 0; v < graph->node_count; v++) {
        uint32_t from = pairs.count;
        add_survived(restart, bound, v, &pairs);
        if (!restart->exact && pairs.count > from) {
            size_t cost =
                graph->node_count + graph->gate_count + graph->user_starts[graph->node_count];
            bool affordable = cost <= left;
            left -= affordable ? cost : 0;
            if (affordable) {
                check(restart, v, from, &pairs);
            } else {
                pairs.count = from;
                ret_result->truncated = true;
            }
        }
        ret_result->target_counts[v] = pairs.count - from;
        ret_result->starts[v + 1] = pairs.count;
    }
    ret_result->targets = pairs.targets;
}

void graph_restart(Arena *arena, const RestartQuery *query, SpofResult *ret_result) {
    size_t n = query->graph->node_count;
    *ret_result = (SpofResult){.starts = arena_array(arena, uint32_t, n + 1),
                               .target_counts = arena_array(arena, uint32_t, n),
                               .node_counts = arena_array(arena, uint32_t, n),
                               .redundant = arena_array(arena, bool, n)};
    Restart restart = {.scratch = arena_open(0), .query = query};
    restart.suspect = arena_array(restart.scratch, bool, n);
    restart.queue = arena_array(restart.scratch, NodeId, n);
    restart.boot = boot_new(restart.scratch, query->graph);
    Ranks ranks = ranks_of(&restart);
    const FaultGraph *ordered = ordered_graph(&restart, &ranks);
    find_suspects(&restart);
    if (restart.queued) { /* else from black is as running */
        for (size_t v = 0; v < n; v++) {
            restart.suspect[v] = restart.suspect[v] && query->is_component[v];
        }
        SpofQuery spof = {ordered, restart.suspect, query->is_target, query->pair_budget,
                          query->threads};
        SpofResult bound;
        graph_spof(arena, &spof, &bound);
        ret_result->node_counts = bound.node_counts;
        ret_result->redundant = bound.redundant;
        ret_result->truncated = bound.truncated;
        collect(&restart, arena, &bound, ret_result);
    }
    arena_close(restart.scratch);
}
