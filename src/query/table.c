/* What all our virtual tables share: connecting by description, cursors, look-up plans. */
#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "model/value.h"
#include "query/connection.h"

static void declare(Buf *sql, const TableDef *def) {
    buf_addz(sql, "CREATE TABLE x(");
    for (size_t i = 0; i < def->column_count; i++) {
        const ColumnDef *column = &def->columns[i];
        /* SQLite 3.40 forgets the collation of a hidden column. */
        assert(!column->hidden || !strchr(column->declared, ' '));
        buf_printf(sql, "%s\"%.*s\" %s%s", i ? ", " : "", STR_ARG(column->name), column->declared,
                   column->hidden ? " HIDDEN" : "");
    }
    buf_addc(sql, ')');
}

int table_connect(sqlite3 *sqlite, void *aux, int argc, const char *const *argv,
                  sqlite3_vtab **ret_table, char **ret_error) {
    (void)argc;
    (void)argv;
    TableDef *def = aux;
    Buf sql;
    buf_init(&sql, 1 << 20);
    declare(&sql, def);
    sqlite3_vtab_config(sqlite, SQLITE_VTAB_INNOCUOUS);
    def->database->declaring = true;
    int code = sqlite3_declare_vtab(sqlite, buf_str(&sql).s);
    def->database->declaring = false;
    buf_clear(&sql);
    if (code != SQLITE_OK) {
        *ret_error = sqlite3_mprintf("%s", sqlite3_errmsg(sqlite));
        return code;
    }
    TableHandle *handle = sqlite3_malloc64(sizeof *handle);
    if (!handle) {
        return SQLITE_NOMEM;
    }
    *handle = (TableHandle){.def = def};
    *ret_table = &handle->base;
    return SQLITE_OK;
}

int table_disconnect(sqlite3_vtab *table) {
    sqlite3_free(table);
    return SQLITE_OK;
}

int table_open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **ret_cursor) {
    size_t size = table_of(table)->cursor_size;
    sqlite3_vtab_cursor *cursor = sqlite3_malloc64(size);
    if (!cursor) {
        return SQLITE_NOMEM;
    }
    memset(cursor, 0, size);
    *ret_cursor = cursor;
    return SQLITE_OK;
}

int table_close_cursor(sqlite3_vtab_cursor *cursor) {
    sqlite3_free(cursor);
    return SQLITE_OK;
}

TableDef *table_find(const Database *database, Str name) {
    for (size_t i = 0; i < database->tables.count; i++) {
        TableDef *def = database->tables.items[i];
        if (def->name.n == name.n && str_eq_nocase(def->name, name)) {
            return def;
        }
    }
    return NULL;
}

ColumnDef *table_find_column(const TableDef *def, Str name) {
    for (size_t i = 0; i < def->column_count; i++) {
        if (str_eq_nocase(def->columns[i].name, name)) {
            return &def->columns[i];
        }
    }
    return NULL;
}

ColumnDef *table_columns(Database *database, const ColumnDef *columns, size_t count) {
    ColumnDef *copy = arena_array(database->arena, ColumnDef, count);
    for (size_t i = 0; i < count; i++) {
        copy[i] = columns[i];
    }
    return copy;
}

Status table_register(Database *database, TableDef *def) {
    if (table_find(database, def->name)) {
        return (Status){
            true, arena_printf(database->arena, "two tables are named '%.*s'", STR_ARG(def->name))};
    }
    def->database = database;
    vec_push(database->arena, &database->tables, def);
    Str name = arena_copy(database->arena, def->name);
    int code = sqlite3_create_module_v2(database->sqlite, name.s, def->module, def, NULL);
    if (code != SQLITE_OK) {
        return (Status){true, arena_printf(database->arena, "cannot register table '%s': %s",
                                           name.s, sqlite3_errmsg(database->sqlite))};
    }
    return STATUS_OK;
}

bool argument_integer(sqlite3_value *value, int64_t *ret_integer) {
    int type = sqlite3_value_numeric_type(value);
    if (type == SQLITE_INTEGER) {
        *ret_integer = sqlite3_value_int64(value);
        return true;
    }
    if (type != SQLITE_FLOAT) {
        return false;
    }
    double number = sqlite3_value_double(value);
    if (!(number >= -9007199254740992.0 && number <= 9007199254740992.0)) {
        return false; /* beyond any id or figure of ours */
    }
    *ret_integer = (int64_t)number;
    return number >= (double)*ret_integer && number <= (double)*ret_integer;
}

bool argument_text(sqlite3_value *value, Str *ret_text) {
    int type = sqlite3_value_type(value);
    if (type == SQLITE_NULL || type == SQLITE_BLOB) {
        return false;
    }
    const char *text = (const char *)sqlite3_value_text(value);
    *ret_text = text ? (Str){text, (size_t)sqlite3_value_bytes(value)} : STR_NONE;
    return text != NULL;
}

void result_date(sqlite3_context *context, int64_t days) {
    char text[11];
    date_print(days, text);
    sqlite3_result_text(context, text, 10, SQLITE_TRANSIENT);
}

void result_entity(sqlite3_context *context, const Inventory *inventory, int64_t id) {
    result_str(context, id ? inventory_name(inventory, (EntityId)id) : STR("none"));
}

void result_cell(sqlite3_context *context, const Database *database, const Field *field,
                 int64_t cell) {
    FieldType type = field->type == TYPE_LIST ? field->item_type : field->type;
    switch (type) {
    case TYPE_NAME:
    case TYPE_STRING:
    case TYPE_VERSION:
        result_sym(context, database->interner, cell);
        return;
    case TYPE_ENUM:
        result_sym(context, database->interner, field->values[cell].name);
        return;
    case TYPE_DATE:
        result_date(context, cell);
        return;
    case TYPE_REF:
        result_entity(context, database->inventory, cell);
        return;
    case TYPE_BOOL:
    case TYPE_INT:
    case TYPE_DURATION:
    case TYPE_SHARE:
    case TYPE_SIZE:
    case TYPE_LIST:
    case TYPE_GROUP:
    case TYPE_CHILD:
        sqlite3_result_int64(context, cell);
        return;
    }
}

RowId row_of_id(const Inventory *inventory, KindId kind, int64_t id) {
    size_t count = inventory_row_count(inventory, kind);
    if (!count) {
        return NO_ROW;
    }
    int64_t first = inventory_id(inventory, kind, 0);
    return id >= first && id - first < (int64_t)count ? (RowId)(id - first) : NO_ROW;
}

KindId kind_of_id(const Inventory *inventory, int64_t id, RowId *ret_row) {
    size_t kinds = inventory_schema(inventory)->kind_count;
    for (size_t i = 0; i < kinds; i++) {
        RowId row = row_of_id(inventory, (KindId)i, id);
        if (row != NO_ROW) {
            *ret_row = row;
            return (KindId)i;
        }
    }
    return NO_KIND;
}

bool constraint_is_binary(sqlite3_index_info *info, int i) {
    return str_eq_nocase(str_of(sqlite3_vtab_collation(info, i)), STR("BINARY"));
}

bool constraint_is_lookup(const sqlite3_index_info *info, int i) {
    return info->aConstraint[i].usable && info->aConstraint[i].op == SQLITE_INDEX_CONSTRAINT_EQ;
}

void plan_apply(sqlite3_index_info *info, const Plan *plan, double table_rows, bool by_id) {
    bool scan = plan->constraint < 0;
    double rows = scan ? table_rows : plan->rows;
    info->idxNum = scan ? 0 : plan->number;
    info->estimatedRows = rows < 1 ? 1 : (sqlite3_int64)rows;
    info->estimatedCost = scan ? rows + 1 : rows + 2;
    if (!scan) {
        info->aConstraintUsage[plan->constraint].argvIndex = 1;
    }
    if (plan->unique) {
        info->idxFlags = SQLITE_INDEX_SCAN_UNIQUE;
    }
    /* A full scan delivers by id, column 0 of kind tables. */
    bool ordered = info->nOrderBy == 1 && info->aOrderBy[0].iColumn == 0 && !info->aOrderBy[0].desc;
    info->orderByConsumed = by_id && (scan || plan->unique) && ordered;
}

const char *field_declared(Database *database, const Kind *kind, const Field *field, FieldType type,
                           Sym column) {
    switch (type) {
    case TYPE_VERSION:
        return "TEXT COLLATE VERSION";
    case TYPE_ENUM:
        if (field->ordered) {
            return arena_printf(database->arena, "TEXT COLLATE %s",
                                collation_of_enum(database, kind, field, column))
                .s;
        }
        return "TEXT";
    case TYPE_NAME:
    case TYPE_STRING:
    case TYPE_DATE:
    case TYPE_REF:
        return "TEXT";
    case TYPE_BOOL:
    case TYPE_INT:
    case TYPE_DURATION:
    case TYPE_SHARE:
    case TYPE_SIZE:
    case TYPE_LIST:
    case TYPE_GROUP:
    case TYPE_CHILD:
        return "INTEGER";
    }
    return "INTEGER";
}

Str field_type_text(Database *database, const Field *field, FieldType type) {
    const Interner *interner = database->interner;
    if (type == TYPE_REF) {
        Str target = sym_text(interner, field->target_name);
        return arena_printf(database->arena, "ref %.*s", STR_ARG(target));
    }
    if (type != TYPE_ENUM) {
        return field_type_name(type);
    }
    Buf text;
    buf_init(&text, LIMIT_TEXT_BYTES);
    buf_addz(&text, field->ordered ? "ordered enum: " : "enum: ");
    for (size_t i = 0; i < field->value_count; i++) {
        buf_addz(&text, i ? (field->ordered ? " < " : ", ") : "");
        buf_add(&text, sym_text(interner, field->values[i].name));
    }
    Str copy = arena_copy(database->arena, buf_str(&text));
    buf_clear(&text);
    return copy;
}

LiteralSource field_literals(FieldType type) {
    return type == TYPE_ENUM ? LITERAL_FIELD : type == TYPE_REF ? LITERAL_REFERENCE : LITERAL_NONE;
}
