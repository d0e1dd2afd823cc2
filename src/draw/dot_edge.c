/* Boxes and edges. */
#include <assert.h>

#include "draw/dot.h"

/* Small capitals; "vSphere cluster" keeps its first letter. */
static void add_capitals(Buf *out, Str text) {
    Buf capitals;
    buf_init(&capitals, 256);
    for (size_t i = 0; i < text.n; i++) {
        bool lower = text.s[i] >= 'a' && text.s[i] <= 'z';
        bool kept = i == 0 && text.n > 1 && text.s[1] >= 'A' && text.s[1] <= 'Z';
        buf_addc(&capitals, lower && !kept ? (char)(text.s[i] - 'a' + 'A') : text.s[i]);
    }
    dot_ink(out, (Ink){9, MUTED, true}, buf_str(&capitals));
    buf_clear(&capitals);
}

void dot_box_open(Buf *out, bool ascii, uint32_t name, const ViewBox *box) {
    static const char *const looks[] = {
        [BOX_SITE] =
            "style=rounded; color=\"#6B7280\"; penwidth=1.8; bgcolor=\"#FAFAF9\"; margin=18",
        [BOX_PLAIN] =
            "style=rounded; color=\"#B8BDC6\"; penwidth=1.4; bgcolor=\"#FFFFFF\"; margin=16",
        [BOX_SCOPE] = ("style=\"rounded,dashed\"; color=\"#1B7FB8\"; penwidth=2.4; "
                       "bgcolor=\"#F5FBFF\"; margin=16"),
        [BOX_HOST] =
            "style=rounded; color=\"#9CA3AF\"; penwidth=1.2; bgcolor=\"#EEF0F3\"; margin=14",
    };
    buf_printf(out, "subgraph cluster_b%u { %s; labelloc=b; labeljust=l; id=", name,
               looks[box->style]);
    dot_string(out, box->element_id);
    buf_addz(out, "; tooltip=");
    dot_string(out, box->tooltip);
    buf_addz(out, "; label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"2\" "
                  "CELLPADDING=\"1\"><TR><TD>");
    add_capitals(out, box->kind);
    buf_addz(out, "</TD><TD>");
    dot_ink(out, (Ink){13, INK, true}, box->name);
    buf_addz(out, "</TD>");
    dot_badges(out, ascii, &box->badges);
    if (box->note.n) {
        buf_addz(out, "<TD CELLPADDING=\"1\">&#160;<FONT POINT-SIZE=\"10\" COLOR=\"" MUTED "\">");
        if (box->tone) {
            dot_text(out, dot_glyph(ascii, box->tone));
            buf_addz(out, "&#160;");
        }
        dot_text(out, box->note);
        buf_addz(out, "</FONT></TD>");
    }
    buf_addz(out, "</TR></TABLE>>;\n");
}

void dot_box_close(Buf *out) {
    buf_addz(out, "}\n");
}

const char *dot_edge_colour(EdgeStyle style) {
    switch (style) {
    case EDGE_ONLY_PATH:
        return tone_error.line;
    case EDGE_ALTERNATIVE:
        return tone_ok.line;
    case EDGE_VOTE:
        return tone_guest_cluster.line;
    case EDGE_DEPENDS:
    case EDGE_STYLES:
        break;
    }
    return MUTED;
}

void dot_end(Buf *out, DotEnd end) {
    buf_printf(out, "%c%u", (int)end.kind, end.index);
}

/* As wide as the line, so that its two parts are one to the eye. */
void dot_waypoint(Buf *out, uint32_t index, EdgeStyle style) {
    static const char *const widths[] = {[EDGE_ONLY_PATH] = "0.047",
                                         [EDGE_ALTERNATIVE] = "0.03",
                                         [EDGE_DEPENDS] = "0.018",
                                         [EDGE_VOTE] = "0.01"};
    buf_printf(
        out,
        "w%u [shape=circle label=\"\" fixedsize=true style=%s width=%s color=\"%s\" penwidth=0];\n",
        index, style == EDGE_VOTE ? "invis" : "filled", widths[style], dot_edge_colour(style));
}

void dot_edge(Buf *out, const ViewEdge *edge, DotEnd from, DotEnd to) {
    static const char *const looks[] = {
        [EDGE_ONLY_PATH] = "penwidth=3.4 weight=3",
        [EDGE_ALTERNATIVE] = "penwidth=2.2 weight=2",
        [EDGE_DEPENDS] = "penwidth=1.3",
        [EDGE_VOTE] = "style=dashed penwidth=1.3",
    };
    assert(edge->style < EDGE_STYLES);
    const char *colour = dot_edge_colour(edge->style);
    dot_end(out, from);
    buf_printf(out, "%s -> ", from.kind == END_WAYPOINT ? ":s" : "");
    dot_end(out, to);
    buf_printf(out, "%s [color=\"%s\" %s", to.kind == END_WAYPOINT ? ":n" : "", colour,
               looks[edge->style]);
    if (to.kind == END_WAYPOINT) {
        buf_addz(out, " dir=none");
    }
    if (edge->label.n && from.kind != END_WAYPOINT) {
        buf_printf(out, " fontcolor=\"%s\" label=<&#160;&#160;", colour);
        dot_text(out, edge->label);
        buf_addz(out, "&#160;&#160;>");
    }
    if (edge->tail_box != NO_BOX && from.kind != END_WAYPOINT) {
        buf_printf(out, " ltail=cluster_b%u", edge->tail_box);
    }
    if (edge->head_box != NO_BOX && to.kind != END_WAYPOINT) {
        buf_printf(out, " lhead=cluster_b%u", edge->head_box);
    }
    buf_addz(out, "];\n");
}
