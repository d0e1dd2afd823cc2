/* SQLite's messages in our words, with a place and "did you mean". */
#include <string.h>

#include "base/suggest.h"
#include "query/connection.h"
#include "query/sql_lexer.h"

void query_error_set(Database *database, QueryError *ret_error, long offset, Str message,
                     Str help) {
    Arena *fresh = arena_open(0); /* the texts may stand in the old one */
    *ret_error = (QueryError){arena_copy(fresh, message), arena_copy(fresh, help), offset};
    arena_close(database->error_arena);
    database->error_arena = fresh;
}

/* The text behind a prefix; false if it does not begin with it. */
static bool behind(Str text, const char *prefix, Str *ret_rest) {
    Str start = str_of(prefix);
    if (!str_starts(text, start)) {
        return false;
    }
    *ret_rest = str_slice(text, start.n, text.n);
    return true;
}

static Str last_part(Str name) {
    size_t dot = SIZE_MAX;
    for (size_t i = 0; i < name.n; i++) {
        dot = name.s[i] == '.' ? i : dot;
    }
    return dot == SIZE_MAX ? name : str_slice(name, dot + 1, name.n);
}

/* Byte of the first token of that name, -1 if there is none. */
static long find_name(Str sql, Str name) {
    SqlToken token;
    for (size_t at = 0; sql_next(sql, &at, &token);) {
        if (sql_is_name(&token) && str_eq_nocase(token.value, name)) {
            return (long)token.at;
        }
    }
    return -1;
}

static Str did_you_mean(Database *database, const Suggest *suggest) {
    return suggest->best.n
               ? arena_printf(database->scratch, "did you mean '%.*s'?", STR_ARG(suggest->best))
               : STR_NONE;
}

static Str suggest_table(Database *database, Str name) {
    Suggest suggest;
    suggest_init(&suggest, name);
    for (size_t i = 0; i < database->tables.count; i++) {
        suggest_try(&suggest, database->tables.items[i]->name);
    }
    for (size_t i = 0; i < database->catalog->view_count; i++) {
        suggest_try(&suggest, database->catalog->views[i].name);
    }
    return did_you_mean(database, &suggest);
}

/* Columns of the tables that the statement names; of one table only where `qualifier` is its name
 * or the alias behind it. */
static Str suggest_column(Database *database, Str sql, Str qualifier, Str name) {
    Suggest all;
    Suggest qualified;
    suggest_init(&all, name);
    suggest_init(&qualified, name);
    SqlToken token;
    const TableDef *def = NULL; /* of the token before */
    for (size_t at = 0; sql_next(sql, &at, &token);) {
        if (!sql_is_name(&token)) {
            def = NULL;
            continue;
        }
        bool is_as = str_eq_nocase(token.value, STR("as"));
        bool is_alias = def && qualifier.n && str_eq_nocase(token.value, qualifier);
        const TableDef *named = is_as ? NULL : table_find(database, token.value);
        for (size_t i = 0; named && i < named->column_count; i++) {
            suggest_try(&all, named->columns[i].name);
        }
        bool of_table = named && qualifier.n && str_eq_nocase(named->name, qualifier);
        const TableDef *source = is_alias ? def : of_table ? named : NULL;
        for (size_t i = 0; source && i < source->column_count; i++) {
            suggest_try(&qualified, source->columns[i].name);
        }
        def = is_as ? def : named;
    }
    return did_you_mean(database, qualified.best.n ? &qualified : &all);
}

static Str suggest_function(Database *database, Str name) {
    Suggest suggest;
    suggest_init(&suggest, name);
    for (size_t i = 0; i < allowed_function_count; i++) {
        suggest_try(&suggest, str_of(allowed_functions[i]));
    }
    return did_you_mean(database, &suggest);
}

typedef struct Reason {
    Str message, help;
    long offset;
} Reason;

static void explain_column(Database *database, Str sql, Str column, Reason *reason) {
    Str name = last_part(column);
    Str qualifier = name.n < column.n ? str_slice(column, 0, column.n - name.n - 1) : STR_NONE;
    reason->message = arena_printf(database->scratch, "there is no column '%.*s'", STR_ARG(column));
    reason->help = suggest_column(database, sql, qualifier, name);
    bool quoted =
        reason->offset >= 0 && (size_t)reason->offset < sql.n && sql.s[reason->offset] == '"';
    if (quoted) {
        reason->help = STR("text is written in single quotes");
    }
}

static void explain_function(Database *database, Str sql, Str function, Reason *reason) {
    reason->message =
        arena_printf(database->scratch, "function '%.*s' is not allowed here", STR_ARG(function));
    reason->help = suggest_function(database, function);
    reason->offset = reason->offset < 0 ? find_name(sql, function) : reason->offset;
}

/* The function table of the statement whose arguments are not given. */
static Str missing_arguments(Database *database, Str sql) {
    for (size_t i = 0; i < database->catalog->function_count; i++) {
        const FunctionTable *function = &database->catalog->functions[i];
        if (find_name(sql, str_of(function->name)) < 0) {
            continue;
        }
        const char *between = "";
        Str list = STR_NONE;
        for (size_t k = 0; k < function->argument_count; k++) {
            const MemColumn *column = &function->columns[k];
            list = arena_printf(database->scratch, "%.*s%s%s%s", STR_ARG(list), between,
                                column->name, column->type == MEM_ENTITY ? "_id" : "");
            between = ", ";
        }
        return arena_printf(database->scratch, "table '%s' needs its arguments given by '=': %.*s",
                            function->name, STR_ARG(list));
    }
    return STR("a table function needs its argument: spf_terms(text)");
}

static Reason explain(Database *database, Str sql, Str said, long offset) {
    Reason reason = {said, STR_NONE, offset};
    Str rest;
    if (behind(said, "no such column: ", &rest)) {
        explain_column(database, sql, rest, &reason);
    } else if (behind(said, "no such table: ", &rest)) {
        Str name = last_part(rest);
        reason.message = arena_printf(database->scratch, "there is no table '%.*s'", STR_ARG(name));
        reason.help = suggest_table(database, name);
        reason.offset = find_name(sql, name);
    } else if (behind(said, "no such function: ", &rest)) {
        reason.message =
            arena_printf(database->scratch, "there is no function '%.*s'", STR_ARG(rest));
        reason.help = suggest_function(database, rest);
    } else if (behind(said, "not authorized to use function: ", &rest)) {
        explain_function(database, sql, rest, &reason);
    } else if (str_eq(said, STR("not authorized")) || str_ends(said, STR("is prohibited"))) {
        reason.message = STR("not allowed: a statement is one SELECT over the tables of "
                             "`topolint tables`");
    } else if (str_eq(said, STR("no query solution"))) {
        reason.message = missing_arguments(database, sql);
    }
    return reason;
}

/* Follows the views that a failing statement names to the innermost that fails by itself; the place
 * is that of the outermost in the statement. */
static const SqlView *failing_view(Database *database, Str sql, Reason *ret_reason) {
    const SqlView *failing = NULL;
    long offset = -1;
    size_t left = database->catalog->view_count;
    SqlToken token;
    for (size_t at = 0; left && sql_next(sql, &at, &token);) {
        size_t index = 0;
        const SqlView *view = sql_is_name(&token) ? view_find(database, token.value, &index) : NULL;
        if (!view || view == failing) {
            continue;
        }
        const ViewState *state = &database->views[index];
        offset = failing ? offset : (long)token.at;
        if (state->broken) {
            *ret_reason = (Reason){state->message, STR_NONE, offset};
            return view;
        }
        Str tail;
        sqlite3_stmt *statement = NULL;
        Str probe = arena_printf(database->scratch, "SELECT 1 FROM \"%.*s\"", STR_ARG(view->name));
        int code = query_compile(database, probe, &statement, &tail);
        if (code != SQLITE_OK) {
            Str said = arena_copy(database->scratch, str_of(sqlite3_errmsg(database->sqlite)));
            *ret_reason = explain(database, view->sql, said, -1);
            ret_reason->offset = offset;
            failing = view;
            sql = view->sql;
            at = 0;
            left--;
        }
        sqlite3_finalize(statement);
    }
    return failing;
}

void query_error_of_prepare(Database *database, Str sql, QueryError *ret_error) {
    ArenaMark mark = arena_mark(database->scratch);
    long offset = sqlite3_error_offset(database->sqlite);
    Str said = arena_copy(database->scratch, str_of(sqlite3_errmsg(database->sqlite)));
    Reason reason = explain(database, sql, said, offset);
    Reason inner;
    const SqlView *view = failing_view(database, sql, &inner);
    if (view) {
        reason = inner;
        reason.message = arena_printf(database->scratch, "view '%.*s' cannot be used: %.*s",
                                      STR_ARG(view->name), STR_ARG(inner.message));
    }
    query_error_set(database, ret_error, reason.offset, reason.message, reason.help);
    arena_release(database->scratch, mark);
}

void query_error_of_step(Query *query, QueryError *ret_error) {
    Database *database = query->database;
    Str message = str_of(sqlite3_errmsg(database->sqlite));
    ArenaMark mark = arena_mark(database->scratch);
    int code = sqlite3_errcode(database->sqlite) & 0xFF;
    if (query->over_budget) {
        message = arena_printf(database->scratch,
                               "the statement needs more than the %llu operations it may use",
                               (unsigned long long)query->budget);
    } else if (query->late) {
        message = STR("the statement takes too long");
    } else if (code == SQLITE_TOOBIG) {
        message =
            arena_printf(database->scratch, "a text grows beyond %d bytes", LIMIT_QUERY_BYTES);
    } else if (code == SQLITE_NOMEM) {
        message = STR("the statement needs more memory than it may use");
    }
    query_error_set(database, ret_error, -1, message, STR_NONE);
    arena_release(database->scratch, mark);
}
