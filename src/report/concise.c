/* One line a finding, as compilers print them: editors and grep read it. What was not assessed is
 * a line a layer, without a place. */
#include "report/lacking.h"
#include "report/snippet.h"
#include "report/words.h"

void report_concise(const Report *report, const ReportOptions *options, Buf *out) {
    Page page = page_of(options, out);
    Arena *scratch = arena_open(0);
    const Sources *sources = inventory_sources(report->inventory);
    for (size_t i = 0; i < report->finding_count; i++) {
        const Finding *finding = report->findings[i];
        if (!report_shows(options, finding)) {
            continue;
        }
        ArenaMark mark = arena_mark(scratch);
        page_text(&page, place_text(scratch, sources, finding->places[0].loc));
        buf_addz(out, ": ");
        page_styled(&page, severity_style(finding->severity), severity_name(finding->severity));
        buf_addz(out, ": ");
        page_text(&page, finding->message);
        buf_printf(out, " [%.*s]\n", STR_ARG(finding->rule->id));
        arena_release(scratch, mark);
    }
    for (size_t i = 0; i < report->failure_count; i++) {
        const RuleFailure *failure = &report->failures[i];
        page_text(&page, place_text(scratch, sources, failure->loc));
        buf_addz(out, ": error: the rule failed to run: ");
        page_text(&page, failure->reason);
        buf_printf(out, " [%.*s]\n", STR_ARG(failure->rule->id));
    }
    size_t count;
    const Lacking *layers = lacking_layers(scratch, report, &count);
    for (size_t i = 0; i < count; i++) {
        buf_printf(out, "not assessed, %.*s: ", STR_ARG(layers[i].layer));
        page_text(&page, layers[i].text);
        buf_addc(out, '\n');
    }
    arena_close(scratch);
}
