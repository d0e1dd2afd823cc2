#include "draw/dot.h"

#include "base/fold.h"

static void add_code(Buf *out, uint32_t code, Str bytes) {
    switch (code) {
    case '&': buf_addz(out, "&amp;"); break;
    case '<': buf_addz(out, "&lt;"); break;
    case '>': buf_addz(out, "&gt;"); break;
    case '"': buf_addz(out, "&quot;"); break;
    case '\n':
    case '\t': buf_addc(out, ' '); break;
    default:
        if (code == 0xFFFD || utf8_is_control(code) || utf8_is_bidi(code)) {
            buf_addz(out, "\xEF\xBF\xBD");
        } else {
            buf_add(out, bytes);
        }
    }
}

void dot_text(Buf *out, Str text) {
    if (!text.n) {
        buf_addz(out, "&#160;");
        return;
    }
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        add_code(out, code, str_slice(text, from, at));
    }
}

void dot_string(Buf *out, Str text) {
    buf_addc(out, '"');
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        if (code == '"' || code == '\\') {
            buf_printf(out, "\\%c", (int)code);
        } else if (code < 0x20 || code == 0xFFFD || utf8_is_control(code) || utf8_is_bidi(code)) {
            buf_addc(out, ' ');
        } else {
            buf_add(out, str_slice(text, from, at));
        }
    }
    buf_addc(out, '"');
}

Str dot_glyph(const DotStyle *style, const Tone *tone) {
    return str_of(style->ascii ? tone->ascii : tone->glyph);
}

void dot_open(Buf *out, Str title, Str subtitle) {
    buf_addz(out, "digraph topolint {\n"
                  "  graph [rankdir=TB compound=true newrank=true fontname=\"" FONT "\" bgcolor=white "
                  "pad=0.35 nodesep=0.38 ranksep=0.62 splines=true outputorder=edgesfirst];\n"
                  "  node [fontname=\"" FONT "\" fontsize=11];\n"
                  "  edge [fontname=\"" FONT "\" fontsize=10 color=\"" MUTED "\" fontcolor=\"" INK
                  "\" arrowsize=0.75 penwidth=1.3];\n"
                  "  subgraph cluster_all {\n    penwidth=0; margin=4; labeljust=l; labelloc=t;\n"
                  "    label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLPADDING=\"2\"><TR><TD ALIGN=\"LEFT\">"
                  "<FONT POINT-SIZE=\"20\" COLOR=\"" INK "\"><B>");
    dot_text(out, title);
    buf_addz(out, "</B></FONT></TD></TR><TR><TD ALIGN=\"LEFT\"><FONT POINT-SIZE=\"11\" COLOR=\"" MUTED "\">");
    dot_text(out, subtitle);
    buf_addz(out, "</FONT></TD></TR></TABLE>>;\n");
}

void dot_close(Buf *out) {
    buf_addz(out, "}\n");
}

/* ---- cards ---- */

static void badge(Buf *out, const DotStyle *style, const DotBadge *shown) {
    const Tone *tone = tone_of_severity(shown->severity);
    buf_printf(out,
               "<TD HREF=\"#finding-%u\" BGCOLOR=\"%s\" STYLE=\"ROUNDED\" CELLPADDING=\"4\"><FONT "
               "COLOR=\"%s\" POINT-SIZE=\"10\"><B>%.*s&#160;%u</B></FONT></TD>",
               shown->number, tone->fill, tone->on_fill, STR_ARG(dot_glyph(style, tone)),
               shown->number);
}

static void head(Buf *out, const DotStyle *style, const DotCard *card) {
    buf_addz(out, "<TR><TD><TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"3\"><TR>"
                  "<TD BGCOLOR=\"" TILE "\" FIXEDSIZE=\"TRUE\" WIDTH=\"38\" HEIGHT=\"20\"><FONT "
                  "COLOR=\"white\" POINT-SIZE=\"10\"><B>");
    dot_text(out, card->tile);
    buf_addz(out, "</B></FONT></TD><TD ALIGN=\"LEFT\" CELLPADDING=\"6\"><FONT COLOR=\"" INK
                  "\" POINT-SIZE=\"13\"><B>");
    dot_text(out, card->name);
    buf_addz(out, "</B></FONT></TD>");
    for (int i = 0; i < 8; i++) { /* filler cells share the spare width, so the tile stays left */
        buf_addz(out, "<TD CELLPADDING=\"0\"></TD>");
    }
    for (size_t i = 0; i < card->badge_count; i++) {
        badge(out, style, &card->badges[i]);
    }
    if (card->unknown) {
        buf_addz(out, "<TD BGCOLOR=\"" HEAD_ROW "\" CELLPADDING=\"4\"><FONT COLOR=\"" MUTED
                      "\" POINT-SIZE=\"10\"><B>?</B></FONT></TD>");
    }
    buf_addz(out, "</TR></TABLE></TD></TR>");
}

static void bar(Buf *out, const DotStyle *style, const DotBar *shown) {
    if (shown->clash) {
        buf_addz(out, "<TR><TD BGCOLOR=\"white\" BORDER=\"1\" COLOR=\"#B3261E\"><FONT COLOR=\"#B3261E\" "
                      "POINT-SIZE=\"10\"><B>");
        buf_add(out, dot_glyph(style, &tone_error));
        buf_addc(out, ' ');
        dot_text(out, shown->clash_text);
        buf_addz(out, "</B></FONT></TD></TR>");
    }
    buf_printf(out,
               "<TR><TD ALIGN=\"LEFT\" BGCOLOR=\"%s\"><FONT COLOR=\"%s\" POINT-SIZE=\"10\"><B>%.*s ",
               shown->tone->fill, shown->tone->on_fill, STR_ARG(dot_glyph(style, shown->tone)));
    dot_text(out, shown->text);
    buf_addz(out, "&#160;</B></FONT></TD></TR>");
}

void dot_card(Buf *out, const DotStyle *style, const char *node, const DotCard *card) {
    const Tone *tone = tone_of_severity(card->severity);
    bool plain = card->plain || card->severity == SEVERITY_NONE;
    buf_printf(out, "%s [shape=plain id=", node);
    dot_string(out, card->element_id);
    if (card->finding) {
        buf_printf(out, " URL=\"#finding-%u\"", card->finding);
    }
    buf_addz(out, " tooltip=");
    dot_string(out, card->tooltip);
    buf_printf(out,
               " label=<<TABLE BORDER=\"%d\" COLOR=\"%s\" BGCOLOR=\"%s\" STYLE=\"%s\" CELLBORDER=\"0\" "
               "CELLSPACING=\"3\" CELLPADDING=\"3\">",
               plain ? 1 : tone->border, plain ? LINES : tone->fill, plain ? "#FFFFFF" : tone->tint,
               card->unknown ? "DASHED" : "SOLID");
    head(out, style, card);
    for (size_t i = 0; i < card->fact_count; i++) {
        buf_addz(out, "<TR><TD ALIGN=\"LEFT\" CELLPADDING=\"1\"><FONT COLOR=\"" INK
                      "\" POINT-SIZE=\"10\">");
        dot_text(out, card->facts[i]);
        buf_addz(out, "&#160;&#160;</FONT></TD></TR>");
    }
    for (size_t i = 0; i < card->bar_count; i++) {
        bar(out, style, &card->bars[i]);
    }
    buf_addz(out, "</TABLE>>];\n");
}

/* ---- services, gates ---- */

void dot_service(Buf *out, const DotStyle *style, const char *node, Str name, const Tone *tone,
                 Str verdict) {
    buf_printf(out,
               "%s [shape=box style=\"rounded,filled\" fillcolor=\"%s\" color=\"%s\" penwidth=1.8 "
               "margin=\"0.16,0.07\" label=<<FONT POINT-SIZE=\"9\" COLOR=\"" MUTED
               "\"><B>SERVICE</B></FONT><BR/><FONT POINT-SIZE=\"13\" COLOR=\"" INK "\"><B>",
               node, tone->tint, tone->fill);
    dot_text(out, name);
    buf_printf(out, "</B></FONT><BR/><FONT POINT-SIZE=\"10\" COLOR=\"%s\"><B>%.*s ", tone->on_tint,
               STR_ARG(dot_glyph(style, tone)));
    dot_text(out, verdict);
    buf_addz(out, "</B></FONT>>];\n");
}

void dot_gate(Buf *out, const DotStyle *style, const char *node, Str name, Str facts, Str rule) {
    (void)style;
    buf_printf(out,
               "%s [shape=hexagon style=filled fillcolor=white color=\"#4C1D95\" penwidth=2.4 "
               "margin=\"0.02,0.0\" label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"1\" "
               "CELLPADDING=\"1\"><TR><TD><FONT COLOR=\"#4C1D95\" POINT-SIZE=\"12\"><B>",
               node);
    dot_text(out, name);
    buf_addz(out, "</B></FONT></TD></TR>");
    if (facts.n) {
        buf_addz(out, "<TR><TD><FONT COLOR=\"" INK "\" POINT-SIZE=\"10\">");
        dot_text(out, facts);
        buf_addz(out, "</FONT></TD></TR>");
    }
    buf_addz(out, "<TR><TD><FONT COLOR=\"#4C1D95\" POINT-SIZE=\"11\"><B>");
    dot_text(out, rule);
    buf_addz(out, "</B></FONT></TD></TR></TABLE>>];\n");
}

/* ---- boxes, edges ---- */

void dot_box_open(Buf *out, const char *id, BoxStyle style, Str kind, Str name, Str note) {
    static const char *const looks[] = {
        [BOX_SITE] = "style=rounded; color=\"#6B7280\"; penwidth=1.8; bgcolor=\"#FAFAF9\"; margin=18",
        [BOX_CLUSTER] = "style=rounded; color=\"#B8BDC6\"; penwidth=1.4; bgcolor=\"#FFFFFF\"; margin=16",
        [BOX_CLUSTER_HA] =
            "style=\"rounded,dashed\"; color=\"#1B7FB8\"; penwidth=2.4; bgcolor=\"#F5FBFF\"; margin=16",
        [BOX_HOST] = "style=rounded; color=\"#9CA3AF\"; penwidth=1.2; bgcolor=\"#EEF0F3\"; margin=14",
    };
    buf_printf(out, "subgraph cluster_%s { %s; labelloc=b; labeljust=l; label=<<TABLE BORDER=\"0\" "
                    "CELLBORDER=\"0\" CELLSPACING=\"2\" CELLPADDING=\"1\"><TR><TD><FONT POINT-SIZE=\"9\" "
                    "COLOR=\"" MUTED "\"><B>",
               id, looks[style]);
    dot_text(out, kind);
    buf_addz(out, "</B></FONT></TD><TD><FONT POINT-SIZE=\"13\" COLOR=\"" INK "\"><B>");
    dot_text(out, name);
    buf_addz(out, "</B></FONT></TD>");
    if (note.n) {
        buf_addz(out, "<TD><FONT POINT-SIZE=\"10\" COLOR=\"" MUTED "\">");
        dot_text(out, note);
        buf_addz(out, "</FONT></TD>");
    }
    buf_addz(out, "</TR></TABLE>>;\n");
}

void dot_box_close(Buf *out) {
    buf_addz(out, "}\n");
}

void dot_edge(Buf *out, const char *from, const char *to, EdgeStyle style, Str label, Str tail_box) {
    static const char *const looks[] = {
        [EDGE_ONLY_PATH] = "color=\"#B3261E\" penwidth=3.4",
        [EDGE_ALTERNATIVE] = "color=\"#00704F\" fontcolor=\"#00704F\" penwidth=2.2",
        [EDGE_DEPENDS] = "color=\"" MUTED "\" penwidth=1.3",
        [EDGE_VOTE] = "color=\"#4C1D95\" fontcolor=\"#4C1D95\" style=dashed penwidth=1.3",
        [EDGE_HIDDEN] = "style=invis",
    };
    buf_printf(out, "%s -> %s [%s", from, to, looks[style]);
    if (label.n) {
        buf_addz(out, " label=<&#160;&#160;");
        dot_text(out, label);
        buf_addz(out, "&#160;&#160;>");
    }
    if (tail_box.n) {
        buf_printf(out, " ltail=cluster_%.*s", STR_ARG(tail_box));
    }
    buf_addz(out, "];\n");
}
