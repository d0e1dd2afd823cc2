#include "rule/judge.h"

#include "rule/lint_state.h"

/* A statement over a run; what it reads is noted where `judge` is given. */
static bool ask(Lint *lint, const Rule *rule, Inventory *inventory, Arena *arena, Judge *judge,
                Verdicts *ret_verdicts) {
    Database *database;
    Query *query;
    QueryError error;
    if (database_open(arena, lint_catalog(lint), &database).failed) {
        return false;
    }
    bool good = query_prepare(database, rule->query, &query, &error);
    if (good) {
        if (judge) {
            judge->reads = database_reads(database, judge->arena, &judge->read_count);
        }
        *ret_verdicts = verdicts_of(query, inventory, arena);
        good = !ret_verdicts->failed;
        query_close(query);
    }
    database_close(database);
    return good;
}

static bool run_graph(const Judge *judge, Inventory *inventory, Arena *arena, Judge *noting,
                      Verdicts *ret_verdicts) {
    Diags unseen;
    diags_init(&unseen, arena);
    Lint *lint = lint_open_on(1, arena, judge->packs, inventory, &unseen);
    bool good = lint && ask(lint, judge->rule, inventory, arena, noting, ret_verdicts);
    lint_close(lint);
    return good;
}

/* True if packs derive what it reads. */
static bool reads_derived(const Judge *judge, const Schema *schema) {
    bool derived = false;
    for (size_t i = 0; i < judge->read_count; i++) {
        derived = derived || schema_kind(schema, judge->reads[i].kind)->derived;
    }
    return derived;
}

static void open_records(Judge *judge, Inventory *inventory) {
    Lint *lint = lint_open_records(judge->arena, judge->packs, inventory);
    QueryError error;
    if (database_open(judge->arena, &lint->catalogs[SHOW_ALL], &judge->database).failed) {
        judge->database = NULL;
        return;
    }
    if (query_prepare(judge->database, judge->rule->query, &judge->query, &error)) {
        judge->reads = database_reads(judge->database, judge->arena, &judge->read_count);
        if (reads_derived(judge, inventory_schema(inventory))) {
            query_close(judge->query);
            judge->query = NULL;
        }
    }
}

bool judge_open(Judge *judge, Arena *arena, const Packs *packs, const Rule *rule,
                Inventory *inventory) {
    *judge = (Judge){.packs = packs, .rule = rule, .arena = arena};
    open_records(judge, inventory);
    if (judge->query) {
        return true;
    }
    Arena *scratch = arena_open(0);
    Verdicts verdicts;
    bool good = run_graph(judge, inventory, scratch, judge, &verdicts);
    arena_close(scratch);
    return good;
}

void judge_close(Judge *judge) {
    query_close(judge->query);
    database_close(judge->database);
}

bool judge_run(const Judge *judge, Inventory *inventory, Arena *arena, Verdicts *ret_verdicts) {
    if (!judge->query) {
        return run_graph(judge, inventory, arena, NULL, ret_verdicts);
    }
    database_look_at(judge->database, inventory);
    *ret_verdicts = verdicts_of(judge->query, inventory, arena);
    return !ret_verdicts->failed;
}
