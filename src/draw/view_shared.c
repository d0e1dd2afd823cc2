/* Edges to what several share. Not one edge from each card: what the machines of a box need leaves
 * from the box, with how many of them need it. */
#include "draw/view_build.h"

typedef struct Use {
    uint32_t shared; /* node */
    uint32_t box;    /* innermost drawn box of the user; NO_BOX */
    EntityId user;
    KindId kind;
    bool is_box; /* the user is the box itself */
} Use;

typedef struct SharedStep {
    Builder *builder;
    VEC(Use) uses; /* by user, ascending */
} SharedStep;

static uint32_t box_parent(const Builder *builder, uint32_t box) {
    return builder->view->boxes.items[box].parent;
}

static uint32_t box_depth(const Builder *builder, uint32_t box) {
    uint32_t depth = 0;
    for (; box != NO_BOX; box = box_parent(builder, box)) {
        depth++;
    }
    return depth;
}

/* The innermost box around both; NO_BOX if there is none. */
static uint32_t common_box(const Builder *builder, uint32_t a, uint32_t b) {
    uint32_t a_depth = box_depth(builder, a);
    uint32_t b_depth = box_depth(builder, b);
    while (a != b) {
        if (a_depth >= b_depth) {
            a = box_parent(builder, a);
            a_depth--;
        } else {
            b = box_parent(builder, b);
            b_depth--;
        }
    }
    return a;
}

static uint32_t outermost(const Builder *builder, uint32_t box) {
    while (box != NO_BOX && box_parent(builder, box) != NO_BOX) {
        box = box_parent(builder, box);
    }
    return box;
}

static bool is_shared_node(const Builder *builder, uint32_t node) {
    return node != NO_VIEW_NODE && builder->view->nodes.items[node].shape == VIEW_SHARED;
}

/* What is drawn as one card, for the search of what it needs. */
typedef struct CardParts {
    NodeId items[32];
    size_t count;
} CardParts;

static void add_gate_uses(SharedStep *step, Use use, const Gate *gate, CardParts *parts) {
    Builder *builder = step->builder;
    for (uint32_t m = 0; m < gate->count; m++) {
        NodeId member = builder->graph->members[gate->start + m];
        EntityId needed = builder->facts->faults->entities[member];
        uint32_t node = needed ? builder->node_of[needed] : NO_VIEW_NODE;
        bool room = parts->count < sizeof parts->items / sizeof *parts->items;
        if (is_shared_node(builder, node)) {
            use.shared = node;
            vec_push(builder->arena, &step->uses, use);
        } else if (needed && view_drawn(builder, needed) == use.user && room) {
            parts->items[parts->count++] = member;
        }
    }
}

/* Shared things that a record, or a machine that is drawn with it, needs. */
static void add_uses(SharedStep *step, EntityId id, bool is_box) {
    Builder *builder = step->builder;
    const FaultGraph *graph = builder->graph;
    NodeId node = faults_node(builder->facts->faults, id);
    CardParts parts = {{node}, node != NO_NODE};
    RowId row;
    Use use = {.user = id,
               .kind = inventory_kind_of(builder->inventory, id, &row),
               .box = view_box_of(builder, id),
               .is_box = is_box};
    for (size_t i = 0; i < parts.count; i++) {
        NodeId part = parts.items[i];
        for (uint32_t g = graph->gate_starts[part]; g < graph->gate_starts[part + 1]; g++) {
            add_gate_uses(step, use, &graph->gates[graph->own_gates[g]], &parts);
        }
    }
}

static void add_edge(Builder *builder, ViewEdge edge) {
    for (size_t i = 0; i < builder->view->edges.count; i++) {
        const ViewEdge *other = &builder->view->edges.items[i];
        if (other->from == edge.from && other->to == edge.to && other->tail_box == edge.tail_box) {
            return;
        }
    }
    vec_push(builder->arena, &builder->view->edges, edge);
}

static void draw_group(Builder *builder, uint32_t shared, const Use *const *uses, size_t count) {
    const Use *first = uses[0];
    uint32_t box = first->box;
    size_t users = 0;
    for (size_t i = 0; i < count; i++) {
        box = common_box(builder, box, uses[i]->box);
        users += i == 0 || uses[i]->user != uses[i - 1]->user;
    }
    ViewEdge edge = {NO_VIEW_NODE, shared, EDGE_DEPENDS, box, NO_BOX, STR_NONE};
    bool alone = users == 1 && (first->is_box || builder->node_of[first->user] != NO_VIEW_NODE);
    if (alone) {
        edge.from = first->is_box ? NO_VIEW_NODE : builder->node_of[first->user];
        edge.tail_box = first->is_box ? first->box : NO_BOX;
    } else if (box != NO_BOX) {
        size_t total = view_count_inside(builder, first->kind, box, true);
        const Kind *kind = schema_kind(inventory_schema(builder->inventory), first->kind);
        Str all = view_plural(builder->arena, kind, total);
        edge.label = users == total
                         ? arena_printf(builder->arena, "all %.*s", STR_ARG(all))
                         : arena_printf(builder->arena, "%zu of %.*s", users, STR_ARG(all));
    }
    if (edge.from != NO_VIEW_NODE || edge.tail_box != NO_BOX) {
        add_edge(builder, edge);
    }
}

/* Users of one kind under one outermost box share an edge. */
static void draw_uses(SharedStep *step, uint32_t shared) {
    Builder *builder = step->builder;
    VEC(const Use *) left = {0};
    for (size_t i = 0; i < step->uses.count; i++) {
        if (step->uses.items[i].shared == shared) {
            vec_push(builder->arena, &left, &step->uses.items[i]);
        }
    }
    while (left.count) {
        const Use *first = left.items[0];
        VEC(const Use *) group = {0};
        size_t kept = 0;
        for (size_t i = 0; i < left.count; i++) {
            const Use *use = left.items[i];
            if (use->kind == first->kind &&
                outermost(builder, use->box) == outermost(builder, first->box) &&
                first->box != NO_BOX) {
                vec_push(builder->arena, &group, use);
            } else if (i) {
                left.items[kept++] = use;
            }
        }
        left.count = kept;
        if (!group.count) {
            vec_push(builder->arena, &group, first);
        }
        draw_group(builder, shared, group.items, group.count);
    }
}

/* Edges from a shared thing to those that it needs itself. */
static void add_shared_edges(Builder *builder, uint32_t from) {
    const FaultGraph *graph = builder->graph;
    const Faults *faults = builder->facts->faults;
    NodeId at = faults_node(faults, builder->view->nodes.items[from].entity);
    if (at == NO_NODE) {
        return;
    }
    for (uint32_t g = graph->gate_starts[at]; g < graph->gate_starts[at + 1]; g++) {
        const Gate *gate = &graph->gates[graph->own_gates[g]];
        for (uint32_t m = 0; m < gate->count; m++) {
            EntityId needed = faults->entities[graph->members[gate->start + m]];
            uint32_t to = needed ? builder->node_of[needed] : NO_VIEW_NODE;
            if (is_shared_node(builder, to)) {
                add_edge(builder, (ViewEdge){from, to, EDGE_DEPENDS, NO_BOX, NO_BOX, STR_NONE});
            }
        }
    }
}

/* How far below the boxes each shared thing stands. */
static void set_levels(View *view) {
    for (int round = 0; round < 4; round++) {
        for (size_t i = 0; i < view->edges.count; i++) {
            const ViewEdge *edge = &view->edges.items[i];
            if (edge->from == NO_VIEW_NODE || view->nodes.items[edge->from].shape != VIEW_SHARED) {
                continue;
            }
            uint32_t level = view->nodes.items[edge->from].level + 1;
            if (view->nodes.items[edge->to].level < level && level <= 4) {
                view->nodes.items[edge->to].level = level;
            }
        }
    }
}

static void add_levels(Builder *builder) {
    for (uint32_t i = 0; i < builder->view->nodes.count; i++) {
        if (is_shared_node(builder, i)) {
            add_shared_edges(builder, i);
        }
    }
    set_levels(builder->view);
}

void view_add_shared(Builder *builder) {
    SharedStep step = {.builder = builder};
    for (EntityId id = 1; id <= builder->limit; id++) {
        const Look *look = look_of(builder->looks, builder->inventory, id);
        bool is_box = look->is_box && builder->box_of[id] != NO_BOX;
        if (is_box || (!look->is_shared && view_is_card(builder, id))) {
            add_uses(&step, id, is_box);
        }
    }
    for (size_t i = 0; i < builder->view->nodes.count; i++) {
        if (builder->view->nodes.items[i].shape == VIEW_SHARED) {
            draw_uses(&step, (uint32_t)i);
        }
    }
    add_levels(builder);
}
