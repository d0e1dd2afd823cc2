/* Services that hang on the same things are one box; each "k of n" is a hexagon. */
#include "draw/view_build.h"

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
            if (service_shapes_equal(&other->shape, &group.shape) &&
                shared_words(service_name(builder, other->services.items[0]),
                             service_name(builder, id))
                    .n) {
                break;
            }
        }
        if (at == step->groups.count) {
            vec_push(builder->arena, &step->groups, group);
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

static Str verdict_of(const Builder *builder, const ServiceShape *shape) {
    if (shape->settled) {
        return arena_printf(builder->arena, "stops on %u single failure%s", shape->settled,
                            shape->settled == 1 ? "" : "s");
    }
    if (shape->early) {
        return arena_printf(builder->arena, "interrupted by %u single failure%s", shape->early,
                            shape->early == 1 ? "" : "s");
    }
    return shape->open ? STR("facts are missing") : STR("survives any single failure");
}

static const Tone *tone_of(const ServiceShape *shape) {
    if (shape->severity != SEVERITY_NONE) {
        return tone_of_severity(shape->severity);
    }
    return shape->open || shape->settled || shape->early ? &tone_info : &tone_ok;
}

/* ---- gates ---- */

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

static bool has_member(const GateShape *gate, EntityId id) {
    for (size_t i = 0; i < gate->members.count; i++) {
        if (gate->members.items[i] == id) {
            return true;
        }
    }
    return false;
}

static Str gate_line(const Builder *builder, const GateShape *gate, bool named) {
    Str label = sym_text(inventory_interner(builder->inventory),
                         builder->facts->faults->needs->labels[gate->label]);
    Str rule = arena_printf(builder->arena, "%u of %u must live", gate->needed, gate->of);
    return named ? arena_printf(builder->arena, "%.*s: %.*s", STR_ARG(label), STR_ARG(rule)) : rule;
}

static void link_to(Builder *builder, uint32_t from, EntityId to, EdgeStyle style) {
    vec_push(builder->arena, &builder->links, ((Link){from, to, style}));
    if (builder->weights[to] < WEIGHT_PATH) {
        builder->weights[to] = WEIGHT_PATH;
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
        const DrawnGate *other = &step->gates.items[i];
        if (gate_shapes_equal(&other->shape, &gate.shape) &&
            gate_shapes_equal(&other->votes, &gate.votes)) {
            return other->node;
        }
    }
    gate.node = view_add_node(builder, VIEW_GATE, 0);
    name_gate(builder, &gate);
    ViewNode *node = &builder->view->nodes.items[gate.node];
    vec_push(builder->arena, &node->lines, gate_line(builder, shape, shape->owner || votes));
    if (votes) {
        vec_push(builder->arena, &node->lines, gate_line(builder, votes, true));
    }
    for (size_t i = 0; i < shape->members.count; i++) {
        link_to(builder, gate.node, shape->members.items[i],
                shape->votes ? EDGE_VOTE : EDGE_ALTERNATIVE);
    }
    for (size_t i = 0; votes && i < votes->members.count; i++) {
        if (!has_member(shape, votes->members.items[i])) {
            link_to(builder, gate.node, votes->members.items[i], EDGE_VOTE);
        }
    }
    vec_push(builder->arena, &step->gates, gate);
    return gate.node;
}

/* A quorum over the members of another gate is drawn as one hexagon with it. */
static const GateShape *votes_over(const ServiceShape *shape, const GateShape *gate) {
    for (size_t i = 0; i < shape->gates.count && !gate->votes; i++) {
        if (shape->gates.items[i].votes && is_subset(gate, &shape->gates.items[i])) {
            return &shape->gates.items[i];
        }
    }
    return NULL;
}

static bool is_joined(const ServiceShape *shape, const GateShape *votes) {
    for (size_t i = 0; i < shape->gates.count; i++) {
        if (votes_over(shape, &shape->gates.items[i]) == votes) {
            return true;
        }
    }
    return false;
}

static void add_group(ServiceStep *step, const ServiceGroup *group) {
    Builder *builder = step->builder;
    const ServiceShape *shape = &group->shape;
    uint32_t service = view_add_node(builder, VIEW_SERVICE, shape->service);
    ViewNode *node = &builder->view->nodes.items[service];
    node->tooltip = group_name(builder, group);
    node->name = view_cut(builder->arena, node->tooltip, (size_t)2 * VIEW_NAME_MAX);
    node->tone = tone_of(shape);
    node->verdict = verdict_of(builder, shape);
    node->open = shape->open;
    for (size_t i = 1; i < group->services.count; i++) {
        builder->node_of[group->services.items[i]] = service;
    }
    for (size_t i = 0; i < shape->direct.count; i++) {
        link_to(builder, service, shape->direct.items[i], EDGE_ONLY_PATH);
    }
    for (size_t i = 0; i < shape->gates.count; i++) {
        const GateShape *gate = &shape->gates.items[i];
        if (gate->votes && is_joined(shape, gate)) {
            continue;
        }
        ViewEdge edge = {service, add_gate(step, gate, votes_over(shape, gate)), EDGE_ALTERNATIVE,
                         NO_BOX, STR_NONE};
        vec_push(builder->arena, &builder->view->edges, edge);
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
}
