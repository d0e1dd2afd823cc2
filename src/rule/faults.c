#include "rule/faults.h"

#include <stdlib.h>

#include "base/sorted.h"
#include "base/threads.h"
#include "rule/gates.h"

typedef struct FaultBuilder {
    Arena *arena;
    Faults *faults;
} FaultBuilder;

static int compare_unknowns(const void *a, const void *b) {
    const UnknownKey *x = a;
    const UnknownKey *y = b;
    if (x->label != y->label) {
        return x->label < y->label ? -1 : 1;
    }
    return (x->container > y->container) - (x->container < y->container);
}

typedef VEC(UnknownKey) UnknownKeys;

static void add_unknowns(FaultBuilder *builder, const Needs *needs, UnknownKeys *keys) {
    for (size_t i = 0; needs->has_open && i < needs->count; i++) {
        if (needs_is_unknown(&needs->rows[i])) {
            UnknownKey key = {needs->rows[i].label, needs->rows[i].container};
            vec_push(builder->arena, keys, key);
        }
    }
}

static void find_unknowns(FaultBuilder *builder) {
    UnknownKeys keys = {0};
    add_unknowns(builder, builder->faults->needs, &keys);
    add_unknowns(builder, builder->faults->start, &keys);
    if (keys.count) {
        qsort(keys.items, keys.count, sizeof *keys.items, compare_unknowns);
    }
    for (size_t i = 0; i < keys.count; i++) {
        if (i == 0 || compare_unknowns(&keys.items[i - 1], &keys.items[i])) {
            keys.items[builder->faults->unknown_count++] = keys.items[i];
        }
    }
    builder->faults->unknowns = keys.items;
}

static void mark_nodes(Faults *faults, const Needs *needs) {
    for (size_t i = 0; i < needs->count; i++) {
        faults->nodes[needs->rows[i].node] = 1;
        faults->nodes[needs->rows[i].provider] = 1; /* of id 0: undone by the caller */
    }
}

/* Nodes in canonical order of their entities, unknown components behind. */
static void number_nodes(FaultBuilder *builder) {
    Faults *faults = builder->faults;
    size_t limit = faults->needs->node_limit;
    faults->nodes = arena_array(builder->arena, NodeId, limit + 1);
    mark_nodes(faults, faults->needs);
    mark_nodes(faults, faults->start);
    for (size_t i = 0; i < faults->services->target_count; i++) {
        faults->nodes[faults->services->targets[i].service] = 1;
    }
    faults->nodes[0] = 0;
    NodeId count = 0;
    for (size_t id = 0; id <= limit; id++) {
        faults->nodes[id] = faults->nodes[id] ? count++ : NO_NODE;
    }
    find_unknowns(builder);
    faults->first_unknown = count;
    faults->node_count = count + faults->unknown_count;
    faults->entities = arena_array(builder->arena, EntityId, faults->node_count);
    for (size_t id = 1; id <= limit; id++) {
        if (faults->nodes[id] != NO_NODE) {
            faults->entities[faults->nodes[id]] = (EntityId)id;
        }
    }
}

/* A part of a record that fails itself, such as the virtual machine below a server, is no component
 * of its own. */
static void classify_kind(Faults *faults, KindId kind) {
    const Inventory *inventory = faults->inventory;
    const Schema *schema = inventory_schema(inventory);
    const Kind *of = schema_kind(schema, kind);
    bool parts = of->child_of < ANY_KIND && schema_kind(schema, of->child_of)->fault != FAULT_NONE;
    size_t count = inventory_row_count(inventory, kind);
    for (RowId row = 0; row < count; row++) {
        NodeId node = faults->nodes[inventory_id(inventory, kind, row)];
        if (node != NO_NODE) {
            bool part = parts && inventory_parent(inventory, kind, row) != NO_ROW;
            faults->faults[node] = part ? FAULT_NONE : of->fault;
        }
    }
}

static void classify_nodes(FaultBuilder *builder) {
    Faults *faults = builder->faults;
    size_t kinds = inventory_schema(faults->inventory)->kind_count;
    faults->faults = arena_array(builder->arena, FaultClass, faults->node_count);
    faults->is_target = arena_array(builder->arena, bool, faults->node_count);
    for (size_t v = faults->first_unknown; v < faults->node_count; v++) {
        faults->faults[v] = FAULT_NODE;
    }
    for (size_t kind = 0; kind < kinds; kind++) {
        classify_kind(faults, (KindId)kind);
    }
    for (size_t i = 0; i < faults->services->target_count; i++) {
        faults->is_target[faults->nodes[faults->services->targets[i].service]] = true;
    }
}

static NodeId member_node(const Faults *faults, const NeedsRow *row) {
    if (row->provider) {
        return faults->nodes[row->provider];
    }
    UnknownKey key = {row->label, row->container};
    const UnknownKey *found =
        bsearch(&key, faults->unknowns, faults->unknown_count, sizeof key, compare_unknowns);
    return faults->first_unknown + (NodeId)(found - faults->unknowns);
}

typedef struct SpecDraft {
    NodeId *owners, *members;
    uint32_t *needed, *starts, *labels;
    size_t gate_count, member_count;
} SpecDraft;

static void add_gate(const Faults *faults, SpecDraft *draft, const NeedsGate *gate) {
    draft->owners[draft->gate_count] = faults->nodes[gate->node];
    draft->needed[draft->gate_count] = gate->k;
    draft->labels[draft->gate_count] = gate->label;
    for (size_t i = 0; i < gate->count; i++) {
        draft->members[draft->member_count++] = member_node(faults, gate->members[i]);
    }
    draft->starts[++draft->gate_count] = (uint32_t)draft->member_count;
}

static void add_gates(const Faults *faults, SpecDraft *draft, const Needs *needs, GateReading as) {
    NeedsGate gate = {0};
    Arena *scratch = arena_open(0);
    for (size_t i = 0; i < needs->count;) {
        size_t end = needs->starts[needs->rows[i].node + 1];
        GateRows rows = gate_rows(&needs->rows[i], end - i);
        if (gate_resolve(scratch, rows, as, &gate)) {
            add_gate(faults, draft, &gate);
        }
        i += rows.count;
    }
    arena_close(scratch);
}

/* One graph of what it takes to run, and of `more` unless it is NULL; there are at most as many
 * gates and members as rows. */
static const FaultGraph *build_graph(Arena *arena, const Faults *faults, const Needs *more,
                                     GateReading as, const uint32_t **ret_labels) {
    Arena *scratch = arena_open(0);
    size_t count = faults->needs->count + (more ? more->count : 0);
    SpecDraft draft = {.owners = arena_array(scratch, NodeId, count),
                       .members = arena_array(scratch, NodeId, count),
                       .needed = arena_array(scratch, uint32_t, count),
                       .starts = arena_array(scratch, uint32_t, count + 1),
                       .labels = arena_array(scratch, uint32_t, count)};
    add_gates(faults, &draft, faults->needs, as);
    if (more) {
        add_gates(faults, &draft, more, as);
    }
    GraphSpec spec = {faults->node_count, draft.gate_count, draft.owners,
                      draft.needed,       draft.starts,     draft.members};
    const FaultGraph *graph = graph_build(arena, &spec);
    uint32_t *labels = arena_array(arena, uint32_t, draft.gate_count);
    for (size_t i = 0; i < draft.gate_count; i++) {
        labels[i] = draft.labels[i];
    }
    *ret_labels = labels;
    arena_close(scratch);
    return graph;
}

static GateReading reading_of(FaultPhase phase, FaultReading reading) {
    return (GateReading){phase == EARLY ? IN_EARLY : IN_SETTLED, reading == OPTIMISTIC};
}

static bool has_phases(const Needs *needs) {
    for (size_t i = 0; i < needs->count; i++) {
        if (needs->rows[i].phases != (IN_EARLY | IN_SETTLED)) {
            return true;
        }
    }
    return false;
}

static bool has_open_rows(const Needs *needs) {
    for (size_t i = 0; needs->has_open && i < needs->count; i++) {
        if (needs->rows[i].open) {
            return true;
        }
    }
    return false;
}

const FaultGraph *faults_start_graph(Arena *arena, const Faults *faults, FaultReading reading,
                                     const uint32_t **ret_labels) {
    if (!faults->start->count) {
        *ret_labels = faults->labels[SETTLED][reading];
        return faults->graphs[SETTLED][reading];
    }
    return build_graph(arena, faults, faults->start, reading_of(SETTLED, reading), ret_labels);
}

/* The graphs that differ, built side by side: each in an arena of its own. */
typedef struct GraphDrafts {
    Faults *faults;
    size_t count;
    struct GraphDraft {
        Arena *arena;
        FaultPhase phase;
        FaultReading reading;
    } items[FAULT_PHASES * FAULT_READINGS];
} GraphDrafts;

static void build_draft(void *context, int worker, size_t index) {
    (void)worker;
    const GraphDrafts *drafts = context;
    const struct GraphDraft *draft = &drafts->items[index];
    Faults *faults = drafts->faults;
    faults->graphs[draft->phase][draft->reading] =
        build_graph(draft->arena, faults, NULL, reading_of(draft->phase, draft->reading),
                    &faults->labels[draft->phase][draft->reading]);
}

static void build_graphs(Arena *arena, Faults *faults, int threads) {
    int phases = has_phases(faults->needs) ? FAULT_PHASES : 1;
    int readings = has_open_rows(faults->needs) ? FAULT_READINGS : 1;
    GraphDrafts drafts = {.faults = faults};
    for (int reading = PESSIMISTIC; reading < readings; reading++) {
        for (int phase = EARLY; phase < phases; phase++) {
            drafts.items[drafts.count++] =
                (struct GraphDraft){arena_open(0), (FaultPhase)phase, (FaultReading)reading};
        }
    }
    parallel_run(threads, drafts.count, build_draft, &drafts);
    for (size_t i = 0; i < drafts.count; i++) {
        arena_join(arena, drafts.items[i].arena);
    }
    for (int reading = PESSIMISTIC; reading < FAULT_READINGS; reading++) {
        for (int phase = EARLY; phase < FAULT_PHASES; phase++) {
            int from_phase = phase < phases ? phase : EARLY;
            int from_reading = reading < readings ? reading : PESSIMISTIC;
            faults->graphs[phase][reading] = faults->graphs[from_phase][from_reading];
            faults->labels[phase][reading] = faults->labels[from_phase][from_reading];
        }
    }
}

void faults_build(Arena *arena, const Inventory *inventory, const Needs needs[EDGE_KINDS],
                  const Services *services, int threads, Faults *ret_faults) {
    *ret_faults = (Faults){.inventory = inventory,
                           .needs = &needs[EDGE_RUN],
                           .start = &needs[EDGE_START],
                           .services = services};
    FaultBuilder builder = {.arena = arena, .faults = ret_faults};
    number_nodes(&builder);
    classify_nodes(&builder);
    build_graphs(arena, ret_faults, threads);
}

bool faults_spof(Arena *arena, Faults *faults, int threads) {
    Arena *scratch = arena_open(0);
    bool *is_component = arena_array(scratch, bool, faults->node_count);
    for (size_t v = 0; v < faults->node_count; v++) {
        is_component[v] = faults->faults[v] != FAULT_NONE;
    }
    bool complete = true;
    for (int i = 0; i < FAULT_PHASES * FAULT_READINGS; i++) {
        FaultPhase phase = (FaultPhase)(i % FAULT_PHASES);
        FaultReading reading = (FaultReading)(i / FAULT_PHASES);
        const FaultGraph *graph = faults->graphs[phase][reading];
        SpofResult *result = &faults->spof[phase][reading];
        if (reading == OPTIMISTIC && graph == faults->graphs[phase][PESSIMISTIC]) {
            *result = faults->spof[phase][PESSIMISTIC];
        } else if (phase == SETTLED && graph == faults->graphs[EARLY][reading]) {
            *result = faults->spof[EARLY][reading];
        } else {
            SpofQuery query = {graph, is_component, faults->is_target, FAULTS_PAIR_BUDGET, threads};
            graph_spof(arena, &query, result);
        }
        complete = complete && !result->truncated;
    }
    arena_close(scratch);
    return complete;
}

void faults_components(const Faults *faults, uint32_t classes, bool *ret_is_component) {
    for (size_t v = 0; v < faults->node_count; v++) {
        ret_is_component[v] = faults->entities[v] && classes >> faults->faults[v] & 1;
    }
}

bool faults_is_judged(const Faults *faults, NodeId component, NodeId service) {
    const ServiceTarget *target = services_find(faults->services, faults->entities[service]);
    return target && target->faults >> faults->faults[component] & 1;
}

bool faults_stops(const SpofResult *result, NodeId component, NodeId service) {
    uint32_t from = result->starts[component];
    uint32_t to = result->starts[component + 1];
    return from < to && sorted_has(result->targets + from, to - from, service);
}

static bool stops_judged(const Faults *faults, FaultPhase phase, NodeId component) {
    const SpofResult *spof = &faults->spof[phase][PESSIMISTIC];
    for (uint32_t i = spof->starts[component]; i < spof->starts[component + 1]; i++) {
        if (faults_is_judged(faults, component, spof->targets[i]) &&
            faults_stops(&faults->spof[phase][OPTIMISTIC], component, spof->targets[i])) {
            return true;
        }
    }
    return false;
}

Loss faults_loss(const Faults *faults, NodeId component, bool *ret_tried) {
    FaultClass fault = faults->faults[component];
    *ret_tried = fault != FAULT_NONE && services_faults(faults->services) >> fault & 1;
    if (!*ret_tried) {
        return LOSS_NONE;
    }
    return stops_judged(faults, SETTLED, component) ? LOSS_STOPS
           : stops_judged(faults, EARLY, component) ? LOSS_INTERRUPTS
                                                    : LOSS_NONE;
}
