/* The tables `cold_start` and `restart_spof`: what does not come up from black, with nothing lost
 * and with one loss that a running estate survives. */
#include "graph/chain.h"
#include "graph/cold_start.h"
#include "graph/restart.h"
#include "rule/kernels.h"

static const MemColumn cold_columns[] = {
    {"cycle", MEM_INT, "Number of the deadlock, from 1.", true, NULL},
    {"node", MEM_ENTITY, "What runs, and cannot come up from black.", true, NULL},
    {"waits_for", MEM_ENTITY, "What it waits for, in the same deadlock.", true, NULL},
    {"gate", MEM_TEXT, "Label of the gate that it waits at.", false, NULL},
    {"breaker", MEM_INT,
     "1 if it is of the smallest set of components, one or two, whose forced start lets all come "
     "up; else 0.",
     false, NULL},
    {"certain", MEM_INT, "1, or NULL if a missing fact leaves it open.", false, NULL},
};

/* From black, in both readings; the optimistic one when it is needed, and the other where nothing
 * is open. */
typedef struct StartGraphs {
    Arena *arena;
    const Faults *faults;
    const bool *is_component;
    const FaultGraph *graphs[FAULT_READINGS];
    const uint32_t *labels[FAULT_READINGS]; /* by gate */
} StartGraphs;

static const FaultGraph *start_graph(StartGraphs *start, FaultReading reading) {
    const Faults *faults = start->faults;
    if (reading == OPTIMISTIC && !faults->start->has_open &&
        faults->graphs[SETTLED][OPTIMISTIC] == faults->graphs[SETTLED][PESSIMISTIC]) {
        reading = PESSIMISTIC;
    }
    if (!start->graphs[reading]) {
        start->graphs[reading] =
            faults_start_graph(start->arena, faults, reading, &start->labels[reading]);
    }
    return start->graphs[reading];
}

/* ---- deadlocks ---- */

typedef struct ColdFill {
    const Kernels *kernels;
    const FaultGraph *graph;
    const uint32_t *labels; /* of its gates */
    const ColdStart *worst, *best;
    uint32_t *cycle; /* by node: its deadlock, from 1 */
    TableRows rows;
} ColdFill;

/* The first unmet gate of the node with a member in its deadlock; that member. */
static NodeId waits_for(const ColdFill *fill, NodeId node, uint32_t *ret_label) {
    const FaultGraph *graph = fill->graph;
    for (uint32_t i = graph->gate_starts[node]; i < graph->gate_starts[node + 1]; i++) {
        GateId id = graph->own_gates[i];
        const Gate *gate = &graph->gates[id];
        NodeId found = NO_NODE;
        uint32_t up = 0;
        for (uint32_t m = 0; m < gate->count; m++) {
            NodeId member = graph->members[gate->start + m];
            up += !fill->worst->blocked[member] && !graph->base_down[member];
            if (found == NO_NODE && fill->cycle[member] == fill->cycle[node]) {
                found = member;
            }
        }
        if (up < graph->needed[id] && found != NO_NODE) {
            *ret_label = fill->labels[id];
            return found;
        }
    }
    return NO_NODE;
}

static void add_node(ColdFill *fill, const Deadlock *deadlock, NodeId node, bool certain) {
    const Faults *faults = fill->kernels->faults;
    uint32_t label = 0;
    NodeId member = waits_for(fill, node, &label);
    bool breaker = false;
    for (size_t i = 0; i < deadlock->breaker_count; i++) {
        breaker = breaker || deadlock->breakers[i] == node;
    }
    table_rows_add(&fill->rows,
                   (const int64_t[]){fill->cycle[node], faults->entities[node],
                                     member == NO_NODE ? MEM_NULL : faults->entities[member],
                                     member == NO_NODE ? MEM_NULL : faults->needs->labels[label],
                                     breaker, certain ? 1 : MEM_INT_NULL});
}

static void add_deadlock(ColdFill *fill, size_t number) {
    const Deadlock *deadlock = &fill->worst->deadlocks[number];
    bool certain = true;
    for (size_t i = 0; i < deadlock->count; i++) {
        fill->cycle[deadlock->nodes[i]] = (uint32_t)number + 1;
        certain = certain && fill->best->blocked[deadlock->nodes[i]];
    }
    for (size_t i = 0; i < deadlock->count; i++) {
        add_node(fill, deadlock, deadlock->nodes[i], certain);
    }
}

static MemTable *deadlock_table(const Kernels *kernels, StartGraphs *start) {
    ColdStart worst, best;
    const FaultGraph *graph = start_graph(start, PESSIMISTIC);
    graph_cold_start(start->arena, graph, start->is_component, &worst);
    best = worst;
    if (worst.deadlock_count && start_graph(start, OPTIMISTIC) != graph) {
        graph_cold_start(start->arena, start_graph(start, OPTIMISTIC), start->is_component, &best);
    }
    ColdFill fill = {.kernels = kernels,
                     .graph = graph,
                     .labels = start->labels[PESSIMISTIC],
                     .worst = &worst,
                     .best = &best,
                     .cycle = arena_array(start->arena, uint32_t, graph->node_count),
                     .rows = {.arena = start->arena,
                              .column_count = sizeof cold_columns / sizeof *cold_columns}};
    for (size_t i = 0; i < worst.deadlock_count; i++) {
        add_deadlock(&fill, i);
    }
    return table_of_rows(kernels->arena, "cold_start",
                         "What runs and cannot come up from black: cycles of mutual need, to run "
                         "or to start.",
                         cold_columns, &fill.rows);
}

/* ---- single failures of a start ---- */

static const MemColumn restart_columns[] = {
    {"service", MEM_ENTITY, "The service that does not come up from black.", true, NULL},
    {"component", MEM_ENTITY,
     "What is lost; what runs keeps running without it. NULL: not all losses were tried.", true,
     NULL},
    {"subject", MEM_ENTITY,
     "Of the components of a chain, the one that stands nearest the service.", true, NULL},
    {"certain", MEM_INT, "1, or NULL if a missing fact leaves it open.", false, NULL},
    {"problem", MEM_TEXT, "Why not all losses were tried.", false, NULL},
};

static void find_pairs(StartGraphs *start, FaultReading reading, int threads,
                       SpofResult *ret_result) {
    const Faults *faults = start->faults;
    RestartQuery query = {.graph = start_graph(start, reading),
                          .run_graph = faults->graphs[SETTLED][reading],
                          .running = &faults->spof[SETTLED][reading],
                          .is_component = start->is_component,
                          .is_target = faults->is_target,
                          .pair_budget = FAULTS_PAIR_BUDGET,
                          .threads = threads};
    graph_restart(start->arena, &query, ret_result);
}

/* Leaves the pairs of which the service must survive the component's class of fault. */
static void judge(const Faults *faults, SpofResult *result) {
    uint32_t kept = 0;
    uint32_t from = 0;
    for (NodeId v = 0; v < faults->node_count; v++) {
        uint32_t to = result->starts[v + 1];
        for (uint32_t i = from; faults->entities[v] && i < to; i++) {
            if (faults_is_judged(faults, v, result->targets[i])) {
                result->targets[kept++] = result->targets[i];
            }
        }
        from = to;
        result->starts[v + 1] = kept;
    }
}

/* What was not found is no pass: one row, of the first service that must survive anything. */
static void add_others(const Kernels *kernels, TableRows *rows) {
    const Services *services = kernels->faults->services;
    for (size_t i = 0; i < services->target_count; i++) {
        if (services->targets[i].faults) {
            table_rows_add(rows, (const int64_t[]){services->targets[i].service, MEM_NULL, MEM_NULL,
                                                   MEM_INT_NULL, kernels->work_limit});
            return;
        }
    }
}

static MemTable *restart_table(const Kernels *kernels, StartGraphs *start) {
    const Faults *faults = kernels->faults;
    TableRows rows = {.arena = start->arena,
                      .column_count = sizeof restart_columns / sizeof *restart_columns};
    SpofResult worst, best;
    find_pairs(start, PESSIMISTIC, kernels->threads, &worst);
    judge(faults, &worst);
    if (worst.starts[faults->node_count]) {
        const FaultGraph *graph = start_graph(start, PESSIMISTIC);
        best = worst;
        if (start_graph(start, OPTIMISTIC) != graph) {
            find_pairs(start, OPTIMISTIC, kernels->threads, &best);
        }
        ChainQuery query = {graph, graph, &worst, &worst};
        ChainResult chains;
        graph_chains(start->arena, &query, &chains);
        for (NodeId v = 0; v < faults->node_count; v++) {
            for (uint32_t i = worst.starts[v]; i < worst.starts[v + 1]; i++) {
                bool certain = faults_stops(&best, v, worst.targets[i]);
                table_rows_add(&rows, (const int64_t[]){faults->entities[worst.targets[i]],
                                                        faults->entities[v],
                                                        faults->entities[chains.subject[v]],
                                                        certain ? 1 : MEM_INT_NULL, MEM_NULL});
            }
        }
    }
    if (worst.truncated) {
        add_others(kernels, &rows);
    }
    return table_of_rows(kernels->arena, "restart_spof",
                         "Single losses that a running service survives and without which it does "
                         "not come up from black.",
                         restart_columns, &rows);
}

KernelTables kernel_cold_start(const Kernels *kernels) {
    const Faults *faults = kernels->faults;
    Arena *scratch = arena_open(0);
    bool *is_component = arena_array(scratch, bool, faults->node_count);
    faults_components(faults, FAULTS_ANY, is_component);
    StartGraphs start = {.arena = scratch, .faults = faults, .is_component = is_component};
    MemTable *deadlock = deadlock_table(kernels, &start);
    MemTable *restart = restart_table(kernels, &start);
    arena_close(scratch);
    return (KernelTables){{deadlock, restart}};
}
