#include "rule/coverage.h"

static struct KindNames absent_kinds(const Inventory *inventory, const Mentions *mentions,
                                     Arena *arena, const Rule *rule) {
    const Schema *schema = inventory_schema(inventory);
    Arena *scratch = arena_open(0);
    SqlUse use = mentions_of(mentions, scratch, rule->query);
    Str *names = arena_array(arena, Str, schema->kind_count);
    size_t count = 0;
    for (size_t k = 0; k < schema->kind_count; k++) {
        const Kind *kind = schema_kind(schema, (KindId)k);
        if (!kind->head && !inventory_row_count(inventory, (KindId)k) &&
            mentions_kind(mentions, &use, (KindId)k)) {
            names[count++] = sym_text(schema->interner, kind->name);
        }
    }
    arena_close(scratch);
    return (struct KindNames){names, count};
}

static void add_rule(Coverage *coverage, const Report *report, size_t rule) {
    switch (report->outcomes[rule]) {
    case RULE_FOUND:
    case RULE_PASSED:
    case RULE_NOT_ASSESSED:
        coverage->decided += report->decided[rule];
        coverage->not_assessed += !report->decided[rule];
        break;
    case RULE_NOT_APPLICABLE:
        coverage->not_applicable++;
        break;
    case RULE_FAILED:
        coverage->failed++;
        break;
    }
}

/* Rules that decided and could not: what was not assessed stands rule by rule. */
static size_t count_partly(const Report *report) {
    size_t count = 0;
    size_t at = 0;
    for (size_t i = 0; i < report->rule_count; i++) {
        bool unknown = false;
        for (; at < report->not_assessed_count && report->not_assessed[at].rule == report->rules[i];
             at++) {
            unknown = true;
        }
        count += unknown && report->decided[i];
    }
    return count;
}

Coverage coverage_of(const Report *report, const Mentions *mentions, Arena *arena) {
    Coverage coverage = {.partly = count_partly(report)};
    struct KindNames *absent = arena_array(arena, struct KindNames, report->rule_count);
    for (size_t i = 0; i < report->rule_count; i++) {
        add_rule(&coverage, report, i);
        if (report->outcomes[i] == RULE_NOT_APPLICABLE) {
            absent[i] = absent_kinds(report->inventory, mentions, arena, report->rules[i]);
        }
    }
    coverage.absent = absent;
    return coverage;
}
