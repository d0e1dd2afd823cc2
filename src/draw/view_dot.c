#include <stdlib.h>

#include "base/limits.h"
#include "draw/dot.h"
#include "draw/text_width.h"
#include "draw/view_layout.h"

typedef struct Writer {
    const View *view;
    Buf *out;
    Layout layout;
    bool *written; /* by box */
} Writer;

/* Findings and legend, of one height, as wide as the picture if there is something to fill it. Each
 * is measured by writing it once. */
static void add_tables(const Writer *writer) {
    enum { LEGEND_WIDTH = 330, LEAST_WIDTH = 560 };
    uint32_t width = writer->layout.width > LEGEND_WIDTH ? writer->layout.width - LEGEND_WIDTH : 0;
    width = width < LEAST_WIDTH ? LEAST_WIDTH : width;
    Buf measured;
    buf_init(&measured, LIMIT_REPORT_BYTES);
    uint32_t findings = dot_findings(&measured, writer->view, width, 0);
    uint32_t legend = dot_legend(&measured, writer->view, 0);
    buf_clear(&measured);
    dot_findings(writer->out, writer->view, width, legend);
    buf_addz(writer->out, "</TD><TD VALIGN=\"TOP\">");
    dot_legend(writer->out, writer->view, findings);
}

/* Sentences, as many on a line as the picture is wide. */
static void add_subtitle(const Writer *writer) {
    enum { LEAST_WIDTH = 620 };
    uint32_t room = writer->layout.width < LEAST_WIDTH ? LEAST_WIDTH : writer->layout.width;
    Buf *out = writer->out;
    Str rest = writer->view->subtitle;
    uint32_t used = 0;
    buf_addz(out, "<FONT POINT-SIZE=\"11\" COLOR=\"" MUTED "\">");
    while (rest.n) {
        size_t end = str_find(rest, '.', 0);
        while (end + 1 < rest.n && rest.s[end + 1] != ' ') {
            size_t next = str_find(rest, '.', end + 1);
            end = next == SIZE_MAX ? rest.n - 1 : next;
        }
        Str sentence = str_slice(rest, 0, end >= rest.n ? rest.n : end + 1);
        uint32_t width = text_width(sentence, 11, false) + 8;
        if (used && used + width > room) {
            buf_addz(out, "<BR ALIGN=\"LEFT\"/>");
            used = 0;
        }
        buf_addz(out, used ? "&#160;&#160;" : "");
        dot_text(out, sentence);
        used += width;
        rest = str_trim(str_slice(rest, sentence.n, rest.n));
    }
    buf_addz(out, "<BR ALIGN=\"LEFT\"/></FONT>");
}

static void open_graph(const Writer *writer) {
    Buf *out = writer->out;
    buf_addz(out,
             "digraph topolint {\n"
             "graph [rankdir=TB compound=true newrank=true fontname=\"" FONT
             "\" bgcolor=white pad=0.35 "
             "nodesep=0.25 ranksep=0.45 splines=true outputorder=edgesfirst size=\"16.65,400\"];\n"
             "node [fontname=\"" FONT "\" fontsize=11];\n"
             "edge [fontname=\"" FONT "\" fontsize=10 color=\"" MUTED "\" fontcolor=\"" INK
             "\" arrowsize=0.75 penwidth=1.3];\n"
             "labelloc=b; labeljust=l; tooltip=");
    dot_string(out, writer->view->title);
    buf_addz(out, ";\nlabel=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" "
                  "CELLPADDING=\"3\"><TR><TD "
                  "COLSPAN=\"2\" HEIGHT=\"10\"></TD></TR><TR><TD VALIGN=\"TOP\">");
    add_tables(writer);
    buf_addz(
        out,
        "</TD></TR></TABLE>>;\n"
        "subgraph cluster_all { penwidth=0; margin=0; labeljust=l; labelloc=t;\n"
        "label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLPADDING=\"2\"><TR><TD ALIGN=\"LEFT\">");
    dot_ink(out, (Ink){20, INK, true}, writer->view->title);
    buf_addz(out, "</TD></TR><TR><TD ALIGN=\"LEFT\">");
    add_subtitle(writer);
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
    case VIEW_CONSUMER:
    case VIEW_BESIDE:
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

static void write_unseen(const Writer *writer, DotEnd end) {
    dot_end(writer->out, end);
    buf_addz(writer->out, " [shape=point label=\"\" width=0.01 style=invis];\n");
}

static void write_waypoints_in(const Writer *writer, uint32_t box) {
    for (size_t i = 0; i < writer->layout.waypoints.count; i++) {
        const Waypoint *point = &writer->layout.waypoints.items[i];
        if (point->box == box && point->edge == NO_EDGE) {
            write_unseen(writer, (DotEnd){END_EXIT, (uint32_t)i});
        } else if (point->box == box) {
            dot_waypoint(writer->out, (uint32_t)i, writer->view->edges.items[point->edge].style);
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
        write_waypoints_in(writer, next);
        open = next;
        done++;
    }
    for (; open != NO_BOX; open = view->boxes.items[open].parent) {
        dot_box_close(writer->out);
    }
}

/* ---- rows ---- */

static void write_rank(const Writer *writer, const DotEnd *ends, size_t count) {
    buf_addz(writer->out, "{rank=same;");
    for (size_t i = 0; i < count; i++) {
        buf_addc(writer->out, ' ');
        dot_end(writer->out, ends[i]);
        buf_addc(writer->out, ';');
    }
    buf_addz(writer->out, "}\n");
}

static bool is_shared_end(const Writer *writer, DotEnd end) {
    return end.kind == END_NODE && writer->view->nodes.items[end.index].shape == VIEW_SHARED;
}

/* Keeps the order of a row; what is shared has none. */
static void write_order(const Writer *writer, const DotEnd *ends, size_t count) {
    for (size_t i = 1; i < count; i++) {
        if (is_shared_end(writer, ends[i - 1]) || is_shared_end(writer, ends[i])) {
            continue;
        }
        dot_end(writer->out, ends[i - 1]);
        buf_addz(writer->out, " -> ");
        dot_end(writer->out, ends[i]);
        buf_addz(writer->out, " [style=invis minlen=0];\n"); /* labels would double its length */
    }
}

static void write_below(const Writer *writer, DotEnd above, DotEnd below, int weight) {
    dot_end(writer->out, above);
    buf_addz(writer->out, " -> ");
    dot_end(writer->out, below);
    buf_printf(writer->out, " [style=invis weight=%d];\n", weight);
}

/* Each row below the one before. */
static void write_row(const Writer *writer, const DotEnd *ends, size_t count, DotEnd *last) {
    if (!count) {
        return;
    }
    write_rank(writer, ends, count);
    write_order(writer, ends, count);
    if (last->index != NO_VIEW_NODE) {
        write_below(writer, *last, ends[0], 0);
    }
    *last = ends[0];
}

static void write_list(const Writer *writer, const IndexList *list, DotEnd *last) {
    DotEnd *ends = arena_array(writer->view->arena, DotEnd, list->count + 1);
    for (size_t i = 0; i < list->count; i++) {
        ends[i] = (DotEnd){END_NODE, list->items[i]};
    }
    write_row(writer, ends, list->count, last);
}

static DotEnd end_of(const Writer *writer, const LayoutCell *cell) {
    if (cell->node != NO_VIEW_NODE) {
        return (DotEnd){END_NODE, cell->node};
    }
    bool leaves = writer->layout.waypoints.items[cell->waypoint].edge == NO_EDGE;
    return (DotEnd){leaves ? END_EXIT : END_WAYPOINT, cell->waypoint};
}

/* It pulls at the point where edges leave a box, which stands below the middle. */
static void write_tie(const Writer *writer, DotEnd above, DotEnd below) {
    write_below(writer, above, below, below.kind == END_EXIT ? 4 : 0);
}

/* Graphviz keeps an order that is given inside a box, not that of boxes. It follows unseen points
 * above the first row, each tied to its cell so often that crossing them costs more than anything.
 */
static void write_spine(const Writer *writer, const LayoutRow *row, DotEnd *last) {
    enum { TIES = 4 };
    DotEnd *ends = arena_array(writer->view->arena, DotEnd, row->count + 1);
    for (size_t i = 0; i < row->count; i++) {
        ends[i] = (DotEnd){END_SPINE, (uint32_t)i};
        write_unseen(writer, ends[i]);
    }
    write_row(writer, ends, row->count, last);
    for (size_t i = 0; i < row->count * TIES; i++) {
        write_tie(writer, ends[i / TIES], end_of(writer, &row->items[i / TIES]));
    }
}

/* Boxes of a lower shelf keep their order by ties to the cells above them. */
static void write_ties(const Writer *writer, const LayoutRow *above, const LayoutRow *row) {
    size_t at = 0;
    for (size_t i = 0; i < row->count; i++) {
        int32_t x = row->items[i].x;
        while (at + 1 < above->count &&
               abs(above->items[at + 1].x - x) <= abs(above->items[at].x - x)) {
            at++;
        }
        if (above->count && above->items[at].box != row->items[i].box &&
            !is_shared_end(writer, end_of(writer, &row->items[i]))) {
            write_tie(writer, end_of(writer, &above->items[at]), end_of(writer, &row->items[i]));
        }
    }
}

static void write_rows(const Writer *writer) {
    const Layout *layout = &writer->layout;
    DotEnd last = {END_NODE, NO_VIEW_NODE};
    for (size_t i = 0; i < layout->upper.count; i++) {
        write_list(writer, &layout->upper.items[i], &last);
    }
    for (size_t i = 0; i < layout->row_count; i++) {
        const LayoutRow *row = &layout->rows[i];
        if (i) {
            write_ties(writer, row - 1, row);
        } else {
            write_spine(writer, row, &last);
        }
        DotEnd *ends = arena_array(writer->view->arena, DotEnd, row->count + 1);
        for (size_t j = 0; j < row->count; j++) {
            ends[j] = end_of(writer, &row->items[j]);
        }
        write_row(writer, ends, row->count, &last);
    }
}

/* Cards of a column stand under each other. */
static void write_columns(const Writer *writer) {
    for (size_t i = 0; i < writer->layout.pack_count; i++) {
        const CardStack *stack = &writer->layout.packs[i].stack;
        for (size_t j = stack->columns; j < stack->nodes.count; j++) {
            DotEnd above = {END_NODE, stack->nodes.items[j - stack->columns]};
            write_below(writer, above, (DotEnd){END_NODE, stack->nodes.items[j]}, 8);
        }
    }
}

/* ---- edges ---- */

static bool stands_in(const View *view, uint32_t node, uint32_t box) {
    uint32_t at = node == NO_VIEW_NODE ? NO_BOX : view->nodes.items[node].box;
    while (at != NO_BOX && at != box) {
        at = view->boxes.items[at].parent;
    }
    return at == box && box != NO_BOX;
}

/* Graphviz cannot cut an edge at the border of a box that holds both of its ends. */
static ViewEdge uncut(const View *view, ViewEdge edge) {
    edge.tail_box = stands_in(view, edge.to, edge.tail_box) ? NO_BOX : edge.tail_box;
    edge.head_box = stands_in(view, edge.from, edge.head_box) ? NO_BOX : edge.head_box;
    return edge;
}

static void write_edge(const Writer *writer, uint32_t at) {
    const View *view = writer->view;
    const Layout *layout = &writer->layout;
    const ViewEdge *edge = &view->edges.items[at];
    ViewEdge drawn = uncut(view, *edge);
    DotEnd from = {END_NODE, edge->from};
    DotEnd to = {END_NODE, edge->to};
    if (edge->from == NO_VIEW_NODE) {
        from = (DotEnd){END_EXIT, layout_exit(layout, edge->tail_box)};
    }
    if (edge->to == NO_VIEW_NODE) {
        to.index = layout_entry(layout, edge->head_box);
    }
    if (from.index == NO_VIEW_NODE || to.index == NO_VIEW_NODE) {
        return;
    }
    for (size_t i = 0; i < layout->waypoints.count; i++) {
        if (layout->waypoints.items[i].edge == at) {
            DotEnd point = {END_WAYPOINT, (uint32_t)i};
            dot_edge(writer->out, &drawn, from, point);
            from = point;
        }
    }
    dot_edge(writer->out, &drawn, from, to);
}

void view_dot(const View *view, Buf *out) {
    Writer writer = {.view = view, .out = out};
    writer.written = arena_array(view->arena, bool, view->boxes.count + 1);
    view_layout(view->arena, view, &writer.layout);
    open_graph(&writer);
    write_nodes_in(&writer, NO_BOX);
    write_waypoints_in(&writer, NO_BOX);
    write_boxes(&writer);
    write_rows(&writer);
    write_columns(&writer);
    for (size_t i = 0; i < view->edges.count; i++) {
        write_edge(&writer, (uint32_t)i);
    }
    buf_addz(out, "}\n}\n");
}
