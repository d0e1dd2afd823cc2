#include "draw/dot.h"
#include "draw/view_layout.h"

typedef struct Writer {
    const View *view;
    Buf *out;
    Layout layout;
    bool *written; /* by box */
} Writer;

static void open_graph(const Writer *writer) {
    Buf *out = writer->out;
    buf_addz(out, "digraph topolint {\n"
                  "graph [rankdir=TB compound=true newrank=true fontname=\"" FONT
                  "\" bgcolor=white pad=0.35 "
                  "nodesep=0.38 ranksep=0.62 splines=true outputorder=edgesfirst];\n"
                  "node [fontname=\"" FONT "\" fontsize=11];\n"
                  "edge [fontname=\"" FONT "\" fontsize=10 color=\"" MUTED "\" fontcolor=\"" INK
                  "\" arrowsize=0.75 penwidth=1.3];\n"
                  "labelloc=b; labeljust=l; tooltip=");
    dot_string(out, writer->view->title);
    buf_addz(out, ";\nlabel=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" "
                  "CELLPADDING=\"3\"><TR><TD "
                  "COLSPAN=\"2\" HEIGHT=\"10\"></TD></TR><TR><TD VALIGN=\"TOP\">");
    dot_findings(out, writer->view);
    buf_addz(out, "</TD><TD VALIGN=\"TOP\">");
    dot_legend(out, writer->view);
    buf_addz(
        out,
        "</TD></TR></TABLE>>;\n"
        "subgraph cluster_all { penwidth=0; margin=4; labeljust=l; labelloc=t;\n"
        "label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLPADDING=\"2\"><TR><TD ALIGN=\"LEFT\">");
    dot_ink(out, (Ink){20, INK, true}, writer->view->title);
    buf_addz(out, "</TD></TR><TR><TD ALIGN=\"LEFT\">");
    dot_ink(out, (Ink){11, MUTED, false}, writer->view->subtitle);
    buf_addz(out, "</TD></TR></TABLE>>;\n");
}

static void write_node(const Writer *writer, uint32_t at) {
    const ViewNode *node = &writer->view->nodes.items[at];
    bool ascii = writer->view->ascii;
    switch (node->shape) {
    case VIEW_SERVICE:
        dot_service(writer->out, ascii, at, node);
        return;
    case VIEW_GATE:
        dot_gate(writer->out, ascii, at, node);
        return;
    case VIEW_CARD:
    case VIEW_SHARED:
        dot_card(writer->out, ascii, at, node);
        return;
    case VIEW_REST:
        dot_rest(writer->out, at, node);
        return;
    }
}

static void write_nodes_in(const Writer *writer, uint32_t box) {
    for (size_t i = 0; i < writer->view->nodes.count; i++) {
        if (writer->view->nodes.items[i].box == box) {
            write_node(writer, (uint32_t)i);
        }
    }
}

/* Boxes stand in order, a parent before its children; each is opened, and closed when the next one
 * does not stand inside it. */
static void write_boxes(const Writer *writer) {
    const View *view = writer->view;
    uint32_t open = NO_BOX;
    for (size_t done = 0; done < view->boxes.count;) {
        uint32_t next = NO_BOX;
        for (size_t i = 0; i < view->boxes.count && next == NO_BOX; i++) {
            if (view->boxes.items[i].parent == open && !writer->written[i]) {
                next = (uint32_t)i;
            }
        }
        if (next == NO_BOX) {
            dot_box_close(writer->out);
            open = view->boxes.items[open].parent;
            continue;
        }
        writer->written[next] = true;
        dot_box_open(writer->out, view->ascii, next, &view->boxes.items[next]);
        write_nodes_in(writer, next);
        open = next;
        done++;
    }
    for (; open != NO_BOX; open = view->boxes.items[open].parent) {
        dot_box_close(writer->out);
    }
}

/* ---- rows ---- */

static void same_rank(const Writer *writer, ViewShape shape, uint32_t level) {
    const View *view = writer->view;
    size_t count = 0;
    for (size_t i = 0; i < view->nodes.count; i++) {
        const ViewNode *node = &view->nodes.items[i];
        if (node->shape == shape && node->level == level) {
            buf_printf(writer->out, "%sn%zu;", count++ ? " " : "{rank=same; ", i);
        }
    }
    if (count) {
        buf_addz(writer->out, "}\n");
    }
}

static uint32_t stack_node(const CardStack *stack, uint32_t row, uint32_t column) {
    size_t at = (size_t)row * stack->columns + column;
    return at < stack->nodes.count ? stack->nodes.items[at] : NO_VIEW_NODE;
}

static void write_row(const Writer *writer, uint32_t row) {
    VEC(uint32_t) nodes = {0};
    for (size_t i = 0; i < writer->layout.stack_count; i++) {
        const CardStack *stack = &writer->layout.stacks[i];
        if (row < stack->first_row || row >= stack->first_row + stack->rows) {
            continue;
        }
        for (uint32_t column = 0; column < stack->columns; column++) {
            uint32_t node = stack_node(stack, row - stack->first_row, column);
            if (node != NO_VIEW_NODE) {
                vec_push(writer->view->arena, &nodes, node);
            }
        }
    }
    buf_addz(writer->out, "{rank=same;");
    for (size_t i = 0; i < nodes.count; i++) {
        buf_printf(writer->out, " n%u;", nodes.items[i]);
    }
    buf_addz(writer->out, "}\n");
    for (size_t i = 1; i < nodes.count; i++) {
        buf_printf(writer->out, "n%u -> n%u [style=invis];\n", nodes.items[i - 1], nodes.items[i]);
    }
}

/* The cards of a column stand under each other. */
static void write_stack(const Writer *writer, const CardStack *stack) {
    for (uint32_t row = 1; row < stack->rows; row++) {
        for (uint32_t column = 0; column < stack->columns; column++) {
            uint32_t node = stack_node(stack, row, column);
            if (node != NO_VIEW_NODE) {
                buf_printf(writer->out, "n%u -> n%u [style=invis weight=8];\n",
                           stack_node(stack, row - 1, column), node);
            }
        }
    }
}

/* A row of boxes stands under the one before. */
static void write_columns(const Writer *writer) {
    const Layout *layout = &writer->layout;
    size_t above = 0; /* first stack of the row of boxes before */
    size_t start = 0;
    for (size_t i = 0; i < layout->stack_count; i++) {
        const CardStack *stack = &layout->stacks[i];
        write_stack(writer, stack);
        if (i && stack->first_row != layout->stacks[i - 1].first_row) {
            above = start;
            start = i;
        }
        if (stack->first_row) {
            const CardStack *over = &layout->stacks[above];
            while (over->first_row + over->rows != stack->first_row) {
                over++;
            }
            buf_printf(writer->out, "n%u -> n%u [style=invis weight=0];\n",
                       stack_node(over, over->rows - 1, 0), stack_node(stack, 0, 0));
        }
    }
}

static void write_shared_rows(const Writer *writer) {
    const View *view = writer->view;
    const Layout *layout = &writer->layout;
    uint32_t lowest = layout->stack_count ? layout_anchor(view, layout, NO_BOX) : NO_VIEW_NODE;
    for (size_t i = 0; i < view->nodes.count; i++) {
        if (view->nodes.items[i].shape == VIEW_SHARED && !view->nodes.items[i].level &&
            lowest != NO_VIEW_NODE) {
            buf_printf(writer->out, "n%u -> n%zu [style=invis weight=0];\n", lowest, i);
        }
    }
    for (uint32_t level = 0; level < 5; level++) {
        same_rank(writer, VIEW_SHARED, level);
    }
}

static void write_edges(const Writer *writer) {
    const View *view = writer->view;
    for (size_t i = 0; i < view->edges.count; i++) {
        const ViewEdge *edge = &view->edges.items[i];
        uint32_t from = edge->from;
        if (from == NO_VIEW_NODE) {
            from = layout_anchor(view, &writer->layout, edge->tail_box);
        }
        if (from != NO_VIEW_NODE) {
            dot_edge(writer->out, from, edge);
        }
    }
}

void view_dot(const View *view, Buf *out) {
    Writer writer = {.view = view, .out = out};
    writer.written = arena_array(view->arena, bool, view->boxes.count + 1);
    view_layout(view->arena, view, &writer.layout);
    open_graph(&writer);
    write_nodes_in(&writer, NO_BOX);
    write_boxes(&writer);
    same_rank(&writer, VIEW_SERVICE, 0);
    same_rank(&writer, VIEW_GATE, 0);
    for (uint32_t row = 0; row < writer.layout.row_count; row++) {
        write_row(&writer, row);
    }
    write_columns(&writer);
    write_shared_rows(&writer);
    write_edges(&writer);
    buf_addz(out, "}\n}\n");
}
