/* The findings below the picture: the same numbers as in every report, findings of one rule under
 * one heading. */
#include "base/fold.h"
#include "draw/dot.h"
#include "draw/text_width.h"
#include "rule/pack.h"

enum {
    LINES_MAX = 3,     /* of one message */
    FINDINGS_MAX = 14, /* rows; the rest is counted */
    GROUP_MAX = 6,     /* rows of one rule */
    NUMBER_WIDTH = 60, /* of the number's cell, with all padding */
    ROW_PADDING = 9,
};

/* What is written; `height` in points grows with it. */
typedef struct Table {
    Buf *out;
    const View *view;
    uint32_t line_width; /* points */
    uint32_t height;
} Table;

static uint32_t line_height(int size) {
    return (uint32_t)size * 6 / 5;
}

/* Bytes of the text that fit a line, broken at a blank if there is one. */
static size_t fitting(const Table *table, Str text, int size) {
    size_t end = 0;
    size_t blank = 0;
    uint32_t width = 0;
    while (end < text.n) {
        size_t from = end;
        utf8_next(text, &end);
        width += text_width(str_slice(text, from, end), (uint32_t)size * 10, false);
        if (width > table->line_width * 10) {
            return blank ? blank : from ? from : end;
        }
        blank = text.s[from] == ' ' ? from : blank;
    }
    return end;
}

/* Text in lines, each ended as Graphviz wants it. */
static void add_wrapped(Table *table, Str text, int size) {
    for (int line = 1; text.n; line++) {
        size_t end = fitting(table, text, size);
        dot_text(table->out, str_slice(text, 0, end));
        text = str_trim(str_slice(text, end, text.n));
        if (line == LINES_MAX && text.n) {
            buf_addz(table->out, "\xE2\x80\xA6");
            text = STR_NONE;
        }
        buf_addz(table->out, "<BR ALIGN=\"LEFT\"/>");
        table->height += line_height(size);
    }
}

static void open_row(Table *table, const char *fill, Ink ink, Str sign, uint32_t number) {
    Buf *out = table->out;
    buf_addz(out, "<TR><TD VALIGN=\"TOP\"");
    if (number) {
        buf_printf(out, " ID=\"finding-%u\" HREF=\"#finding-%u\"", number, number);
    }
    if (fill) {
        buf_printf(out, " BGCOLOR=\"%s\"", fill);
    }
    buf_addc(out, '>');
    dot_ink(out, ink, sign);
    buf_addz(out, "</TD><TD ALIGN=\"LEFT\" BALIGN=\"LEFT\">");
    table->height += ROW_PADDING;
}

static void close_row(Table *table) {
    buf_addz(table->out, "</TD></TR>");
}

static void add_rule(Table *table, const Finding *finding) {
    const Tone *tone = tone_of_severity(finding->severity);
    buf_printf(table->out, "<FONT POINT-SIZE=\"11\" COLOR=\"%s\"><B>", tone->on_tint);
    dot_text(table->out, finding->rule->id);
    buf_addz(table->out, "</B><BR ALIGN=\"LEFT\"/></FONT>");
    table->height += line_height(11);
}

static void add_message(Table *table, const Finding *finding) {
    buf_addz(table->out, "<FONT POINT-SIZE=\"11\" COLOR=\"" INK "\">");
    add_wrapped(table, finding->message, 11);
    buf_addz(table->out, "</FONT>");
}

static void add_fix(Table *table, const Finding *finding) {
    if (finding->fix.n) {
        buf_printf(table->out, "<FONT POINT-SIZE=\"10\" COLOR=\"%s\"><B>Fix:</B> ", tone_ok.line);
        add_wrapped(table, finding->fix, 10);
        buf_addz(table->out, "</FONT>");
    }
}

static void open_numbered(Table *table, const Finding *finding) {
    const Tone *tone = tone_of_severity(finding->severity);
    Str sign = dot_glyph(table->view->ascii, tone);
    open_row(table, tone->fill, (Ink){11, tone->on_fill, true},
             arena_printf(table->view->arena, "%.*s %u", STR_ARG(sign), finding->number),
             finding->number);
}

static void add_note(Table *table, Str sign, Str text) {
    open_row(table, HEAD_ROW, (Ink){11, MUTED, true}, sign, 0);
    buf_addz(table->out, "<FONT POINT-SIZE=\"10\" COLOR=\"" MUTED "\">");
    add_wrapped(table, text, 10);
    buf_addz(table->out, "</FONT>");
    close_row(table);
}

/* ---- findings of one rule ---- */

static bool same_group(const Finding *a, const Finding *b) {
    return a->rule == b->rule && a->severity == b->severity && str_eq(a->fix, b->fix);
}

/* Alone: rule, message and fix beside the number. Several: the rule once above the numbers, the fix
 * once below them. Returns how many are written. */
static size_t add_group(Table *table, const Finding *const *group, size_t size, size_t room) {
    size_t shown = size > GROUP_MAX ? GROUP_MAX : size;
    shown = shown < room ? shown : room;
    if (size == 1) {
        open_numbered(table, group[0]);
        add_rule(table, group[0]);
        add_message(table, group[0]);
        add_fix(table, group[0]);
        close_row(table);
        return 1;
    }
    open_row(table, NULL, (Ink){11, MUTED, false}, STR_NONE, 0);
    add_rule(table, group[0]);
    close_row(table);
    for (size_t i = 0; i < shown; i++) {
        open_numbered(table, group[i]);
        add_message(table, group[i]);
        close_row(table);
    }
    if (shown < size) {
        add_note(table, STR("+"),
                 arena_printf(table->view->arena, "%zu more of this rule", size - shown));
    }
    open_row(table, NULL, (Ink){11, MUTED, false}, STR_NONE, 0);
    add_fix(table, group[0]);
    close_row(table);
    return size;
}

static void add_rows(Table *table) {
    const Report *report = table->view->report;
    VEC(const Finding *) open = {0};
    for (size_t i = 0; i < report->finding_count; i++) {
        if (!report->findings[i]->waiver) {
            vec_push(table->view->arena, &open, report->findings[i]);
        }
    }
    size_t at = 0;
    size_t rows = 0;
    while (at < open.count && rows < FINDINGS_MAX) {
        size_t end = at + 1;
        while (end < open.count && same_group(open.items[at], open.items[end])) {
            end++;
        }
        rows += end - at > GROUP_MAX ? GROUP_MAX : end - at;
        at += add_group(table, &open.items[at], end - at, FINDINGS_MAX);
    }
    if (at < open.count) {
        add_note(table, STR("+"),
                 arena_printf(table->view->arena,
                              "%zu more findings: topolint lint prints all of them.",
                              open.count - at));
    }
}

/* Only how many: there may be as many of them as rules. */
static void add_not_assessed(Table *table) {
    const Report *report = table->view->report;
    size_t count = 0;
    for (size_t i = 0; i < report->not_assessed_count; i++) {
        count += !i || report->not_assessed[i].rule != report->not_assessed[i - 1].rule;
    }
    if (count) {
        add_note(table, STR("?"),
                 arena_printf(table->view->arena,
                              "%zu rule%s could not decide everywhere, because facts are not "
                              "stated: topolint ask names them.",
                              count, count == 1 ? "" : "s"));
    }
}

/* A long path by its end. */
static Str path_end(Arena *arena, Str path) {
    enum { PATH_BYTES_MAX = 56 };
    if (path.n <= PATH_BYTES_MAX) {
        return path;
    }
    size_t at = path.n - PATH_BYTES_MAX;
    while (at < path.n && ((unsigned char)path.s[at] & 0xC0) == 0x80) {
        at++;
    }
    return arena_printf(arena, "\xE2\x80\xA6%.*s", STR_ARG(str_slice(path, at, path.n)));
}

static void add_counts(Buf *out, const View *view) {
    const Report *report = view->report;
    const struct {
        size_t count;
        const char *one, *many;
    } counts[] = {{report->errors, "error", "errors"},
                  {report->warnings, "warning", "warnings"},
                  {report->infos, "info", "info"}};
    Buf text;
    buf_init(&text, 256);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        if (counts[i].count) {
            buf_printf(&text, "%s%zu %s", text.size ? ", " : "", counts[i].count,
                       counts[i].count == 1 ? counts[i].one : counts[i].many);
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
        dot_text(out, path_end(view->arena, source_of(sources, report->inputs[i])->path));
        buf_addz(out, "</FONT>");
    }
    buf_addz(out, "</TD></TR>");
}

uint32_t dot_findings(Buf *out, const View *view, uint32_t width, uint32_t least_height) {
    Table table = {.out = out, .view = view, .line_width = width - NUMBER_WIDTH, .height = 38};
    buf_addz(out, "<TABLE BORDER=\"1\" COLOR=\"" TABLE_LINES
                  "\" CELLBORDER=\"0\" CELLSPACING=\"3\" CELLPADDING=\"3\">");
    add_counts(out, view);
    add_rows(&table);
    add_not_assessed(&table);
    if (view->left_out.n) {
        add_note(&table, STR("+"), view->left_out);
    }
    if (table.height < least_height) {
        buf_printf(out, "<TR><TD COLSPAN=\"2\" CELLPADDING=\"0\" HEIGHT=\"%u\"></TD></TR>",
                   least_height - table.height);
    }
    buf_addz(out, "</TABLE>");
    return table.height;
}
