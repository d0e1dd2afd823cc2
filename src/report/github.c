/* Workflow commands of GitHub Actions: annotations in a pull request. */
#include "base/fold.h"
#include "report/lacking.h"
#include "report/snippet.h"
#include "report/words.h"

/* GitHub shows so many annotations of a level and step. */
enum { ANNOTATIONS_SHOWN = 10 };

/* %, CR and LF would end the command; in a property ':' and ',' too. */
static void add_escaped(Buf *out, Str text, bool property) {
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        bool bad = code == 0xFFFD && at - from == 1;
        if (code == '%' || code == '\r' || code == '\n' ||
            (property && (code == ':' || code == ','))) {
            buf_printf(out, "%%%02X", (unsigned)code);
        } else if (code == '\t' || bad || utf8_is_control(code) || utf8_is_bidi(code)) {
            buf_printf(out, "\\u{%x}", (unsigned)code);
        } else {
            buf_add(out, str_slice(text, from, at));
        }
    }
}

static const char *command_of(Severity severity) {
    return severity == SEVERITY_ERROR     ? "error"
           : severity == SEVERITY_WARNING ? "warning"
                                          : "notice";
}

static void write_place(const Sources *sources, Loc loc, Buf *out) {
    const Source *source = source_of(sources, loc.source);
    buf_addz(out, "file=");
    add_escaped(out, source->path, true);
    if (source->sheet.n) {
        return; /* a workbook has no lines to annotate */
    }
    unsigned line = loc.line ? loc.line : 1;
    buf_printf(out, ",line=%u,endLine=%u", line, line);
    if (loc.column && !source_is_table(source)) {
        buf_printf(out, ",col=%u,endColumn=%u", loc.column,
                   loc.column + (loc.length ? loc.length : 1u));
    }
}

static void write_finding(const Sources *sources, Arena *scratch, const Finding *finding,
                          Buf *out) {
    Loc loc = finding->places[0].loc;
    buf_printf(out, "::%s ", command_of(finding->severity));
    write_place(sources, loc, out);
    buf_addz(out, ",title=");
    add_escaped(out, finding->rule->id, true);
    buf_addz(out, "::");
    add_escaped(out, finding->message, false);
    if (source_of(sources, loc.source)->sheet.n) {
        buf_addz(out, " (");
        add_escaped(out, place_text(scratch, sources, loc), false);
        buf_addc(out, ')');
    }
    if (finding->fix.n) {
        buf_addz(out, "%0Ahelp: ");
        add_escaped(out, finding->fix, false);
    }
    buf_addc(out, '\n');
}

/* One notice, a line a layer. */
static void write_not_assessed(const Report *report, Arena *scratch, Buf *out) {
    size_t count;
    const Lacking *layers = lacking_layers(scratch, report, &count);
    buf_addz(out, count ? "::notice title=not assessed::" : "");
    for (size_t i = 0; i < count; i++) {
        buf_printf(out, "%s%.*s: ", i ? "%0A" : "", STR_ARG(layers[i].layer));
        add_escaped(out, layers[i].text, false);
    }
    buf_addz(out, count ? "\n" : "");
}

void report_github(const Report *report, const ReportOptions *options, Buf *out) {
    const Sources *sources = inventory_sources(report->inventory);
    Arena *scratch = arena_open(0);
    size_t counts[SEVERITY_ERROR + 1] = {0};
    for (size_t i = 0; i < report->finding_count; i++) {
        const Finding *finding = report->findings[i];
        if (report_shows(options, finding) && counts[finding->severity]++ < ANNOTATIONS_SHOWN) {
            ArenaMark mark = arena_mark(scratch);
            write_finding(sources, scratch, finding, out);
            arena_release(scratch, mark);
        }
    }
    for (size_t i = 0; i < report->failure_count; i++) {
        buf_addz(out, "::error title=");
        add_escaped(out, report->failures[i].rule->id, true);
        buf_addz(out, "::the rule failed to run: ");
        add_escaped(out, report->failures[i].reason, false);
        buf_addc(out, '\n');
    }
    buf_addz(out, report->coverage.decided ? "" : "::error title=topolint::nothing was checked\n");
    for (int level = SEVERITY_ERROR; level > SEVERITY_NONE; level--) {
        if (counts[level] > ANNOTATIONS_SHOWN) {
            buf_printf(out, "and %zu more of level %s\n", counts[level] - ANNOTATIONS_SHOWN,
                       command_of((Severity)level));
        }
    }
    write_not_assessed(report, scratch, out);
    words_summary(report, out);
    buf_addc(out, '\n');
    arena_close(scratch);
}
