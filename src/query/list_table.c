/* The items of a list field as a table: dag_members(dag, dag_id, position, member, member_id). */
#include "query/connection.h"

typedef struct ListTable {
    TableDef def;
    KindId kind;
    ColumnId column;
    const Field *field;
    size_t items; /* in all rows, for plans; SIZE_MAX = not counted yet */
} ListTable;

typedef struct ListCursor {
    sqlite3_vtab_cursor base;
    Database *database;
    const ListTable *table;
    const RowId *rows; /* NULL: all rows in order */
    size_t at, count;
    RowId row;
    RowId single;
    Items items; /* of the row */
    size_t item;
    EntityId target; /* only items equal to it; 0 = all */
} ListCursor;

enum ListColumn { LIST_OWNER, LIST_OWNER_ID, LIST_POSITION, LIST_ITEM, LIST_ITEM_ID };
enum LookUp { LOOK_SCAN, LOOK_OWNER, LOOK_ITEM };

static ListCursor *cursor_of(sqlite3_vtab_cursor *cursor) {
    return (ListCursor *)(void *)cursor;
}

static size_t count_items(ListTable *table) {
    const Inventory *inventory = table->def.database->inventory;
    if (table->items == SIZE_MAX) {
        size_t rows = inventory_row_count(inventory, table->kind);
        table->items = 0;
        for (size_t i = 0; i < rows; i++) {
            table->items += inventory_items(inventory, table->kind, table->column, (RowId)i).count;
        }
    }
    return table->items;
}

static double items_per(double items, double of) {
    return of > 1 ? items / of : items;
}

static size_t target_count(const Inventory *inventory, KindId target) {
    return target < inventory_schema(inventory)->kind_count ? inventory_row_count(inventory, target)
                                                            : inventory_entity_count(inventory);
}

static int list_best_index(sqlite3_vtab *handle, sqlite3_index_info *info) {
    ListTable *table = (ListTable *)(void *)table_of(handle);
    const Inventory *inventory = table->def.database->inventory;
    double items = (double)count_items(table);
    Plan best = {.constraint = -1};
    for (int i = 0; i < info->nConstraint; i++) {
        int column = info->aConstraint[i].iColumn;
        if (!constraint_is_lookup(info, i) || (column != LIST_OWNER_ID && column != LIST_ITEM_ID)) {
            continue;
        }
        bool owner = column == LIST_OWNER_ID;
        size_t of = owner ? inventory_row_count(inventory, table->kind)
                          : target_count(inventory, table->field->target);
        Plan plan = {i, owner ? LOOK_OWNER : LOOK_ITEM, items_per(items, (double)of), false};
        best = best.constraint < 0 || plan.rows < best.rows ? plan : best;
    }
    plan_apply(info, &best, items, false);
    if (best.constraint >= 0) {
        info->aConstraintUsage[best.constraint].omit = 1;
    }
    return SQLITE_OK;
}

static void enter_row(ListCursor *cursor) {
    const ListTable *table = cursor->table;
    const Inventory *inventory = cursor->database->inventory;
    cursor->row = cursor->rows ? cursor->rows[cursor->at] : (RowId)cursor->at;
    cursor->items = inventory_items(inventory, table->kind, table->column, cursor->row);
    cursor->item = 0;
    int64_t value;
    if (cursor->database->recording && !cursor->items.count &&
        !inventory_cell(inventory, table->kind, table->column, cursor->row, &value)) {
        record_absent(cursor->database, inventory_id(inventory, table->kind, cursor->row),
                      table->kind, table->column);
    }
}

static bool wanted(const ListCursor *cursor) {
    return cursor->item < cursor->items.count &&
           (!cursor->target || cursor->items.items[cursor->item].value == cursor->target);
}

static bool is_hidden(const ListCursor *cursor) {
    RowId row = cursor->rows ? cursor->rows[cursor->at] : (RowId)cursor->at;
    return cursor->database->shown && row_is_hidden(cursor->database, cursor->table->kind, row);
}

/* On to the next item that is wanted, from the current place on. */
static void settle(ListCursor *cursor) {
    while (!wanted(cursor)) {
        if (cursor->item < cursor->items.count) {
            cursor->item++;
            continue;
        }
        RowId row = cursor->row;
        do {
            if (++cursor->at >= cursor->count) {
                return;
            }
        } while ((cursor->rows && cursor->rows[cursor->at] == row) || is_hidden(cursor));
        enter_row(cursor);
    }
}

static int list_next(sqlite3_vtab_cursor *base) {
    ListCursor *cursor = cursor_of(base);
    cursor->database->rows++;
    cursor->item++;
    settle(cursor);
    return SQLITE_OK;
}

static int list_eof(sqlite3_vtab_cursor *base) {
    const ListCursor *cursor = cursor_of(base);
    return cursor->at >= cursor->count;
}

static void look_by_owner(ListCursor *cursor, sqlite3_value *value) {
    int64_t id;
    cursor->single = argument_integer(value, &id)
                         ? row_of_id(cursor->database->inventory, cursor->table->kind, id)
                         : NO_ROW;
    cursor->rows = &cursor->single;
    cursor->count = cursor->single != NO_ROW;
}

static void look_by_item(ListCursor *cursor, sqlite3_value *value) {
    int64_t id;
    RowList list = {0};
    if (argument_integer(value, &id) && id > 0 && id <= UINT32_MAX) {
        cursor->target = (EntityId)id;
        list = inventory_referrers(cursor->database->inventory, cursor->table->kind,
                                   cursor->table->column, cursor->target);
    }
    cursor->rows = list.rows;
    cursor->count = list.count;
}

static int list_filter(sqlite3_vtab_cursor *base, int number, const char *text, int argc,
                       sqlite3_value **argv) {
    (void)text;
    (void)argc;
    ListCursor *cursor = cursor_of(base);
    cursor->table = (const ListTable *)(const void *)table_of_cursor(base);
    cursor->database = cursor->table->def.database;
    cursor->rows = NULL;
    cursor->at = 0;
    cursor->count = inventory_row_count(cursor->database->inventory, cursor->table->kind);
    cursor->target = 0;
    cursor->items = (Items){0};
    if (cursor->database->shown) {
        cursor->rows = cursor->database->shown[cursor->table->kind].rows;
        cursor->count = cursor->database->shown[cursor->table->kind].count;
    }
    if (number == LOOK_OWNER) {
        look_by_owner(cursor, argv[0]);
    } else if (number == LOOK_ITEM) {
        look_by_item(cursor, argv[0]);
    }
    cursor->database->rows++;
    while (cursor->at < cursor->count && is_hidden(cursor)) {
        cursor->at++;
    }
    if (cursor->at < cursor->count) {
        enter_row(cursor);
        settle(cursor);
    }
    return SQLITE_OK;
}

static int list_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const ListCursor *cursor = cursor_of(base);
    const Inventory *inventory = cursor->database->inventory;
    EntityId owner = inventory_id(inventory, cursor->table->kind, cursor->row);
    int64_t item = cursor->items.items[cursor->item].value;
    switch ((enum ListColumn)column) {
    case LIST_OWNER:
        result_entity(context, inventory, owner);
        break;
    case LIST_OWNER_ID:
        sqlite3_result_int64(context, owner);
        break;
    case LIST_POSITION:
        sqlite3_result_int64(context, (sqlite3_int64)cursor->item + 1);
        break;
    case LIST_ITEM:
        result_cell(context, cursor->database, cursor->table->field, item);
        break;
    case LIST_ITEM_ID:
        sqlite3_result_int64(context, item);
        break;
    }
    return SQLITE_OK;
}

static int list_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *ret_id) {
    const ListCursor *cursor = cursor_of(base);
    *ret_id = (sqlite3_int64)((uint64_t)cursor->row << 32 | (uint32_t)cursor->item);
    return SQLITE_OK;
}

static const sqlite3_module list_module = {
    .xConnect = table_connect,
    .xBestIndex = list_best_index,
    .xDisconnect = table_disconnect,
    .xOpen = table_open_cursor,
    .xClose = table_close_cursor,
    .xFilter = list_filter,
    .xNext = list_next,
    .xEof = list_eof,
    .xColumn = list_column,
    .xRowid = list_rowid,
};

bool list_table_reads(const TableDef *def, size_t column, ColumnRead *ret_read) {
    const ListTable *table = (const ListTable *)(const void *)def;
    if (def->module != &list_module) {
        return false;
    }
    *ret_read = (ColumnRead){
        .kind = table->kind, .column = table->column, .direct = def->columns[column].direct};
    return true;
}

static Str with_id(Database *database, Str name) {
    return arena_printf(database->arena, "%.*s_id", STR_ARG(name));
}

TableDef *list_table_new(Database *database, KindId kind_id, ColumnId column_id) {
    const Kind *kind = schema_kind(inventory_schema(database->inventory), kind_id);
    const Column *source = &kind->columns[column_id];
    const Field *field = source->field;
    Str owner = sym_text(database->interner, kind->name);
    Str item = sym_text(database->interner, field->item);
    bool refs = field->item_type == TYPE_REF;
    ListTable *table = arena_new(database->arena, ListTable);
    *table = (ListTable){.kind = kind_id, .column = column_id, .field = field, .items = SIZE_MAX};
    table->def.name = arena_printf(database->arena, "%.*s_%.*s", STR_ARG(owner),
                                   STR_ARG(sym_text(database->interner, source->name)));
    table->def.doc = field->doc;
    table->def.module = &list_module;
    table->def.cursor_size = sizeof(ListCursor);
    table->def.is_record = true;
    ColumnDef *columns = arena_array(database->arena, ColumnDef, 5);
    columns[LIST_OWNER] = (ColumnDef){.name = owner,
                                      .declared = "TEXT",
                                      .type = STR("name"),
                                      .doc = STR("The record that holds the list.")};
    columns[LIST_OWNER_ID] = (ColumnDef){.name = with_id(database, owner),
                                         .declared = "INTEGER",
                                         .type = STR("id"),
                                         .hidden = true,
                                         .doc = STR("Id of the record that holds the list.")};
    columns[LIST_POSITION] = (ColumnDef){
        .name = STR("position"), .declared = "INTEGER", .type = STR("int"), .doc = STR("From 1.")};
    columns[LIST_ITEM] = (ColumnDef){
        .name = item,
        .declared = field_declared(database, kind, field, field->item_type, source->name),
        .type = field_type_text(database, field, field->item_type),
        .doc = STR("The item."),
        .literals = field_literals(field->item_type),
        .field = field};
    columns[LIST_ITEM_ID] = (ColumnDef){.name = with_id(database, item),
                                        .declared = "INTEGER",
                                        .type = STR("id"),
                                        .hidden = true,
                                        .doc = STR("Id behind the item.")};
    table->def.columns = columns;
    table->def.column_count = refs ? 5 : 4;
    return &table->def;
}
