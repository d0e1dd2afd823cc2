/* kind(kind, records, complete, fault): the kinds, and whether the inputs list all records. */
#include "query/connection.h"

typedef struct KindListCursor {
    sqlite3_vtab_cursor base;
    size_t kind, count;
} KindListCursor;

enum KindListColumn { KINDS_KIND, KINDS_RECORDS, KINDS_COMPLETE, KINDS_FAULT, KINDS_COLUMNS };

static KindListCursor *kinds_cursor(sqlite3_vtab_cursor *cursor) {
    return (KindListCursor *)(void *)cursor;
}

static int kinds_best_index(sqlite3_vtab *handle, sqlite3_index_info *info) {
    const Inventory *inventory = table_of(handle)->database->inventory;
    Plan scan = {.constraint = -1};
    plan_apply(info, &scan, (double)inventory_schema(inventory)->kind_count, false);
    return SQLITE_OK;
}

static void skip_head(KindListCursor *cursor, const Schema *schema) {
    while (cursor->kind < cursor->count && schema->kinds[cursor->kind].head) {
        cursor->kind++;
    }
}

static int kinds_filter(sqlite3_vtab_cursor *base, int number, const char *text, int argc,
                        sqlite3_value **argv) {
    (void)number;
    (void)text;
    (void)argc;
    (void)argv;
    KindListCursor *cursor = kinds_cursor(base);
    const Schema *schema = inventory_schema(table_of_cursor(base)->database->inventory);
    cursor->kind = 0;
    cursor->count = schema->kind_count;
    skip_head(cursor, schema);
    return SQLITE_OK;
}

static int kinds_next(sqlite3_vtab_cursor *base) {
    KindListCursor *cursor = kinds_cursor(base);
    Database *database = table_of_cursor(base)->database;
    database->rows++;
    cursor->kind++;
    skip_head(cursor, inventory_schema(database->inventory));
    return SQLITE_OK;
}

static int kinds_eof(sqlite3_vtab_cursor *base) {
    const KindListCursor *cursor = kinds_cursor(base);
    return cursor->kind >= cursor->count;
}

static int kinds_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const Database *database = table_of_cursor(base)->database;
    KindId id = (KindId)kinds_cursor(base)->kind;
    const Kind *kind = schema_kind(inventory_schema(database->inventory), id);
    switch ((enum KindListColumn)column) {
    case KINDS_KIND:
        result_sym(context, database->interner, kind->name);
        break;
    case KINDS_RECORDS:
        sqlite3_result_int64(context, (sqlite3_int64)inventory_row_count(database->inventory, id));
        break;
    case KINDS_COMPLETE:
        if (inventory_is_complete(database->inventory, id)) {
            sqlite3_result_int(context, 1);
        }
        break;
    case KINDS_FAULT:
        result_str(context, fault_class_name(kind->fault));
        break;
    case KINDS_COLUMNS:
        break;
    }
    return SQLITE_OK;
}

static int kinds_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *ret_id) {
    *ret_id = (sqlite3_int64)kinds_cursor(base)->kind + 1;
    return SQLITE_OK;
}

static const sqlite3_module kinds_module = {
    .xConnect = table_connect,
    .xBestIndex = kinds_best_index,
    .xDisconnect = table_disconnect,
    .xOpen = table_open_cursor,
    .xClose = table_close_cursor,
    .xFilter = kinds_filter,
    .xNext = kinds_next,
    .xEof = kinds_eof,
    .xColumn = kinds_column,
    .xRowid = kinds_rowid,
};

static const char *const fault_words[] = {"none",        "node",   "shared",   "site",
                                          "maintenance", "expiry", "external", NULL};

static const ColumnDef kinds_columns[] = {
    [KINDS_KIND] = {.name = STR_INIT("kind"),
                    .declared = "TEXT",
                    .type = STR_INIT("text"),
                    .doc = STR_INIT("Name of its table."),
                    .literals = LITERAL_KINDS},
    [KINDS_RECORDS] = {.name = STR_INIT("records"),
                       .declared = "INTEGER",
                       .type = STR_INIT("int"),
                       .doc = STR_INIT("How many there are.")},
    [KINDS_COMPLETE] = {.name = STR_INIT("complete"),
                        .declared = "INTEGER",
                        .type = STR_INIT("bool"),
                        .doc = STR_INIT("1 if some input lists them completely, else NULL.")},
    [KINDS_FAULT] = {.name = STR_INIT("fault"),
                     .declared = "TEXT",
                     .type = STR_INIT("text"),
                     .doc = STR_INIT("How one fails by itself."),
                     .literals = LITERAL_WORDS,
                     .words = fault_words},
};

TableDef *kind_list_table_new(Database *database) {
    TableDef *def = arena_new(database->arena, TableDef);
    *def = (TableDef){.name = STR("kind"),
                      .doc = STR("The kinds of records, and whether the inputs list all of them."),
                      .columns = table_columns(database, kinds_columns, KINDS_COLUMNS),
                      .column_count = KINDS_COLUMNS,
                      .module = &kinds_module,
                      .cursor_size = sizeof(KindListCursor)};
    return def;
}
