/* A rule for people at a terminal. */
#include "report/page.h"
#include "report/rule_text.h"
#include "report/words.h"

enum { INDENT = 2 };

static void heading(const Page *page, const char *name) {
    buf_addc(page->out, '\n');
    page_styled(page, STYLE_BOLD, str_of(name));
    buf_addc(page->out, '\n');
}

static void list_item(const Page *page, Str text) {
    buf_addz(page->out, "  - ");
    page_wrap(page, text, INDENT + 2, INDENT + 2);
    buf_addc(page->out, '\n');
}

static void write_severities(const Page *page, const Rule *rule, Arena *scratch) {
    heading(page, "Severity");
    for (int i = 0; i < PROFILE_COUNT; i++) {
        Str profile = profile_name((ProfileId)i);
        Str severity = rule_severity_text(scratch, rule, (ProfileId)i);
        bool none = str_eq(severity, STR("none"));
        buf_printf(page->out, "  %-12.*s %.*s\n", STR_ARG(profile),
                   STR_ARG(none ? STR("no finding") : severity));
    }
}

static void write_sources(const Page *page, const Rule *rule, Arena *scratch) {
    if (!rule->source_count) {
        return;
    }
    heading(page, "Sources");
    for (size_t i = 0; i < rule->source_count; i++) {
        const RuleSource *source = &rule->sources[i];
        Str mark = rule_source_is_unverified(source) ? STR("not verified") : source->strength;
        list_item(page, arena_printf(scratch, "%.*s%s%.*s%s", STR_ARG(str_trim(source->text)),
                                     mark.n ? " (" : "", STR_ARG(mark), mark.n ? ")" : ""));
    }
}

static void write_positions(const Page *page, const Rule *rule, Arena *scratch) {
    if (!rule->position_count) {
        return;
    }
    heading(page, "Positions");
    for (size_t i = 0; i < rule->position_count; i++) {
        const RulePosition *position = &rule->positions[i];
        list_item(page, arena_printf(scratch, "%.*s: %.*s", STR_ARG(position->who),
                                     STR_ARG(str_trim(position->text))));
    }
}

static void write_examples(const Page *page, const Rule *rule, const Sources *sources,
                           Arena *scratch) {
    if (!rule->examples || !rule->examples->count) {
        return;
    }
    heading(page, "Examples");
    for (size_t i = 0; i < rule->examples->count; i++) {
        buf_addz(page->out, i ? "\n" : "");
        page_block(page, rule_example_text(scratch, rule, sources, i), INDENT);
    }
}

void report_explain(const Rule *rule, const Sources *sources, const ReportOptions *options,
                    Buf *out) {
    Page page = page_of(options, out);
    Arena *scratch = arena_open(0);
    page_styled(&page, STYLE_BOLD, rule->id);
    buf_addz(out, ": ");
    page_wrap(&page, rule->title, (int)rule->id.n + 2, INDENT);
    buf_printf(out, "\n  pack %.*s%s%.*s\n", STR_ARG(rule->pack), rule->layer.n ? ", layer " : "",
               STR_ARG(rule->layer));
    write_severities(&page, rule, scratch);
    if (rule->explanation.n) {
        heading(&page, "Why");
        page_prose(&page, rule->explanation, INDENT);
    }
    if (rule->fix.n) {
        heading(&page, "What to do");
        page_prose(&page, rule->fix, INDENT);
    }
    write_positions(&page, rule, scratch);
    write_sources(&page, rule, scratch);
    if (rule->supersedes_count) {
        heading(&page, "Carries as evidence");
        list_item(&page, words_join(scratch, rule->supersedes, rule->supersedes_count, ", "));
    }
    write_examples(&page, rule, sources, scratch);
    arena_close(scratch);
}
