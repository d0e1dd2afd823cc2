#include "rule/profile.h"

#include <assert.h>
#include <stdlib.h>

#include "base/platform.h"
#include "rule/lint_state.h"
#include "rule/run.h"

typedef struct Profile {
    Lint *lint;
    RuleWorker worker;
    Arena *arena;
    VEC(StatementCost) costs;
} Profile;

/* Of all connections of the worker. */
static DatabaseWork work_of(const RuleWorker *worker) {
    DatabaseWork work = database_work(worker->database);
    for (int shown = SHOW_RESULTS; shown < SHOWN_COUNT; shown++) {
        if (worker->recorders[shown]) {
            DatabaseWork more = database_work(worker->recorders[shown]);
            work.steps += more.steps;
            work.rows += more.rows;
        }
    }
    return work;
}

static void add_cost(Profile *profile, StatementCost cost, uint64_t start, DatabaseWork before) {
    DatabaseWork after = work_of(&profile->worker);
    cost.ns = clock_monotonic_ns() - start;
    cost.steps = after.steps - before.steps;
    cost.rows = after.rows - before.rows;
    vec_push(profile->arena, &profile->costs, cost);
}

static void measure_rule(Profile *profile, const Rule *rule) {
    DatabaseWork before = work_of(&profile->worker);
    uint64_t start = clock_monotonic_ns();
    RuleRun run;
    rule_run(&profile->worker, rule, &run);
    StatementCost cost = {.kind = "rule", .name = rule->id, .failed = run.outcome == RULE_FAILED};
    add_cost(profile, cost, start, before);
}

static void measure(Profile *profile, const char *kind, Str name, Str sql) {
    Query *query;
    QueryError error;
    StatementCost cost = {.kind = kind, .name = name, .failed = true};
    DatabaseWork before = work_of(&profile->worker);
    uint64_t start = clock_monotonic_ns();
    if (query_prepare(profile->worker.database, sql, &query, &error)) {
        query_budget(query, rule_budget(profile->lint->inventory));
        QueryStep step = QUERY_ROW;
        while (step == QUERY_ROW) {
            step = query_step(query, &error);
        }
        cost.failed = step == QUERY_FAILED;
        query_close(query);
    }
    add_cost(profile, cost, start, before);
}

static void measure_packs(Profile *profile) {
    const Packs *packs = profile->lint->packs;
    for (size_t i = 0; i < packs->count; i++) {
        const Pack *pack = &packs->items[i];
        for (size_t j = 0; j < pack->derive_count; j++) {
            measure(profile, "derive", pack->derives[j].id, pack->derives[j].query);
        }
        for (size_t j = 0; j < pack->needs_count; j++) {
            if (!pack->needs[j].field.n) { /* a field runs no statement */
                measure(profile, "needs", pack->needs[j].id, pack->needs[j].query);
            }
        }
        for (size_t j = 0; j < pack->mechanism_count; j++) {
            measure(profile, "mechanism", pack->mechanisms[j].id, pack->mechanisms[j].active);
        }
    }
}

static int compare_costs(const void *a, const void *b) {
    const StatementCost *x = a;
    const StatementCost *y = b;
    uint64_t cost_x = x->steps + x->rows;
    uint64_t cost_y = y->steps + y->rows;
    if (cost_x != cost_y) {
        return cost_x < cost_y ? 1 : -1;
    }
    return str_cmp(x->name, y->name);
}

StatementCosts lint_profile(Lint *lint, const LintOptions *options, Arena *arena) {
    size_t count;
    const Rule **rules = lint_select_rules(lint, options, &count);
    lint_prepare_rules(lint, rules, count);
    Profile profile = {.lint = lint, .arena = arena};
    rule_worker_open(lint, options, &profile.worker);
    rule_worker_connect(&profile.worker);
    for (size_t i = 0; i < count; i++) {
        measure_rule(&profile, rules[i]);
    }
    for (size_t i = 0; i < lint->views.count; i++) {
        const SqlView *view = &lint->views.items[i];
        if (lint->kept.items[i].table) {
            measure(&profile, "view", view->name, view->sql);
        }
    }
    measure_packs(&profile);
    rule_worker_close(&profile.worker);
    if (profile.costs.count) {
        qsort(profile.costs.items, profile.costs.count, sizeof *profile.costs.items, compare_costs);
    }
    return (StatementCosts){profile.costs.items, profile.costs.count};
}
