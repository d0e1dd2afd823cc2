/* Statements: compiling, checking, stepping. */
#include <assert.h>
#include <string.h>

#include "base/platform.h"
#include "query/connection.h"
#include "query/sql_lexer.h"

int query_compile(Database *database, Str sql, sqlite3_stmt **ret_statement, Str *ret_tail) {
    *ret_statement = NULL;
    *ret_tail = STR_NONE;
    views_create(database, sql);
    database->statement++;
    database->reads.count = 0;
    const char *tail = NULL;
    int code = sqlite3_prepare_v2(database->sqlite, sql.s, (int)sql.n, ret_statement, &tail);
    if (tail && tail >= sql.s && tail <= sql.s + sql.n) {
        *ret_tail = str_slice(sql, (size_t)(tail - sql.s), sql.n);
    }
    return code;
}

/* What preparing alone lets through. */
static const char *refusal(sqlite3_stmt *statement, Str tail, bool bound) {
    SqlToken token;
    size_t at = 0;
    if (!statement) {
        return "there is no statement";
    }
    if (sql_next(tail, &at, &token)) {
        return "there is something behind the statement: only one SELECT is allowed";
    }
    if (sqlite3_stmt_isexplain(statement) || !sqlite3_stmt_readonly(statement) ||
        !sqlite3_column_count(statement)) {
        return "not allowed: a statement is one SELECT over the tables of `topolint tables`";
    }
    if (!bound && sqlite3_bind_parameter_count(statement)) {
        return "parameters are not allowed: nothing gives them a value";
    }
    return NULL;
}

/* Byte of what a refusal is about, -1 if it is the statement as a whole. */
static long refusal_offset(Str sql, sqlite3_stmt *statement, Str tail) {
    SqlToken token;
    size_t at = 0;
    if (statement && sql_next(tail, &at, &token)) {
        return (long)((size_t)(tail.s - sql.s) + token.at);
    }
    for (at = 0;
         statement && sqlite3_bind_parameter_count(statement) && sql_next(sql, &at, &token);) {
        if (token.type == SQL_PARAMETER) {
            return (long)token.at;
        }
    }
    return -1;
}

static Query *query_new(Database *database, sqlite3_stmt *statement) {
    Query *query = database->idle;
    if (query) {
        database->idle = query->next_idle;
    } else {
        query = arena_new(database->arena, Query);
    }
    *query = (Query){.database = database, .statement = statement};
    return query;
}

static bool prepare(Database *database, Str sql, bool bound, Query **ret_query,
                    QueryError *ret_error) {
    sqlite3_stmt *statement;
    Str tail;
    if (sql.n > LIMIT_QUERY_BYTES) {
        query_error_set(database, ret_error, -1,
                        STR("the statement is longer than a statement may be (64 KiB)"), STR_NONE);
        return false;
    }
    if (query_compile(database, sql, &statement, &tail) != SQLITE_OK) {
        query_error_of_prepare(database, sql, ret_error);
        return false;
    }
    const char *reason = refusal(statement, tail, bound);
    if (reason) {
        query_error_set(database, ret_error, refusal_offset(sql, statement, tail), str_of(reason),
                        STR_NONE);
    }
    ArenaMark mark = arena_mark(database->scratch);
    bool good = !reason && literals_check(database, sql, ret_error);
    arena_release(database->scratch, mark);
    if (!good) {
        sqlite3_finalize(statement);
        return false;
    }
    *ret_query = query_new(database, statement);
    return true;
}

bool query_prepare(Database *database, Str sql, Query **ret_query, QueryError *ret_error) {
    return prepare(database, sql, false, ret_query, ret_error);
}

bool query_prepare_bound(Database *database, Str sql, Query **ret_query, QueryError *ret_error) {
    return prepare(database, sql, true, ret_query, ret_error);
}

void query_bind(Query *query, int64_t number) {
    sqlite3_bind_int64(query->statement, 1, number);
}

/* Takes the steps of the statement over to the connection. */
static void count_steps(Query *query) {
    int steps = sqlite3_stmt_status(query->statement, SQLITE_STMTSTATUS_VM_STEP, 1);
    query->database->steps += (uint64_t)steps;
}

DatabaseWork database_work(const Database *database) {
    return (DatabaseWork){database->steps, database->rows};
}

void query_close(Query *query) {
    if (!query) {
        return;
    }
    count_steps(query);
    sqlite3_finalize(query->statement);
    query->statement = NULL;
    query->next_idle = query->database->idle;
    query->database->idle = query;
}

void query_budget(Query *query, uint64_t operations) {
    query->budget = operations;
}

void query_time_limit(Query *query, int seconds) {
    query->deadline_ns =
        seconds > 0 ? clock_monotonic_ns() + (uint64_t)seconds * 1000 * 1000 * 1000 : 0;
}

uint64_t query_used(const Query *query) {
    int steps = sqlite3_stmt_status(query->statement, SQLITE_STMTSTATUS_VM_STEP, 0);
    return (uint64_t)steps + query->rows;
}

size_t query_column_count(const Query *query) {
    return (size_t)sqlite3_column_count(query->statement);
}

Str query_column_name(const Query *query, size_t column) {
    return str_of(sqlite3_column_name(query->statement, (int)column));
}

size_t query_find_column(const Query *query, const char *name) {
    size_t count = query_column_count(query);
    for (size_t i = 0; i < count; i++) {
        if (str_eq(query_column_name(query, i), str_of(name))) {
            return i;
        }
    }
    return SIZE_MAX;
}

QueryStep query_step(Query *query, QueryError *ret_error) {
    Database *database = query->database;
    assert(!database->running);
    database->running = query;
    query->rows_before = database->rows;
    int code = sqlite3_step(query->statement);
    query->rows += database->rows - query->rows_before;
    database->running = NULL;
    if (code == SQLITE_ROW || code == SQLITE_DONE) {
        return code == SQLITE_ROW ? QUERY_ROW : QUERY_DONE;
    }
    query_error_of_step(query, ret_error);
    return QUERY_FAILED;
}

void query_restart(Query *query) {
    sqlite3_reset(query->statement);
    count_steps(query);
    query->rows = 0;
    query->ticks = 0;
    query->over_budget = false;
    query->late = false;
}

QueryCell query_cell(const Query *query, size_t column) {
    /* One look at the row: this is called for every cell of every kept view. */
    sqlite3_value *value = sqlite3_column_value(query->statement, (int)column);
    switch (sqlite3_value_type(value)) {
    case SQLITE_NULL:
        return (QueryCell){.type = QUERY_NULL};
    case SQLITE_TEXT:
        return (QueryCell){.type = QUERY_TEXT, .text = query_text(query, column)};
    default:
        return (QueryCell){.type = QUERY_NUMBER, .number = sqlite3_value_int64(value)};
    }
}

bool query_is_null(const Query *query, size_t column) {
    return sqlite3_column_type(query->statement, (int)column) == SQLITE_NULL;
}

bool query_is_text(const Query *query, size_t column) {
    return sqlite3_column_type(query->statement, (int)column) == SQLITE_TEXT;
}

int64_t query_int(const Query *query, size_t column) {
    return sqlite3_column_int64(query->statement, (int)column);
}

Str query_text(const Query *query, size_t column) {
    const char *text = (const char *)sqlite3_column_text(query->statement, (int)column);
    int size = sqlite3_column_bytes(query->statement, (int)column);
    return text ? (Str){text, (size_t)size} : STR_NONE;
}
