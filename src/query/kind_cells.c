/* The cells of a kind's row as SQL values; the place where absent cells are noted. */
#include "query/kind_table.h"

static void note_absent(const KindCursor *cursor, KindId kind, ColumnId column, RowId row) {
    if (cursor->database->recording) {
        record_absent(cursor->database, inventory_id(cursor->inventory, kind, row), kind, column);
    }
}

/* The cell of this record or another one, noted if it is absent. */
static bool read_cell(const KindCursor *cursor, KindId kind, ColumnId column, RowId row,
                      int64_t *ret_value) {
    bool stated = inventory_cell(cursor->inventory, kind, column, row, ret_value);
    if (!stated) {
        note_absent(cursor, kind, column, row);
    }
    return stated;
}

static void show_effective(sqlite3_context *context, const KindCursor *cursor,
                           const KindCell *cell) {
    int64_t value;
    bool assumed;
    KindId kind = cursor->table->kind;
    if (!inventory_effective(cursor->inventory, kind, cell->column, cursor->row, &value,
                             &assumed)) {
        note_absent(cursor, kind, cell->column, cursor->row);
        return;
    }
    if (assumed && cursor->database->recording) {
        record_assumed(cursor->database, inventory_id(cursor->inventory, kind, cursor->row), kind,
                       cell->column);
    }
    result_cell(context, cursor->database, cell->field, value);
}

static void show_else(sqlite3_context *context, const KindCursor *cursor, const KindCell *cell) {
    const KindTable *table = cursor->table;
    const ElseColumn *other = &table->schema->columns[cell->column].other;
    int64_t value;
    bool found = read_cell(cursor, table->kind, cell->column, cursor->row, &value);
    if (!found && read_cell(cursor, table->kind, other->through, cursor->row, &value)) {
        RowId row = row_of_id(cursor->inventory, other->kind, value);
        found = row != NO_ROW && read_cell(cursor, other->kind, other->column, row, &value);
    }
    if (found) {
        sqlite3_result_int64(context, value);
    }
}

/* A list cell shows the number of its items. */
static void show_cell(sqlite3_context *context, const KindCursor *cursor, const KindCell *cell) {
    int64_t value;
    if (!read_cell(cursor, cursor->table->kind, cell->column, cursor->row, &value)) {
        return;
    }
    if (cell->field->type == TYPE_LIST || cell->type == KIND_TARGET_ID) {
        sqlite3_result_int64(context, value);
    } else {
        result_cell(context, cursor->database, cell->field, value);
    }
}

static void show_name(sqlite3_context *context, const KindCursor *cursor, const KindCell *cell) {
    int64_t value;
    KindId kind = cursor->table->kind;
    if (cell->type == KIND_NAME &&
        inventory_cell(cursor->inventory, kind, cell->column, cursor->row, &value)) {
        result_sym(context, cursor->database->interner, value);
        return;
    }
    result_str(context, inventory_name(cursor->inventory,
                                       inventory_id(cursor->inventory, kind, cursor->row)));
}

static void show_parent(sqlite3_context *context, const KindCursor *cursor, bool as_id) {
    const KindTable *table = cursor->table;
    RowId parent = inventory_parent(cursor->inventory, table->kind, cursor->row);
    if (parent == NO_ROW) {
        return;
    }
    EntityId id = inventory_id(cursor->inventory, table->schema->child_of, parent);
    if (as_id) {
        sqlite3_result_int64(context, id);
    } else {
        result_entity(context, cursor->inventory, id);
    }
}

static void show_position(sqlite3_context *context, const KindCursor *cursor) {
    if (inventory_parent(cursor->inventory, cursor->table->kind, cursor->row) != NO_ROW) {
        sqlite3_result_int64(
            context, inventory_position(cursor->inventory, cursor->table->kind, cursor->row));
    }
}

int kind_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const KindCursor *cursor = kind_cursor(base);
    const KindCell *cell = &cursor->table->cells[column];
    switch (cell->type) {
    case KIND_ID:
        sqlite3_result_int64(context,
                             inventory_id(cursor->inventory, cursor->table->kind, cursor->row));
        break;
    case KIND_CELL:
    case KIND_TARGET_ID:
        show_cell(context, cursor, cell);
        break;
    case KIND_EFFECTIVE:
        show_effective(context, cursor, cell);
        break;
    case KIND_ELSE_ID:
        show_else(context, cursor, cell);
        break;
    case KIND_NAME:
    case KIND_SHOWN:
        show_name(context, cursor, cell);
        break;
    case KIND_PARENT:
        show_parent(context, cursor, false);
        break;
    case KIND_PARENT_ID:
        show_parent(context, cursor, true);
        break;
    case KIND_POSITION:
        show_position(context, cursor);
        break;
    }
    return SQLITE_OK;
}
