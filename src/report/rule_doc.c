/* docs/rules/<id>.md and the index: generated, committed, compared by a test. */
#include "report/escape.h"
#include "report/rule_text.h"
#include "report/words.h"

static void paragraph(Buf *out, const char *title, Str text) {
    if (str_trim(text).n) {
        buf_printf(out, "## %s\n\n%.*s\n\n", title, STR_ARG(str_trim(text)));
    }
}

void report_rule_markdown(const Rule *rule, Buf *out) {
    paragraph(out, "Why", rule->explanation);
    paragraph(out, "What to do", rule->fix);
    if (rule->position_count) {
        buf_addz(out, "## Positions\n\n");
        for (size_t i = 0; i < rule->position_count; i++) {
            buf_printf(out, "- %.*s: %.*s\n", STR_ARG(rule->positions[i].who),
                       STR_ARG(str_trim(rule->positions[i].text)));
        }
        buf_addc(out, '\n');
    }
    if (rule->source_count) {
        buf_addz(out, "## Sources\n\n");
        for (size_t i = 0; i < rule->source_count; i++) {
            const RuleSource *source = &rule->sources[i];
            Str mark =
                rule_source_is_unverified(source) ? STR("**not verified**") : source->strength;
            buf_printf(out, "- %.*s%s%.*s%s\n", STR_ARG(str_trim(source->text)), mark.n ? " (" : "",
                       STR_ARG(mark), mark.n ? ")" : "");
        }
        buf_addc(out, '\n');
    }
}

void report_rule_page(const Rule *rule, const Sources *sources, Buf *out) {
    Arena *scratch = arena_open(0);
    buf_printf(out, "# %.*s\n\n", STR_ARG(rule->id));
    escape_markdown(out, rule->title);
    buf_printf(out,
               "\n\n| pack | layer | default | vendor | one-method |\n|---|---|---|---|---|\n");
    buf_printf(out, "| %.*s | %.*s |", STR_ARG(rule->pack), STR_ARG(rule->layer));
    static const ProfileId columns[] = {PROFILE_DEFAULT, PROFILE_VENDOR, PROFILE_ONE_METHOD};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        Str severity = rule_severity_text(scratch, rule, columns[i]);
        buf_printf(out, " %.*s |", STR_ARG(severity));
    }
    buf_addz(out, "\n\n");
    report_rule_markdown(rule, out);
    if (rule->supersedes_count) {
        Str list = words_join(scratch, rule->supersedes, rule->supersedes_count, ", ");
        buf_printf(out, "## Carries as evidence\n\n%.*s\n\n", STR_ARG(list));
    }
    size_t count = rule->examples ? rule->examples->count : 0;
    for (size_t i = 0; i < count; i++) {
        Str example = rule_example_text(scratch, rule, sources, i);
        buf_printf(out, "%s```yaml\n%.*s\n```\n%s", i ? "" : "## Examples\n\n", STR_ARG(example),
                   i + 1 < count ? "\n" : "");
    }
    arena_close(scratch);
}

void report_rule_index(const Rule *const *rules, size_t count, Buf *out) {
    Arena *scratch = arena_open(0);
    buf_addz(out, "# Rules\n\nGenerated from `rules/`; `topolint explain RULE` prints the same on a"
                  " terminal.\n\n| rule | default | vendor | one-method | what it finds |\n"
                  "|---|---|---|---|---|\n");
    for (size_t i = 0; i < count; i++) {
        const Rule *rule = rules[i];
        buf_printf(out, "| [%.*s](rules/%.*s.md) |", STR_ARG(rule->id), STR_ARG(rule->id));
        static const ProfileId columns[] = {PROFILE_DEFAULT, PROFILE_VENDOR, PROFILE_ONE_METHOD};
        for (size_t j = 0; j < sizeof columns / sizeof *columns; j++) {
            Str severity = rule_severity_text(scratch, rule, columns[j]);
            buf_printf(out, " %.*s |", STR_ARG(severity));
        }
        buf_addc(out, ' ');
        escape_markdown(out, rule->title);
        buf_addz(out, " |\n");
    }
    arena_close(scratch);
}
