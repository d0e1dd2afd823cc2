/* Siblings that fail alike are one card, where there are many: same box, kind and layers, same
 * edges, and nothing is said of any of them. */
#include "draw/view_build.h"

enum { FOLD_ABOVE = 12, FOLD_LEAST = 3, TOOLTIP_CHARS_MAX = 200 };

typedef VEC(uint32_t) Indices;

static bool can_fold(const ViewNode *node) {
    return node->shape == VIEW_CARD && node->entity && node->severity == SEVERITY_NONE &&
           !node->badges.count && !node->bare;
}

static bool same_edge(const ViewEdge *a, const ViewEdge *b, uint32_t x, uint32_t y) {
    bool into = a->to == x && b->to == y && a->from == b->from;
    bool out_of = a->from == x && b->from == y && a->to == b->to;
    return (into || out_of) && a->style == b->style && a->tail_box == b->tail_box &&
           a->head_box == b->head_box;
}

/* Every edge of x has its like at y. */
static bool has_edges_of(const View *view, uint32_t x, uint32_t y) {
    for (size_t i = 0; i < view->edges.count; i++) {
        const ViewEdge *edge = &view->edges.items[i];
        bool found = edge->from != x && edge->to != x;
        for (size_t j = 0; j < view->edges.count && !found; j++) {
            found = same_edge(edge, &view->edges.items[j], x, y);
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

static bool same_bars(const BarList *a, const BarList *b) {
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++) {
        const Bar *x = &a->items[i];
        const Bar *y = &b->items[i];
        same = x->tone == y->tone && x->open == y->open && !x->clashes && !y->clashes &&
               str_eq(x->text, y->text);
    }
    return same;
}

static bool folds_with(const Builder *builder, uint32_t x, uint32_t y) {
    const View *view = builder->view;
    const ViewNode *a = &view->nodes.items[x];
    const ViewNode *b = &view->nodes.items[y];
    RowId row;
    return can_fold(b) && a->box == b->box && a->open == b->open && str_eq(a->tile, b->tile) &&
           inventory_kind_of(builder->inventory, a->entity, &row) ==
               inventory_kind_of(builder->inventory, b->entity, &row) &&
           same_bars(&a->bars, &b->bars) && has_edges_of(view, x, y) && has_edges_of(view, y, x);
}

/* "CAS-02..09 x8": what the last name has beyond the letters that all share. */
static Str folded_name(const Builder *builder, const Indices *group) {
    const ViewNode *nodes = builder->view->nodes.items;
    Str first = nodes[group->items[0]].name;
    Str last = nodes[group->items[group->count - 1]].name;
    size_t shared = 0;
    while (shared < first.n && shared < last.n && first.s[shared] == last.s[shared]) {
        shared++;
    }
    while (shared && ((first.s[shared - 1] >= '0' && first.s[shared - 1] <= '9') ||
                      ((unsigned char)last.s[shared] & 0xC0) == 0x80)) {
        shared--;
    }
    return arena_printf(builder->arena, "%.*s..%.*s x%zu", STR_ARG(first),
                        STR_ARG(str_slice(last, shared, last.n)), group->count);
}

static bool has_line(const ViewNode *node, Str line) {
    for (size_t i = 0; i < node->lines.count; i++) {
        if (str_eq(node->lines.items[i], line)) {
            return true;
        }
    }
    return false;
}

/* The first of the group becomes its card; lines that not all share are left out. */
static void fold_group(Builder *builder, const Indices *group, uint32_t *stands_for) {
    ViewNode *nodes = builder->view->nodes.items;
    ViewNode *card = &nodes[group->items[0]];
    Str name = folded_name(builder, group);
    Str names = card->tooltip;
    size_t kept = 0;
    for (size_t i = 0; i < card->lines.count; i++) {
        bool all = true;
        for (size_t j = 1; j < group->count; j++) {
            all = all && has_line(&nodes[group->items[j]], card->lines.items[i]);
        }
        if (all) {
            card->lines.items[kept++] = card->lines.items[i];
        }
    }
    card->lines.count = kept;
    for (size_t j = 1; j < group->count; j++) {
        stands_for[group->items[j]] = group->items[0];
        names = arena_printf(builder->arena, "%.*s, %.*s", STR_ARG(names),
                             STR_ARG(nodes[group->items[j]].tooltip));
    }
    card->name = name;
    card->tooltip = view_cut(builder->arena, names, TOOLTIP_CHARS_MAX);
}

/* Without the cards that stand in another one, and without their edges. */
static void drop_folded(Builder *builder, const uint32_t *stands_for) {
    View *view = builder->view;
    uint32_t *places = arena_array(builder->arena, uint32_t, view->nodes.count);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < view->nodes.count; i++) {
        places[i] = kept;
        if (stands_for[i] == i) {
            view->nodes.items[kept++] = view->nodes.items[i];
        }
    }
    size_t edges = 0;
    for (size_t i = 0; i < view->edges.count; i++) {
        ViewEdge edge = view->edges.items[i];
        bool gone = (edge.from != NO_VIEW_NODE && stands_for[edge.from] != edge.from) ||
                    (edge.to != NO_VIEW_NODE && stands_for[edge.to] != edge.to);
        if (!gone) {
            edge.from = edge.from == NO_VIEW_NODE ? NO_VIEW_NODE : places[edge.from];
            edge.to = edge.to == NO_VIEW_NODE ? NO_VIEW_NODE : places[edge.to];
            view->edges.items[edges++] = edge;
        }
    }
    view->nodes.count = kept;
    view->edges.count = edges;
}

void view_fold(Builder *builder) {
    View *view = builder->view;
    uint32_t *stands_for = arena_array(builder->arena, uint32_t, view->nodes.count + 1);
    size_t cards = 0;
    for (uint32_t i = 0; i < view->nodes.count; i++) {
        stands_for[i] = i;
        cards += view->nodes.items[i].shape == VIEW_CARD;
    }
    for (uint32_t i = 0; i < view->nodes.count && cards > FOLD_ABOVE; i++) {
        Indices group = {0};
        if (stands_for[i] != i || !can_fold(&view->nodes.items[i])) {
            continue;
        }
        vec_push(builder->arena, &group, i);
        for (uint32_t j = i + 1; j < view->nodes.count; j++) {
            if (stands_for[j] == j && folds_with(builder, i, j)) {
                vec_push(builder->arena, &group, j);
            }
        }
        if (group.count >= FOLD_LEAST) {
            fold_group(builder, &group, stands_for);
        }
    }
    drop_folded(builder, stands_for);
}
