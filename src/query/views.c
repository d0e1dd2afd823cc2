/* Views of a connection. One is created when the first statement names it: most connections live
 * for a few statements, which use a few of them. */
#include "base/buf.h"
#include "query/connection.h"
#include "query/sql_lexer.h"

/* A view that does not parse is kept as broken and reported by whoever uses it. */
static void create(Database *database, const SqlView *view, ViewState *state) {
    Buf sql;
    buf_init(&sql, (size_t)2 * LIMIT_QUERY_BYTES);
    buf_addz(&sql, "CREATE TEMP VIEW ");
    buf_add(&sql, view->name);
    buf_addz(&sql, " AS ");
    size_t prefix = sql.size;
    buf_add(&sql, view->sql);
    sqlite3_stmt *statement = NULL;
    const char *tail = "";
    size_t at = 0;
    SqlToken token;
    database->declaring = true;
    int code = sqlite3_prepare_v2(database->sqlite, sql.data, (int)sql.size, &statement, &tail);
    bool alone = code == SQLITE_OK && !sql_next(str_of(tail), &at, &token);
    if (alone) {
        code = sqlite3_step(statement);
    }
    database->declaring = false;
    state->made = true;
    if (!alone || code != SQLITE_DONE) {
        long offset = sqlite3_error_offset(database->sqlite);
        state->broken = true;
        state->message = code == SQLITE_OK ? STR("there is something behind its statement")
                                           : arena_copy(database->arena,
                                                        str_of(sqlite3_errmsg(database->sqlite)));
        state->offset = offset >= (long)prefix ? offset - (long)prefix : -1;
    }
    sqlite3_finalize(statement);
    buf_clear(&sql);
}

Status views_open(Database *database) {
    const Catalog *catalog = database->catalog;
    database->views = arena_array(database->arena, ViewState, catalog->view_count);
    for (size_t i = 0; i < catalog->view_count; i++) {
        Str name = catalog->views[i].name;
        if (table_find(database, name)) {
            return (Status){
                true, arena_printf(database->arena, "two tables are named '%.*s'", STR_ARG(name))};
        }
    }
    return STATUS_OK;
}

const SqlView *view_find(const Database *database, Str name, size_t *ret_index) {
    for (size_t i = 0; i < database->catalog->view_count; i++) {
        const SqlView *view = &database->catalog->views[i];
        if (view->name.n == name.n && str_eq_nocase(view->name, name)) {
            *ret_index = i;
            return view;
        }
    }
    return NULL;
}

void views_create(Database *database, Str sql) {
    VEC(Str) waiting = {0};
    ArenaMark mark = arena_mark(database->scratch);
    vec_push(database->scratch, &waiting, sql);
    while (waiting.count) {
        Str text = waiting.items[--waiting.count];
        SqlToken token;
        for (size_t at = 0; sql_next(text, &at, &token);) {
            size_t index = 0;
            const SqlView *view =
                sql_is_name(&token) ? view_find(database, token.value, &index) : NULL;
            if (view && !database->views[index].made) {
                create(database, view, &database->views[index]);
                vec_push(database->scratch, &waiting, view->sql);
            }
        }
    }
    arena_release(database->scratch, mark);
}
