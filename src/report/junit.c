/* JUnit XML: a test case per finding, per clean rule, per set of missing facts. Readers drop a
 * repeated pair of class and name, so each pair is unique. */
#include "report/escape.h"
#include "report/snippet.h"
#include "report/words.h"

typedef struct Writer {
    const Report *report;
    const Sources *sources;
    Arena *scratch;
    Buf *out;
} Writer;

static void attribute(Buf *out, const char *name, Str value) {
    buf_printf(out, " %s=\"", name);
    escape_xml(out, value);
    buf_addc(out, '"');
}

static void open_case(const Writer *writer, const Rule *rule, Str name) {
    buf_addz(writer->out, "    <testcase");
    attribute(writer->out, "classname", rule->id);
    attribute(writer->out, "name", name);
    buf_addc(writer->out, '>');
}

static void outcome(const Writer *writer, const char *element, Str message, Str text) {
    buf_printf(writer->out, "<%s", element);
    attribute(writer->out, "message", message);
    buf_addc(writer->out, '>');
    escape_xml(writer->out, text);
    buf_printf(writer->out, "</%s></testcase>\n", element);
}

static void write_finding(const Writer *writer, size_t at) {
    const Report *report = writer->report;
    const Finding *finding = report->findings[at];
    Str full = inventory_full_name(report->inventory, writer->scratch, finding->subject);
    if (finding->rule->identity_count) { /* only such a rule can find the same subject twice */
        full = arena_printf(writer->scratch, "%.*s (%.*s)", STR_ARG(full),
                            STR_ARG(finding->fingerprint));
    }
    Str where = place_text(writer->scratch, writer->sources, finding->places[0].loc);
    Str text =
        arena_printf(writer->scratch, "%.*s: %.*s%s%.*s", STR_ARG(where), STR_ARG(finding->message),
                     finding->fix.n ? "\nhelp: " : "", STR_ARG(finding->fix));
    open_case(writer, finding->rule, full);
    if (finding->waiver) {
        Str reason = finding->waiver->reason;
        outcome(writer, "skipped",
                arena_printf(writer->scratch, "%.*s: %.*s", STR_ARG(words_accepted(finding)),
                             STR_ARG(reason)),
                text);
    } else {
        outcome(writer, "failure",
                arena_printf(writer->scratch, "%.*s: %.*s",
                             STR_ARG(severity_name(finding->severity)), STR_ARG(finding->message)),
                text);
    }
}

static void write_not_assessed(const Writer *writer) {
    for (size_t i = 0; i < writer->report->not_assessed_count; i++) {
        const NotAssessed *item = &writer->report->not_assessed[i];
        Str facts = words_join(writer->scratch, item->facts, item->fact_count, ", ");
        open_case(writer, item->rule,
                  item->reason.n
                      ? arena_printf(writer->scratch, "not assessed: %.*s", STR_ARG(item->reason))
                      : arena_printf(writer->scratch, "not assessed without %.*s", STR_ARG(facts)));
        outcome(writer, "skipped", words_not_assessed(writer->scratch, writer->report, item, false),
                STR_NONE);
    }
}

static void write_cases(const Writer *writer) {
    const Report *report = writer->report;
    for (size_t i = 0; i < report->finding_count; i++) {
        ArenaMark mark = arena_mark(writer->scratch);
        write_finding(writer, i);
        arena_release(writer->scratch, mark);
    }
    write_not_assessed(writer);
    for (size_t i = 0; i < report->failure_count; i++) {
        open_case(writer, report->failures[i].rule, STR("run"));
        outcome(writer, "error", STR("the rule failed to run"), report->failures[i].reason);
    }
    if (!report->coverage.decided) {
        buf_addz(writer->out, "    <testcase classname=\"topolint\" name=\"coverage\"><error "
                              "message=\"nothing was checked\"/></testcase>\n");
    }
    for (size_t i = 0; i < report->rule_count; i++) {
        if (report->outcomes[i] == RULE_PASSED) {
            open_case(writer, report->rules[i], STR("all"));
            buf_addz(writer->out, "</testcase>\n");
        }
    }
}

void report_junit(const Report *report, const ReportOptions *options, Buf *out) {
    (void)options; /* accepted findings are skipped test cases */
    Writer writer = {.report = report,
                     .sources = inventory_sources(report->inventory),
                     .scratch = arena_open(0),
                     .out = out};
    size_t accepted = 0;
    for (size_t i = 0; i < report->finding_count; i++) {
        accepted += report->findings[i]->waiver != NULL;
    }
    size_t errors = report->failure_count + !report->coverage.decided;
    size_t tests = report->finding_count + report->not_assessed_count + errors +
                   words_outcomes(report, RULE_PASSED);
    Str counts = arena_printf(
        writer.scratch, "tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\"", tests,
        report->finding_count - accepted, errors, report->not_assessed_count + accepted);
    buf_printf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"topolint\"");
    buf_printf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n", tests,
               report->finding_count - accepted, errors);
    buf_printf(out, "  <testsuite name=\"topolint\" %.*s>\n", STR_ARG(counts));
    write_cases(&writer);
    buf_addz(out, "  </testsuite>\n</testsuites>\n");
    arena_close(writer.scratch);
}
