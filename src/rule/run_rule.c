/* One rule over the inventory: its query is stepped, what does not pass is kept. */
#include <assert.h>

#include "rule/run.h"
#include "rule/sql_place.h"

/* A statement may do 2 million operations and 200 more for each record: the same on
 * every machine. */
enum { BUDGET_BASE = 2 * 1000 * 1000, BUDGET_RECORD = 200 };

uint64_t rule_budget(const Inventory *inventory) {
    return BUDGET_BASE + BUDGET_RECORD * (uint64_t)inventory_entity_count(inventory);
}

static void fail(RuleWorker *worker, RuleRun *run, Str reason, Loc loc) {
    run->outcome = RULE_FAILED;
    run->failure = (RuleFailure){run->rule, arena_copy(worker->arena, reason), loc};
}

static void fail_query(RuleWorker *worker, RuleRun *run, const QueryError *error) {
    fail(worker, run, error->message,
         sql_loc(worker->inventory, run->rule->query_loc, run->rule->query, error->offset));
}

void columns_read(Arena *arena, const Query *query, ResultColumns *ret) {
    *ret = (ResultColumns){.entity = NO_RESULT, .fails = NO_RESULT, .severity = NO_RESULT};
    ret->count = query_column_count(query);
    ret->items = arena_array(arena, ResultColumn, ret->count);
    for (size_t i = 0; i < ret->count; i++) {
        Str name = arena_copy(arena, query_column_name(query, i));
        bool is_id = str_ends(name, STR("_id"));
        ret->items[i].is_entity = is_id || str_eq(name, STR("entity"));
        ret->items[i].name = is_id ? str_slice(name, 0, name.n - 3) : name;
        ret->entity = str_eq(name, STR("entity")) ? (int)i : ret->entity;
        ret->fails = str_eq(name, STR("fails")) ? (int)i : ret->fails;
        ret->severity = str_eq(name, STR("severity")) ? (int)i : ret->severity;
    }
}

Str query_not_passed(Arena *arena, const Rule *rule) {
    return arena_printf(arena, "SELECT * FROM (%.*s\n) WHERE fails IS NOT 0", STR_ARG(rule->query));
}

/* The id in a cell; 0 if it is none. */
static EntityId cell_id(const RuleWorker *worker, const Query *query, size_t column) {
    if (query_is_null(query, column) || query_is_text(query, column)) {
        return 0;
    }
    int64_t id = query_int(query, column);
    return id > 0 && id <= (int64_t)inventory_entity_count(worker->inventory) ? (EntityId)id : 0;
}

static bool read_cell(RuleWorker *worker, const Query *query, const ResultColumn *column, size_t at,
                      Cell *ret) {
    if (query_is_null(query, at)) {
        *ret = (Cell){CELL_NULL, 0, STR_NONE};
    } else if (column->is_entity) {
        *ret = (Cell){CELL_ENTITY, cell_id(worker, query, at), STR_NONE};
        return ret->number != 0;
    } else if (query_is_text(query, at)) {
        *ret = (Cell){CELL_TEXT, 0, arena_copy(worker->arena, query_text(query, at))};
    } else {
        *ret = (Cell){CELL_INT, query_int(query, at), STR_NONE};
    }
    return true;
}

/* NULL, with the failure noted, if a column that must hold an id holds something else. */
static const Cell *read_row(RuleWorker *worker, RuleRun *run, const Query *query) {
    const ResultColumns *columns = &run->columns;
    Cell *cells = arena_array(worker->arena, Cell, columns->count);
    for (size_t i = 0; i < columns->count; i++) {
        if (!read_cell(worker, query, &columns->items[i], i, &cells[i])) {
            fail(worker, run,
                 arena_printf(worker->arena, "column %.*s%s holds no id of an entity",
                              STR_ARG(columns->items[i].name),
                              (int)i == columns->entity ? "" : "_id"),
                 run->rule->query_loc);
            return NULL;
        }
    }
    return cells;
}

typedef struct Rows {
    VEC(FailRow) fails;
    VEC(EntityId) unknown;
} Rows;

static bool take_row(RuleWorker *worker, RuleRun *run, const Query *query, Rows *rows) {
    const ResultColumns *columns = &run->columns;
    EntityId entity = cell_id(worker, query, (size_t)columns->entity);
    if (!entity) {
        fail(worker, run, STR("a row has no entity (NULL, or no id)"), run->rule->query_loc);
        return false;
    }
    if (columns->fails != NO_RESULT && query_is_null(query, (size_t)columns->fails)) {
        if (!rows->unknown.count || rows->unknown.items[rows->unknown.count - 1] != entity) {
            vec_push(worker->scratch, &rows->unknown, entity);
        }
        return true;
    }
    const Cell *cells = read_row(worker, run, query);
    if (cells) {
        FailRow row = {cells, entity};
        vec_push(worker->scratch, &rows->fails, row);
    }
    return cells != NULL;
}

static bool step_rows(RuleWorker *worker, RuleRun *run, Query *query, Rows *rows) {
    query_budget(query, rule_budget(worker->inventory));
    for (;;) {
        QueryError error;
        switch (query_step(query, &error)) {
        case QUERY_DONE:
            return true;
        case QUERY_FAILED:
            fail_query(worker, run, &error);
            return false;
        case QUERY_ROW:
            if (!take_row(worker, run, query, rows)) {
                return false;
            }
        }
    }
}

/* The query as the engine puts it, which has the columns of the rule's own; without a column
 * `fails`, or where something is wrong, the rule's own. */
static bool prepare_rule(RuleWorker *worker, RuleRun *run, Query **ret_query) {
    QueryError error;
    Str judged = query_not_passed(worker->scratch, run->rule);
    if (query_prepare(worker->database, judged, ret_query, &error)) {
        columns_read(worker->arena, *ret_query, &run->columns);
        return true;
    }
    Str reason = arena_copy(worker->scratch, error.message);
    if (!query_prepare(worker->database, run->rule->query, ret_query, &error)) {
        fail_query(worker, run, &error);
        return false;
    }
    columns_read(worker->arena, *ret_query, &run->columns);
    if (run->columns.fails != NO_RESULT) {
        query_close(*ret_query);
        fail(worker, run, reason, run->rule->query_loc);
        return false;
    }
    return true;
}

static bool read_columns(RuleWorker *worker, RuleRun *run, Query **ret_query) {
    if (!prepare_rule(worker, run, ret_query)) {
        return false;
    }
    if (run->columns.entity == NO_RESULT) {
        query_close(*ret_query);
        fail(worker, run, STR("the query has no column `entity`"), run->rule->query_loc);
        return false;
    }
    return true;
}

/* The statement at its first row, to be closed; NULL if it has none or cannot run. */
static Query *first_row(RuleWorker *worker, Str sql) {
    Query *query;
    QueryError error;
    if (!query_prepare(worker->database, sql, &query, &error)) {
        return NULL;
    }
    query_budget(query, rule_budget(worker->inventory));
    if (query_step(query, &error) == QUERY_ROW) {
        return query;
    }
    query_close(query);
    return NULL;
}

/* What it means that no row fails and none is unknown. The query lists who passes, or the rule says
 * by `about:` what it judges, and of what that was decided. */
static RuleOutcome outcome_of_none(RuleWorker *worker, const Rule *rule) {
    if (has_no_rows(&worker->no_rows, rule->about.n ? rule->about : rule->query)) {
        return RULE_NOT_APPLICABLE;
    }
    Str sql =
        rule->about.n
            ? arena_printf(worker->scratch,
                           "SELECT decided FROM (%.*s\n) ORDER BY decided DESC LIMIT 1",
                           STR_ARG(rule->about))
            : arena_printf(worker->scratch, "SELECT 1 FROM (%.*s\n) LIMIT 1", STR_ARG(rule->query));
    Query *query = first_row(worker, sql);
    RuleOutcome outcome = !query                    ? RULE_NOT_APPLICABLE
                          : query_is_null(query, 0) ? RULE_NOT_ASSESSED
                                                    : RULE_PASSED;
    query_close(query);
    return outcome;
}

/* Unknown entities, each once, without those that fail for another row. */
static size_t keep_unknown(const RuleRun *run, EntityId *ids, size_t count) {
    count = ids_sort(ids, count);
    assert(ids || !count);
    size_t kept = 0;
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        while (at < run->subject_count && run->subjects[at].entity < ids[i]) {
            at++;
        }
        if (at == run->subject_count || run->subjects[at].entity != ids[i]) {
            ids[kept++] = ids[i];
        }
    }
    return kept;
}

/* True if the rule decided something beside what is unknown. */
static bool passes_some(RuleWorker *worker, const RuleRun *run) {
    if (run->rule->about.n) {
        return outcome_of_none(worker, run->rule) == RULE_PASSED;
    }
    Str sql = arena_printf(worker->scratch, "SELECT 1 FROM (%.*s\n) WHERE fails = 0 LIMIT 1",
                           STR_ARG(run->rule->query));
    Query *query = first_row(worker, sql);
    query_close(query);
    return query != NULL;
}

static void judge(RuleWorker *worker, RuleRun *run, Rows *rows) {
    fold_rows(worker, run, rows->fails.items, rows->fails.count);
    name_assumptions(worker, run);
    size_t unknown = keep_unknown(run, rows->unknown.items, rows->unknown.count);
    if (unknown) {
        name_missing_facts(worker, run, rows->unknown.items, unknown);
    }
    run->outcome = run->subject_count  ? RULE_FOUND
                   : unknown           ? RULE_NOT_ASSESSED
                   : rows->fails.count ? RULE_PASSED /* found, but this profile does not mind */
                                       : outcome_of_none(worker, run->rule);
    run->decided = run->subject_count || rows->fails.count || run->outcome == RULE_PASSED ||
                   (unknown && passes_some(worker, run));
}

void rule_run(RuleWorker *worker, const Rule *rule, RuleRun *ret_run) {
    ArenaMark mark = arena_mark(worker->scratch);
    *ret_run = (RuleRun){.rule = rule};
    Query *query;
    if (has_no_rows(&worker->no_rows, rule->query)) {
        ret_run->outcome = outcome_of_none(worker, rule);
        ret_run->decided = ret_run->outcome == RULE_PASSED;
    } else if (read_columns(worker, ret_run, &query)) {
        Rows rows = {0};
        bool good = step_rows(worker, ret_run, query, &rows);
        query_close(query);
        if (good) {
            judge(worker, ret_run, &rows);
        }
    }
    arena_release(worker->scratch, mark);
}
