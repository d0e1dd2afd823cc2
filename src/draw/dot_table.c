/* The findings below the picture: the same numbers as in every report, findings of one rule under
 * one heading. */
#include "base/fold.h"
#include "draw/dot.h"
#include "rule/pack.h"

enum {
    LINE_CHARS = 96,   /* at 11 pt about 620 pt: with the legend a page */
    LINES_MAX = 3,     /* of one message */
    FINDINGS_MAX = 14, /* rows; the rest is counted */
    GROUP_MAX = 5,     /* rows of one rule */
    FILLER_ROWS = 2,
};

/* Text in lines of at most LINE_CHARS, broken at blanks, each ended as Graphviz wants it. */
static void add_wrapped(Buf *out, Str text) {
    size_t at = 0;
    for (int line = 1; at < text.n; line++) {
        size_t end = at;
        size_t blank = 0;
        for (int chars = 0; end < text.n && chars < LINE_CHARS; chars++) {
            if (text.s[end] == ' ') {
                blank = end;
            }
            utf8_next(text, &end);
        }
        if (end < text.n && blank > at) {
            end = blank;
        }
        dot_text(out, str_slice(text, at, end));
        if (line == LINES_MAX && end < text.n) {
            buf_addz(out, "\xE2\x80\xA6");
            end = text.n;
        }
        buf_addz(out, "<BR ALIGN=\"LEFT\"/>");
        at = end;
        while (at < text.n && text.s[at] == ' ') {
            at++;
        }
    }
}

static void add_heading(Buf *out, const Finding *finding, size_t count) {
    const Tone *tone = tone_of_severity(finding->severity);
    buf_printf(out, "<FONT POINT-SIZE=\"11\" COLOR=\"%s\"><B>", tone->on_tint);
    dot_text(out, finding->rule->id);
    if (count > 1) {
        buf_printf(out, "&#160;&#160;x%zu", count);
    }
    buf_addz(out, "</B></FONT><BR ALIGN=\"LEFT\"/>");
}

static void add_row(Buf *out, const View *view, const Finding *finding, size_t group, bool first,
                    bool last) {
    const Tone *tone = tone_of_severity(finding->severity);
    buf_printf(out,
               "<TR><TD ID=\"finding-%u\" HREF=\"#finding-%u\" VALIGN=\"TOP\" BGCOLOR=\"%s\">"
               "<FONT COLOR=\"%s\" POINT-SIZE=\"11\"><B>%.*s&#160;%u</B></FONT></TD>"
               "<TD ALIGN=\"LEFT\" BALIGN=\"LEFT\">",
               finding->number, finding->number, tone->fill, tone->on_fill,
               STR_ARG(dot_glyph(view->ascii, tone)), finding->number);
    if (first) {
        add_heading(out, finding, group);
    }
    buf_addz(out, "<FONT POINT-SIZE=\"11\" COLOR=\"" INK "\">");
    add_wrapped(out, finding->message);
    buf_addz(out, "</FONT>");
    if (last && finding->fix.n) {
        buf_printf(out, "<FONT POINT-SIZE=\"10\" COLOR=\"%s\"><B>Fix:</B> ", tone_ok.line);
        add_wrapped(out, finding->fix);
        buf_addz(out, "</FONT>");
    }
    buf_addz(out, "</TD></TR>");
}

static void add_note(Buf *out, Str sign, Str text) {
    buf_addz(out, "<TR><TD VALIGN=\"TOP\" BGCOLOR=\"" HEAD_ROW "\">");
    dot_ink(out, (Ink){11, MUTED, true}, sign);
    buf_addz(out, "</TD><TD ALIGN=\"LEFT\" BALIGN=\"LEFT\"><FONT POINT-SIZE=\"10\" COLOR=\"" MUTED
                  "\">");
    add_wrapped(out, text);
    buf_addz(out, "</FONT></TD></TR>");
}

static bool same_group(const Finding *a, const Finding *b) {
    return a->rule == b->rule && a->severity == b->severity && str_eq(a->fix, b->fix);
}

static void add_rows(Buf *out, const View *view) {
    const Report *report = view->report;
    VEC(const Finding *) open = {0};
    for (size_t i = 0; i < report->finding_count; i++) {
        if (!report->findings[i]->waiver) {
            vec_push(view->arena, &open, report->findings[i]);
        }
    }
    size_t shown = 0;
    size_t rows = 0;
    for (size_t i = 0; i < open.count && rows < FINDINGS_MAX;) {
        size_t end = i + 1;
        while (end < open.count && same_group(open.items[i], open.items[end])) {
            end++;
        }
        size_t size = end - i;
        size_t last = size > GROUP_MAX ? i + 1 : end;
        for (size_t j = i; j < last && rows < FINDINGS_MAX; j++, rows++, shown++) {
            add_row(out, view, open.items[j], size, j == i, j + 1 == last);
        }
        i = end;
    }
    if (shown < open.count) {
        add_note(out, STR("+"),
                 arena_printf(view->arena, "%zu more findings: topolint lint prints all of them.",
                              open.count - shown));
    }
}

static void add_not_assessed(Buf *out, const View *view) {
    const Report *report = view->report;
    if (!report->not_assessed_count) {
        return;
    }
    Str text = STR("Not assessed, because facts are not stated (topolint lint names them): ");
    const Rule *last = NULL;
    for (size_t i = 0; i < report->not_assessed_count; i++) {
        const Rule *rule = report->not_assessed[i].rule;
        if (rule != last) {
            text = arena_printf(view->arena, "%.*s%s%.*s", STR_ARG(text), last ? ", " : "",
                                STR_ARG(rule->id));
        }
        last = rule;
    }
    add_note(out, STR("?"), text);
}

static void add_counts(Buf *out, const View *view) {
    const Report *report = view->report;
    const struct {
        size_t count;
        const char *word;
    } counts[] = {
        {report->errors, "error"}, {report->warnings, "warning"}, {report->infos, "info"}};
    Buf text;
    buf_init(&text, 256);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        if (counts[i].count) {
            buf_printf(&text, "%s%zu %s%s", text.size ? ", " : "", counts[i].count, counts[i].word,
                       counts[i].count == 1 ? "" : "s");
        }
    }
    buf_addz(out, "<TR><TD COLSPAN=\"2\" ALIGN=\"LEFT\" BGCOLOR=\"" HEAD_ROW
                  "\"><FONT POINT-SIZE=\"12\" COLOR=\"" INK "\"><B>Findings: ");
    buf_addz(out, text.size ? text.data : "none");
    buf_addz(out, "</B></FONT>");
    buf_clear(&text);
    const Sources *sources = inventory_sources(report->inventory);
    for (size_t i = 0; i < report->input_count && i < 3; i++) {
        buf_addz(out, "<FONT POINT-SIZE=\"11\" COLOR=\"" MUTED "\">&#160;&#160;&#160;");
        dot_text(out, source_of(sources, report->inputs[i])->path);
        buf_addz(out, "</FONT>");
    }
    buf_addz(out, "</TD></TR>");
}

void dot_findings(Buf *out, const View *view) {
    buf_addz(out, "<TABLE BORDER=\"1\" COLOR=\"" TABLE_LINES
                  "\" CELLBORDER=\"0\" CELLSPACING=\"4\" CELLPADDING=\"3\">");
    add_counts(out, view);
    add_rows(out, view);
    add_not_assessed(out, view);
    if (view->left_out.n) {
        add_note(out, STR("+"), view->left_out);
    }
    /* Spare height, where the legend is taller, gathers here. */
    for (int i = 0; i < FILLER_ROWS; i++) {
        buf_addz(out, "<TR><TD COLSPAN=\"2\" CELLPADDING=\"0\"></TD></TR>");
    }
    buf_addz(out, "</TABLE>");
}
