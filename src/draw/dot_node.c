/* Nodes: cards, services, gates. */
#include "draw/dot.h"

/* Cells that share the spare width of a card's head, so that its tile stays left. */
enum { FILLERS = 8 };

/* A glyph before a text, on one line. */
static void signed_ink(Buf *out, Ink ink, Str glyph, Str text) {
    buf_printf(out, "<FONT POINT-SIZE=\"%d\" COLOR=\"%s\"><B>", ink.size, ink.colour);
    dot_text(out, glyph);
    buf_addz(out, "&#160;");
    dot_text(out, text);
    buf_addz(out, "</B></FONT>");
}

/* Cells that share the spare width of a table, so that the others keep theirs. */
static void add_fillers(Buf *out, int count) {
    for (int i = 0; i < count; i++) {
        buf_addz(out, "<TD CELLPADDING=\"0\"></TD>");
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
    dot_badges(out, ascii, &node->badges);
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
        dot_badges(out, ascii, badges);
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
