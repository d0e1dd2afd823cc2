/* Sizes, and how many columns each box gets. */
#include "draw/view_layout.h"

enum {
    PASSING_WIDTH = 26,
    ROW_COST = 150,    /* a row of cards, points */
    SHELF_COST = 90,   /* labels of boxes and the space between shelves */
    LOWERED_COST = 20, /* an edge that has to pass a row of cards, for each unit of its weight */
    COLUMNS_TRIED = 8,
};

static uint32_t box_margin(BoxStyle style) {
    switch (style) {
    case BOX_SITE:
        return 18;
    case BOX_PLAIN:
    case BOX_SCOPE:
        return 16;
    case BOX_HOST:
        break;
    }
    return 14;
}

/* ---- what stands where, before any order ---- */

/* A card with edges from above belongs into the upper row, the more the worse it is. */
static void find_busy(Arena *arena, const View *view, Layout *layout) {
    layout->busy = arena_array(arena, uint32_t, view->nodes.count + 1);
    for (size_t i = 0; i < view->edges.count; i++) {
        const ViewEdge *edge = &view->edges.items[i];
        if (edge->head_box == NO_BOX && edge->from != NO_VIEW_NODE) {
            layout->busy[edge->to] +=
                2u + (edge->style == EDGE_ONLY_PATH) - (edge->style == EDGE_VOTE);
        }
    }
    for (size_t i = 0; i < view->nodes.count; i++) {
        layout->busy[i] += layout->busy[i] ? (uint32_t)view->nodes.items[i].severity : 0;
    }
}

/* Cards with edges first, the upper row is theirs; then those of which something is said. */
static int turn_of(const ViewNode *node, uint32_t busy) {
    return busy ? 0 : node->badges.count || node->bare ? 1 : 2;
}

static void fill_stack(Arena *arena, const View *view, uint32_t box, Layout *layout,
                       CardStack *stack) {
    for (int turn = 0; turn < 3; turn++) {
        for (size_t i = 0; i < view->nodes.count; i++) {
            const ViewNode *node = &view->nodes.items[i];
            bool card = node->shape == VIEW_CARD || node->shape == VIEW_REST;
            if (card && node->box == box && turn_of(node, layout->busy[i]) == turn) {
                vec_push(arena, &stack->nodes, (uint32_t)i);
            }
        }
    }
    stack->columns = stack->wanted = 1;
}

void layout_split(Arena *arena, const Layout *layout, const IndexList *list, uint32_t width,
                  RankList *rows) {
    uint32_t total = 0;
    for (size_t i = 0; i < list->count; i++) {
        total += layout->sizes[list->items[i]].width + LAYOUT_GAP;
    }
    size_t parts = total / (width + LAYOUT_GAP + 1) + 1;
    for (size_t part = 0; part < parts && part < list->count; part++) {
        IndexList row = {0};
        for (size_t i = part; i < list->count; i += parts) {
            vec_push(arena, &row, list->items[i]);
        }
        vec_push(arena, rows, row);
    }
}

/* What cards share stands below those of its box, near things first. */
static void fill_lower(Arena *arena, const View *view, uint32_t box, const Layout *layout,
                       BoxPack *pack) {
    enum { LEVELS = 5 };
    for (uint32_t level = 0; level < LEVELS; level++) {
        IndexList list = {0};
        for (size_t i = 0; i < view->nodes.count; i++) {
            const ViewNode *node = &view->nodes.items[i];
            if (node->shape == VIEW_SHARED && node->box == box && node->level == level) {
                vec_push(arena, &list, (uint32_t)i);
            }
        }
        layout_split(arena, layout, &list, pack->room, &pack->lower);
    }
}

static void make_packs(Arena *arena, const View *view, uint32_t room, Layout *layout) {
    size_t boxes = view->boxes.count;
    layout->packs = arena_array(arena, BoxPack, boxes + 1);
    layout->pack_count = boxes + 1;
    layout->packs[boxes] = (BoxPack){.parent = NO_BOX, .room = room};
    for (size_t i = 0; i < boxes; i++) { /* parents first */
        const ViewBox *box = &view->boxes.items[i];
        BoxPack *pack = &layout->packs[i];
        pack->parent = box->parent == NO_BOX ? (uint32_t)boxes : box->parent;
        pack->margin = box_margin(box->style);
        pack->label = box_label_width(box, view->ascii);
        pack->room = layout->packs[pack->parent].room - 2 * pack->margin;
        vec_push(arena, &layout->packs[pack->parent].items, ((PackItem){(uint32_t)i, 0}));
    }
    for (size_t i = 0; i <= boxes; i++) {
        BoxPack *pack = &layout->packs[i];
        fill_stack(arena, view, i == boxes ? NO_BOX : (uint32_t)i, layout, &pack->stack);
        fill_lower(arena, view, i == boxes ? NO_BOX : (uint32_t)i, layout, pack);
        if (pack->stack.nodes.count) {
            vec_push(arena, &pack->items, ((PackItem){NO_BOX, 0}));
        }
    }
}

/* ---- columns ---- */

static uint32_t cost_of(const View *view, const Layout *layout) {
    uint32_t cost = layout->packs[view->boxes.count].rows * ROW_COST;
    for (size_t i = 0; i < layout->pack_count; i++) {
        const BoxPack *pack = &layout->packs[i];
        const CardStack *stack = &pack->stack;
        cost += pack->shelves * SHELF_COST + stack->rows;
        for (size_t j = 0; j < stack->nodes.count; j++) {
            uint32_t row = stack->first_row + (uint32_t)j / stack->columns;
            cost += row ? layout->busy[stack->nodes.items[j]] * LOWERED_COST : 0;
        }
    }
    return cost;
}

static void set_columns(Layout *layout, const uint32_t *columns) {
    for (size_t i = 0; i < layout->pack_count; i++) {
        layout->packs[i].stack.wanted = columns[i];
    }
}

static void get_columns(const Layout *layout, uint32_t *columns) {
    for (size_t i = 0; i < layout->pack_count; i++) {
        columns[i] = layout->packs[i].stack.wanted;
    }
}

/* One column more for the stack where it helps most, while it helps. */
static uint32_t widen(const View *view, Layout *layout, uint32_t *columns) {
    layout_pack(view, layout);
    uint32_t best = cost_of(view, layout);
    for (size_t chosen = 0; chosen != SIZE_MAX;) {
        chosen = SIZE_MAX;
        get_columns(layout, columns);
        for (size_t i = 0; i < layout->pack_count; i++) {
            if (columns[i] >= layout->packs[i].stack.nodes.count) {
                continue;
            }
            layout->packs[i].stack.wanted++;
            layout_pack(view, layout);
            uint32_t cost = cost_of(view, layout);
            if (cost < best) {
                best = cost;
                chosen = i;
            }
            set_columns(layout, columns);
        }
        if (chosen != SIZE_MAX) {
            layout->packs[chosen].stack.wanted++;
        }
        layout_pack(view, layout);
    }
    get_columns(layout, columns);
    return best;
}

static void choose_columns(Arena *arena, const View *view, Layout *layout) {
    uint32_t most = 1;
    for (size_t i = 0; i < layout->pack_count; i++) {
        most = larger(most, (uint32_t)layout->packs[i].stack.nodes.count);
    }
    uint32_t *best = arena_array(arena, uint32_t, layout->pack_count);
    uint32_t *tried = arena_array(arena, uint32_t, layout->pack_count);
    uint32_t best_cost = UINT32_MAX;
    for (uint32_t limit = 1; limit <= most && limit <= COLUMNS_TRIED; limit++) {
        for (size_t i = 0; i < layout->pack_count; i++) {
            uint32_t count = (uint32_t)layout->packs[i].stack.nodes.count;
            layout->packs[i].stack.wanted = count && count < limit ? count : limit;
        }
        uint32_t cost = widen(view, layout, tried);
        if (cost < best_cost) {
            best_cost = cost;
            for (size_t i = 0; i < layout->pack_count; i++) {
                best[i] = tried[i];
            }
        }
    }
    set_columns(layout, best);
    layout_pack(view, layout);
}

/* What edges that pass between boxes add to the widest row. */
static uint32_t passing_boxes(const Layout *layout) {
    uint32_t most = 0;
    for (size_t i = 0; i < layout->row_count; i++) {
        uint32_t count = 0;
        for (size_t j = 0; j < layout->rows[i].count; j++) {
            const LayoutCell *cell = &layout->rows[i].items[j];
            const BoxPack *pack = &layout->packs[cell->box];
            count += cell->node == NO_VIEW_NODE && pack->rows > pack->stack.rows &&
                     layout->waypoints.items[cell->waypoint].edge != NO_EDGE;
        }
        most = larger(most, count);
    }
    return most * PASSING_WIDTH;
}

static void try_layout(Arena *arena, const View *view, uint32_t room, Layout *ret_layout) {
    *ret_layout = (Layout){.row_count = 0};
    ret_layout->sizes = arena_array(arena, NodeSize, view->nodes.count + 1);
    for (size_t i = 0; i < view->nodes.count; i++) {
        ret_layout->sizes[i] = node_size(&view->nodes.items[i], view->ascii);
    }
    find_busy(arena, view, ret_layout);
    make_packs(arena, view, room, ret_layout);
    choose_columns(arena, view, ret_layout);
    layout_order(arena, view, ret_layout);
    layout_rows(arena, view, ret_layout);
}

void view_layout(Arena *arena, const View *view, Layout *ret_layout) {
    enum { TRIES = 3, LEAST_ROOM = 600 };
    uint32_t room = PAGE_WIDTH;
    for (int i = 0; i < TRIES; i++) {
        try_layout(arena, view, room, ret_layout);
        uint32_t width = ret_layout->packs[view->boxes.count].width + passing_boxes(ret_layout);
        if (width <= PAGE_WIDTH || room == LEAST_ROOM) {
            return;
        }
        room = room - LEAST_ROOM < width - PAGE_WIDTH ? LEAST_ROOM : room - (width - PAGE_WIDTH);
    }
}
