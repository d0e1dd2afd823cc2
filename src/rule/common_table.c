/* The table `common_loss`: single losses that take so many members of a redundant gate at once that
 * the gate fails, and gates for which what is not known leaves that open. */
#include "rule/kernels.h"

enum { ROW_BUDGET = 2 * 1000 * 1000, SERVICE_ABOVE = 1 << 30 };

typedef struct CommonFill {
    const Kernels *kernels;
    Arena *scratch;
    FaultPhase phase;
    const FaultGraph *worst, *best;
    Cascade *worst_cascade, *best_cascade;
    uint32_t *above; /* by node: what the services above it must withstand, and SERVICE_ABOVE */
    TableRows rows;
} CommonFill;

/* Down from the services, until nothing changes. */
static void spread(const FaultGraph *graph, uint32_t *above, NodeId *queue, bool *queued,
                   size_t count) {
    size_t size = graph->node_count + 1;
    size_t from = 0;
    for (size_t to = count; from != to;) {
        NodeId node = queue[from];
        from = (from + 1) % size;
        queued[node] = false;
        for (uint32_t i = graph->gate_starts[node]; i < graph->gate_starts[node + 1]; i++) {
            const Gate *gate = &graph->gates[graph->own_gates[i]];
            for (uint32_t j = 0; j < gate->count; j++) {
                NodeId member = graph->members[gate->start + j];
                if ((above[member] | above[node]) == above[member]) {
                    continue;
                }
                above[member] |= above[node];
                if (!queued[member]) {
                    queued[member] = true;
                    queue[to] = member;
                    to = (to + 1) % size;
                }
            }
        }
    }
}

static void find_above(CommonFill *fill) {
    const Faults *faults = fill->kernels->faults;
    size_t n = faults->node_count;
    NodeId *queue = arena_array(fill->scratch, NodeId, n + 1);
    bool *queued = arena_array(fill->scratch, bool, n);
    size_t count = 0;
    fill->above = arena_array(fill->scratch, uint32_t, n);
    for (size_t i = 0; i < faults->services->target_count; i++) {
        const ServiceTarget *target = &faults->services->targets[i];
        NodeId node = faults_node(faults, target->service);
        if (node != NO_NODE) {
            fill->above[node] |= target->faults | (uint32_t)SERVICE_ABOVE;
            if (!queued[node]) {
                queued[node] = true;
                queue[count++] = node;
            }
        }
    }
    spread(fill->worst, fill->above, queue, queued, count);
}

/* The gate of the same node and label fires in the optimistic reading too. */
static bool fires_in_best(const CommonFill *fill, NodeId owner, uint32_t label) {
    const FaultGraph *graph = fill->best;
    const uint32_t *labels = fill->kernels->faults->labels[fill->phase][OPTIMISTIC];
    for (uint32_t i = graph->gate_starts[owner]; i < graph->gate_starts[owner + 1]; i++) {
        GateId id = graph->own_gates[i];
        if (labels[id] == label) {
            return cascade_fired(fill->best_cascade, id);
        }
    }
    return false;
}

/* A row for each member of the gate that falls. `component` 0: with what is not known. */
static void add_gate(CommonFill *fill, GateId id, EntityId component, FaultClass fault,
                     bool certain) {
    const Kernels *kernels = fill->kernels;
    const Faults *faults = kernels->faults;
    const Gate *gate = &fill->worst->gates[id];
    uint32_t above = fill->above[gate->owner];
    int64_t judged = !(above & (uint32_t)SERVICE_ABOVE) ? MEM_INT_NULL : above >> fault & 1;
    Sym label = faults->needs->labels[faults->labels[fill->phase][PESSIMISTIC][id]];
    for (uint32_t i = 0; i < gate->count; i++) {
        NodeId member = fill->worst->members[gate->start + i];
        if (cascade_fell(fill->worst_cascade, member) && faults->entities[member]) {
            table_rows_add(&fill->rows,
                           (const int64_t[]){component, faults->entities[gate->owner], label,
                                             fill->worst->needed[id], gate->count,
                                             faults->entities[member], kernels->phases[fill->phase],
                                             judged, certain ? 1 : MEM_INT_NULL});
        }
    }
}

static bool has_room(const CommonFill *fill) {
    return fill->rows.count < ROW_BUDGET;
}

static void add_component(CommonFill *fill, NodeId component) {
    const Faults *faults = fill->kernels->faults;
    Cascade *cascade = fill->worst_cascade;
    cascade_run(cascade, &component, 1);
    if (fill->best != fill->worst) {
        cascade_run(fill->best_cascade, &component, 1);
    }
    for (size_t i = 0; i < cascade->touched_count; i++) {
        const Counter *counter = &fill->worst->counters[cascade->touched[i]];
        GateId id = counter->gate;
        if (counter->redundant && cascade->fallen[cascade->touched[i]] >= counter->threshold) {
            uint32_t label = faults->labels[fill->phase][PESSIMISTIC][id];
            bool certain = fill->best == fill->worst ||
                           fires_in_best(fill, fill->worst->gates[id].owner, label);
            add_gate(fill, id, faults->entities[component], faults->faults[component], certain);
        }
    }
}

/* Members that stand on what is not known may stand on one part, or on what carries another member.
 */
static void add_unknown(CommonFill *fill) {
    const Faults *faults = fill->kernels->faults;
    size_t count = faults->node_count - faults->first_unknown;
    NodeId *unknown = arena_array(fill->scratch, NodeId, count);
    for (size_t i = 0; i < count; i++) {
        unknown[i] = faults->first_unknown + (NodeId)i;
    }
    Cascade *cascade = fill->worst_cascade;
    cascade_run(cascade, unknown, count);
    for (size_t i = 0; i < cascade->touched_count && has_room(fill); i++) {
        const Counter *counter = &fill->worst->counters[cascade->touched[i]];
        if (counter->redundant && cascade->fallen[cascade->touched[i]] + 1 >= counter->threshold) {
            add_gate(fill, counter->gate, 0, FAULT_NODE, false);
        }
    }
}

static void add_phase(CommonFill *fill, FaultPhase phase) {
    const Faults *faults = fill->kernels->faults;
    const SpofResult *result = &faults->spof[phase][PESSIMISTIC];
    fill->phase = phase;
    fill->worst = faults->graphs[phase][PESSIMISTIC];
    fill->best = faults->graphs[phase][OPTIMISTIC];
    fill->worst_cascade = cascade_new(fill->scratch, fill->worst);
    fill->best_cascade = cascade_new(fill->scratch, fill->best);
    find_above(fill);
    for (size_t v = 0; v < faults->first_unknown && has_room(fill); v++) {
        if (result->redundant[v]) {
            add_component(fill, (NodeId)v);
        }
    }
    if (faults->first_unknown < faults->node_count) {
        add_unknown(fill);
    }
}

KernelTables kernel_common(const Kernels *kernels) {
    static const MemColumn columns[] = {
        {"component", MEM_ENTITY, "What is lost; NULL = what is not known could be one part.", true,
         NULL},
        {"node", MEM_ENTITY, "What requires the members.", true, NULL},
        {"gate", MEM_TEXT, "Label of the gate that fails.", false, NULL},
        {"k", MEM_INT, "Members that are needed.", false, NULL},
        {"n", MEM_INT, "Members there are.", false, NULL},
        {"member", MEM_ENTITY, "A member that falls with it.", true, NULL},
        {"phase", MEM_TEXT, "early or settled.", false, phase_values},
        {"judged", MEM_INT,
         "1 if a service above must survive it, 0 if none must, NULL if no service is above.",
         false, NULL},
        {"certain", MEM_INT, "1, or NULL if a missing fact leaves it open.", false, NULL},
    };
    Arena *scratch = arena_open(0);
    CommonFill fill = {
        .kernels = kernels, .scratch = scratch, .rows = {.arena = scratch, .column_count = 9}};
    for (int phase = EARLY; phase < FAULT_PHASES; phase++) {
        add_phase(&fill, (FaultPhase)phase);
    }
    MemTable *table =
        table_of_rows(kernels->arena, "common_loss",
                      "Single losses that take a redundant gate, with the members that fall.",
                      columns, &fill.rows);
    arena_close(scratch);
    return (KernelTables){{table}};
}
