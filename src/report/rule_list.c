/* The rules there are, for people and for programs. */
#include "report/json_value.h"
#include "report/page.h"
#include "report/rule_text.h"
#include "report/words.h"

void report_rule_list(const Rule *const *rules, size_t count, const ReportOptions *options,
                      Buf *out) {
    Page page = page_of(options, out);
    Arena *scratch = arena_open(0);
    size_t widest = 0;
    for (size_t i = 0; i < count; i++) {
        widest = rules[i]->id.n > widest ? rules[i]->id.n : widest;
    }
    for (size_t i = 0; i < count; i++) {
        const Rule *rule = rules[i];
        Str severity = rule_severity_text(scratch, rule, PROFILE_DEFAULT);
        severity = str_find(severity, ' ', 0) == SIZE_MAX ? severity : STR("by case");
        page_styled(&page, STYLE_BOLD, rule->id);
        buf_repeat(out, ' ', widest - rule->id.n);
        buf_printf(out, "  %-8.*s ", STR_ARG(severity));
        int at = (int)widest + 11;
        page_wrap(&page, rule->title, at, at);
        buf_addc(out, '\n');
    }
    words_count(out, count, "rule");
    buf_addc(out, '\n');
    arena_close(scratch);
}

static json_t *rule_json(const Rule *rule, Arena *scratch) {
    json_t *severities = json_object();
    for (int i = 0; i < PROFILE_COUNT; i++) {
        Str name = arena_copy(scratch, profile_name((ProfileId)i));
        json_put_text(severities, name.s, rule_severity_text(scratch, rule, (ProfileId)i));
    }
    json_t *sources = json_array();
    for (size_t i = 0; i < rule->source_count; i++) {
        json_t *source = json_push(sources, json_object());
        json_put_text(source, "text", str_trim(rule->sources[i].text));
        json_put_text(source, "strength", rule->sources[i].strength);
    }
    json_t *value = json_object();
    json_put_text(value, "id", rule->id);
    json_put_text(value, "title", rule->title);
    json_put_text(value, "pack", rule->pack);
    json_put_text(value, "layer", rule->layer);
    json_put(value, "severities", severities);
    json_put(value, "sources", sources);
    return value;
}

void report_rule_list_json(const Rule *const *rules, size_t count, Buf *out) {
    Arena *scratch = arena_open(0);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_push(list, rule_json(rules[i], scratch));
    }
    json_write(list, out);
    arena_close(scratch);
}
