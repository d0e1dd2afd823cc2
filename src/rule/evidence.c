/* What the fault graph says about a finding: the services that hang on it, the chain to it, and
 * where the arcs of the chain are stated. */
#include "rule/lint_state.h"
#include "rule/run.h"

enum { CHAIN_MAX = 64, EVIDENCE_PLACES_MAX = 24 };

/* ---- services above an entity ---- */

typedef struct Climb {
    const FaultGraph *graph;
    bool *seen; /* none between climbs */
    NodeId *queue;
    size_t count;
} Climb;

Climb *climb_new(Arena *arena, const Faults *faults) {
    Climb *climb = arena_new(arena, Climb);
    *climb = (Climb){.graph = faults->graphs[SETTLED][PESSIMISTIC],
                     .seen = arena_array(arena, bool, faults->node_count),
                     .queue = arena_array(arena, NodeId, faults->node_count)};
    return climb;
}

static void climb_add(Climb *climb, NodeId node) {
    if (node != NO_NODE && !climb->seen[node]) {
        climb->seen[node] = true;
        climb->queue[climb->count++] = node;
    }
}

/* Everything that requires what is in the queue, directly or not. */
static void climb_run(Climb *climb) {
    const FaultGraph *graph = climb->graph;
    for (size_t at = 0; at < climb->count; at++) {
        NodeId node = climb->queue[at];
        for (uint32_t i = graph->user_starts[node]; i < graph->user_starts[node + 1]; i++) {
            climb_add(climb, graph->gates[graph->users[i]].owner);
        }
    }
}

void finding_services(const FindingMaker *maker, Finding *finding) {
    const Faults *faults = &maker->lint->faults;
    Climb *climb = maker->climb;
    climb->count = 0;
    climb_add(climb, faults_node(faults, finding->subject));
    for (size_t i = 0; i < finding->related_count; i++) {
        climb_add(climb, faults_node(faults, finding->related[i]));
    }
    climb_run(climb);
    size_t count = 0;
    for (size_t i = 0; i < climb->count; i++) {
        climb->seen[climb->queue[i]] = false;
        count += faults->is_target[climb->queue[i]];
    }
    EntityId *services = arena_array(maker->arena, EntityId, count);
    for (size_t i = 0; i < climb->count; i++) {
        if (faults->is_target[climb->queue[i]]) {
            services[finding->service_count++] = faults->entities[climb->queue[i]];
        }
    }
    finding->service_count = ids_sort(services, finding->service_count);
    finding->services = services;
}

/* ---- the chain ---- */

static const NeedsRow *find_row(const Needs *needs, EntityId node, EntityId provider,
                                FaultPhase phase) {
    size_t count;
    const NeedsRow *rows = needs_of(needs, node, &count);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].provider == provider &&
            rows[i].phases & (phase == EARLY ? IN_EARLY : IN_SETTLED)) {
            return &rows[i];
        }
    }
    return NULL;
}

/* The item of a list of references that names the other end of an arc. */
static Loc item_loc(const Inventory *inventory, KindId kind, ColumnId column, RowId row,
                    EntityId other) {
    const Field *field = schema_kind(inventory_schema(inventory), kind)->columns[column].field;
    if (field->type == TYPE_LIST && field->item_type == TYPE_REF) {
        Items items = inventory_items(inventory, kind, column, row);
        for (size_t i = 0; i < items.count; i++) {
            if (items.items[i].value == (int64_t)other) {
                return items.items[i].loc;
            }
        }
    }
    return inventory_cell_loc(inventory, kind, column, row);
}

/* Where the fact stands that makes the arc; no place if its statement names no field. */
static Place arc_place(const FindingMaker *maker, const NeedsRow *row) {
    const Inventory *inventory = maker->inventory;
    const Needs *needs = &maker->lint->needs[EDGE_RUN];
    const NeedsRule *rule = needs->statements[row->statement];
    bool of_node = str_eq(rule->because_of, STR("node"));
    EntityId at = of_node ? row->node : row->provider;
    EntityId other = of_node ? row->provider : row->node;
    Place place = {.label = STR_NONE, .text = STR_NONE, .field = rule->because_field};
    RowId record;
    KindId kind = inventory_kind_of(inventory, at, &record);
    const Kind *of = schema_kind(inventory_schema(inventory), kind);
    ColumnId column = kind_find_column(of, inventory_interner(inventory), rule->because_field);
    if (!rule->because_field.n || column == NO_COLUMN) {
        return place;
    }
    place.loc = item_loc(inventory, kind, column, record, other);
    Str node = inventory_name(inventory, row->node);
    Str provider = inventory_name(inventory, row->provider);
    place.label = arena_printf(maker->arena, "%.*s needs %.*s", STR_ARG(node), STR_ARG(provider));
    return place;
}

static bool has_place(const Finding *finding, const Place *items, size_t count, Loc loc) {
    for (size_t i = 0; i < finding->place_count + count; i++) {
        Loc other =
            i < finding->place_count ? finding->places[i].loc : items[i - finding->place_count].loc;
        if (other.source == loc.source && other.line == loc.line && other.column == loc.column) {
            return true;
        }
    }
    return false;
}

static void add_chain_places(const FindingMaker *maker, Finding *finding, FaultPhase phase) {
    Place *found = arena_array(maker->arena, Place, finding->chain_count);
    size_t count = 0;
    for (size_t i = 0; i + 1 < finding->chain_count; i++) {
        const NeedsRow *row = find_row(&maker->lint->needs[EDGE_RUN], finding->chain[i],
                                       finding->chain[i + 1], phase);
        bool one =
            inventory_is_namesake(maker->inventory, finding->chain[i + 1], finding->chain[i]);
        Place place = row && !one ? arc_place(maker, row) : (Place){0};
        if (place.loc.source && !has_place(finding, found, count, place.loc) &&
            finding->place_count + count < EVIDENCE_PLACES_MAX) {
            found[count++] = place;
        }
    }
    Place *places = arena_array(maker->arena, Place, finding->place_count + count);
    for (size_t i = 0; i < finding->place_count + count; i++) {
        places[i] = i < finding->place_count ? finding->places[i] : found[i - finding->place_count];
    }
    finding->places = places;
    finding->place_count += count;
}

/* A record and the one inside it that took its name are one step for people. */
static size_t drop_namesakes(const Inventory *inventory, EntityId *chain, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!kept || !inventory_is_namesake(inventory, chain[i], chain[kept - 1])) {
            chain[kept++] = chain[i];
        }
    }
    return kept;
}

/* From the first of the finding's services that falls with the subject, through the causes
 * to it. */
void finding_evidence(const FindingMaker *maker, Finding *finding) {
    const Faults *faults = &maker->lint->faults;
    FaultPhase phase = finding->phase == PHASE_EARLY ? EARLY : SETTLED;
    Cascade *cascade = maker->cascades[phase];
    NodeId subject = faults_node(faults, finding->subject);
    if (subject == NO_NODE || !finding->service_count) {
        return;
    }
    cascade_run(cascade, &subject, 1);
    for (size_t i = 0; i < finding->service_count; i++) {
        NodeId service = faults_node(faults, finding->services[i]);
        if (service == NO_NODE || service == subject || !cascade_fell(cascade, service)) {
            continue;
        }
        NodeId nodes[CHAIN_MAX];
        finding->chain_count = cascade_path(cascade, service, nodes, CHAIN_MAX);
        EntityId *chain = arena_array(maker->arena, EntityId, finding->chain_count);
        for (size_t j = 0; j < finding->chain_count; j++) {
            chain[j] = faults->entities[nodes[j]];
        }
        finding->chain = chain;
        add_chain_places(maker, finding, phase);
        finding->chain_count = drop_namesakes(maker->inventory, chain, finding->chain_count);
        return;
    }
}
