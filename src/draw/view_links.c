/* Edges from services and gates to cards. A gate with many members points at the boxes they stand
 * in. */
#include "draw/view_build.h"

/* Arrows of one gate; fewer where there are many edges in all. */
enum { ENDS_MAX = 6, ENDS_CROWDED = 3, CROWDED = 20, SPREAD = 14, ENDS_SPREAD = 2 };

typedef struct End {
    uint32_t node;
    uint32_t box; /* NO_BOX: the card itself */
} End;
typedef VEC(End) EndList;

static uint32_t parent_of(const View *view, uint32_t box) {
    return box == NO_BOX ? NO_BOX : view->boxes.items[box].parent;
}

static uint32_t depth_of(const View *view, uint32_t box) {
    uint32_t depth = 0;
    for (; box != NO_BOX; box = view->boxes.items[box].parent) {
        depth++;
    }
    return depth;
}

static bool is_first(const EndList *ends, size_t at) {
    for (size_t i = 0; i < at; i++) {
        if (ends->items[i].box == ends->items[at].box) {
            return false;
        }
    }
    return true;
}

/* Arrows that it takes: one for each box, one for each card that stands in none. */
static size_t count_arrows(const EndList *ends) {
    size_t count = 0;
    for (size_t i = 0; i < ends->count; i++) {
        count += ends->items[i].box == NO_BOX || is_first(ends, i);
    }
    return count;
}

/* From the innermost boxes outwards until there are few enough. */
static void widen(const View *view, EndList *ends, size_t most) {
    while (count_arrows(ends) > most) {
        uint32_t deepest = 1;
        for (size_t i = 0; i < ends->count; i++) {
            uint32_t depth = depth_of(view, ends->items[i].box);
            deepest = depth > deepest ? depth : deepest;
        }
        if (deepest == 1) {
            return;
        }
        for (size_t i = 0; i < ends->count; i++) {
            if (depth_of(view, ends->items[i].box) == deepest) {
                ends->items[i].box = parent_of(view, ends->items[i].box);
            }
        }
    }
}

static void add_arrow(Builder *builder, uint32_t from, EdgeStyle style, const EndList *ends,
                      size_t at) {
    uint32_t box = ends->items[at].box;
    size_t members = 0;
    for (size_t i = 0; i < ends->count; i++) {
        members += ends->items[i].box == box;
    }
    ViewEdge edge = {from, ends->items[at].node, style, NO_BOX, NO_BOX, STR_NONE};
    if (box != NO_BOX && members > 1) {
        edge.to = NO_VIEW_NODE;
        edge.head_box = box;
        edge.label = arena_printf(builder->arena, "%zu members", members);
    }
    vec_push(builder->arena, &builder->view->edges, edge);
}

static void resolve_many(Builder *builder, uint32_t from, EdgeStyle style, EndList *ends,
                         size_t most) {
    for (size_t i = 0; i < ends->count; i++) {
        ends->items[i].box = builder->view->nodes.items[ends->items[i].node].box;
    }
    widen(builder->view, ends, most);
    for (size_t i = 0; i < ends->count; i++) {
        if (ends->items[i].box == NO_BOX || is_first(ends, i)) {
            add_arrow(builder, from, style, ends, i);
        }
    }
}

/* Boxes below each other make long ways. */
static size_t arrows_at_most(const Builder *builder) {
    size_t outermost = 0;
    for (size_t i = 0; i < builder->view->boxes.count; i++) {
        outermost += builder->view->boxes.items[i].parent == NO_BOX;
    }
    if (outermost > 1 && builder->links.count > SPREAD) {
        return ENDS_SPREAD;
    }
    return builder->links.count > CROWDED ? ENDS_CROWDED : ENDS_MAX;
}

/* Links whose card was left out are dropped: the card is counted in its box. */
static void resolve(Builder *builder, uint32_t from, EdgeStyle style) {
    EndList ends = {0};
    for (size_t i = 0; i < builder->links.count; i++) {
        const Link *link = &builder->links.items[i];
        uint32_t to = builder->node_of[link->to];
        if (link->from == from && link->style == style && to != NO_VIEW_NODE) {
            vec_push(builder->arena, &ends, ((End){to, NO_BOX}));
        }
    }
    size_t most = arrows_at_most(builder);
    if (ends.count > most) {
        resolve_many(builder, from, style, &ends, most);
        return;
    }
    for (size_t i = 0; i < ends.count; i++) {
        ViewEdge edge = {from, ends.items[i].node, style, NO_BOX, NO_BOX, STR_NONE};
        edge.label = style == EDGE_VOTE ? STR("vote") : STR_NONE;
        vec_push(builder->arena, &builder->view->edges, edge);
    }
}

void view_resolve_links(Builder *builder) {
    for (uint32_t from = 0; from < builder->view->nodes.count; from++) {
        ViewShape shape = builder->view->nodes.items[from].shape;
        for (int style = 0; style < EDGE_STYLES && (shape == VIEW_SERVICE || shape == VIEW_GATE);
             style++) {
            resolve(builder, from, (EdgeStyle)style);
        }
    }
}
