#include "draw/dot.h"

#include <assert.h>

#include "base/fold.h"

/* Cells that share the spare width of a card's head, so that its tile stays left. */
enum { FILLERS = 8 };

/* ---- text ---- */

static bool is_unsafe(uint32_t code) {
    return code == 0xFFFD || utf8_is_control(code) || utf8_is_bidi(code);
}

static void add_code(Buf *out, uint32_t code, Str bytes) {
    switch (code) {
    case '&':
        buf_addz(out, "&amp;");
        break;
    case '<':
        buf_addz(out, "&lt;");
        break;
    case '>':
        buf_addz(out, "&gt;");
        break;
    case '"':
        buf_addz(out, "&quot;");
        break;
    case '\\': /* \N and the like are replaced in labels of any kind */
        buf_addz(out, "&#92;");
        break;
    case '\n':
    case '\t':
        buf_addc(out, ' ');
        break;
    default:
        if (is_unsafe(code)) {
            buf_addz(out, "\xEF\xBF\xBD");
        } else {
            buf_add(out, bytes);
        }
    }
}

void dot_text(Buf *out, Str text) {
    size_t size = out->size;
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        add_code(out, code, str_slice(text, from, at));
    }
    if (out->size == size) {
        buf_addz(out, "&#160;");
    }
}

void dot_string(Buf *out, Str text) {
    buf_addc(out, '"');
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        if (code == '"' || code == '\\') {
            buf_printf(out, "\\%c", (int)code);
        } else if (code == '&') {
            buf_addz(out, "&amp;");
        } else if (code < 0x20 || is_unsafe(code)) {
            buf_addc(out, ' ');
        } else {
            buf_add(out, str_slice(text, from, at));
        }
    }
    buf_addc(out, '"');
}

void dot_ink(Buf *out, Ink ink, Str text) {
    buf_printf(out, "<FONT POINT-SIZE=\"%d\" COLOR=\"%s\">%s", ink.size, ink.colour,
               ink.bold ? "<B>" : "");
    dot_text(out, text);
    buf_printf(out, "%s</FONT>", ink.bold ? "</B>" : "");
}

Str dot_glyph(bool ascii, const Tone *tone) {
    return str_of(ascii ? tone->ascii : tone->glyph);
}

/* A glyph before a text, on one line. */
static void signed_ink(Buf *out, Ink ink, Str glyph, Str text) {
    buf_printf(out, "<FONT POINT-SIZE=\"%d\" COLOR=\"%s\"><B>", ink.size, ink.colour);
    dot_text(out, glyph);
    buf_addz(out, "&#160;");
    dot_text(out, text);
    buf_addz(out, "</B></FONT>");
}

/* ---- cards ---- */

/* Cells that share the spare width of a table, so that the others keep theirs. */
static void add_fillers(Buf *out, int count) {
    for (int i = 0; i < count; i++) {
        buf_addz(out, "<TD CELLPADDING=\"0\"></TD>");
    }
}

void dot_badge(Buf *out, bool ascii, const Badge *badge) {
    const Tone *tone = tone_of_severity(badge->severity);
    const char *ink = badge->related ? tone->on_tint : tone->on_fill;
    buf_printf(out, "<TD HREF=\"#finding-%u\" BGCOLOR=\"%s\"", badge->number,
               badge->related ? "white" : tone->fill);
    if (badge->related) {
        buf_printf(out, " BORDER=\"1\" COLOR=\"%s\"", tone->fill);
    }
    buf_printf(out,
               " STYLE=\"ROUNDED\" CELLPADDING=\"2\"><FONT COLOR=\"%s\" POINT-SIZE=\"10\"><B>&#160;"
               "%.*s&#160;%u&#160;</B></FONT></TD>",
               ink, STR_ARG(dot_glyph(ascii, tone)), badge->number);
}

static void add_badges(Buf *out, bool ascii, const BadgeList *badges) {
    for (size_t i = 0; i < badges->count; i++) {
        buf_addz(out, "<TD WIDTH=\"3\" CELLPADDING=\"0\"></TD>");
        dot_badge(out, ascii, &badges->items[i]);
    }
}

static void add_head(Buf *out, bool ascii, const ViewNode *node) {
    buf_addz(out,
             "<TR><TD><TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"3\"><TR>"
             "<TD BGCOLOR=\"" TILE "\" FIXEDSIZE=\"TRUE\" WIDTH=\"38\" HEIGHT=\"20\">");
    dot_ink(out, (Ink){10, "white", true}, node->tile);
    buf_addz(out, "</TD><TD ALIGN=\"LEFT\" CELLPADDING=\"3\">&#160;");
    dot_ink(out, (Ink){13, INK, true}, node->name);
    buf_addz(out, "</TD>");
    add_fillers(out, FILLERS);
    add_badges(out, ascii, &node->badges);
    if (node->open) {
        buf_addz(out, "<TD WIDTH=\"3\" CELLPADDING=\"0\"></TD><TD BORDER=\"1\" COLOR=\"" LINES
                      "\" STYLE=\"ROUNDED\" BGCOLOR=\"" HEAD_ROW "\" CELLPADDING=\"2\">&#160;");
        dot_ink(out, (Ink){10, MUTED, true}, STR("?"));
        buf_addz(out, "&#160;</TD>");
    }
    buf_addz(out, "</TR></TABLE></TD></TR>");
}

static void add_alarm(Buf *out, Str glyph, Str text) {
    buf_printf(out, "<TR><TD BGCOLOR=\"white\" BORDER=\"1\" COLOR=\"%s\">", tone_error.fill);
    signed_ink(out, (Ink){10, tone_error.on_tint, true}, glyph, text);
    buf_addz(out, "</TD></TR>");
}

static void add_bar(Buf *out, bool ascii, const Bar *bar) {
    if (bar->clash.n) {
        add_alarm(out, dot_glyph(ascii, &tone_error), bar->clash);
    }
    buf_printf(out, "<TR><TD ALIGN=\"LEFT\" BGCOLOR=\"%s\">", bar->tone->fill);
    signed_ink(out, (Ink){10, bar->tone->on_fill, true}, dot_glyph(ascii, bar->tone), bar->text);
    buf_printf(out, "%s</TD></TR>", bar->open ? "&#160;?" : "&#160;");
}

static void open_node(Buf *out, uint32_t name, const ViewNode *node) {
    buf_printf(out, "n%u [id=", name);
    dot_string(out, node->element_id);
    buf_addz(out, " tooltip=");
    dot_string(out, node->tooltip);
    if (node->badges.count) {
        buf_printf(out, " URL=\"#finding-%u\"", node->badges.items[0].number);
    }
}

void dot_card(Buf *out, bool ascii, uint32_t name, const ViewNode *node) {
    const Tone *tone = tone_of_severity(node->severity);
    bool plain = node->severity == SEVERITY_NONE;
    open_node(out, name, node);
    buf_printf(
        out,
        " shape=plain label=<<TABLE BORDER=\"%d\" COLOR=\"%s\" BGCOLOR=\"%s\"%s CELLBORDER=\"0\" "
        "CELLSPACING=\"3\" CELLPADDING=\"3\">",
        plain ? 1 : tone->border, plain ? LINES : tone->fill, plain ? "#FFFFFF" : tone->tint,
        plain && node->open ? " STYLE=\"DASHED\"" : "");
    add_head(out, ascii, node);
    for (size_t i = 0; i < node->lines.count; i++) {
        buf_addz(out, "<TR><TD ALIGN=\"LEFT\" CELLPADDING=\"1\">");
        dot_ink(out, (Ink){10, INK, false}, node->lines.items[i]);
        buf_addz(out, "&#160;&#160;</TD></TR>");
    }
    for (size_t i = 0; i < node->bars.count; i++) {
        add_bar(out, ascii, &node->bars.items[i]);
    }
    if (node->bare) {
        add_alarm(out, ascii ? STR("o") : STR("\xE2\x97\x8B"), STR("no redundancy"));
    }
    buf_addz(out, "</TABLE>>];\n");
}

void dot_rest(Buf *out, uint32_t name, const ViewNode *node) {
    open_node(out, name, node);
    buf_addz(out,
             " shape=plain label=<<TABLE BORDER=\"1\" COLOR=\"" LINES "\" STYLE=\"DASHED\" "
             "BGCOLOR=\"#FFFFFF\" CELLBORDER=\"0\" CELLSPACING=\"3\" CELLPADDING=\"2\"><TR><TD "
             "ALIGN=\"LEFT\">");
    dot_ink(out, (Ink){12, INK, true}, node->name);
    buf_addz(out, "</TD></TR>");
    for (size_t i = 0; i < node->lines.count; i++) {
        buf_addz(out, "<TR><TD ALIGN=\"LEFT\">");
        dot_ink(out, (Ink){10, MUTED, false}, node->lines.items[i]);
        buf_addz(out, "&#160;&#160;</TD></TR>");
    }
    buf_addz(out, "</TABLE>>];\n");
}

/* ---- services, gates ---- */

static void add_badge_row(Buf *out, bool ascii, const BadgeList *badges) {
    if (badges->count) {
        buf_addz(out, "<TR><TD CELLPADDING=\"2\"><TABLE BORDER=\"0\" CELLBORDER=\"0\" "
                      "CELLSPACING=\"0\"><TR>");
        add_fillers(out, FILLERS);
        add_badges(out, ascii, badges);
        add_fillers(out, FILLERS);
        buf_addz(out, "</TR></TABLE></TD></TR>");
    }
}

void dot_service(Buf *out, bool ascii, uint32_t name, const ViewNode *node) {
    open_node(out, name, node);
    buf_printf(out,
               " shape=box style=\"rounded,filled\" fillcolor=\"%s\" color=\"%s\" penwidth=1.8 "
               "margin=\"0.1,0.04\" label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" "
               "CELLPADDING=\"1\"><TR><TD>",
               node->tone->tint, node->tone->fill);
    dot_ink(out, (Ink){9, MUTED, true}, STR("SERVICE"));
    buf_addz(out, "</TD></TR><TR><TD>");
    dot_ink(out, (Ink){13, INK, true}, node->name);
    buf_addz(out, "</TD></TR>");
    for (size_t i = 0; i < node->lines.count; i++) {
        buf_addz(out, "<TR><TD>");
        dot_ink(out, (Ink){10, INK, false}, node->lines.items[i]);
        buf_addz(out, "</TD></TR>");
    }
    buf_addz(out, "<TR><TD>");
    if (node->verdict_holds) {
        signed_ink(out, (Ink){10, node->tone->on_tint, true}, dot_glyph(ascii, node->tone),
                   node->verdict);
    } else {
        dot_ink(out, (Ink){10, INK, false}, node->verdict);
    }
    buf_addz(out, "</TD></TR>");
    add_badge_row(out, ascii, &node->badges);
    buf_addz(out, "</TABLE>>];\n");
}

void dot_gate(Buf *out, bool ascii, uint32_t name, const ViewNode *node) {
    const char *colour = node->tone ? node->tone->line : INK;
    open_node(out, name, node);
    buf_printf(
        out,
        " shape=hexagon style=filled fillcolor=white color=\"%s\" penwidth=2.4 margin=\"0.02,0.0\" "
        "label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"1\" CELLPADDING=\"1\"><TR><TD>",
        colour);
    if (node->tone) {
        signed_ink(out, (Ink){12, colour, true}, dot_glyph(ascii, node->tone), node->name);
    } else {
        dot_ink(out, (Ink){12, colour, true}, node->name);
    }
    buf_addz(out, "</TD></TR>");
    for (size_t i = 0; i < node->lines.count; i++) {
        buf_addz(out, "<TR><TD>");
        bool strong = i == node->strong;
        dot_ink(out, (Ink){strong ? 11 : 10, strong ? colour : INK, strong}, node->lines.items[i]);
        buf_addz(out, "</TD></TR>");
    }
    add_badge_row(out, ascii, &node->badges);
    buf_addz(out, "</TABLE>>];\n");
}

/* ---- boxes, edges ---- */

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
    add_badges(out, ascii, &box->badges);
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
