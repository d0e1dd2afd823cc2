/* Tables whose rows are computed from arguments: the first columns must be given by equality. */
#include <assert.h>

#include "query/mem_table.h"

enum { MAX_ARGUMENTS = 8 };

typedef struct FunctionDef {
    TableDef def;
    const FunctionTable *function;
    MemCell *cells;
} FunctionDef;

typedef struct FunctionCursor {
    sqlite3_vtab_cursor base;
    Arena *arena; /* of the rows */
    MemTable rows;
    size_t at;
} FunctionCursor;

static FunctionCursor *cursor_of(sqlite3_vtab_cursor *cursor) {
    return (FunctionCursor *)(void *)cursor;
}

static const FunctionDef *def_of(TableDef *def) {
    return (const FunctionDef *)(const void *)def;
}

/* The argument that a constraint gives, SIZE_MAX if none. */
static size_t argument_of(const FunctionDef *table, int sql_column) {
    if (sql_column < 0) {
        return SIZE_MAX;
    }
    MemCell cell = table->cells[sql_column];
    bool entity = table->function->columns[cell.column].type == MEM_ENTITY;
    return cell.column < table->function->argument_count && (!entity || cell.is_id) ? cell.column
                                                                                    : SIZE_MAX;
}

static int function_best_index(sqlite3_vtab *handle, sqlite3_index_info *info) {
    const FunctionDef *table = def_of(table_of(handle));
    bool given[MAX_ARGUMENTS] = {false};
    size_t count = 0;
    for (int i = 0; i < info->nConstraint; i++) {
        size_t argument = constraint_is_lookup(info, i)
                              ? argument_of(table, info->aConstraint[i].iColumn)
                              : SIZE_MAX;
        if (argument != SIZE_MAX && !given[argument]) {
            given[argument] = true;
            count++;
            info->aConstraintUsage[i].argvIndex = (int)argument + 1;
            info->aConstraintUsage[i].omit = 1;
        }
    }
    if (count < table->function->argument_count) {
        return SQLITE_CONSTRAINT;
    }
    info->estimatedRows = 10;
    info->estimatedCost = 1000;
    return SQLITE_OK;
}

static int function_filter(sqlite3_vtab_cursor *base, int number, const char *text, int argc,
                           sqlite3_value **argv) {
    (void)number;
    (void)text;
    FunctionCursor *cursor = cursor_of(base);
    const FunctionDef *table = def_of(table_of_cursor(base));
    const FunctionTable *function = table->function;
    arena_close(cursor->arena);
    cursor->arena = arena_open(0);
    cursor->rows = (MemTable){.columns = function->columns, .column_count = function->column_count};
    cursor->at = 0;
    int64_t arguments[MAX_ARGUMENTS] = {0};
    bool some = true;
    for (int i = 0; i < argc && i < MAX_ARGUMENTS; i++) {
        some =
            mem_argument(table->def.database, function->columns[i].type, argv[i], &arguments[i]) &&
            some;
    }
    if (some) {
        function->rows(function->context, arguments, cursor->arena, &cursor->rows);
        cursor->rows.columns = function->columns;
    }
    table->def.database->rows += 1 + cursor->rows.row_count;
    return SQLITE_OK;
}

static int function_next(sqlite3_vtab_cursor *base) {
    cursor_of(base)->at++;
    return SQLITE_OK;
}

static int function_eof(sqlite3_vtab_cursor *base) {
    const FunctionCursor *cursor = cursor_of(base);
    return cursor->at >= cursor->rows.row_count;
}

static int function_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const FunctionCursor *cursor = cursor_of(base);
    const FunctionDef *table = def_of(table_of_cursor(base));
    mem_show(context, table->def.database, &cursor->rows, table->cells[column], cursor->at);
    return SQLITE_OK;
}

static int function_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *ret_id) {
    *ret_id = (sqlite3_int64)cursor_of(base)->at + 1;
    return SQLITE_OK;
}

static int function_close(sqlite3_vtab_cursor *base) {
    arena_close(cursor_of(base)->arena);
    return table_close_cursor(base);
}

static const sqlite3_module function_module = {
    .xConnect = table_connect,
    .xBestIndex = function_best_index,
    .xDisconnect = table_disconnect,
    .xOpen = table_open_cursor,
    .xClose = function_close,
    .xFilter = function_filter,
    .xNext = function_next,
    .xEof = function_eof,
    .xColumn = function_column,
    .xRowid = function_rowid,
};

TableDef *function_table_new(Database *database, const FunctionTable *function) {
    assert(function->argument_count <= MAX_ARGUMENTS);
    FunctionDef *made = arena_new(database->arena, FunctionDef);
    made->function = function;
    made->def.name = str_of(function->name);
    made->def.doc = str_of(function->doc);
    made->def.module = &function_module;
    made->def.cursor_size = sizeof(FunctionCursor);
    mem_describe(database, &made->def, function->columns, function->column_count, &made->cells);
    return &made->def;
}
