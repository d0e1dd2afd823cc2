/* Rows and columns of the cards. Graphviz never saves a page: it lines up whatever it is given, so
 * the rows are made before it sees them. */
#ifndef DRAW_VIEW_LAYOUT_H
#define DRAW_VIEW_LAYOUT_H

#include "draw/view.h"

/* The cards of one box that stand in no box of their own, in `columns` columns. */
typedef struct CardStack {
    uint32_t box; /* NO_BOX */
    VEC(uint32_t) nodes;
    uint32_t columns, rows;
    uint32_t first_row; /* of the picture */
    uint32_t width;     /* of one column, points, estimated */
} CardStack;

typedef struct Layout {
    CardStack *stacks; /* as they stand, box by box */
    size_t stack_count;
    uint32_t row_count;
} Layout;

void view_layout(Arena *arena, const View *view, Layout *ret_layout);

/* A card near the lower edge of a box, for an edge that leaves it; NO_VIEW_NODE if the box is
 * empty. */
uint32_t layout_anchor(const View *view, const Layout *layout, uint32_t box);

bool view_box_is_inside(const View *view, uint32_t box, uint32_t outer);

#endif
