/* Opening and closing a connection. */
#include "query/database.h"

#include "query/connection.h"

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
    return status.failed ? status : views_open(database);
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

void database_look_at(Database *database, const Inventory *inventory) {
    database->inventory = inventory;
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
