/* entity(id, kind, name, file, line): every record. */
#include "query/connection.h"

typedef struct EntityCursor {
    sqlite3_vtab_cursor base;
    Database *database;
    KindId kind, kind_end; /* kinds that are visited */
    RowId row, row_end;
} EntityCursor;

enum EntityColumn { ENTITY_ID, ENTITY_KIND, ENTITY_NAME, ENTITY_FILE, ENTITY_LINE, ENTITY_COLUMNS };
enum LookUp { LOOK_SCAN, LOOK_ID, LOOK_KIND };

static EntityCursor *cursor_of(sqlite3_vtab_cursor *cursor) {
    return (EntityCursor *)(void *)cursor;
}

static int entity_best_index(sqlite3_vtab *handle, sqlite3_index_info *info) {
    const Inventory *inventory = table_of(handle)->database->inventory;
    double rows = (double)inventory_entity_count(inventory);
    double kinds = (double)inventory_schema(inventory)->kind_count + 1;
    Plan best = {.constraint = -1};
    for (int i = 0; i < info->nConstraint; i++) {
        int column = info->aConstraint[i].iColumn;
        if (!constraint_is_lookup(info, i)) {
            continue;
        }
        if (column == ENTITY_ID || column < 0) {
            best = (Plan){i, LOOK_ID, 1, true};
        } else if (column == ENTITY_KIND && !best.unique && constraint_is_binary(info, i)) {
            best = (Plan){i, LOOK_KIND, rows / kinds + 1, false};
        }
    }
    plan_apply(info, &best, rows, true);
    if (best.constraint >= 0) {
        info->aConstraintUsage[best.constraint].omit = 1;
    }
    return SQLITE_OK;
}

static bool is_head(const EntityCursor *cursor) {
    return inventory_schema(cursor->database->inventory)->kinds[cursor->kind].head;
}

/* On to a row that exists, from (kind, row) on. */
static void settle(EntityCursor *cursor) {
    while (cursor->kind < cursor->kind_end && cursor->row >= cursor->row_end) {
        if (++cursor->kind < cursor->kind_end) {
            cursor->row = 0;
            cursor->row_end =
                is_head(cursor)
                    ? 0
                    : (RowId)inventory_row_count(cursor->database->inventory, cursor->kind);
        }
    }
}

static void look_by_id(EntityCursor *cursor, sqlite3_value *value) {
    int64_t id;
    RowId row;
    KindId kind = argument_integer(value, &id) ? kind_of_id(cursor->database->inventory, id, &row)
                                               : (KindId)NO_KIND;
    if (kind != NO_KIND) {
        cursor->kind = kind;
        cursor->kind_end = is_head(cursor) ? kind : (KindId)(kind + 1);
        cursor->row = row;
        cursor->row_end = row + 1;
    }
}

static void look_by_kinds(EntityCursor *cursor, size_t from, size_t to) {
    cursor->kind = (KindId)from;
    cursor->kind_end = (KindId)to;
    bool some = from < to && !is_head(cursor);
    cursor->row_end =
        some ? (RowId)inventory_row_count(cursor->database->inventory, cursor->kind) : 0;
    settle(cursor);
}

static int entity_filter(sqlite3_vtab_cursor *base, int number, const char *text, int argc,
                         sqlite3_value **argv) {
    (void)text;
    (void)argc;
    EntityCursor *cursor = cursor_of(base);
    cursor->database = table_of_cursor(base)->database;
    cursor->kind = cursor->kind_end = 0;
    cursor->row = cursor->row_end = 0;
    const Schema *schema = inventory_schema(cursor->database->inventory);
    Str name;
    if (number == LOOK_ID) {
        look_by_id(cursor, argv[0]);
    } else if (number == LOOK_SCAN) {
        look_by_kinds(cursor, 0, schema->kind_count);
    } else if (argument_text(argv[0], &name)) {
        KindId kind = schema_find_kind(schema, name);
        if (kind != NO_KIND) {
            look_by_kinds(cursor, kind, (size_t)kind + 1);
        }
    }
    cursor->database->rows++;
    return SQLITE_OK;
}

static int entity_next(sqlite3_vtab_cursor *base) {
    EntityCursor *cursor = cursor_of(base);
    cursor->database->rows++;
    cursor->row++;
    settle(cursor);
    return SQLITE_OK;
}

static int entity_eof(sqlite3_vtab_cursor *base) {
    const EntityCursor *cursor = cursor_of(base);
    return cursor->kind >= cursor->kind_end;
}

static EntityId id_of(const EntityCursor *cursor) {
    return inventory_id(cursor->database->inventory, cursor->kind, cursor->row);
}

static int entity_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const EntityCursor *cursor = cursor_of(base);
    const Inventory *inventory = cursor->database->inventory;
    EntityId id = id_of(cursor);
    Loc loc;
    switch ((enum EntityColumn)column) {
    case ENTITY_ID:
        sqlite3_result_int64(context, id);
        break;
    case ENTITY_KIND:
        result_sym(context, cursor->database->interner,
                   inventory_schema(inventory)->kinds[cursor->kind].name);
        break;
    case ENTITY_NAME:
        result_str(context, inventory_name(inventory, id));
        break;
    case ENTITY_FILE:
        loc = inventory_loc(inventory, id);
        if (loc.source) {
            result_str(context, source_of(inventory_sources(inventory), loc.source)->path);
        }
        break;
    case ENTITY_LINE:
        loc = inventory_loc(inventory, id);
        if (loc.line) {
            sqlite3_result_int64(context, loc.line);
        }
        break;
    case ENTITY_COLUMNS:
        break;
    }
    return SQLITE_OK;
}

static int entity_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *ret_id) {
    *ret_id = id_of(cursor_of(base));
    return SQLITE_OK;
}

static const sqlite3_module entity_module = {
    .xConnect = table_connect,
    .xBestIndex = entity_best_index,
    .xDisconnect = table_disconnect,
    .xOpen = table_open_cursor,
    .xClose = table_close_cursor,
    .xFilter = entity_filter,
    .xNext = entity_next,
    .xEof = entity_eof,
    .xColumn = entity_column,
    .xRowid = entity_rowid,
};

static const ColumnDef entity_columns[] = {
    [ENTITY_ID] = {.name = STR_INIT("id"),
                   .declared = "INTEGER",
                   .type = STR_INIT("id"),
                   .doc = STR_INIT("Unique over all kinds.")},
    [ENTITY_KIND] = {.name = STR_INIT("kind"),
                     .declared = "TEXT",
                     .type = STR_INIT("text"),
                     .doc = STR_INIT("Kind of the record."),
                     .literals = LITERAL_KINDS},
    [ENTITY_NAME] = {.name = STR_INIT("name"),
                     .declared = "TEXT",
                     .type = STR_INIT("name"),
                     .doc = STR_INIT("As the record is shown.")},
    [ENTITY_FILE] = {.name = STR_INIT("file"),
                     .declared = "TEXT",
                     .type = STR_INIT("text"),
                     .doc = STR_INIT("The input that states it.")},
    [ENTITY_LINE] = {.name = STR_INIT("line"),
                     .declared = "INTEGER",
                     .type = STR_INIT("int"),
                     .doc = STR_INIT("Line or row there; NULL = not known.")},
};

TableDef *entity_table_new(Database *database) {
    TableDef *def = arena_new(database->arena, TableDef);
    *def = (TableDef){.name = STR("entity"),
                      .doc = STR("Every record of the inventory."),
                      .columns = table_columns(database, entity_columns, ENTITY_COLUMNS),
                      .column_count = ENTITY_COLUMNS,
                      .module = &entity_module,
                      .cursor_size = sizeof(EntityCursor),
                      .is_record = true};
    return def;
}
