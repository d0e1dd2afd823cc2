/* Services that hang on the same things are one box; each "k of n" is a hexagon. */
#include "base/fold.h"
#include "draw/view_build.h"

enum { SERVICE_NAME_MAX = 2 * VIEW_NAME_MAX };

typedef struct ServiceGroup {
    ServiceShape shape;
    VEC(EntityId) services;
    bool shown;
} ServiceGroup;

typedef struct DrawnGate {
    GateShape shape, votes; /* votes.members empty: nothing was joined */
    uint32_t node;
} DrawnGate;

typedef struct ServiceStep {
    Builder *builder;
    VEC(ServiceGroup) groups;
    VEC(DrawnGate) gates;
} ServiceStep;

/* ---- groups ---- */

/* client access and mail flow of one site have the same shape, but are two things: only what is
 * called alike up to its last word is put together. */
static Str shared_words(Str a, Str b) {
    size_t end = 0;
    for (size_t i = 0; i < a.n && i < b.n && a.s[i] == b.s[i]; i++) {
        if (a.s[i] == ' ') {
            end = i + 1;
        }
    }
    return str_slice(a, 0, end);
}

static Str service_name(const Builder *builder, EntityId id) {
    return look_name(look_of(builder->looks, builder->inventory, id), builder->inventory, id);
}

static void group_services(ServiceStep *step) {
    Builder *builder = step->builder;
    const Services *services = builder->facts->faults->services;
    for (size_t i = 0; i < services->target_count; i++) {
        ServiceGroup group = {.shown = false};
        EntityId id = services->targets[i].service;
        service_shape_read(builder, id, &group.shape);
        size_t at = 0;
        for (; at < step->groups.count; at++) {
            const ServiceGroup *other = &step->groups.items[at];
            if (services_alike(&other->shape, &group.shape) &&
                shared_words(service_name(builder, other->services.items[0]),
                             service_name(builder, id))
                    .n) {
                break;
            }
        }
        if (at == step->groups.count) {
            vec_push(builder->arena, &step->groups, group);
        } else {
            service_shape_join(builder->arena, &step->groups.items[at].shape, &group.shape);
        }
        vec_push(builder->arena, &step->groups.items[at].services, id);
    }
}

static void choose_groups(ServiceStep *step) {
    size_t left = VIEW_SERVICES_MAX;
    for (int severity = SEVERITY_ERROR; severity >= SEVERITY_NONE; severity--) {
        for (size_t i = 0; i < step->groups.count; i++) {
            ServiceGroup *group = &step->groups.items[i];
            if ((int)group->shape.severity != severity) {
                continue;
            }
            group->shown = left > 0;
            left -= left > 0;
            step->builder->services_left_out += group->shown ? 0 : group->services.count;
        }
    }
}

static Str group_name(const Builder *builder, const ServiceGroup *group) {
    enum { NAMES_MAX = 3 };
    Str name = service_name(builder, group->services.items[0]);
    if (group->services.count == 1) {
        return view_capital(builder->arena, name);
    }
    Str words = shared_words(name, service_name(builder, group->services.items[1]));
    for (size_t i = 1; i < group->services.count && i < NAMES_MAX; i++) {
        Str other = service_name(builder, group->services.items[i]);
        name = arena_printf(builder->arena, "%.*s, %.*s", STR_ARG(name),
                            STR_ARG(str_slice(other, words.n, other.n)));
    }
    if (group->services.count > NAMES_MAX) {
        name = arena_printf(builder->arena, "%.*s and %zu more", STR_ARG(name),
                            group->services.count - NAMES_MAX);
    }
    return view_capital(builder->arena, name);
}

static Str count_text(const Builder *builder, const char *verb, uint32_t least, uint32_t count) {
    return arena_printf(builder->arena, "%s %s%u single failure%s", verb,
                        least < count ? "up to " : "", count, count == 1 ? "" : "s");
}

/* What the engine says of the service itself; findings that name it are badges. */
static Str verdict_of(const Builder *builder, const ServiceShape *shape) {
    if (shape->is_down) {
        return STR("down with nothing failed");
    }
    if (shape->settled) {
        return count_text(builder, "stops on", shape->settled_least, shape->settled);
    }
    if (shape->early) {
        return count_text(builder, "interrupted by", shape->early_least, shape->early);
    }
    return shape->open ? STR("no single failure found") : STR("survives any single failure");
}

static const Tone *tone_of(const ServiceShape *shape) {
    if (shape->severity != SEVERITY_NONE) {
        return tone_of_severity(shape->severity);
    }
    return shape->open || shape->settled || shape->early || shape->is_down ? &tone_info : &tone_ok;
}

/* ---- gates ---- */

static bool has_member(const GateShape *gate, EntityId id) {
    for (size_t i = 0; i < gate->members.count; i++) {
        if (gate->members.items[i] == id) {
            return true;
        }
    }
    return false;
}

/* What must live, with of what if the name does not say it: before it, or on a line of its own. */
static void add_gate_lines(const Builder *builder, ViewNode *node, const GateShape *gate,
                           bool named) {
    enum { LINE_CHARS_MAX = 26 };
    Str label = sym_text(inventory_interner(builder->inventory),
                         builder->facts->faults->needs->labels[gate->label]);
    Str rule = arena_printf(builder->arena, "%u of %u must live", gate->needed, gate->of);
    Str line =
        named ? arena_printf(builder->arena, "%.*s: %.*s", STR_ARG(label), STR_ARG(rule)) : rule;
    if (utf8_length(line) > LINE_CHARS_MAX) {
        vec_push(builder->arena, &node->lines, view_cut(builder->arena, label, VIEW_NAME_MAX));
        line = rule;
    }
    vec_push(builder->arena, &node->lines, line);
}

/* One of many members says little by itself. */
static void link_to(Builder *builder, uint32_t from, EntityId to, EdgeStyle style, size_t members) {
    enum { FEW = 6 };
    Weight weight = members > FEW ? WEIGHT_MEMBER : WEIGHT_PATH;
    vec_push(builder->arena, &builder->links, ((Link){from, to, style}));
    if (builder->weights[to] < weight) {
        builder->weights[to] = (uint8_t)weight;
    }
}

static void name_gate(Builder *builder, const DrawnGate *gate) {
    ViewNode *node = &builder->view->nodes.items[gate->node];
    EntityId owner = gate->votes.members.count ? gate->votes.owner : gate->shape.owner;
    if (!owner) {
        node->name = view_capital(
            builder->arena, sym_text(inventory_interner(builder->inventory),
                                     builder->facts->faults->needs->labels[gate->shape.label]));
        node->tooltip = node->name;
        node->element_id = arena_printf(builder->arena, "gate-%u", gate->node);
        return;
    }
    EntityId shown = look_reference(builder->inventory, owner,
                                    look_of(builder->looks, builder->inventory, owner)->stands_for);
    shown = shown ? shown : owner;
    Str name =
        look_name(look_of(builder->looks, builder->inventory, shown), builder->inventory, shown);
    node->entity = shown;
    node->name = view_cut(builder->arena, name, VIEW_NAME_MAX);
    node->tooltip = name;
    node->element_id = view_element_id(builder, shown);
    for (int i = 0; i < 2; i++) {
        uint32_t *place = &builder->node_of[i ? owner : shown];
        *place = *place == NO_VIEW_NODE ? gate->node : *place;
    }
}

static uint32_t add_gate(ServiceStep *step, const GateShape *shape, const GateShape *votes) {
    Builder *builder = step->builder;
    DrawnGate gate = {.shape = *shape, .votes = votes ? *votes : (GateShape){.owner = 0}};
    for (size_t i = 0; i < step->gates.count; i++) {
        DrawnGate *other = &step->gates.items[i];
        if (gates_alike(&other->shape, other->votes.members.count ? &other->votes : NULL, shape,
                        votes)) {
            gate_shape_join(builder->arena, &other->shape, shape);
            return other->node;
        }
    }
    gate.node = view_add_node(builder, VIEW_GATE, 0);
    name_gate(builder, &gate);
    vec_push(builder->arena, &step->gates, gate);
    return gate.node;
}

/* When all members are known. */
static void finish_gate(Builder *builder, const DrawnGate *gate) {
    ViewNode *node = &builder->view->nodes.items[gate->node];
    const GateShape *votes = gate->votes.members.count ? &gate->votes : NULL;
    add_gate_lines(builder, node, &gate->shape, gate->shape.owner || votes);
    node->strong = (uint32_t)node->lines.count - 1;
    if (gate->shape.differs) {
        vec_push(builder->arena, &node->lines, STR("members differ by service"));
    }
    if (votes) {
        add_gate_lines(builder, node, votes, true);
    }
    for (size_t i = 0; i < gate->shape.members.count; i++) {
        link_to(builder, gate->node, gate->shape.members.items[i],
                gate->shape.votes ? EDGE_VOTE : EDGE_ALTERNATIVE, gate->shape.members.count);
    }
    for (size_t i = 0; votes && i < votes->members.count; i++) {
        if (!has_member(&gate->shape, votes->members.items[i])) {
            link_to(builder, gate->node, votes->members.items[i], EDGE_VOTE,
                    votes->members.count - gate->shape.members.count);
        }
    }
}

/* A majority over the members of another gate is drawn as one hexagon with it. */
static bool is_joined(const ServiceShape *shape, const GateShape *votes) {
    for (size_t i = 0; i < shape->gates.count; i++) {
        if (gate_votes(shape, &shape->gates.items[i]) == votes) {
            return true;
        }
    }
    return false;
}

/* An edge is an only path where the loss of its end is certain to stop a service that must survive
 * it. */
static bool stops_alone(const Builder *builder, EntityId id, EntityId service) {
    const Faults *faults = builder->facts->faults;
    NodeId component = faults_node(faults, id);
    NodeId target = faults_node(faults, service);
    return component != NO_NODE && target != NO_NODE && faults->faults[component] != FAULT_NONE &&
           faults_is_judged(faults, component, target) &&
           faults_stops(&faults->spof[EARLY][OPTIMISTIC], component, target);
}

static void add_group(ServiceStep *step, const ServiceGroup *group) {
    enum { NEEDS_MAX = 2 };
    Builder *builder = step->builder;
    const ServiceShape *shape = &group->shape;
    uint32_t service = view_add_node(builder, VIEW_SERVICE, shape->service);
    ViewNode *node = &builder->view->nodes.items[service];
    node->tooltip = group_name(builder, group);
    node->name = view_cut(builder->arena, node->tooltip, (size_t)SERVICE_NAME_MAX);
    node->tone = tone_of(shape);
    node->verdict = verdict_of(builder, shape);
    node->verdict_holds =
        shape->is_down || shape->settled || shape->early || node->tone == &tone_ok;
    for (size_t i = 1; i < group->services.count; i++) {
        builder->node_of[group->services.items[i]] = service;
    }
    for (size_t i = 0; i < shape->services.count && i < NEEDS_MAX; i++) {
        Str name = view_capital(builder->arena, service_name(builder, shape->services.items[i]));
        Str text = arena_printf(builder->arena, "needs %.*s", STR_ARG(name));
        vec_push(builder->arena, &node->lines, view_cut(builder->arena, text, SERVICE_NAME_MAX));
    }
    for (size_t i = 0; i < shape->direct.count; i++) {
        bool only = stops_alone(builder, shape->direct.items[i], shape->service);
        link_to(builder, service, shape->direct.items[i], only ? EDGE_ONLY_PATH : EDGE_DEPENDS, 1);
    }
    for (size_t i = 0; i < shape->gates.count; i++) {
        const GateShape *gate = &shape->gates.items[i];
        if (gate->votes && is_joined(shape, gate)) {
            continue;
        }
        ViewEdge edge = {service,          add_gate(step, gate, gate_votes(shape, gate)),
                         EDGE_ALTERNATIVE, NO_BOX,
                         NO_BOX,           STR_NONE};
        vec_push(builder->arena, &builder->view->edges, edge);
    }
}

/* ---- consumers ---- */

static uint32_t consumer_node(Builder *builder, const Consumer *consumer) {
    View *view = builder->view;
    for (size_t i = 0; i < view->nodes.count; i++) {
        const ViewNode *node = &view->nodes.items[i];
        Str text = node->lines.count ? node->lines.items[0] : STR_NONE;
        if (node->shape == VIEW_CONSUMER && str_eq(node->tooltip, consumer->name) &&
            str_eq(node->tile, consumer->tile) && str_eq(text, consumer->text)) {
            return (uint32_t)i;
        }
    }
    uint32_t at = view_add_node(builder, VIEW_CONSUMER, 0);
    ViewNode *node = &view->nodes.items[at];
    node->tile = consumer->tile;
    node->name = view_cut(builder->arena, consumer->name, VIEW_NAME_MAX);
    node->tooltip = consumer->name;
    node->element_id = arena_printf(builder->arena, "consumer-%u", at);
    if (consumer->text.n) {
        vec_push(builder->arena, &node->lines, consumer->text);
    }
    return at;
}

static void add_consumers(Builder *builder) {
    for (size_t i = 0; i < builder->facts->consumer_count; i++) {
        const Consumer *consumer = &builder->facts->consumers[i];
        uint32_t service = builder->node_of[consumer->service];
        if (service == NO_VIEW_NODE || builder->view->nodes.items[service].shape != VIEW_SERVICE) {
            continue;
        }
        ViewEdge edge = {
            consumer_node(builder, consumer), service, EDGE_DEPENDS, NO_BOX, NO_BOX, STR_NONE};
        bool known = false;
        for (size_t j = 0; j < builder->view->edges.count && !known; j++) {
            const ViewEdge *other = &builder->view->edges.items[j];
            known = other->from == edge.from && other->to == edge.to;
        }
        if (!known) {
            vec_push(builder->arena, &builder->view->edges, edge);
        }
    }
}

void view_add_services(Builder *builder) {
    ServiceStep step = {.builder = builder};
    group_services(&step);
    choose_groups(&step);
    for (size_t i = 0; i < step.groups.count; i++) {
        if (step.groups.items[i].shown) {
            add_group(&step, &step.groups.items[i]);
        }
    }
    for (size_t i = 0; i < step.gates.count; i++) {
        finish_gate(builder, &step.gates.items[i]);
    }
    add_consumers(builder);
}
