#include "draw/node_size.h"

#include "draw/text_width.h"

/* Points; what dot.c puts around the texts. */
enum {
    CARD_FRAME = 8,
    TILE_WIDTH = 48,
    BADGE_WIDTH = 38,
    OPEN_WIDTH = 22,
    GLYPH_WIDTH = 16,
    LETTERS_WIDTH = 32, /* where signs are letters */
    BAR_PADDING = 8,
    HEAD_HEIGHT = 34,
    LINE_HEIGHT = 17,
    BAR_HEIGHT = 22,
    HEXAGON_TENTHS = 17, /* its width, in tenths of that of its table */
};

static uint32_t widest_line(const ViewNode *node, bool bold) {
    uint32_t width = 0;
    for (size_t i = 0; i < node->lines.count; i++) {
        bool strong = bold && i == node->strong;
        width = larger(width, text_width(node->lines.items[i], strong ? 11 : 10, strong));
    }
    return width;
}

static NodeSize card_size(const ViewNode *node, uint32_t glyph) {
    uint32_t badges = (uint32_t)node->badges.count;
    uint32_t width = TILE_WIDTH + text_width(node->name, 13, true) + 6 + badges * BADGE_WIDTH +
                     (node->open ? OPEN_WIDTH : 0);
    uint32_t height = HEAD_HEIGHT + (uint32_t)node->lines.count * LINE_HEIGHT;
    width = larger(width, widest_line(node, false) + BAR_PADDING);
    for (size_t i = 0; i < node->bars.count; i++) {
        const Bar *bar = &node->bars.items[i];
        uint32_t text = larger(text_width(bar->text, 10, true), text_width(bar->clash, 10, true));
        width = larger(width, text + glyph + BAR_PADDING);
        height += bar->clash.n ? 2 * BAR_HEIGHT : BAR_HEIGHT;
    }
    height += node->bare ? BAR_HEIGHT : 0;
    return (NodeSize){width + CARD_FRAME, height};
}

static NodeSize service_size(const ViewNode *node, uint32_t glyph) {
    uint32_t badges = (uint32_t)node->badges.count;
    uint32_t width = larger(text_width(node->name, 13, true), widest_line(node, false));
    width = larger(width, text_width(node->verdict, 10, true) + glyph);
    width = larger(width, badges * BADGE_WIDTH);
    uint32_t height = 54 + (uint32_t)node->lines.count * LINE_HEIGHT + (badges ? BAR_HEIGHT : 0);
    return (NodeSize){width + 15, height};
}

static NodeSize gate_size(const ViewNode *node, uint32_t glyph) {
    uint32_t badges = (uint32_t)node->badges.count;
    uint32_t width = larger(text_width(node->name, 12, true) + glyph, widest_line(node, true));
    width = larger(width, badges * BADGE_WIDTH);
    uint32_t height = 36 + (uint32_t)node->lines.count * LINE_HEIGHT + (badges ? BAR_HEIGHT : 0);
    return (NodeSize){width * HEXAGON_TENTHS / 10, height * 4 / 3};
}

NodeSize node_size(const ViewNode *node, bool ascii) {
    uint32_t glyph = ascii ? LETTERS_WIDTH : GLYPH_WIDTH;
    switch (node->shape) {
    case VIEW_SERVICE:
        return service_size(node, glyph);
    case VIEW_GATE:
        return gate_size(node, glyph);
    case VIEW_REST: {
        uint32_t width = larger(text_width(node->name, 12, true), widest_line(node, false) + 10);
        return (NodeSize){width + CARD_FRAME,
                          HEAD_HEIGHT + (uint32_t)node->lines.count * LINE_HEIGHT};
    }
    case VIEW_CONSUMER:
    case VIEW_BESIDE:
    case VIEW_CARD:
    case VIEW_SHARED:
        break;
    }
    return card_size(node, glyph);
}

uint32_t box_label_width(const ViewBox *box, bool ascii) {
    uint32_t glyph = ascii ? LETTERS_WIDTH : GLYPH_WIDTH;
    return text_width(box->kind, 9, true) + text_width(box->name, 13, true) +
           text_width(box->note, 10, false) + (box->note.n ? glyph : 0) +
           (uint32_t)box->badges.count * BADGE_WIDTH + 24;
}
