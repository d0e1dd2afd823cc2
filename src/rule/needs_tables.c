/* The tables `needs` and `gate`: every gate with its providers, as rules see them; and two parts of
 * what it takes to run: `alternative`, where some providers may be lost, and `service_need`, of
 * services. A gate that is the same in both phases is one row. */
#include "rule/gates.h"
#include "rule/kernels.h"

static const MemColumn needs_columns[] = {
    {"node", MEM_ENTITY, "What requires.", true, NULL},
    {"gate", MEM_TEXT, "Label of the gate.", false, NULL},
    {"gate_id", MEM_INT, "The row of table gate.", true, NULL},
    {"provider", MEM_ENTITY, "What is required; NULL = not known.", true, NULL},
    {"at_least", MEM_INT, "How many of the gate's providers are needed.", false, NULL},
    {"of", MEM_INT, "How many the gate has.", false, NULL},
    {"phase", MEM_TEXT, "early, settled or both.", false, phase_values},
    {"certain", MEM_INT, "1, or NULL if a missing fact leaves it open.", false, NULL},
    {"edge", MEM_TEXT, "What for: to run, only to start, or to manage it.", false, edge_names},
};

static const MemColumn gate_columns[] = {
    {"id", MEM_INT, "Number of the gate.", true, NULL},
    {"node", MEM_ENTITY, "What requires.", true, NULL},
    {"label", MEM_TEXT, "What it is about, unique for a node and phase.", false, NULL},
    {"k", MEM_INT, "Providers that are needed.", false, NULL},
    {"n", MEM_INT, "Providers there are.", false, NULL},
    {"phase", MEM_TEXT, "early, settled or both.", false, phase_values},
    {"edge", MEM_TEXT, "What for: to run, only to start, or to manage it.", false, edge_names},
};

enum {
    NEEDS_COLUMNS = sizeof needs_columns / sizeof *needs_columns,
    GATE_COLUMNS = sizeof gate_columns / sizeof *gate_columns
};

typedef struct NeedsFill {
    const Kernels *kernels;
    const Needs *source;
    Sym edge;
    Arena *scratch;
    TableRows needs, gates;
    NeedsSelection selection;
} NeedsFill;

static bool same_gate(const NeedsGate *a, const NeedsGate *b) {
    if (a->k != b->k || a->count != b->count) {
        return false;
    }
    for (size_t i = 0; i < a->count; i++) {
        if (!needs_same_provider(a->members[i], b->members[i])) {
            return false;
        }
    }
    return true;
}

/* Each provider of the phases once; a certain row before an open one. */
static void add_providers(NeedsFill *fill, GateRows rows, uint8_t phases, const int64_t *gate) {
    for (size_t i = 0; i < rows.count;) {
        const NeedsRow *found = NULL;
        size_t next = i;
        for (; next < rows.count && needs_same_provider(&rows.rows[i], &rows.rows[next]); next++) {
            const NeedsRow *row = &rows.rows[next];
            if (row->phases & phases && !needs_is_marker(row) &&
                (!found || (found->open && !row->open))) {
                found = row;
            }
        }
        if (found) {
            bool certain = !found->open && found->provider;
            table_rows_add(&fill->needs,
                           (const int64_t[]){gate[1], gate[2], gate[0], found->provider, gate[3],
                                             gate[4], gate[5], certain ? 1 : MEM_INT_NULL,
                                             fill->edge});
        }
        i = next;
    }
}

/* Of which nodes, and of these which gates: those of which all are needed have no alternative. */
static bool is_node_selected(const NeedsFill *fill, EntityId node) {
    const Faults *faults = fill->kernels->faults;
    return fill->selection != NEEDS_OF_SERVICE || faults->is_target[faults_node(faults, node)];
}

static bool may_be_selected(const NeedsFill *fill, GateRows rows) {
    return fill->selection != NEEDS_ALTERNATIVE || rows.rows[0].at_least != AT_LEAST_ALL;
}

static bool is_gate_selected(const NeedsFill *fill, const NeedsGate *gate) {
    return fill->selection != NEEDS_ALTERNATIVE || gate->k < gate->count;
}

static void add_gate(NeedsFill *fill, GateRows rows, const NeedsGate *gate, uint8_t phases) {
    if (!is_gate_selected(fill, gate)) {
        return;
    }
    const Kernels *kernels = fill->kernels;
    const Needs *needs = fill->source;
    size_t word = phases == IN_EARLY ? 0 : phases == IN_SETTLED ? 1 : 2;
    int64_t id = (int64_t)(fill->gates.count) + 1;
    const int64_t cells[GATE_COLUMNS] = {
        id,        gate->node,           needs->labels[gate->label],
        gate->k,   (int64_t)gate->count, kernels->phases[word],
        fill->edge};
    table_rows_add(&fill->gates, cells);
    add_providers(fill, rows, phases, cells);
}

static void add_gates(NeedsFill *fill, const Needs *needs) {
    fill->source = needs;
    fill->edge = fill->kernels->edges[needs->edge];
    NeedsGate early = {0};
    NeedsGate settled = {0};
    for (size_t i = 0; i < needs->count;) {
        size_t end = needs->starts[needs->rows[i].node + 1];
        if (!is_node_selected(fill, needs->rows[i].node)) {
            i = end;
            continue;
        }
        GateRows rows = gate_rows(&needs->rows[i], end - i);
        i += rows.count;
        if (!may_be_selected(fill, rows)) {
            continue;
        }
        GateReading reading = {IN_EARLY, false};
        bool has_early = gate_resolve(fill->scratch, rows, reading, &early);
        reading.phase = IN_SETTLED;
        bool has_settled = gate_resolve(fill->scratch, rows, reading, &settled);
        if (has_early && has_settled && same_gate(&early, &settled)) {
            add_gate(fill, rows, &early, IN_EARLY | IN_SETTLED);
        } else {
            if (has_early) {
                add_gate(fill, rows, &early, IN_EARLY);
            }
            if (has_settled) {
                add_gate(fill, rows, &settled, IN_SETTLED);
            }
        }
    }
}

static NeedsFill fill_open(const Kernels *kernels, NeedsSelection selection) {
    Arena *scratch = arena_open(0);
    return (NeedsFill){.kernels = kernels,
                       .scratch = scratch,
                       .needs = {.arena = scratch, .column_count = NEEDS_COLUMNS},
                       .gates = {.arena = scratch, .column_count = GATE_COLUMNS},
                       .selection = selection};
}

NeedsTables kernel_needs(const Kernels *kernels, const Needs needs[EDGE_KINDS]) {
    NeedsFill fill = fill_open(kernels, NEEDS_ALL);
    for (int edge = EDGE_RUN; edge < EDGE_KINDS; edge++) {
        add_gates(&fill, &needs[edge]);
    }
    NeedsTables tables = {
        table_of_rows(kernels->arena, "needs", "Who requires whom.", needs_columns, &fill.needs),
        table_of_rows(kernels->arena, "gate", "Requirements: at least k of these n.", gate_columns,
                      &fill.gates)};
    arena_close(fill.scratch);
    return tables;
}

MemTable *kernel_selected_needs(const Kernels *kernels, NeedsSelection selection) {
    NeedsFill fill = fill_open(kernels, selection);
    add_gates(&fill, kernels->faults->needs);
    bool services = selection == NEEDS_OF_SERVICE;
    MemTable *table = table_of_rows(
        kernels->arena, services ? "service_need" : "alternative",
        services
            ? "What services require themselves: the rows of needs whose node is a service."
            : "Who requires whom where some may be lost: the rows of needs with at_least < of.",
        needs_columns, &fill.needs);
    arena_close(fill.scratch);
    return table;
}
