#include "rule/asked_facts.h"

#include <stdlib.h>

#include "rule/faults.h"
#include "rule/run.h"

typedef struct Asking {
    const Lint *lint;
    const Report *report;
    Arena *arena;
    Arena *scratch;
    bool *carries; /* by entity: something needs it */
    VEC(AskedFact) facts;
} Asking;

static AskedFact *fact_of(Asking *asking, KindId kind, ColumnId column) {
    for (size_t i = 0; i < asking->facts.count; i++) {
        AskedFact *fact = &asking->facts.items[i];
        if (fact->kind == kind && fact->column == column) {
            return fact;
        }
    }
    AskedFact fact = {.kind = kind,
                      .column = column,
                      .name = fact_name(asking->arena, asking->report->inventory, kind, column),
                      .rules =
                          arena_array(asking->arena, const Rule *, asking->report->rule_count)};
    vec_push(asking->arena, &asking->facts, fact);
    return &asking->facts.items[asking->facts.count - 1];
}

/* Sets of one rule stand together, rules by id. */
static void add_rule(AskedFact *fact, const Rule *rule) {
    if (!fact->rule_count || fact->rules[fact->rule_count - 1] != rule) {
        fact->rules[fact->rule_count++] = rule;
    }
}

/* True if the verdicts of the rule are about what services must survive by contract. */
static bool is_of_contracts(const Asking *asking, const Rule *rule) {
    const Mentions *mentions = lint_mentions(asking->lint);
    SqlUse use = mentions_of(mentions, asking->scratch, rule->query);
    return mentions_table(mentions, &use, STR("contract"));
}

static bool is_first_of_column(const NotAssessed *item, size_t at) {
    for (size_t i = 0; i < at; i++) {
        if (item->missing[i].kind == item->missing[at].kind &&
            item->missing[i].column == item->missing[at].column) {
            return false;
        }
    }
    return true;
}

static void add_item(Asking *asking, const NotAssessed *item) {
    bool of_contracts = is_of_contracts(asking, item->rule);
    for (size_t i = 0; i < item->missing_count; i++) {
        if (!is_first_of_column(item, i)) {
            continue;
        }
        AskedFact *fact = fact_of(asking, item->missing[i].kind, item->missing[i].column);
        add_rule(fact, item->rule);
        fact->alone += item->fact_count == 1;
        fact->contracts += of_contracts ? item->count : 0;
        fact->verdicts += item->count;
        fact->more = fact->more || item->missing_cut;
    }
}

/* ---- records ---- */

static int larger_first(size_t a, size_t b) {
    return a == b ? 0 : a < b ? 1 : -1;
}

static int compare_ids(const void *a, const void *b) {
    EntityId x = ((const AskedRecord *)a)->id;
    EntityId y = ((const AskedRecord *)b)->id;
    return (x > y) - (x < y);
}

static int compare_records(const void *a, const void *b) {
    const AskedRecord *x = a;
    const AskedRecord *y = b;
    int order = larger_first(x->verdicts, y->verdicts);
    order = order ? order : larger_first(x->carries, y->carries);
    return order ? order : compare_ids(a, b);
}

static void add_records(const Asking *asking, AskedFact *fact) {
    VEC(AskedRecord) records = {0};
    for (size_t i = 0; i < asking->report->not_assessed_count; i++) {
        const NotAssessed *item = &asking->report->not_assessed[i];
        for (size_t j = 0; j < item->missing_count; j++) {
            const MissingFact *missing = &item->missing[j];
            if (missing->kind == fact->kind && missing->column == fact->column) {
                vec_push(asking->arena, &records,
                         ((AskedRecord){missing->record, 1, asking->carries[missing->record]}));
            }
        }
    }
    if (records.count) {
        qsort(records.items, records.count, sizeof *records.items, compare_ids);
    }
    for (size_t i = 0; i < records.count; i++) {
        AskedRecord *last = fact->record_count ? &records.items[fact->record_count - 1] : NULL;
        if (last && last->id == records.items[i].id) {
            last->verdicts++;
        } else {
            records.items[fact->record_count++] = records.items[i];
        }
    }
    if (fact->record_count) {
        qsort(records.items, fact->record_count, sizeof *records.items, compare_records);
    }
    fact->records = records.items;
}

/* ---- order ---- */

static int compare_facts(const void *a, const void *b) {
    const AskedFact *x = a;
    const AskedFact *y = b;
    int order = larger_first(x->rule_count + x->contracts, y->rule_count + y->contracts);
    order = order ? order : larger_first(x->alone, y->alone);
    order = order ? order : larger_first(x->verdicts, y->verdicts);
    return order ? order : str_cmp(x->name, y->name);
}

static size_t count_rules(const Report *report) {
    size_t count = 0;
    const Rule *last = NULL;
    for (size_t i = 0; i < report->not_assessed_count; i++) {
        const NotAssessed *item = &report->not_assessed[i];
        if (item->missing_count && item->rule != last) {
            last = item->rule;
            count++;
        }
    }
    return count;
}

static void mark_carriers(Asking *asking) {
    const Needs *needs = lint_faults(asking->lint)->needs;
    size_t entities = inventory_entity_count(asking->report->inventory);
    asking->carries = arena_array(asking->scratch, bool, entities + 1);
    for (size_t i = 0; i < needs->count; i++) {
        asking->carries[needs->rows[i].provider] = true;
    }
}

AskList ask_facts(const Lint *lint, const Report *report, Arena *arena) {
    Asking asking = {.lint = lint, .report = report, .arena = arena, .scratch = arena_open(0)};
    mark_carriers(&asking);
    for (size_t i = 0; i < report->not_assessed_count; i++) {
        add_item(&asking, &report->not_assessed[i]);
    }
    for (size_t i = 0; i < asking.facts.count; i++) {
        add_records(&asking, &asking.facts.items[i]);
    }
    arena_close(asking.scratch);
    if (asking.facts.count) {
        qsort(asking.facts.items, asking.facts.count, sizeof *asking.facts.items, compare_facts);
    }
    return (AskList){asking.facts.items, asking.facts.count, count_rules(report)};
}
