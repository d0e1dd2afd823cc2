/* Rows from left to right, and waypoints: Graphviz leads an edge from outside around a box and
 * through its side, unless it has a point to pass in each row above its end. */
#include <stdlib.h>

#include "draw/view_layout.h"

static uint32_t page_of(const Layout *layout) {
    return (uint32_t)layout->pack_count - 1;
}

static uint32_t pack_of(const Layout *layout, uint32_t box) {
    return box == NO_BOX ? page_of(layout) : box;
}

static bool pack_has(const Layout *layout, uint32_t pack, uint32_t inner) {
    while (inner != pack && layout->packs[inner].parent != NO_BOX) {
        inner = layout->packs[inner].parent;
    }
    return inner == pack;
}

/* ---- rows of cards ---- */

static void insert_cell(Arena *arena, LayoutRow *row, size_t at, LayoutCell cell) {
    vec_push(arena, row, cell);
    for (size_t i = row->count - 1; i > at; i--) {
        row->items[i] = row->items[i - 1];
    }
    row->items[at] = cell;
}

static void add_stack(Arena *arena, Layout *layout, uint32_t pack) {
    const CardStack *stack = &layout->packs[pack].stack;
    int32_t x = 0;
    for (size_t i = 0; i < stack->nodes.count; i++) {
        uint32_t node = stack->nodes.items[i];
        LayoutRow *row = &layout->rows[stack->first_row + i / stack->columns];
        x = i % stack->columns ? x : (int32_t)stack->x;
        LayoutCell cell = {node, 0, pack, x, layout->sizes[node].width};
        size_t at = row->count;
        while (at && row->items[at - 1].x > x) {
            at--;
        }
        insert_cell(arena, row, at, cell);
        x += (int32_t)cell.width + LAYOUT_GAP;
    }
}

/* In the middle below the cards; Graphviz orders them by their edges. */
static void add_lower(Arena *arena, Layout *layout, uint32_t pack) {
    const BoxPack *box = &layout->packs[pack];
    for (size_t i = 0; i < box->lower.count; i++) {
        LayoutRow *row = &layout->rows[box->first_row + box->rows - box->lower.count + i];
        const IndexList *list = &box->lower.items[i];
        int32_t x = (int32_t)(box->x + box->margin);
        for (size_t j = 0; j < list->count; j++) {
            LayoutCell cell = {list->items[j], 0, pack, x, layout->sizes[list->items[j]].width};
            size_t at = row->count;
            while (at && row->items[at - 1].x > x) {
                at--;
            }
            insert_cell(arena, row, at, cell);
            x += (int32_t)cell.width + LAYOUT_GAP;
        }
    }
}

/* ---- waypoints ---- */

/* The box right inside `pack` that holds the cell; the cell's own if it stands in `pack` itself. */
static uint32_t branch_of(const Layout *layout, uint32_t pack, const LayoutCell *cell) {
    uint32_t at = cell->box;
    while (at != pack && layout->packs[at].parent != pack) {
        at = layout->packs[at].parent;
    }
    return at;
}

/* True if a point between two neighbours, one of which may be missing, can stand in `pack`. */
static bool slot_is_in(const Layout *layout, uint32_t pack, const LayoutCell *left,
                       const LayoutCell *right) {
    bool left_in = left && pack_has(layout, pack, left->box);
    bool right_in = right && pack_has(layout, pack, right->box);
    if (!left_in || !right_in) {
        return left_in || right_in;
    }
    uint32_t branch = branch_of(layout, pack, left);
    return branch == pack || branch != branch_of(layout, pack, right);
}

static int32_t slot_x(const LayoutCell *left, const LayoutCell *right) {
    int32_t end = left ? left->x + (int32_t)left->width : 0;
    int32_t start = right ? right->x : end + LAYOUT_GAP;
    return left ? (end + start) / 2 : start - LAYOUT_GAP / 2;
}

/* Between two neighbours, as near to a place as may be. */
static int32_t nearest_x(const LayoutCell *left, const LayoutCell *right, int32_t wanted) {
    int32_t least = left ? left->x + (int32_t)left->width : INT32_MIN;
    int32_t most = right ? right->x : INT32_MAX;
    return wanted < least ? least : wanted > most ? most : wanted;
}

/* Puts a point of `pack` into a row, as near as may be to two places. */
static void add_point(Arena *arena, Layout *layout, LayoutRow *row, uint32_t pack, uint32_t edge,
                      const int32_t *near) {
    size_t best = SIZE_MAX;
    int32_t best_distance = INT32_MAX;
    LayoutCell cell = {NO_VIEW_NODE, (uint32_t)layout->waypoints.count, pack, 0, 0};
    for (size_t i = 0; i <= row->count; i++) {
        const LayoutCell *left = i ? &row->items[i - 1] : NULL;
        const LayoutCell *right = i < row->count ? &row->items[i] : NULL;
        int32_t x = edge == NO_EDGE ? nearest_x(left, right, near[0]) : slot_x(left, right);
        int32_t distance = 2 * abs(x - near[0]) + abs(x - near[1]);
        if (slot_is_in(layout, pack, left, right) && distance < best_distance) {
            best_distance = distance;
            best = i;
            cell.x = x;
        }
    }
    if (best != SIZE_MAX) { /* else nothing stands there that an edge could run into */
        insert_cell(arena, row, best, cell);
        vec_push(arena, &layout->waypoints,
                 ((Waypoint){edge, pack == page_of(layout) ? NO_BOX : pack}));
    }
}

static void add_waypoint(Arena *arena, const View *view, Layout *layout, uint32_t edge,
                         uint32_t at) {
    const ViewEdge *known = &view->edges.items[edge];
    bool to_box = known->head_box != NO_BOX;
    uint32_t pack = to_box ? known->head_box : pack_of(layout, view->nodes.items[known->to].box);
    int32_t middle = (int32_t)(layout->packs[pack].x + layout->packs[pack].width / 2);
    int32_t near[] = {to_box ? middle : layout->x[known->to], layout->x[known->from]};
    while (at < layout->packs[pack].first_row ||
           at >= layout->packs[pack].first_row + layout->packs[pack].rows) {
        pack = layout->packs[pack].parent;
    }
    add_point(arena, layout, &layout->rows[at], pack, edge, near);
}

/* One point in the lowest row of a box that edges leave. */
static void add_exits(Arena *arena, const View *view, Layout *layout) {
    for (uint32_t box = 0; box < view->boxes.count; box++) {
        const BoxPack *pack = &layout->packs[box];
        bool needed = false;
        for (size_t i = 0; i < view->edges.count && !needed; i++) {
            needed = view->edges.items[i].tail_box == box;
        }
        uint32_t rows = pack->rows - (uint32_t)pack->lower.count;
        if (needed && rows) {
            int32_t middle = (int32_t)(pack->x + pack->width / 2);
            int32_t near[] = {middle, middle};
            add_point(arena, layout, &layout->rows[pack->first_row + rows - 1], box, NO_EDGE, near);
        }
    }
}

/* The row in which an edge ends; 0 if it ends at nothing that stands in a row. */
static uint32_t end_row(const View *view, const Layout *layout, const ViewEdge *edge) {
    if (edge->head_box != NO_BOX) {
        return layout->packs[edge->head_box].first_row;
    }
    if (edge->from == NO_VIEW_NODE || edge->to == NO_VIEW_NODE ||
        view->nodes.items[edge->to].shape != VIEW_CARD) {
        return 0;
    }
    const CardStack *stack = &layout->packs[pack_of(layout, view->nodes.items[edge->to].box)].stack;
    size_t at = 0;
    while (at < stack->nodes.count && stack->nodes.items[at] != edge->to) {
        at++;
    }
    return stack->first_row + (uint32_t)at / stack->columns;
}

static void add_waypoints(Arena *arena, const View *view, Layout *layout) {
    for (size_t i = 0; i < view->edges.count; i++) {
        uint32_t end = end_row(view, layout, &view->edges.items[i]);
        for (uint32_t row = 0; row < end; row++) {
            add_waypoint(arena, view, layout, (uint32_t)i, row);
        }
    }
}

/* ---- rows above and below ---- */

void layout_rows(Arena *arena, const View *view, Layout *layout) {
    layout->rows = arena_array(arena, LayoutRow, layout->row_count + 1);
    for (uint32_t i = 0; i < layout->pack_count; i++) {
        add_stack(arena, layout, i);
        add_lower(arena, layout, i);
    }
    add_waypoints(arena, view, layout);
    add_exits(arena, view, layout);
    IndexList consumers = {0};
    for (size_t i = 0; i < view->nodes.count; i++) {
        if (view->nodes.items[i].shape == VIEW_CONSUMER) {
            vec_push(arena, &consumers, (uint32_t)i);
        }
    }
    layout_split(arena, layout, &consumers, PAGE_WIDTH, &layout->upper);
    layout_split(arena, layout, &layout->services, PAGE_WIDTH, &layout->upper);
    layout_split(arena, layout, &layout->gates, PAGE_WIDTH, &layout->upper);
    for (size_t i = 0; i < layout->upper.count; i++) {
        uint32_t width = 0;
        for (size_t j = 0; j < layout->upper.items[i].count; j++) {
            width += layout->sizes[layout->upper.items[i].items[j]].width + (j ? LAYOUT_GAP : 0);
        }
        layout->width = width > layout->width ? width : layout->width;
    }
}

/* Of the upper row. */
uint32_t layout_entry(const Layout *layout, uint32_t box) {
    int32_t middle = (int32_t)(layout->packs[box].x + layout->packs[box].width / 2);
    uint32_t entry = NO_VIEW_NODE;
    int32_t best = INT32_MAX;
    for (uint32_t i = 0; i < layout->pack_count; i++) {
        const CardStack *stack = &layout->packs[i].stack;
        if (stack->first_row != layout->packs[box].first_row || !pack_has(layout, box, i)) {
            continue;
        }
        for (size_t j = 0; j < stack->nodes.count && j < stack->columns; j++) {
            int32_t distance = abs(layout->x[stack->nodes.items[j]] - middle);
            if (distance < best) {
                best = distance;
                entry = stack->nodes.items[j];
            }
        }
    }
    return entry;
}

uint32_t layout_exit(const Layout *layout, uint32_t box) {
    for (uint32_t i = 0; i < layout->waypoints.count; i++) {
        const Waypoint *point = &layout->waypoints.items[i];
        if (point->edge == NO_EDGE && point->box == box) {
            return i;
        }
    }
    return NO_VIEW_NODE;
}
