/* From a service down through the gates of the fault graph to the cards: what it cannot do without,
 * and where one of several is enough. */
#include <stdlib.h>

#include "draw/view_build.h"

enum { WALK_MAX = 256 }; /* nodes between a service and its cards */

typedef struct Walk {
    const Builder *builder;
    ServiceShape *shape;
    NodeId queue[WALK_MAX];
    size_t count;
} Walk;

static EntityId entity_of(const Builder *builder, NodeId node) {
    return builder->facts->faults->entities[node];
}

static void walk_push(Walk *walk, NodeId node) {
    for (size_t i = 0; i < walk->count; i++) {
        if (walk->queue[i] == node) {
            return;
        }
    }
    if (walk->count < WALK_MAX) {
        walk->queue[walk->count++] = node;
    }
}

/* What stands behind a record that is no card itself: the first card that it cannot do without. */
static EntityId card_behind(const Builder *builder, NodeId start) {
    const FaultGraph *graph = builder->graph;
    NodeId queue[16] = {start};
    size_t count = 1;
    for (size_t i = 0; i < count; i++) {
        EntityId id = entity_of(builder, queue[i]);
        const Look *look = id ? look_of(builder->looks, builder->inventory, id) : NULL;
        if (!id || view_is_service(builder, id) || look->is_box || look->is_shared) {
            continue;
        }
        if (view_is_card(builder, id)) {
            return id;
        }
        for (uint32_t g = graph->gate_starts[queue[i]]; g < graph->gate_starts[queue[i] + 1]; g++) {
            const Gate *gate = &graph->gates[graph->own_gates[g]];
            for (uint32_t m = 0; m < gate->count && count < 16; m++) {
                queue[count++] = graph->members[gate->start + m];
            }
        }
    }
    return 0;
}

static int compare_ids(const void *a, const void *b) {
    EntityId x = *(const EntityId *)a;
    EntityId y = *(const EntityId *)b;
    return (x > y) - (x < y);
}

static size_t sort_ids(EntityId *ids, size_t count) {
    size_t kept = 0;
    if (count) {
        qsort(ids, count, sizeof *ids, compare_ids);
    }
    for (size_t i = 0; i < count; i++) {
        if (!kept || ids[kept - 1] != ids[i]) {
            ids[kept++] = ids[i];
        }
    }
    return kept;
}

static void add_gate(Walk *walk, NodeId owner, GateId id) {
    const Builder *builder = walk->builder;
    const Faults *faults = builder->facts->faults;
    const Gate *gate = &builder->graph->gates[id];
    EntityId entity = entity_of(builder, owner);
    GateShape shape = {.owner = entity == walk->shape->service ? 0 : entity,
                       .label = faults->labels[EARLY][PESSIMISTIC][id],
                       .needed = builder->graph->needed[id],
                       .of = gate->count};
    shape.votes =
        shape.owner && look_of(builder->looks, builder->inventory, shape.owner)->gate == GATE_VOTES;
    for (uint32_t i = 0; i < gate->count; i++) {
        EntityId card = card_behind(builder, builder->graph->members[gate->start + i]);
        if (card) {
            vec_push(builder->arena, &shape.members, card);
        }
    }
    shape.members.count = sort_ids(shape.members.items, shape.members.count);
    if (shape.members.count) {
        vec_push(builder->arena, &walk->shape->gates, shape);
    }
}

static void add_needed(Walk *walk, NodeId member) {
    const Builder *builder = walk->builder;
    EntityId id = entity_of(builder, member);
    if (!id) {
        walk->shape->open = true;
        return;
    }
    const Look *look = look_of(builder->looks, builder->inventory, id);
    if (view_is_service(builder, id)) {
        vec_push(builder->arena, &walk->shape->services, id);
        return;
    }
    if (look->is_box || look->is_shared) {
        return; /* other services have a picture of their own; places and shared things
                 * stand below */
    }
    if (view_is_card(builder, id)) {
        vec_push(builder->arena, &walk->shape->direct, id);
    } else {
        walk_push(walk, member);
    }
}

/* How many of its members it needs depends on what is not stated, such as whether there is a
 * witness: none of them is known to be indispensable. */
static bool is_open_count(const Faults *faults, NodeId node, GateId gate) {
    size_t count;
    const NeedsRow *rows = needs_of(faults->needs, faults->entities[node], &count);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].label == faults->labels[EARLY][PESSIMISTIC][gate] &&
            rows[i].at_least != AT_LEAST_ALL && (rows[i].open || needs_is_unknown(&rows[i]))) {
            return true;
        }
    }
    return false;
}

static void walk_gates(Walk *walk, NodeId node) {
    const FaultGraph *graph = walk->builder->graph;
    for (uint32_t g = graph->gate_starts[node]; g < graph->gate_starts[node + 1]; g++) {
        GateId id = graph->own_gates[g];
        const Gate *gate = &graph->gates[id];
        if (graph->needed[id] < gate->count) {
            add_gate(walk, node, id);
            continue;
        }
        if (is_open_count(walk->builder->facts->faults, node, id)) {
            walk->shape->open = true;
            continue;
        }
        for (uint32_t i = 0; i < gate->count; i++) {
            add_needed(walk, graph->members[gate->start + i]);
        }
    }
}

/* Single failures that certainly stop it and that it must survive. */
static void count_failures(const Builder *builder, NodeId service, ServiceShape *shape) {
    const Faults *faults = builder->facts->faults;
    for (NodeId c = 0; c < faults->node_count; c++) {
        if (faults->faults[c] == FAULT_NONE || !faults_is_judged(faults, c, service)) {
            continue;
        }
        bool settled = faults_stops(&faults->spof[SETTLED][PESSIMISTIC], c, service) &&
                       faults_stops(&faults->spof[SETTLED][OPTIMISTIC], c, service);
        bool early = faults_stops(&faults->spof[EARLY][PESSIMISTIC], c, service) &&
                     faults_stops(&faults->spof[EARLY][OPTIMISTIC], c, service);
        shape->settled += settled;
        shape->early += early && !settled;
    }
}

static Severity worst_finding(const Builder *builder, EntityId service) {
    Severity worst = SEVERITY_NONE;
    for (size_t i = 0; i < builder->report->finding_count; i++) {
        const Finding *finding = builder->report->findings[i];
        bool about = !finding->waiver && finding->subject == service;
        for (size_t j = 0; j < finding->service_count && !finding->waiver; j++) {
            about = about || finding->services[j] == service;
        }
        if (about && finding->severity > worst) {
            worst = finding->severity;
        }
    }
    return worst;
}

static bool needs_are_open(const Faults *faults, EntityId id) {
    size_t count = 0;
    const NeedsRow *rows = id ? needs_of(faults->needs, id, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].open || needs_is_unknown(&rows[i])) {
            return true;
        }
    }
    return false;
}

/* True if a row of its own needs is open, or of what it needs. */
static bool cone_is_open(const Builder *builder, NodeId service) {
    const FaultGraph *graph = builder->graph;
    const Faults *faults = builder->facts->faults;
    bool *seen = arena_array(builder->arena, bool, graph->node_count);
    NodeId *queue = arena_array(builder->arena, NodeId, graph->node_count + 1);
    size_t count = 0;
    queue[count++] = service;
    seen[service] = true;
    for (size_t i = 0; i < count; i++) {
        if (needs_are_open(faults, faults->entities[queue[i]])) {
            return true;
        }
        for (uint32_t g = graph->gate_starts[queue[i]]; g < graph->gate_starts[queue[i] + 1]; g++) {
            const Gate *gate = &graph->gates[graph->own_gates[g]];
            for (uint32_t m = 0; m < gate->count; m++) {
                NodeId member = graph->members[gate->start + m];
                queue[count] = member;
                count += !seen[member];
                seen[member] = true;
            }
        }
    }
    return false;
}

void service_shape_read(const Builder *builder, EntityId service, ServiceShape *ret_shape) {
    *ret_shape = (ServiceShape){.service = service, .severity = worst_finding(builder, service)};
    NodeId node = faults_node(builder->facts->faults, service);
    if (node == NO_NODE) {
        ret_shape->open = true;
        return;
    }
    Walk walk = {.builder = builder, .shape = ret_shape};
    walk_push(&walk, node);
    for (size_t i = 0; i < walk.count; i++) {
        walk_gates(&walk, walk.queue[i]);
    }
    ret_shape->direct.count = sort_ids(ret_shape->direct.items, ret_shape->direct.count);
    ret_shape->services.count = sort_ids(ret_shape->services.items, ret_shape->services.count);
    count_failures(builder, node, ret_shape);
    ret_shape->settled_least = ret_shape->settled;
    ret_shape->early_least = ret_shape->early;
    ret_shape->is_down = builder->facts->faults->graphs[SETTLED][OPTIMISTIC]->base_down[node];
    ret_shape->open = ret_shape->open || cone_is_open(builder, node);
}

static bool ids_equal(const EntityId *a, size_t a_count, const EntityId *b, size_t b_count) {
    if (a_count != b_count) {
        return false;
    }
    for (size_t i = 0; i < a_count; i++) {
        if (a[i] != b[i]) {
            return false;
        }
    }
    return true;
}

static bool is_subset(const GateShape *small, const GateShape *large) {
    size_t at = 0;
    for (size_t i = 0; i < small->members.count; i++) {
        while (at < large->members.count && large->members.items[at] < small->members.items[i]) {
            at++;
        }
        if (at == large->members.count || large->members.items[at] != small->members.items[i]) {
            return false;
        }
    }
    return true;
}

bool gate_shapes_equal(const GateShape *a, const GateShape *b) {
    return a->owner == b->owner && a->label == b->label && a->needed == b->needed &&
           a->of == b->of &&
           ids_equal(a->members.items, a->members.count, b->members.items, b->members.count);
}

void gate_shape_join(Arena *arena, GateShape *gate, const GateShape *other) {
    if (ids_equal(gate->members.items, gate->members.count, other->members.items,
                  other->members.count)) {
        gate->differs = gate->differs || other->differs;
        return;
    }
    GateShape joined = *gate;
    joined.members.items = arena_array(arena, EntityId, gate->members.count + other->members.count);
    joined.members.capacity = gate->members.count + other->members.count;
    for (size_t i = 0; i < joined.members.capacity; i++) {
        size_t second = i - gate->members.count;
        joined.members.items[i] =
            i < gate->members.count ? gate->members.items[i] : other->members.items[second];
    }
    joined.members.count = sort_ids(joined.members.items, joined.members.capacity);
    joined.differs = true;
    *gate = joined;
}

/* The votes that decide over the members of a gate; NULL if there are none. */
const GateShape *gate_votes(const ServiceShape *shape, const GateShape *gate) {
    for (size_t i = 0; i < shape->gates.count && !gate->votes; i++) {
        if (shape->gates.items[i].votes && is_subset(gate, &shape->gates.items[i])) {
            return &shape->gates.items[i];
        }
    }
    return NULL;
}

bool gates_alike(const GateShape *a, const GateShape *a_votes, const GateShape *b,
                 const GateShape *b_votes) {
    if (!a_votes || !b_votes) {
        return !a_votes && !b_votes && gate_shapes_equal(a, b);
    }
    return gate_shapes_equal(a_votes, b_votes) && a->owner == b->owner && a->label == b->label &&
           a->needed == b->needed && a->of == b->of;
}

static int verdict_class(const ServiceShape *shape) {
    return shape->is_down ? 3 : shape->settled ? 2 : shape->early ? 1 : 0;
}

bool services_alike(const ServiceShape *a, const ServiceShape *b) {
    bool alike =
        a->severity == b->severity && verdict_class(a) == verdict_class(b) && a->open == b->open &&
        a->gates.count == b->gates.count &&
        ids_equal(a->direct.items, a->direct.count, b->direct.items, b->direct.count) &&
        ids_equal(a->services.items, a->services.count, b->services.items, b->services.count);
    for (size_t i = 0; alike && i < a->gates.count; i++) {
        const GateShape *x = &a->gates.items[i];
        const GateShape *y = &b->gates.items[i];
        alike = gates_alike(x, gate_votes(a, x), y, gate_votes(b, y));
    }
    return alike;
}

/* Members of gates that differ are put together. */
void service_shape_join(Arena *arena, ServiceShape *shape, const ServiceShape *other) {
    shape->settled_least =
        shape->settled_least < other->settled ? shape->settled_least : other->settled;
    shape->early_least = shape->early_least < other->early ? shape->early_least : other->early;
    shape->settled = shape->settled > other->settled ? shape->settled : other->settled;
    shape->early = shape->early > other->early ? shape->early : other->early;
    for (size_t i = 0; i < shape->gates.count; i++) {
        gate_shape_join(arena, &shape->gates.items[i], &other->gates.items[i]);
    }
}
