/* Tarjan, "Depth-first search and linear graph algorithms" (1972), with an explicit stack. */
#include "graph/fault_graph.h"

typedef struct Walk {
    NodeId node;
    uint32_t gate, member; /* positions among own gates and in the gate's members */
} Walk;

typedef struct Search {
    const FaultGraph *graph;
    uint32_t *number, *low;
    GraphOrder *order;
    size_t ordered;
    bool *on_stack;
    NodeId *stack;
    size_t stack_count;
    Walk *walks;
    size_t depth;
    uint32_t next;
} Search;

static void enter(Search *search, NodeId node) {
    search->number[node] = search->low[node] = ++search->next;
    search->on_stack[node] = true;
    search->stack[search->stack_count++] = node;
    search->walks[search->depth++] = (Walk){node, search->graph->gate_starts[node], 0};
}

/* The next node that the walk's node requires; NO_NODE when all were seen. */
static NodeId next_member(const Search *search, Walk *walk) {
    const FaultGraph *graph = search->graph;
    while (walk->gate < graph->gate_starts[walk->node + 1]) {
        const Gate *gate = &graph->gates[graph->own_gates[walk->gate]];
        if (walk->member < gate->count) {
            return graph->members[gate->start + walk->member++];
        }
        walk->gate++;
        walk->member = 0;
    }
    return NO_NODE;
}

static bool needs_itself(const FaultGraph *graph, NodeId node) {
    for (uint32_t i = graph->gate_starts[node]; i < graph->gate_starts[node + 1]; i++) {
        const Gate *gate = &graph->gates[graph->own_gates[i]];
        for (uint32_t m = 0; m < gate->count; m++) {
            if (graph->members[gate->start + m] == node) {
                return true;
            }
        }
    }
    return false;
}

static void leave(Search *search, NodeId node) {
    if (search->low[node] != search->number[node]) {
        return;
    }
    GraphOrder *order = search->order;
    bool single = search->stack[search->stack_count - 1] == node;
    bool cycle = !single || needs_itself(search->graph, node);
    order->cycle_count += cycle;
    size_t start = search->ordered;
    NodeId member;
    do {
        member = search->stack[--search->stack_count];
        search->on_stack[member] = false;
        order->cycle[member] = cycle ? (uint32_t)order->cycle_count : 0;
        order->position[member] = (uint32_t)search->ordered;
        order->nodes[search->ordered++] = member;
    } while (member != node);
    for (size_t i = start; i < search->ordered; i++) {
        order->end[i] = (uint32_t)search->ordered;
    }
}

static void search_from(Search *search, NodeId root) {
    enter(search, root);
    while (search->depth) {
        Walk *walk = &search->walks[search->depth - 1];
        NodeId node = walk->node;
        NodeId member = next_member(search, walk);
        if (member == NO_NODE) {
            leave(search, node);
            search->depth--;
            if (search->depth) {
                NodeId parent = search->walks[search->depth - 1].node;
                uint32_t low = search->low[node];
                search->low[parent] = low < search->low[parent] ? low : search->low[parent];
            }
        } else if (!search->number[member]) {
            enter(search, member);
        } else if (search->on_stack[member] && search->number[member] < search->low[node]) {
            search->low[node] = search->number[member];
        }
    }
}

void graph_order(const FaultGraph *graph, Arena *arena, GraphOrder *ret_order) {
    size_t n = graph->node_count;
    *ret_order = (GraphOrder){.nodes = arena_array(arena, NodeId, n),
                              .position = arena_array(arena, uint32_t, n),
                              .end = arena_array(arena, uint32_t, n),
                              .cycle = arena_array(arena, uint32_t, n)};
    ArenaMark mark = arena_mark(arena);
    Search search = {.graph = graph,
                     .number = arena_array(arena, uint32_t, n),
                     .low = arena_array(arena, uint32_t, n),
                     .order = ret_order,
                     .on_stack = arena_array(arena, bool, n),
                     .stack = arena_array(arena, NodeId, n),
                     .walks = arena_array(arena, Walk, n)};
    for (size_t v = 0; v < n; v++) {
        if (!search.number[v]) {
            search_from(&search, (NodeId)v);
        }
    }
    arena_release(arena, mark);
}

size_t graph_cycles(const FaultGraph *graph, Arena *arena, uint32_t **ret_cycle) {
    GraphOrder order;
    graph_order(graph, arena, &order);
    *ret_cycle = order.cycle;
    return order.cycle_count;
}
