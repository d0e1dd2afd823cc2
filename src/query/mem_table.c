/* In-memory tables (kernels, constants, mechanisms) as virtual tables. */
#include "query/mem_table.h"

typedef struct MemTableDef {
    TableDef def;
    const MemTable *table;
    MemCell *cells;
    MemIndex *indexes;  /* by column of the table; built when a plan first asks */
    VEC(uint32_t) near; /* rows of the records that are shown, where not all are */
    uint32_t near_for;  /* number of that choice */
} MemTableDef;

typedef struct MemCursor {
    sqlite3_vtab_cursor base;
    const MemTableDef *table;
    const uint32_t *rows; /* NULL: all */
    size_t at, count;
} MemCursor;

static const char *const mem_declared[] = {
    [MEM_INT] = "INTEGER",    [MEM_TEXT] = "TEXT",
    [MEM_ENTITY] = "INTEGER", [MEM_VERSION] = "TEXT COLLATE VERSION",
    [MEM_EMPTY] = "",
};

static const char *const mem_type_names[] = {
    [MEM_INT] = "int",         [MEM_TEXT] = "text", [MEM_ENTITY] = "id",
    [MEM_VERSION] = "version", [MEM_EMPTY] = "",
};

/* ---- columns, shared with function tables ---- */

void mem_describe(Database *database, TableDef *def, const MemColumn *columns, size_t count,
                  MemCell **ret_cells) {
    MemCell *cells = arena_array(database->arena, MemCell, count * 2);
    def->columns = arena_array(database->arena, ColumnDef, count * 2);
    for (size_t i = 0; i < count; i++) {
        const MemColumn *source = &columns[i];
        ColumnDef *column = &def->columns[def->column_count];
        bool entity = source->type == MEM_ENTITY;
        *column = (ColumnDef){.name = str_of(source->name),
                              .declared = mem_declared[source->type],
                              .type = str_of(mem_type_names[source->type]),
                              .doc = str_of(source->doc)};
        cells[def->column_count++] = (MemCell){i, entity};
        if (source->type == MEM_TEXT || source->type == MEM_EMPTY) {
            column->literals = source->values ? LITERAL_WORDS : LITERAL_ANY;
            column->words = source->values;
        }
        if (entity) {
            column->name = arena_printf(database->arena, "%s_id", source->name);
            def->columns[def->column_count] = (ColumnDef){.name = str_of(source->name),
                                                          .declared = "TEXT",
                                                          .type = STR("name"),
                                                          .doc = STR("Its name.")};
            cells[def->column_count++] = (MemCell){i, false};
        }
    }
    *ret_cells = cells;
}

void mem_show(sqlite3_context *context, const Database *database, const MemTable *table,
              MemCell cell, size_t row) {
    int64_t value = table->cells[cell.column][row];
    switch (table->columns[cell.column].type) {
    case MEM_INT:
        if (value != MEM_INT_NULL) {
            sqlite3_result_int64(context, value);
        }
        return;
    case MEM_TEXT:
    case MEM_VERSION:
        if (value != MEM_NULL) {
            result_sym(context, database->interner, value);
        }
        return;
    case MEM_EMPTY:
        return;
    case MEM_ENTITY:
        if (value == MEM_NULL) {
            return;
        }
        if (cell.is_id) {
            sqlite3_result_int64(context, value);
        } else {
            result_entity(context, database->inventory, value);
        }
        return;
    }
}

bool mem_argument(const Database *database, MemType type, sqlite3_value *value, int64_t *ret_cell) {
    if (type == MEM_EMPTY) {
        return false;
    }
    if (type == MEM_INT || type == MEM_ENTITY) {
        int64_t null = type == MEM_INT ? MEM_INT_NULL : MEM_NULL;
        return argument_integer(value, ret_cell) && *ret_cell != null;
    }
    Str text;
    if (!argument_text(value, &text)) {
        return false;
    }
    *ret_cell = intern_find(database->interner, text);
    return *ret_cell != MEM_NULL;
}

/* ---- the table ---- */

/* Equality on versions is coarser than that of their symbols. */
static bool is_indexed(const MemTableDef *table, int sql_column) {
    if (sql_column < 0) {
        return false;
    }
    MemCell cell = table->cells[sql_column];
    const MemColumn *column = &table->table->columns[cell.column];
    return column->indexed && column->type != MEM_VERSION &&
           (column->type != MEM_ENTITY || cell.is_id);
}

static const MemIndex *index_of(const MemTableDef *table, size_t column) {
    MemIndex *index = &table->indexes[column];
    if (!index->built) {
        mem_index_build(table->def.database->arena, table->table->cells[column],
                        table->table->row_count, index);
    }
    return index;
}

static int mem_best_index(sqlite3_vtab *handle, sqlite3_index_info *info) {
    const MemTableDef *table = (const MemTableDef *)(const void *)table_of(handle);
    double rows = (double)table->table->row_count;
    Plan best = {.constraint = -1};
    for (int i = 0; i < info->nConstraint; i++) {
        int column = info->aConstraint[i].iColumn;
        if (!constraint_is_lookup(info, i) || !is_indexed(table, column) ||
            !constraint_is_binary(info, i)) {
            continue;
        }
        const MemIndex *index = index_of(table, table->cells[column].column);
        double each = rows / (double)(index->distinct ? index->distinct : 1);
        if (best.constraint < 0 || each < best.rows) {
            best = (Plan){i, column + 1, each, false};
        }
    }
    plan_apply(info, &best, rows, false);
    if (best.constraint >= 0) {
        info->aConstraintUsage[best.constraint].omit = 1;
    }
    return SQLITE_OK;
}

static MemCursor *cursor_of(sqlite3_vtab_cursor *cursor) {
    return (MemCursor *)(void *)cursor;
}

/* An id to look up by: of an entity, or in a kept view, whose ids are numbers to us. */
static bool is_id(const MemColumn *column) {
    return column->indexed &&
           (column->type == MEM_ENTITY ||
            (column->type == MEM_INT && str_ends(str_of(column->name), STR("_id"))));
}

/* Where only some records are shown, a scan delivers their rows: by the first id. */
static void scan_shown(MemTableDef *table, MemCursor *cursor) {
    const Database *database = table->def.database;
    size_t column = 0;
    while (column < table->table->column_count && !is_id(&table->table->columns[column])) {
        column++;
    }
    if (column == table->table->column_count) {
        return;
    }
    if (table->near_for != database->shown_number) {
        table->near_for = database->shown_number;
        table->near.count = 0;
        for (size_t i = 0; i < database->shown_count; i++) {
            size_t count;
            const uint32_t *rows =
                mem_index_find(index_of(table, column), table->table->cells[column],
                               database->shown_ids[i], &count);
            for (size_t k = 0; k < count; k++) {
                vec_push(database->arena, &table->near, rows[k]);
            }
        }
    }
    cursor->rows = table->near.items;
    cursor->count = table->near.count;
}

static int mem_filter(sqlite3_vtab_cursor *base, int number, const char *text, int argc,
                      sqlite3_value **argv) {
    (void)text;
    (void)argc;
    MemCursor *cursor = cursor_of(base);
    MemTableDef *table = (MemTableDef *)(void *)table_of_cursor(base);
    cursor->table = table;
    cursor->rows = NULL;
    cursor->at = 0;
    cursor->count = table->table->row_count;
    if (number) {
        size_t column = table->cells[number - 1].column;
        int64_t value;
        cursor->count = 0;
        if (mem_argument(table->def.database, table->table->columns[column].type, argv[0],
                         &value)) {
            cursor->rows = mem_index_find(index_of(table, column), table->table->cells[column],
                                          value, &cursor->count);
        }
    } else if (table->def.database->shown) {
        scan_shown(table, cursor);
    }
    table->def.database->rows++;
    return SQLITE_OK;
}

static int mem_next(sqlite3_vtab_cursor *base) {
    MemCursor *cursor = cursor_of(base);
    cursor->table->def.database->rows++;
    cursor->at++;
    return SQLITE_OK;
}

static int mem_eof(sqlite3_vtab_cursor *base) {
    const MemCursor *cursor = cursor_of(base);
    return cursor->at >= cursor->count;
}

static size_t row_of(const MemCursor *cursor) {
    return cursor->rows ? cursor->rows[cursor->at] : cursor->at;
}

static int mem_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const MemCursor *cursor = cursor_of(base);
    const MemTableDef *table = cursor->table;
    mem_show(context, table->def.database, table->table, table->cells[column], row_of(cursor));
    return SQLITE_OK;
}

static int mem_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *ret_id) {
    *ret_id = (sqlite3_int64)row_of(cursor_of(base)) + 1;
    return SQLITE_OK;
}

static const sqlite3_module mem_module = {
    .xConnect = table_connect,
    .xBestIndex = mem_best_index,
    .xDisconnect = table_disconnect,
    .xOpen = table_open_cursor,
    .xClose = table_close_cursor,
    .xFilter = mem_filter,
    .xNext = mem_next,
    .xEof = mem_eof,
    .xColumn = mem_column,
    .xRowid = mem_rowid,
};

TableDef *mem_table_new(Database *database, const MemTable *table) {
    MemTableDef *made = arena_new(database->arena, MemTableDef);
    made->table = table;
    made->def.name = str_of(table->name);
    made->def.doc = str_of(table->doc);
    made->def.module = &mem_module;
    made->def.cursor_size = sizeof(MemCursor);
    mem_describe(database, &made->def, table->columns, table->column_count, &made->cells);
    for (size_t i = 0; table->constant && i < made->def.column_count; i++) {
        ColumnDef *column = &made->def.columns[i];
        if (column->literals == LITERAL_ANY) {
            column->literals = LITERAL_CELLS;
            column->cells = table;
            column->cells_column = made->cells[i].column;
        }
    }
    made->indexes = arena_array(database->arena, MemIndex, table->column_count);
    return &made->def;
}
