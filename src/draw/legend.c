/* The legend: each sign that occurs, and no other. */
#include "draw/dot.h"

enum { LEGEND_ROW = 22 }; /* points */

typedef struct Occurs {
    bool edges[EDGE_STYLES];
    bool gate, scope, clash, bare, open, rest, related;
    bool severities[SEVERITY_ERROR + 1];
    bool ok;
    bool layers[TONE_LAYERS];
} Occurs;

static void note_badges(Occurs *occurs, const BadgeList *badges) {
    for (size_t i = 0; i < badges->count; i++) {
        occurs->severities[badges->items[i].severity] = true;
        occurs->related = occurs->related || badges->items[i].related;
    }
}

static void note_node(Occurs *occurs, const ViewNode *node) {
    note_badges(occurs, &node->badges);
    occurs->gate = occurs->gate || node->shape == VIEW_GATE;
    occurs->rest = occurs->rest || node->shape == VIEW_REST;
    bool card = view_node_is_card(node);
    occurs->open = occurs->open || (card && node->open);
    occurs->bare = occurs->bare || node->bare;
    for (size_t i = 0; i < TONE_LAYERS; i++) {
        if (node->shape == VIEW_GATE && node->tone == tone_layers[i]) {
            occurs->layers[i] = true;
        }
        for (size_t j = 0; j < node->bars.count; j++) {
            occurs->layers[i] = occurs->layers[i] || node->bars.items[j].tone == tone_layers[i];
        }
    }
    for (size_t j = 0; j < node->bars.count; j++) {
        occurs->clash = occurs->clash || node->bars.items[j].clash.n;
    }
}

static Occurs find_signs(const View *view) {
    Occurs occurs = {.gate = false};
    for (size_t i = 0; i < view->nodes.count; i++) {
        note_node(&occurs, &view->nodes.items[i]);
    }
    for (size_t i = 0; i < view->boxes.count; i++) {
        note_badges(&occurs, &view->boxes.items[i].badges);
        occurs.scope = occurs.scope || view->boxes.items[i].style == BOX_SCOPE;
    }
    for (size_t i = 0; i < view->edges.count; i++) {
        occurs.edges[view->edges.items[i].style] = true;
    }
    return occurs;
}

/* With the heading. */
static size_t count_rows(const Occurs *occurs) {
    const bool single[] = {occurs->gate, occurs->scope, occurs->clash,
                           occurs->bare, occurs->open,  occurs->related};
    size_t count = 1;
    for (size_t i = 0; i < sizeof single; i++) {
        count += single[i];
    }
    for (size_t i = 0; i < EDGE_STYLES; i++) {
        count += occurs->edges[i];
    }
    for (size_t i = 0; i < TONE_LAYERS; i++) {
        count += occurs->layers[i];
    }
    for (size_t i = SEVERITY_INFO; i <= SEVERITY_ERROR; i++) {
        count += occurs->severities[i];
    }
    return count;
}

/* A row: a sign in a cell of that fill ("" = none), and what it means. */
static void add_row(Buf *out, const char *fill, Ink ink, Str sign, const char *meaning) {
    buf_addz(out, "<TR><TD");
    if (fill[0]) {
        buf_printf(out, " BGCOLOR=\"%s\"", fill);
    }
    buf_addz(out, ">");
    dot_ink(out, ink, sign);
    buf_addz(out, "</TD><TD ALIGN=\"LEFT\">");
    dot_ink(out, (Ink){10, INK, false}, str_of(meaning));
    buf_addz(out, "</TD></TR>");
}

static void add_edges(Buf *out, const View *view, const Occurs *occurs) {
    static const struct {
        Str sign;
        const char *meaning;
    } edges[] = {
        [EDGE_ONLY_PATH] = {STR_INIT("\xE2\x94\x81\xE2\x94\x81\xE2\x96\xB6"),
                            "only path: lose the target and the service is lost"},
        [EDGE_ALTERNATIVE] = {STR_INIT("\xE2\x94\x81\xE2\x94\x81\xE2\x96\xB6"),
                              "one of several members that can serve"},
        [EDGE_DEPENDS] = {STR_INIT("\xE2\x94\x80\xE2\x94\x80\xE2\x96\xB6"), "depends on"},
        [EDGE_VOTE] = {STR_INIT("\xE2\x95\x8C\xE2\x95\x8C\xE2\x96\xB6"), "votes only"},
    };
    for (int i = 0; i < EDGE_STYLES; i++) {
        if (occurs->edges[i]) {
            Str sign = view->ascii ? STR("-->") : edges[i].sign;
            add_row(out, "", (Ink){12, dot_edge_colour((EdgeStyle)i), true}, sign,
                    edges[i].meaning);
        }
    }
}

static void add_layers(Buf *out, const View *view, const Occurs *occurs) {
    for (size_t i = 0; i < TONE_LAYERS; i++) {
        if (occurs->layers[i]) {
            const Tone *tone = tone_layers[i];
            add_row(out, tone->fill, (Ink){10, tone->on_fill, true}, dot_glyph(view->ascii, tone),
                    tone->name);
        }
    }
    if (occurs->scope) {
        add_row(out, "", (Ink){10, tone_hypervisor.line, true},
                view->ascii ? STR("- - -") : STR("\xE2\x95\x8C\xE2\x95\x8C\xE2\x95\x8C"),
                "dashed box: the scope of that restart");
    }
    if (occurs->clash) {
        add_row(out, "white", (Ink){10, tone_error.on_tint, true},
                dot_glyph(view->ascii, &tone_error), "two layers act on the same failure");
    }
    if (occurs->bare) {
        add_row(out, "white", (Ink){10, tone_error.on_tint, true},
                view->ascii ? STR("o") : STR("\xE2\x97\x8B"),
                "a service needs it and nothing recovers it");
    }
}

static void add_severities(Buf *out, const View *view, const Occurs *occurs) {
    for (int i = SEVERITY_ERROR; i > SEVERITY_NONE; i--) {
        if (occurs->severities[i]) {
            const Tone *tone = tone_of_severity((Severity)i);
            add_row(out, tone->fill, (Ink){10, tone->on_fill, true},
                    arena_printf(view->arena, "%.*s n", STR_ARG(dot_glyph(view->ascii, tone))),
                    arena_printf(view->arena, "%s, row n", tone->name).s);
        }
    }
    if (occurs->related) {
        buf_addz(out, "<TR><TD BORDER=\"1\" COLOR=\"" LINES "\">");
        dot_ink(out, (Ink){10, MUTED, true}, STR("n"));
        buf_addz(out, "</TD><TD ALIGN=\"LEFT\">");
        dot_ink(out, (Ink){10, INK, false}, STR("outlined: takes part in row n"));
        buf_addz(out, "</TD></TR>");
    }
    if (occurs->open) {
        add_row(out, HEAD_ROW, (Ink){10, MUTED, true}, STR("?"), "not stated what it stands on");
    }
}

uint32_t dot_legend(Buf *out, const View *view, uint32_t least_height) {
    Occurs occurs = find_signs(view);
    buf_addz(out, "<TABLE BORDER=\"1\" COLOR=\"" TABLE_LINES
                  "\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"4\"><TR>"
                  "<TD COLSPAN=\"2\" ALIGN=\"LEFT\" BGCOLOR=\"" HEAD_ROW "\">");
    dot_ink(out, (Ink){12, INK, true}, STR("Legend"));
    buf_addz(out, "</TD></TR>");
    add_edges(out, view, &occurs);
    if (occurs.gate) {
        add_row(out, "", (Ink){12, INK, true}, view->ascii ? STR("<>") : STR("\xE2\xAC\xA1"),
                "redundancy gate: how many members must live");
    }
    add_layers(out, view, &occurs);
    add_severities(out, view, &occurs);
    uint32_t height = (uint32_t)count_rows(&occurs) * LEGEND_ROW;
    if (height < least_height) {
        buf_printf(out, "<TR><TD COLSPAN=\"2\" CELLPADDING=\"0\" HEIGHT=\"%u\"></TD></TR>",
                   least_height - height);
    }
    buf_addz(out, "</TABLE>");
    return height;
}
