/* One virtual table over any kind, straight on the columns of the inventory. Every row that a
 * statement visits passes through here: keep the loop short. */
#include "query/kind_table.h"

enum LookUp { LOOK_SCAN, LOOK_ID, LOOK_NAME, LOOK_PARENT, LOOK_TARGET, LOOK_BITS = 3 };

static const KindTable *kind_of_table(TableDef *def) {
    return (const KindTable *)(const void *)def;
}

/* ---- plans ---- */

static double rows_per(const Inventory *inventory, KindId kind, KindId target) {
    double rows = (double)inventory_row_count(inventory, kind);
    bool any = target >= inventory_schema(inventory)->kind_count;
    double targets =
        (double)(any ? inventory_entity_count(inventory) : inventory_row_count(inventory, target));
    return targets > 1 ? rows / targets : rows;
}

/* Short names and aliases make a look-up by name coarser than equality, never finer; a collation
 * that is coarser than the fold key does not. */
static bool name_collation_is_ours(sqlite3_index_info *info, int i) {
    Str collation = str_of(sqlite3_vtab_collation(info, i));
    return str_eq_nocase(collation, STR("BINARY")) || str_eq_nocase(collation, STR("NOCASE")) ||
           str_eq_nocase(collation, STR("FOLD"));
}

static bool plan_of(const KindTable *table, sqlite3_index_info *info, int i, Plan *ret_plan) {
    const Inventory *inventory = table->def.database->inventory;
    int column = info->aConstraint[i].iColumn;
    if (column < 0) {
        *ret_plan = (Plan){i, LOOK_ID, 1, true};
        return true;
    }
    const KindCell *cell = &table->cells[column];
    switch (cell->type) {
    case KIND_ID:
        *ret_plan = (Plan){i, LOOK_ID, 1, true};
        return true;
    case KIND_PARENT_ID:
        *ret_plan = (Plan){i, LOOK_PARENT,
                           rows_per(inventory, table->kind, table->schema->child_of), false};
        return true;
    case KIND_TARGET_ID:
        *ret_plan = (Plan){i, LOOK_TARGET | column << LOOK_BITS,
                           rows_per(inventory, table->kind, cell->field->target), false};
        return true;
    case KIND_NAME:
    case KIND_SHOWN:
        /* The index holds displayed names; with a label they are not the name field. */
        if ((cell->type == KIND_NAME && table->schema->label.n) ||
            !name_collation_is_ours(info, i)) {
            return false;
        }
        *ret_plan = (Plan){i, LOOK_NAME, 1, false};
        return true;
    case KIND_PARENT:
    case KIND_POSITION:
    case KIND_CELL:
    case KIND_EFFECTIVE:
    case KIND_ELSE_ID:
        return false;
    }
    return false;
}

static int kind_best_index(sqlite3_vtab *handle, sqlite3_index_info *info) {
    const KindTable *table = kind_of_table(table_of(handle));
    Plan best = {.constraint = -1};
    for (int i = 0; i < info->nConstraint; i++) {
        Plan plan;
        if (constraint_is_lookup(info, i) && plan_of(table, info, i, &plan)) {
            bool better = best.constraint < 0 || (plan.unique && !best.unique) ||
                          (plan.unique == best.unique && plan.rows < best.rows);
            best = better ? plan : best;
        }
    }
    plan_apply(info, &best,
               (double)inventory_row_count(table->def.database->inventory, table->kind), true);
    /* Look-ups by id are exact; those by name are checked again by SQLite. */
    if (best.constraint >= 0 && best.number != LOOK_NAME) {
        info->aConstraintUsage[best.constraint].omit = 1;
    }
    return SQLITE_OK;
}

/* ---- cursors ---- */

static bool states_none(const KindCursor *cursor) {
    int64_t value;
    return inventory_cell(cursor->inventory, cursor->table->kind, cursor->none_column, cursor->row,
                          &value) &&
           value == 0;
}

static inline void settle(KindCursor *cursor) {
    if (cursor->at < cursor->count) {
        cursor->row = cursor->rows ? cursor->rows[cursor->at] : (RowId)cursor->at;
    }
}

static bool is_skipped(const KindCursor *cursor) {
    return row_is_hidden(cursor->database, cursor->table->kind, cursor->row) ||
           (cursor->none_column != NO_COLUMN && !states_none(cursor));
}

static void skip(KindCursor *cursor) {
    while (cursor->at < cursor->count && is_skipped(cursor)) {
        cursor->at++;
        settle(cursor);
    }
}

static int kind_next(sqlite3_vtab_cursor *base) {
    KindCursor *cursor = kind_cursor(base);
    cursor->database->rows++;
    cursor->at++;
    settle(cursor);
    if (cursor->skips) {
        skip(cursor);
    }
    return SQLITE_OK;
}

static int kind_eof(sqlite3_vtab_cursor *base) {
    const KindCursor *cursor = kind_cursor(base);
    return cursor->at >= cursor->count;
}

static int kind_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *ret_id) {
    const KindCursor *cursor = kind_cursor(base);
    *ret_id = inventory_id(cursor->inventory, cursor->table->kind, cursor->row);
    return SQLITE_OK;
}

static void one_row(KindCursor *cursor, RowId row) {
    cursor->single = row;
    cursor->rows = &cursor->single;
    cursor->count = row != NO_ROW;
}

static void look_by_id(KindCursor *cursor, sqlite3_value *value) {
    int64_t id;
    RowId row = argument_integer(value, &id) ? row_of_id(cursor->inventory, cursor->table->kind, id)
                                             : NO_ROW;
    one_row(cursor, row);
}

static void look_by_name(KindCursor *cursor, sqlite3_value *value) {
    Str name;
    if (!argument_text(value, &name)) {
        cursor->count = 0;
        return;
    }
    RowId row = inventory_find(cursor->inventory, cursor->table->kind, name);
    if (row != NO_ROW) {
        one_row(cursor, row);
    } /* else nobody or several: the whole table, checked by SQLite */
}

/* A child that is not there is a fact of its parent that may not be stated. */
static void record_no_child(const KindCursor *cursor, RowId parent) {
    const KindTable *table = cursor->table;
    KindId kind = table->schema->child_of;
    for (size_t i = 0; i < table->parent_column_count; i++) {
        int64_t value;
        if (!inventory_cell(cursor->inventory, kind, table->parent_columns[i], parent, &value)) {
            record_absent(cursor->database, inventory_id(cursor->inventory, kind, parent), kind,
                          table->parent_columns[i]);
        }
    }
}

static void look_by_parent(KindCursor *cursor, sqlite3_value *value) {
    int64_t id;
    RowId parent = argument_integer(value, &id)
                       ? row_of_id(cursor->inventory, cursor->table->schema->child_of, id)
                       : NO_ROW;
    RowList list = {0};
    if (parent != NO_ROW) {
        list = inventory_children(cursor->inventory, cursor->table->kind, parent);
    }
    cursor->rows = list.rows;
    cursor->count = list.count;
    if (cursor->database->recording && parent != NO_ROW && !list.count) {
        record_no_child(cursor, parent);
    }
}

static void look_by_target(KindCursor *cursor, sqlite3_value *value, ColumnId column) {
    int64_t id;
    if (!argument_integer(value, &id) || id < 0 || id > UINT32_MAX) {
        cursor->count = 0;
    } else if (id == 0) {
        cursor->none_column = column; /* a scan: nobody is indexed under `none` */
    } else {
        RowList list =
            inventory_referrers(cursor->inventory, cursor->table->kind, column, (EntityId)id);
        cursor->rows = list.rows;
        cursor->count = list.count;
    }
}

static int kind_filter(sqlite3_vtab_cursor *base, int number, const char *text, int argc,
                       sqlite3_value **argv) {
    (void)text;
    (void)argc;
    KindCursor *cursor = kind_cursor(base);
    const KindTable *table = kind_of_table(table_of_cursor(base));
    cursor->table = table;
    cursor->database = table->def.database;
    cursor->inventory = table->def.database->inventory;
    cursor->rows = NULL;
    cursor->at = 0;
    cursor->count = inventory_row_count(cursor->inventory, table->kind);
    cursor->none_column = NO_COLUMN;
    if (cursor->database->shown) {
        cursor->rows = cursor->database->shown[table->kind].rows;
        cursor->count = cursor->database->shown[table->kind].count;
    }
    switch (number & ((1 << LOOK_BITS) - 1)) {
    case LOOK_ID:
        look_by_id(cursor, argv[0]);
        break;
    case LOOK_NAME:
        look_by_name(cursor, argv[0]);
        break;
    case LOOK_PARENT:
        look_by_parent(cursor, argv[0]);
        break;
    case LOOK_TARGET:
        look_by_target(cursor, argv[0], table->cells[number >> LOOK_BITS].column);
        break;
    default:
        break;
    }
    cursor->database->rows++;
    cursor->skips = cursor->none_column != NO_COLUMN || cursor->database->shown;
    settle(cursor);
    if (cursor->skips) {
        skip(cursor);
    }
    return SQLITE_OK;
}

static const sqlite3_module kind_module = {
    .xConnect = table_connect,
    .xBestIndex = kind_best_index,
    .xDisconnect = table_disconnect,
    .xOpen = table_open_cursor,
    .xClose = table_close_cursor,
    .xFilter = kind_filter,
    .xNext = kind_next,
    .xEof = kind_eof,
    .xColumn = kind_column,
    .xRowid = kind_rowid,
};

/* A child record stands in a field of its parent. */
static bool parent_reads(const KindTable *table, ColumnRead *ret_read) {
    ret_read->kind = table->schema->child_of;
    ret_read->column = table->parent_column_count ? table->parent_columns[0] : NO_COLUMN;
    return table->parent_column_count > 0;
}

bool kind_table_reads(const TableDef *def, size_t column, ColumnRead *ret_read) {
    const KindTable *table = (const KindTable *)(const void *)def;
    if (def->module != &kind_module) {
        return false;
    }
    const KindCell *cell = &table->cells[column];
    *ret_read = (ColumnRead){.kind = table->kind,
                             .column = cell->column,
                             .direct = def->columns[column].direct,
                             .effective = cell->type == KIND_EFFECTIVE};
    switch (cell->type) {
    case KIND_ID:
    case KIND_SHOWN:
        return false;
    case KIND_PARENT:
    case KIND_PARENT_ID:
    case KIND_POSITION:
        return parent_reads(table, ret_read);
    case KIND_NAME:
    case KIND_CELL:
    case KIND_EFFECTIVE:
    case KIND_TARGET_ID:
    case KIND_ELSE_ID:
        return true;
    }
    return false;
}

static Status register_lists(Database *database, KindId id) {
    const Kind *kind = schema_kind(inventory_schema(database->inventory), id);
    for (size_t i = 0; i < kind->column_count; i++) {
        const Field *field = kind->columns[i].field;
        if (field->type == TYPE_LIST && field->item_type != TYPE_CHILD) {
            Status status = table_register(database, list_table_new(database, id, (ColumnId)i));
            if (status.failed) {
                return status;
            }
        }
    }
    return STATUS_OK;
}

Status kind_tables_register(Database *database) {
    const Schema *schema = inventory_schema(database->inventory);
    for (size_t i = 0; i < schema->kind_count; i++) {
        KindTable *table = kind_table_describe(database, (KindId)i);
        table->def.module = &kind_module;
        table->def.cursor_size = sizeof(KindCursor);
        table->def.is_record = true;
        Status status = table_register(database, &table->def);
        if (!status.failed) {
            status = register_lists(database, (KindId)i);
        }
        if (status.failed) {
            return status;
        }
    }
    return STATUS_OK;
}
