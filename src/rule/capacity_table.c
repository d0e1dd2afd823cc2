/* The table `capacity`: each single loss in turn takes of every gate what stands on it. */
#include "rule/capacity_gate.h"

static const MemColumn columns[] = {
    {"node", MEM_ENTITY, "Whose capacity it is.", true, NULL},
    {"resource", MEM_TEXT, "What is supplied and demanded.", false, NULL},
    {"loss", MEM_ENTITY, "The worst single loss that leaves some of the members.", true, NULL},
    {"members_lost", MEM_INT, "Members that fall with it.", false, NULL},
    {"members", MEM_INT, "Members there are.", false, NULL},
    {"supply", MEM_INT, "What all members supply, as far as it is stated.", false, NULL},
    {"supply_left", MEM_INT, "What is left after the loss.", false, NULL},
    {"demand", MEM_INT, "What is demanded then, as far as it is stated.", false, NULL},
    {"complete", MEM_INT, "1 all members are described, NULL there may be others.", false, NULL},
    {"holds", MEM_INT, "1 it is enough, 0 it is not, NULL a missing fact leaves it open.", false,
     NULL},
};

typedef struct CapacityFill {
    const Faults *faults;
    const Capacity *capacity;
    Arena *scratch;
    CapacityGate *gates;
    size_t gate_count;
    uint32_t *row_gate; /* by row: its gate */
    size_t *rows;       /* rows with a member, by member */
    size_t row_count;
    uint32_t *first;   /* by node: its first entry in `rows`, one more behind; */
    uint32_t *touched; /* gates that the loss in hand takes something of */
    size_t touched_count;
    uint32_t judged; /* classes of faults that some gate must carry */
    TableRows table;
} CapacityFill;

/* Rows by the graph's node of their member; members that are no node stand alone (lose_alone). */
static void index_members(CapacityFill *fill) {
    const Capacity *capacity = fill->capacity;
    size_t n = fill->faults->node_count;
    fill->first = arena_array(fill->scratch, uint32_t, n + 2);
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < capacity->count; i++) {
            EntityId member = capacity->rows[i].member;
            NodeId node = member ? faults_node(fill->faults, member) : NO_NODE;
            if (node != NO_NODE && pass == 0) {
                fill->first[node + 2]++;
                fill->row_count++;
            } else if (node != NO_NODE) {
                fill->rows[fill->first[node + 1]++] = i;
            }
        }
        for (size_t v = 0; pass == 0 && v < n; v++) {
            fill->first[v + 2] += fill->first[v + 1];
        }
        if (pass == 0) {
            fill->rows = arena_array(fill->scratch, size_t, fill->row_count);
        }
    }
}

/* ---- one loss ---- */

static void lose_row(CapacityFill *fill, size_t row, EntityId loss) {
    uint32_t number = fill->row_gate[row];
    CapacityGate *gate = &fill->gates[number];
    if (gate->members_only && fill->capacity->rows[row].member != loss) {
        return;
    }
    if (!gate->touched) {
        fill->touched[fill->touched_count++] = number;
    }
    capacity_gate_lose(gate, fill->capacity, row);
}

static void judge_touched(CapacityFill *fill, EntityId loss, FaultClass fault) {
    for (size_t i = 0; i < fill->touched_count; i++) {
        capacity_gate_judge(&fill->gates[fill->touched[i]], loss, fault);
    }
    fill->touched_count = 0;
}

/* ---- all losses ---- */

/* What stands below some member, down to the last part. */
static void mark_below(const CapacityFill *fill, const FaultGraph *graph, bool *below) {
    NodeId *queue = arena_array(fill->scratch, NodeId, graph->node_count);
    size_t count = 0;
    for (NodeId v = 0; v < graph->node_count; v++) {
        if (fill->first[v] != fill->first[v + 1]) {
            below[v] = true;
            queue[count++] = v;
        }
    }
    for (size_t i = 0; i < count; i++) {
        NodeId node = queue[i];
        for (uint32_t g = graph->gate_starts[node]; g < graph->gate_starts[node + 1]; g++) {
            const Gate *gate = &graph->gates[graph->own_gates[g]];
            for (uint32_t m = 0; m < gate->count; m++) {
                NodeId member = graph->members[gate->start + m];
                if (!below[member]) {
                    below[member] = true;
                    queue[count++] = member;
                }
            }
        }
    }
}

static void lose_nodes(CapacityFill *fill) {
    const FaultGraph *graph = fill->faults->graphs[SETTLED][OPTIMISTIC];
    Cascade *cascade = cascade_new(fill->scratch, graph);
    bool *below = arena_array(fill->scratch, bool, graph->node_count);
    mark_below(fill, graph, below);
    for (NodeId v = 0; v < graph->node_count; v++) {
        bool judged = fill->faults->entities[v] && fill->judged >> fill->faults->faults[v] & 1;
        if (!below[v] || !judged) {
            continue;
        }
        cascade_run(cascade, &v, 1);
        for (size_t i = 0; i < cascade->count; i++) {
            NodeId node = cascade->queue[i];
            for (uint32_t r = fill->first[node]; r < fill->first[node + 1]; r++) {
                lose_row(fill, fill->rows[r], fill->faults->entities[v]);
            }
        }
        judge_touched(fill, fill->faults->entities[v], fill->faults->faults[v]);
    }
}

/* Members upon which nothing in the graph stands. */
static void lose_alone(CapacityFill *fill) {
    const Capacity *capacity = fill->capacity;
    for (size_t g = 0; g < fill->gate_count; g++) {
        CapacityGate *gate = &fill->gates[g];
        size_t demand = gate->from; /* both kinds of rows are by member */
        while (demand < gate->to && !capacity->rows[demand].demand) {
            demand++;
        }
        for (size_t i = gate->from; i < gate->to; i++) {
            EntityId member = capacity->rows[i].member;
            if (capacity->rows[i].demand) {
                break;
            }
            if (!member || faults_node(fill->faults, member) != NO_NODE) {
                continue;
            }
            lose_row(fill, i, member);
            if (i + 1 < gate->to && !capacity->rows[i + 1].demand &&
                capacity->rows[i + 1].member == member) {
                continue; /* it supplies more */
            }
            while (demand < gate->to && capacity->rows[demand].member < member) {
                demand++;
            }
            for (; demand < gate->to && capacity->rows[demand].member == member; demand++) {
                lose_row(fill, demand, member);
            }
            judge_touched(fill, member, FAULT_NODE);
        }
    }
}

static void add_gate(CapacityFill *fill, Interner *interner, const CapacityGate *gate) {
    const CapacityRow *row = &fill->capacity->rows[gate->from];
    if (gate->has_worst) {
        int64_t held = gate->worst_holds < 0 ? MEM_INT_NULL : gate->worst_holds;
        table_rows_add(&fill->table,
                       (const int64_t[]){row->node, intern(interner, row->resource), gate->worst,
                                         gate->all.members - gate->worst_left.members,
                                         gate->all.members, gate->all.supply,
                                         gate->worst_left.supply, gate->worst_left.demand,
                                         gate->incomplete ? MEM_INT_NULL : 1, held});
    }
}

MemTable *kernel_capacity(const Kernels *kernels, const Capacity *capacity) {
    Arena *scratch = arena_open(0);
    CapacityFill fill = {
        .faults = kernels->faults,
        .capacity = capacity,
        .scratch = scratch,
        .table = {.arena = scratch, .column_count = sizeof columns / sizeof *columns}};
    fill.gates = capacity_gates(scratch, capacity, kernels->faults->services, &fill.gate_count,
                                &fill.row_gate);
    for (size_t g = 0; g < fill.gate_count; g++) {
        fill.judged |= fill.gates[g].judged;
    }
    if (fill.gate_count) {
        fill.touched = arena_array(scratch, uint32_t, fill.gate_count);
        index_members(&fill);
        lose_nodes(&fill);
        lose_alone(&fill);
    }
    for (size_t g = 0; g < fill.gate_count; g++) {
        add_gate(&fill, kernels->interner, &fill.gates[g]);
    }
    MemTable *table = table_of_rows(
        kernels->arena, "capacity",
        "Whether what is left after the worst single loss covers what is demanded then.", columns,
        &fill.table);
    arena_close(scratch);
    return table;
}
