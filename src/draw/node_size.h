/* The size of what is drawn, in points, before Graphviz sees it. */
#ifndef DRAW_NODE_SIZE_H
#define DRAW_NODE_SIZE_H

#include "draw/view.h"

static inline uint32_t larger(uint32_t a, uint32_t b) {
    return a > b ? a : b;
}

typedef struct NodeSize {
    uint32_t width, height;
} NodeSize;

NodeSize node_size(const ViewNode *node, bool ascii);

/* The label of a box, which it must hold. */
uint32_t box_label_width(const ViewBox *box, bool ascii);

#endif
