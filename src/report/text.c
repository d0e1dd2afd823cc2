/* The report for people: findings, then what could not be judged. */
#include "base/limits.h"
#include "base/threads.h"
#include "report/lacking.h"
#include "report/snippet.h"
#include "report/text_finding.h"
#include "report/words.h"

static void write_how(const TextWriter *writer) {
    const Report *report = writer->report;
    bool any = false;
    for (size_t i = 0; report->proposals && i < report->finding_count; i++) {
        any = any || report->proposals[i].count;
    }
    if (any) {
        page_wrap(&writer->page,
                  STR("A suggestion is an input: saved as fix.yaml, topolint lint FILE... fix.yaml "
                      "--prefer fix.yaml shows the design with it."),
                  0, 2);
        buf_addz(writer->page.out, "\n\n");
    }
}

static void write_failures(const TextWriter *writer) {
    for (size_t i = 0; i < writer->report->failure_count; i++) {
        const RuleFailure *failure = &writer->report->failures[i];
        Mark mark = {.loc = failure->loc, .primary = true};
        Snippet snippet = {.page = &writer->page,
                           .sources = writer->sources,
                           .scratch = writer->scratch,
                           .style = STYLE_ERROR,
                           .gutter = snippet_gutter(writer->sources, writer->scratch, &mark, 1)};
        Str head = arena_printf(writer->scratch, "error[%.*s]: ", STR_ARG(failure->rule->id));
        page_styled(&writer->page, STYLE_ERROR, head);
        page_wrap(
            &writer->page,
            arena_printf(writer->scratch, "the rule failed to run: %.*s", STR_ARG(failure->reason)),
            (int)head.n, 2);
        buf_addc(writer->page.out, '\n');
        snippet_print(&snippet, &mark, 1);
        buf_addc(writer->page.out, '\n');
    }
}

static void write_line(const TextWriter *writer, int indent, Str text) {
    buf_repeat(writer->page.out, ' ', (size_t)indent);
    page_wrap(&writer->page, text, indent, indent + 2);
    buf_addc(writer->page.out, '\n');
}

/* Each rule and set of facts, with its subjects. */
static void write_each_not_assessed(const TextWriter *writer, Str layer) {
    const Report *report = writer->report;
    for (size_t i = 0; i < report->not_assessed_count; i++) {
        const NotAssessed *item = &report->not_assessed[i];
        if (str_eq(item->rule->layer, layer)) {
            write_line(writer, 4, words_not_assessed(writer->scratch, report, item, true));
        }
    }
}

static void write_not_assessed(const TextWriter *writer) {
    if (!writer->report->not_assessed_count) {
        return;
    }
    size_t count;
    const Lacking *layers = lacking_layers(writer->scratch, writer->report, &count);
    page_styled(&writer->page, STYLE_BOLD, STR("not assessed:"));
    buf_addz(writer->page.out, " what is not stated, for which rules (about how many subjects)\n");
    for (size_t i = 0; i < count; i++) {
        buf_addz(writer->page.out, "  ");
        page_styled(&writer->page, STYLE_BOLD, layers[i].layer);
        if (writer->options->verbose) {
            buf_addc(writer->page.out, '\n');
            write_each_not_assessed(writer, layers[i].layer);
            continue;
        }
        buf_addz(writer->page.out, ": ");
        page_wrap(&writer->page, layers[i].text, (int)layers[i].layer.n + 4, 4);
        buf_addc(writer->page.out, '\n');
    }
    if (!writer->options->verbose) {
        write_line(writer, 2,
                   STR("--verbose names the subjects, `topolint ask` says how to get the facts"));
    }
    buf_addc(writer->page.out, '\n');
}

static void write_unseen(const TextWriter *writer) {
    const Report *report = writer->report;
    if (!report->unseen_count && !report->stub_count) {
        return;
    }
    page_styled(&writer->page, STYLE_BOLD, STR("what we could not see:"));
    buf_addc(writer->page.out, '\n');
    for (size_t i = 0; i < report->unseen_count; i++) {
        write_line(writer, 2, words_unseen(writer->scratch, &report->unseen[i]));
    }
    if (report->stub_count) {
        write_line(writer, 2, words_stubs(writer->scratch, report));
    }
    buf_addc(writer->page.out, '\n');
}

static void write_summary(const TextWriter *writer) {
    Buf summary;
    buf_init(&summary, LIMIT_TEXT_BYTES);
    words_summary(writer->report, &summary);
    page_wrap(&writer->page, buf_str(&summary), 0, 2);
    buf_addc(writer->page.out, '\n');
    buf_clear(&summary);
}

static TextWriter writer_open(const Report *report, const ReportOptions *options, Buf *out) {
    return (TextWriter){.report = report,
                        .options = options,
                        .sources = inventory_sources(report->inventory),
                        .page = page_of(options, out),
                        .scratch = arena_open(0)};
}

/* ---- findings, chunk by chunk side by side ---- */

enum { CHUNK_FINDINGS = 64 };

typedef struct FindingChunks {
    const Report *report;
    const ReportOptions *options;
    Buf *texts; /* by chunk */
} FindingChunks;

static void write_chunk(void *context, int worker, size_t index) {
    (void)worker;
    const FindingChunks *chunks = context;
    const Report *report = chunks->report;
    buf_init(&chunks->texts[index], LIMIT_REPORT_BYTES);
    TextWriter writer = writer_open(report, chunks->options, &chunks->texts[index]);
    size_t end = (index + 1) * CHUNK_FINDINGS;
    for (size_t i = index * CHUNK_FINDINGS; i < end && i < report->finding_count; i++) {
        if (report_shows(chunks->options, report->findings[i])) {
            text_finding(&writer, report->findings[i]);
        }
    }
    arena_close(writer.scratch);
}

static void write_findings(const TextWriter *writer) {
    const Report *report = writer->report;
    size_t count = (report->finding_count + CHUNK_FINDINGS - 1) / CHUNK_FINDINGS;
    FindingChunks chunks = {report, writer->options, arena_array(writer->scratch, Buf, count)};
    for (size_t i = 1; count > 1 && i < writer->sources->count; i++) {
        /* Lines are indexed on first use, which two threads must not do at once. */
        source_line(writer->sources, (SourceId)i, 1);
    }
    parallel_run(count > 1 ? processor_count() : 1, count, write_chunk, &chunks);
    for (size_t i = 0; i < count; i++) {
        buf_add(writer->page.out, buf_str(&chunks.texts[i]));
        writer->page.out->truncated |= chunks.texts[i].truncated;
        buf_clear(&chunks.texts[i]);
    }
}

void report_text(const Report *report, const ReportOptions *options, Buf *out) {
    TextWriter writer = writer_open(report, options, out);
    write_findings(&writer);
    write_how(&writer);
    write_failures(&writer);
    write_not_assessed(&writer);
    write_unseen(&writer);
    write_summary(&writer);
    arena_close(writer.scratch);
}
