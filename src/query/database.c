/* Opening and closing a connection. */
#include "query/database.h"

#include "base/buf.h"

#include "query/connection.h"
#include "query/sql_lexer.h"

static Status register_tables(Database *database) {
    Status status = kind_tables_register(database);
    TableDef *const built_in[] = {entity_table_new(database), kind_list_table_new(database),
                                  spf_table_new(database)};
    for (size_t i = 0; !status.failed && i < sizeof built_in / sizeof built_in[0]; i++) {
        status = table_register(database, built_in[i]);
    }
    const Catalog *catalog = database->catalog;
    for (size_t i = 0; !status.failed && i < catalog->table_count; i++) {
        status = table_register(database, mem_table_new(database, catalog->tables[i]));
    }
    for (size_t i = 0; !status.failed && i < catalog->function_count; i++) {
        status = table_register(database, function_table_new(database, &catalog->functions[i]));
    }
    return status;
}

static void add_quoted(Buf *sql, Str name) {
    buf_addc(sql, '"');
    for (size_t i = 0; i < name.n; i++) {
        if (name.s[i] == '"') {
            buf_addc(sql, '"');
        }
        buf_addc(sql, name.s[i]);
    }
    buf_addc(sql, '"');
}

/* A view that does not parse is kept as broken and reported when it is used. */
static void create_view(Database *database, const SqlView *view, ViewState *state) {
    Buf sql;
    buf_init(&sql, (size_t)2 * LIMIT_QUERY_BYTES);
    buf_addz(&sql, "CREATE TEMP VIEW ");
    add_quoted(&sql, view->name);
    buf_addz(&sql, " AS ");
    size_t prefix = sql.size;
    buf_add(&sql, view->sql);
    sqlite3_stmt *statement;
    Str tail;
    size_t at = 0;
    SqlToken token;
    int code = query_compile(database, buf_str(&sql), &statement, &tail);
    bool alone = code == SQLITE_OK && !sql_next(tail, &at, &token);
    if (alone) {
        code = sqlite3_step(statement);
    }
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

static Status create_views(Database *database) {
    const Catalog *catalog = database->catalog;
    database->views = arena_array(database->arena, ViewState, catalog->view_count);
    for (size_t i = 0; i < catalog->view_count; i++) {
        Str name = catalog->views[i].name;
        if (table_find(database, name)) {
            return (Status){
                true, arena_printf(database->arena, "two tables are named '%.*s'", STR_ARG(name))};
        }
        create_view(database, &catalog->views[i], &database->views[i]);
    }
    return STATUS_OK;
}

static Status open_connection(Database *database) {
    enum {
        FLAGS = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                SQLITE_OPEN_PRIVATECACHE
    };
    int code = sqlite3_open_v2(":memory:", &database->sqlite, FLAGS, NULL);
    if (code == SQLITE_OK) {
        code = collations_register(database);
    }
    if (code == SQLITE_OK) {
        code = functions_register(database);
    }
    if (code != SQLITE_OK) {
        return (Status){
            true, arena_printf(database->arena, "cannot open SQLite: %s", sqlite3_errstr(code))};
    }
    sandbox_limit(database);
    Status status = register_tables(database);
    return status.failed ? status : create_views(database);
}

void database_prepare_threads(void) {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_initialize();
}

Status database_open(Arena *arena, const Catalog *catalog, Database **ret_database) {
    Database *database = arena_new(arena, Database);
    *database = (Database){.arena = arena_open(0),
                           .error_arena = arena_open(0),
                           .record_arena = arena_open(0),
                           .scratch = arena_open(0),
                           .catalog = catalog,
                           .inventory = catalog->inventory,
                           .interner = inventory_interner(catalog->inventory)};
    Status status = open_connection(database);
    if (status.failed) {
        status.reason = arena_copy(arena, status.reason);
        database_close(database);
        return status;
    }
    sandbox_arm(database);
    *ret_database = database;
    return STATUS_OK;
}

void database_close(Database *database) {
    if (!database) {
        return;
    }
    sqlite3_close(database->sqlite);
    database->sqlite = NULL;
    arena_close(database->arena);
    arena_close(database->error_arena);
    arena_close(database->record_arena);
    arena_close(database->shown_arena);
    arena_close(database->scratch);
}
