/* What a statement may do: read our tables, call harmless functions, within limits. Each line of
 * DIAGNOSTICS.md section 7 was reproduced; tests/unit/query/test_sandbox.c repeats them. */
#include <stdlib.h>
#include <string.h>

#include "base/platform.h"
#include "query/connection.h"

/* Sorted. Nothing here knows the clock, chance, files or the connection. */
const char *const allowed_functions[] = {
    "abs",          "all_equal",  "all_true",     "any_true",   "as_of",       "avg",
    "ceil",         "ceiling",    "char",         "coalesce",   "complete",    "count",
    "count_stated", "cume_dist",  "days_between", "dense_rank", "first_value", "floor",
    "format",       "glob",       "group_concat", "hex",        "ifnull",      "iif",
    "in_network",   "instr",      "lag",          "last_value", "lead",        "length",
    "like",         "likelihood", "likely",       "lower",      "ltrim",       "max",
    "min",          "mod",        "nth_value",    "ntile",      "nullif",      "percent_rank",
    "printf",       "quote",      "rank",         "replace",    "round",       "row_number",
    "rtrim",        "sign",       "substr",       "substring",  "sum",         "text",
    "total",        "trim",       "trunc",        "typeof",     "unicode",     "unlikely",
    "upper",
};
const size_t allowed_function_count = sizeof allowed_functions / sizeof allowed_functions[0];

static int compare_names(const void *a, const void *b) {
    return strcmp(a, *(const char *const *)b);
}

static bool is_allowed(const char *function) {
    return bsearch(function, allowed_functions, allowed_function_count, sizeof(char *),
                   compare_names) != NULL;
}

static int note_read(Database *database, const char *table, const char *column, bool direct) {
    static const char *const inner[] = {"sqlite_master", "sqlite_schema", "sqlite_temp_master",
                                        "sqlite_temp_schema"};
    for (size_t i = 0; i < sizeof inner / sizeof inner[0]; i++) {
        if (!strcmp(table, inner[i])) {
            return SQLITE_DENY;
        }
    }
    /* READ also names common table expressions and views: those are nobody's column. */
    const TableDef *def = table_find(database, str_of(table));
    ColumnDef *found = def && *column ? table_find_column(def, str_of(column)) : NULL;
    if (found && found->read_by == database->statement) {
        found->direct = found->direct || direct;
    } else if (found) {
        found->read_by = database->statement;
        found->direct = direct;
        vec_push(database->arena, &database->reads, found);
    }
    return SQLITE_OK;
}

static int authorize(void *context, int action, const char *a, const char *b, const char *schema,
                     const char *view) {
    (void)schema;
    Database *database = context;
    if (database->declaring) {
        return SQLITE_OK; /* our own CREATE TABLE or VIEW */
    }
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_READ:
        return note_read(database, a ? a : "", b ? b : "", !view);
    case SQLITE_FUNCTION:
        return b && is_allowed(b) ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

/* Every TICK_OPERATIONS operations; non-zero stops the statement. */
static int look_at_budget(void *context) {
    const Database *database = context;
    Query *query = database->running;
    if (!query) {
        return 0;
    }
    query->ticks++;
    uint64_t rows = query->rows + database->rows - query->rows_before;
    query->over_budget = query->budget && query->ticks * TICK_OPERATIONS + rows > query->budget;
    query->late = query->deadline_ns && clock_monotonic_ns() > query->deadline_ns;
    return query->over_budget || query->late;
}

static void switch_to(Database *database, int setting, int on) {
    sqlite3_db_config(database->sqlite, setting, on, NULL);
}

/* The heap limit holds for the process, so it is only ever raised. */
static void limit_heap(const Database *database) {
    sqlite3_int64 wanted = (sqlite3_int64)256 * 1024 * 1024 +
                           (sqlite3_int64)inventory_entity_count(database->inventory) * 2048;
    sqlite3_int64 now = sqlite3_hard_heap_limit64(-1);
    if (now < wanted) {
        sqlite3_hard_heap_limit64(wanted);
    }
}

void sandbox_limit(Database *database) {
    static const int limits[][2] = {
        {SQLITE_LIMIT_LENGTH, LIMIT_QUERY_BYTES},
        {SQLITE_LIMIT_SQL_LENGTH, LIMIT_QUERY_BYTES},
        {SQLITE_LIMIT_EXPR_DEPTH, 100},
        {SQLITE_LIMIT_COMPOUND_SELECT, 20},
        {SQLITE_LIMIT_ATTACHED, 0},
        {SQLITE_LIMIT_VDBE_OP, 50000},
        {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200},
        {SQLITE_LIMIT_WORKER_THREADS, 0},
    };
    /* Sorting must never write a file. */
    sqlite3_exec(database->sqlite, "PRAGMA temp_store = MEMORY", NULL, NULL, NULL);
    switch_to(database, SQLITE_DBCONFIG_DQS_DML, 0);
    switch_to(database, SQLITE_DBCONFIG_DQS_DDL, 0);
    switch_to(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0);
    switch_to(database, SQLITE_DBCONFIG_DEFENSIVE, 1);
    switch_to(database, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0);
    switch_to(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0);
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        sqlite3_limit(database->sqlite, limits[i][0], limits[i][1]);
    }
    limit_heap(database);
}

void sandbox_arm(Database *database) {
    sqlite3_set_authorizer(database->sqlite, authorize, database);
    sqlite3_progress_handler(database->sqlite, TICK_OPERATIONS, look_at_budget, database);
}
