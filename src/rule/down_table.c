/* Services that are down with nothing failed, and the gate that cannot be met. */
#include "rule/kernels.h"

/* Marks of a walk, without clearing them between walks. */
typedef struct Walk {
    uint32_t *stamps;
    uint32_t run;
} Walk;

/* A member that is down already with nothing failed and was not visited; NO_NODE if there
 * is none. */
static NodeId next_down(const FaultGraph *graph, GateId gate, const Walk *walk) {
    const Gate *at = &graph->gates[gate];
    for (uint32_t i = 0; i < at->count; i++) {
        NodeId member = graph->members[at->start + i];
        if (graph->base_down[member] && walk->stamps[member] != walk->run) {
            return member;
        }
    }
    return NO_NODE;
}

/* Down from a node along the first gate that cannot be met, to the node where that is the cause. */
static NodeId root_of(const FaultGraph *graph, NodeId node, Walk *walk) {
    walk->run++;
    for (;;) {
        walk->stamps[node] = walk->run;
        GateId gate = graph->base_gate[node];
        NodeId next = gate == NO_GATE ? NO_NODE : next_down(graph, gate, walk);
        if (next == NO_NODE) {
            return node;
        }
        node = next;
    }
}

static void add_down(const Kernels *kernels, TableRows *rows, FaultPhase phase, NodeId service,
                     Walk *walk) {
    const Faults *faults = kernels->faults;
    const FaultGraph *graph = faults->graphs[phase][PESSIMISTIC];
    const FaultGraph *best = faults->graphs[phase][OPTIMISTIC];
    NodeId root = root_of(graph, service, walk);
    GateId gate = graph->base_gate[root];
    bool known = gate != NO_GATE;
    uint32_t label = known ? faults->labels[phase][PESSIMISTIC][gate] : 0;
    table_rows_add(rows, (const int64_t[]){faults->entities[service], faults->entities[root],
                                           known ? (int64_t)faults->needs->labels[label] : MEM_NULL,
                                           known ? (int64_t)graph->needed[gate] : MEM_INT_NULL,
                                           known ? (int64_t)graph->gates[gate].count : MEM_INT_NULL,
                                           kernels->phases[phase],
                                           best->base_down[service] ? 1 : MEM_INT_NULL});
}

KernelTables kernel_down(const Kernels *kernels) {
    static const MemColumn columns[] = {
        {"service", MEM_ENTITY, "The service.", true, NULL},
        {"node", MEM_ENTITY, "What below it cannot work; the service itself if nothing is.", true,
         NULL},
        {"gate", MEM_TEXT, "Label of the gate that cannot be met.", false, NULL},
        {"k", MEM_INT, "Members that the gate needs.", false, NULL},
        {"n", MEM_INT, "Members that it has.", false, NULL},
        {"phase", MEM_TEXT, "early or settled.", false, phase_values},
        {"certain", MEM_INT, "1, or NULL if a missing fact leaves it open.", false, NULL},
    };
    const Faults *faults = kernels->faults;
    Arena *scratch = arena_open(0);
    TableRows rows = {.arena = scratch, .column_count = 7};
    Walk walk = {arena_array(scratch, uint32_t, faults->node_count), 0};
    for (size_t v = 0; v < faults->node_count; v++) {
        for (int phase = EARLY; faults->is_target[v] && phase < FAULT_PHASES; phase++) {
            if (faults->graphs[phase][PESSIMISTIC]->base_down[v]) {
                add_down(kernels, &rows, (FaultPhase)phase, (NodeId)v, &walk);
            }
        }
    }
    MemTable *table = table_of_rows(kernels->arena, "down",
                                    "Services that are down with nothing failed.", columns, &rows);
    arena_close(scratch);
    return (KernelTables){{table}};
}
