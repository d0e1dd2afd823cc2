/* Rows and columns of a picture. Graphviz never saves a page: it lines up whatever it is given, so
 * the rows are made before it sees them, within the width of a page, and it places and routes
 * inside them. */
#ifndef DRAW_VIEW_LAYOUT_H
#define DRAW_VIEW_LAYOUT_H

#include "draw/node_size.h"

typedef VEC(uint32_t) IndexList;
typedef VEC(IndexList) RankList;

/* The cards that stand in a box itself, in columns. */
typedef struct CardStack {
    IndexList nodes;                /* row by row */
    uint32_t wanted, columns, rows; /* wanted: columns, as far as the box has room */
    uint32_t first_row;             /* of the picture */
    uint32_t width, x;
} CardStack;

/* A box is filled in shelves: its own stack and the boxes inside it side by side, while there is
 * room. */
typedef struct PackItem {
    uint32_t box; /* NO_BOX: the box's own stack */
    uint32_t shelf;
} PackItem;

typedef struct BoxPack {
    VEC(PackItem) items; /* as they stand */
    CardStack stack;
    RankList lower;                /* rows of what its cards share, below them */
    uint32_t parent, margin, room; /* room: for what stands inside, points */
    uint32_t label;
    uint32_t shelves, width, rows, first_row, x;
} BoxPack;

/* A card of a row, or the point where an edge to a row further below passes through it. */
typedef struct LayoutCell {
    uint32_t node;     /* NO_VIEW_NODE: a waypoint */
    uint32_t waypoint; /* index */
    uint32_t box;      /* pack */
    int32_t x;         /* left edge, points */
    uint32_t width;
} LayoutCell;

#define NO_EDGE UINT32_MAX

typedef struct Waypoint {
    uint32_t edge; /* of the view; NO_EDGE: where all edges leave the box */
    uint32_t box;  /* NO_BOX */
} Waypoint;

typedef VEC(LayoutCell) LayoutRow;

typedef struct Layout {
    BoxPack *packs; /* by box; behind the last one the page itself */
    size_t pack_count;
    NodeSize *sizes;           /* by node */
    uint32_t *busy;            /* by node: weight of the edges from above */
    int32_t *x;                /* by node: its middle, as far as known */
    IndexList services, gates; /* from left to right */
    LayoutRow *rows;           /* of cards */
    size_t row_count;
    VEC(Waypoint) waypoints; /* by edge, from above to below */
    RankList upper;          /* rows above the cards: consumers, services, gates */
    uint32_t width;          /* of the page, points */
} Layout;

enum {
    PAGE_WIDTH = 1133, /* points: 1600 px at 96 dpi without the margins */
    LAYOUT_GAP = 18,   /* nodesep */
};

void view_layout(Arena *arena, const View *view, Layout *ret_layout);

/* Adds a list as rows of at most that width; neighbours alternate, so that edges find their way. */
void layout_split(Arena *arena, const Layout *layout, const IndexList *list, uint32_t width,
                  RankList *rows);

/* Steps: sizes (view_layout.c), shelves (layout_shelves.c), the order in which edges are short and
 * cross little (layout_order.c), rows with waypoints (layout_rows.c). */
void layout_pack(const View *view, Layout *layout);
void layout_order(Arena *arena, const View *view, Layout *layout);
void layout_rows(Arena *arena, const View *view, Layout *layout);

/* Where edges that end at a box come in: a card; and where they leave it: a waypoint. NO_VIEW_NODE
 * if the box is empty. */
uint32_t layout_entry(const Layout *layout, uint32_t box);
uint32_t layout_exit(const Layout *layout, uint32_t box);

#endif
