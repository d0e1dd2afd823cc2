/* Markdown for a pull request, a ticket or a wiki page. */
#include "report/escape.h"
#include "report/lacking.h"
#include "report/snippet.h"
#include "report/words.h"

typedef struct Writer {
    const Report *report;
    const Sources *sources;
    Arena *scratch;
    Buf *out;
} Writer;

static void write_table(const Writer *writer) {
    const Report *report = writer->report;
    Buf *out = writer->out;
    if (!report->finding_count) {
        return;
    }
    buf_addz(out, "| # | severity | rule | finding | place |\n|---|---|---|---|---|\n");
    for (size_t i = 0; i < report->finding_count; i++) {
        const Finding *finding = report->findings[i];
        buf_printf(out, "| %u | %.*s%s%.*s | %.*s | ", finding->number,
                   STR_ARG(severity_name(finding->severity)), finding->waiver ? ", " : "",
                   STR_ARG(words_accepted(finding)), STR_ARG(finding->rule->id));
        escape_markdown(out, finding->message);
        buf_addz(out, " | ");
        escape_code(out, place_text(writer->scratch, writer->sources, finding->places[0].loc));
        buf_addz(out, " |\n");
    }
    buf_addc(out, '\n');
}

static void item(Buf *out, const char *name, Str text) {
    if (text.n) {
        buf_printf(out, "- %s: ", name);
        escape_markdown(out, text);
        buf_addc(out, '\n');
    }
}

static void write_finding(const Writer *writer, const Finding *finding) {
    Buf *out = writer->out;
    buf_printf(out, "## %u. ", finding->number);
    escape_markdown(out, finding->message);
    buf_printf(out, "\n\n%.*s, %.*s\n\n", STR_ARG(severity_name(finding->severity)),
               STR_ARG(finding->rule->id));
    for (size_t i = 0; i < finding->place_count; i++) {
        const Place *place = &finding->places[i];
        buf_addz(out, "- ");
        escape_code(out, place_text(writer->scratch, writer->sources, place->loc));
        buf_addz(out, place->label.n ? ": " : "");
        escape_markdown(out, place->label);
        buf_addc(out, '\n');
    }
    item(out, "replay", finding->replay);
    if (finding->chain_count > 1) {
        item(out, "chain", words_chain(writer->scratch, writer->report, finding));
    }
    item(out, "services",
         words_names(writer->scratch, writer->report, finding->services, finding->service_count,
                     SIZE_MAX, 0));
    for (size_t i = 0; i < finding->note_count; i++) {
        item(out, "note", finding->notes[i]);
    }
    for (size_t i = 0; i < finding->evidence_count; i++) {
        item(out, "carries", finding->evidence[i]->message);
    }
    for (size_t i = 0; i < finding->assumed_count; i++) {
        item(out, "assumed",
             words_assumption(writer->scratch, writer->report, &finding->assumed[i]));
    }
    item(out, "help", finding->fix);
    if (finding->waiver) {
        item(out, words_accepted(finding).s, finding->waiver->reason);
    }
    buf_addc(out, '\n');
}

static void line(Buf *out, Str text) {
    if (text.n) {
        buf_addz(out, "- ");
        escape_markdown(out, text);
        buf_addc(out, '\n');
    }
}

/* By layer; each rule with its subjects is folded away. */
static void write_not_assessed(const Writer *writer) {
    const Report *report = writer->report;
    Buf *out = writer->out;
    size_t count;
    const Lacking *layers = lacking_layers(writer->scratch, report, &count);
    if (!count) {
        return;
    }
    buf_addz(out, "## Not assessed\n\n");
    for (size_t i = 0; i < count; i++) {
        item(out, layers[i].layer.s, layers[i].text);
    }
    buf_addz(out, "\n<details><summary>Each rule with its subjects</summary>\n\n");
    for (size_t i = 0; i < report->not_assessed_count; i++) {
        line(out, words_not_assessed(writer->scratch, report, &report->not_assessed[i], true));
    }
    buf_addz(out, "\n</details>\n\n");
}

static void write_unseen(const Writer *writer) {
    const Report *report = writer->report;
    if (report->unseen_count || report->stub_count) {
        buf_addz(writer->out, "## What we could not see\n\n");
        for (size_t i = 0; i < report->unseen_count; i++) {
            line(writer->out, words_unseen(writer->scratch, &report->unseen[i]));
        }
        line(writer->out, words_stubs(writer->scratch, report));
        buf_addc(writer->out, '\n');
    }
}

void report_markdown(const Report *report, const ReportOptions *options, Buf *out) {
    (void)options; /* accepted findings are in, and say so */
    Writer writer = {.report = report,
                     .sources = inventory_sources(report->inventory),
                     .scratch = arena_open(0),
                     .out = out};
    Str name = inventory_head(report->inventory)->name;
    buf_addz(out, "# ");
    escape_markdown(out, name.n ? name : STR("topolint"));
    buf_addz(out, "\n\n");
    words_summary(report, out);
    buf_addz(out, "\n\n");
    write_table(&writer);
    for (size_t i = 0; i < report->finding_count; i++) {
        write_finding(&writer, report->findings[i]);
    }
    write_not_assessed(&writer);
    write_unseen(&writer);
    arena_close(writer.scratch);
}
