/* Shelves: which boxes and cards stand side by side, and where. */
#include "draw/view_layout.h"

enum {
    BOX_GAP = 16,    /* between two boxes */
    PASSING_MAX = 3, /* edges beside a card that are counted */
};

/* Edges to its lower rows pass beside the cards above. */
static uint32_t passing_width(const Layout *layout, const CardStack *stack) {
    uint32_t lowered = 0;
    for (size_t i = stack->columns; i < stack->nodes.count; i++) {
        lowered += layout->busy[stack->nodes.items[i]] > 0;
    }
    return (lowered < PASSING_MAX ? lowered : PASSING_MAX) * LAYOUT_GAP;
}

static void size_stack(const Layout *layout, CardStack *stack, uint32_t room) {
    uint32_t count = (uint32_t)stack->nodes.count;
    for (stack->columns = stack->wanted;; stack->columns--) {
        stack->rows = (count + stack->columns - 1) / stack->columns;
        stack->width = 0;
        for (uint32_t row = 0; row < stack->rows; row++) {
            uint32_t width = 0;
            for (uint32_t i = row * stack->columns; i < count && i < (row + 1) * stack->columns;
                 i++) {
                width += layout->sizes[stack->nodes.items[i]].width + (width ? LAYOUT_GAP : 0);
            }
            stack->width = larger(stack->width, width);
        }
        stack->width += passing_width(layout, stack);
        if (stack->columns == 1 || stack->width <= room) {
            return;
        }
    }
}

static uint32_t item_width(const Layout *layout, const BoxPack *pack, const PackItem *item) {
    return item->box == NO_BOX ? pack->stack.width : layout->packs[item->box].width;
}

static uint32_t item_rows(const Layout *layout, const BoxPack *pack, const PackItem *item) {
    return item->box == NO_BOX ? pack->stack.rows : layout->packs[item->box].rows;
}

/* What stands on the page itself has a shelf of its own, below all boxes. */
static bool stands_alone(const BoxPack *pack, const PackItem *item) {
    return pack->parent == NO_BOX && item->box == NO_BOX;
}

static uint32_t row_width(const Layout *layout, const IndexList *row) {
    uint32_t width = 0;
    for (size_t i = 0; i < row->count; i++) {
        width += layout->sizes[row->items[i]].width + (i ? LAYOUT_GAP : 0);
    }
    return width;
}

static void fill_shelves(Layout *layout, BoxPack *pack) {
    uint32_t used = 0;
    uint32_t tallest = 0;
    pack->shelves = pack->rows = pack->width = 0;
    for (size_t i = 0; i < pack->items.count; i++) {
        PackItem *item = &pack->items.items[i];
        uint32_t width = item_width(layout, pack, item);
        if (used && (used + BOX_GAP + width > pack->room || stands_alone(pack, item))) {
            pack->shelves++;
            pack->rows += tallest;
            used = tallest = 0;
        }
        item->shelf = pack->shelves;
        used += width + (used ? BOX_GAP : 0);
        tallest = larger(tallest, item_rows(layout, pack, item));
        pack->width = larger(pack->width, used);
    }
    pack->shelves++;
    pack->rows += tallest + (uint32_t)pack->lower.count;
    for (size_t i = 0; i < pack->lower.count; i++) {
        pack->width = larger(pack->width, row_width(layout, &pack->lower.items[i]));
    }
    pack->width = larger(pack->width + 2 * pack->margin, pack->label + 2 * pack->margin);
}

/* Rows and places, parents first. */
static void place_items(Layout *layout, BoxPack *pack) {
    uint32_t row = pack->first_row;
    uint32_t x = pack->x + pack->margin;
    uint32_t tallest = 0;
    for (size_t i = 0; i < pack->items.count; i++) {
        const PackItem *item = &pack->items.items[i];
        if (i && item->shelf != pack->items.items[i - 1].shelf) {
            row += tallest;
            x = pack->x + pack->margin;
            tallest = 0;
        }
        tallest = larger(tallest, item_rows(layout, pack, item));
        if (item->box == NO_BOX) {
            pack->stack.first_row = row;
            pack->stack.x = x;
        } else {
            layout->packs[item->box].first_row = row;
            layout->packs[item->box].x = x;
        }
        x += item_width(layout, pack, item) + BOX_GAP;
    }
}

void layout_pack(const View *view, Layout *layout) {
    for (size_t i = 0; i < layout->pack_count; i++) {
        BoxPack *pack = &layout->packs[i];
        if (pack->stack.nodes.count) {
            size_stack(layout, &pack->stack, pack->room);
        }
    }
    size_t page = view->boxes.count;
    for (size_t i = page; i--;) {
        fill_shelves(layout, &layout->packs[i]);
    }
    fill_shelves(layout, &layout->packs[page]);
    place_items(layout, &layout->packs[page]);
    for (size_t i = 0; i < page; i++) {
        place_items(layout, &layout->packs[i]);
    }
    layout->row_count = layout->packs[page].rows;
    layout->width = layout->packs[page].width;
}
