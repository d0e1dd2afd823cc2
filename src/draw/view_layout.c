#include "draw/view_layout.h"
#include "base/fold.h"

/* Points. */
enum {
    PAGE_WIDTH = 1090, /* 1600 px at 96 dpi without the margins */
    GAP = 27,          /* nodesep */
    BOX_MARGIN = 32,
    CARD_HEIGHT = 120,
    BAND_HEIGHT = 90, /* box labels and the space between two rows of boxes */
};

static uint32_t chars(Str text) {
    return (uint32_t)utf8_length(text);
}

static uint32_t at_least(uint32_t a, uint32_t b) {
    return a > b ? a : b;
}

static uint32_t card_width(const ViewNode *node) {
    uint32_t width =
        62 + chars(node->name) * 9 + (uint32_t)node->badges.count * 36 + (node->open ? 20 : 0);
    for (size_t i = 0; i < node->lines.count; i++) {
        width = at_least(width, 24 + chars(node->lines.items[i]) * 6);
    }
    for (size_t i = 0; i < node->bars.count; i++) {
        width = at_least(width, 36 + chars(node->bars.items[i].text) * 7);
        width = at_least(width, 36 + chars(node->bars.items[i].clash) * 7);
    }
    return width;
}

/* ---- boxes in the order in which they stand ---- */

/* Depth first, without recursion: `next` is pushed in reverse. */
static uint32_t *box_order(Arena *arena, const View *view) {
    size_t count = view->boxes.count;
    uint32_t *order = arena_array(arena, uint32_t, count + 1);
    uint32_t *stack = arena_array(arena, uint32_t, count + 1);
    size_t depth = 0;
    size_t at = 0;
    for (size_t i = count; i--;) {
        if (view->boxes.items[i].parent == NO_BOX) {
            stack[depth++] = (uint32_t)i;
        }
    }
    while (depth) {
        uint32_t box = stack[--depth];
        order[at++] = box;
        for (size_t i = count; i--;) {
            if (view->boxes.items[i].parent == box) {
                stack[depth++] = (uint32_t)i;
            }
        }
    }
    order[count] = NO_BOX; /* what stands in no box comes last */
    return order;
}

static void make_stacks(Arena *arena, const View *view, Layout *layout) {
    const uint32_t *order = box_order(arena, view);
    layout->stacks = arena_array(arena, CardStack, view->boxes.count + 1);
    for (size_t i = 0; i <= view->boxes.count; i++) {
        CardStack stack = {.box = order[i]};
        for (size_t j = 0; j < view->nodes.count; j++) {
            const ViewNode *node = &view->nodes.items[j];
            if ((node->shape == VIEW_CARD || node->shape == VIEW_REST) && node->box == order[i]) {
                vec_push(arena, &stack.nodes, (uint32_t)j);
                stack.width = at_least(stack.width, card_width(node));
            }
        }
        if (stack.nodes.count) {
            layout->stacks[layout->stack_count++] = stack;
        }
    }
}

/* ---- rows ---- */

static uint32_t parent_of(const View *view, uint32_t box) {
    return box == NO_BOX ? NO_BOX : view->boxes.items[box].parent;
}

static uint32_t stack_width(const CardStack *stack) {
    return stack->columns * (stack->width + GAP) + BOX_MARGIN;
}

/* Stacks side by side while the page is wide enough; the boxes of a box that takes several rows
 * stand alone in them. At most `columns` in a stack. Returns the height. */
static uint32_t place(const View *view, Layout *layout, uint32_t columns) {
    uint32_t height = 0;
    uint32_t used = 0;
    uint32_t tallest = 0;
    uint32_t row = 0;
    bool wrapped = false;
    for (size_t i = 0; i < layout->stack_count; i++) {
        CardStack *stack = &layout->stacks[i];
        uint32_t count = (uint32_t)stack->nodes.count;
        uint32_t fit = at_least(1, (PAGE_WIDTH - BOX_MARGIN) / (stack->width + GAP));
        uint32_t most = columns < fit ? columns : fit;
        stack->rows = (count + most - 1) / most;
        stack->columns = (count + stack->rows - 1) / stack->rows;
        bool same = i && parent_of(view, stack->box) == parent_of(view, layout->stacks[i - 1].box);
        bool full = used && used + stack_width(stack) > PAGE_WIDTH;
        if (full || (wrapped && !same)) {
            row += tallest;
            height += tallest * CARD_HEIGHT + BAND_HEIGHT;
            used = tallest = 0;
            wrapped = full && same;
        }
        stack->first_row = row;
        used += stack_width(stack);
        tallest = at_least(tallest, stack->rows);
    }
    layout->row_count = row + tallest;
    return height + tallest * CARD_HEIGHT + BAND_HEIGHT;
}

void view_layout(Arena *arena, const View *view, Layout *ret_layout) {
    *ret_layout = (Layout){.stack_count = 0};
    make_stacks(arena, view, ret_layout);
    uint32_t most = 1;
    for (size_t i = 0; i < ret_layout->stack_count; i++) {
        most = at_least(most, (uint32_t)ret_layout->stacks[i].nodes.count);
    }
    uint32_t best = 1;
    uint32_t best_height = UINT32_MAX;
    for (uint32_t columns = 1; columns <= most; columns++) {
        uint32_t height = place(view, ret_layout, columns);
        if (height < best_height) {
            best_height = height;
            best = columns;
        }
    }
    place(view, ret_layout, best);
}

bool view_box_is_inside(const View *view, uint32_t box, uint32_t outer) {
    while (box != NO_BOX && box != outer) {
        box = view->boxes.items[box].parent;
    }
    return box == outer;
}

uint32_t layout_anchor(const View *view, const Layout *layout, uint32_t box) {
    uint32_t lowest = 0;
    uint32_t anchor = NO_VIEW_NODE;
    size_t count = 0;
    /* Of the stacks that reach lowest, the one in the middle. */
    for (int pass = 0; pass < 2; pass++) {
        size_t middle = count / 2;
        size_t seen = 0;
        for (size_t i = 0; i < layout->stack_count; i++) {
            const CardStack *stack = &layout->stacks[i];
            uint32_t end = stack->first_row + stack->rows;
            if (!view_box_is_inside(view, stack->box, box)) {
                continue;
            }
            if (!pass) {
                count = end > lowest ? 1 : end == lowest ? count + 1 : count;
                lowest = at_least(lowest, end);
            } else if (end == lowest && seen++ == middle) {
                size_t row_start = (size_t)(stack->rows - 1) * stack->columns;
                size_t last = stack->nodes.count - 1;
                anchor = stack->nodes.items[(row_start + last) / 2];
            }
        }
    }
    return anchor;
}
