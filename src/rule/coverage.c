#include "rule/coverage.h"

#include "rule/mentions.h"

/* True if the statement reads the kind's table or that of one of its lists. */
static bool reads_kind(const SqlClosure *closure, const Inventory *inventory, const Kind *kind,
                       Arena *scratch) {
    const Interner *interner = inventory_interner(inventory);
    Str name = sym_text(interner, kind->name);
    bool reads = sql_mentions_table(closure, name);
    for (size_t i = 0; !reads && i < kind->column_count; i++) {
        const Column *column = &kind->columns[i];
        if (column->field->type == TYPE_LIST) {
            Str list = sym_text(interner, column->name);
            reads = sql_mentions_table(
                closure, arena_printf(scratch, "%.*s_%.*s", STR_ARG(name), STR_ARG(list)));
        }
    }
    return reads;
}

static struct KindNames absent_kinds(const Inventory *inventory, const Packs *packs, Arena *arena,
                                     const Rule *rule) {
    const Schema *schema = inventory_schema(inventory);
    Arena *scratch = arena_open(0);
    SqlClosure closure = sql_closure(packs, scratch, rule->query);
    Str *names = arena_array(arena, Str, schema->kind_count);
    size_t count = 0;
    for (size_t k = 0; k < schema->kind_count; k++) {
        const Kind *kind = schema_kind(schema, (KindId)k);
        if (!kind->head && !inventory_row_count(inventory, (KindId)k) &&
            reads_kind(&closure, inventory, kind, scratch)) {
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

Coverage coverage_of(const Report *report, const Packs *packs, Arena *arena) {
    Coverage coverage = {.partly = count_partly(report)};
    struct KindNames *absent = arena_array(arena, struct KindNames, report->rule_count);
    for (size_t i = 0; i < report->rule_count; i++) {
        add_rule(&coverage, report, i);
        if (report->outcomes[i] == RULE_NOT_APPLICABLE) {
            absent[i] = absent_kinds(report->inventory, packs, arena, report->rules[i]);
        }
    }
    coverage.absent = absent;
    return coverage;
}
