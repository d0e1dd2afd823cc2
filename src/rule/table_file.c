/* tables/<name>.yaml: constants with sources, as an in-memory table. */
#include "rule/pack_file.h"

static bool read_type(PackReader *reader, const Node *node, MemColumn *column) {
    static const char *const names[] = {"text", "int", "version", "bool", NULL};
    if (node->type != NODE_SCALAR || !field_choice(reader, node, names)) {
        return false;
    }
    column->type = str_eq(node->text, STR("text"))      ? MEM_TEXT
                   : str_eq(node->text, STR("version")) ? MEM_VERSION
                                                        : MEM_INT;
    return true;
}

static bool read_columns(PackReader *reader, const Node *columns, MemTable *table) {
    MemColumn *items = arena_array(reader->arena, MemColumn, columns->count);
    bool good = true;
    for (size_t i = 0; i < columns->count; i++) {
        const Node *node = &columns->items[i];
        items[i].name = arena_copy(reader->arena, node->key).s;
        items[i].doc = arena_copy(reader->arena, node->text).s;
        items[i].indexed = false;
        good = read_type(reader, node, &items[i]) && good;
    }
    table->columns = items;
    table->column_count = columns->count;
    return good;
}

static bool is_version(Str text) {
    for (size_t i = 0; i < text.n; i++) {
        if (text.s[i] != '.' && (text.s[i] < '0' || text.s[i] > '9')) {
            return false;
        }
    }
    return text.n > 0;
}

static bool read_cell(PackReader *reader, const Node *node, const Node *type,
                      const MemColumn *column, int64_t *ret_cell) {
    if (node->type != NODE_SCALAR) {
        diag_error(reader->diags, node->loc, "a value is expected here");
        return false;
    }
    if (!node->quoted && !node->text.n) { /* null, ~ or nothing */
        *ret_cell = column->type == MEM_INT ? MEM_INT_NULL : MEM_NULL;
        return true;
    }
    if (column->type == MEM_VERSION && !is_version(node->text)) {
        diag_error(reader->diags, node->loc, "\"%.*s\" is no version", STR_ARG(node->text));
        return false;
    }
    if (column->type != MEM_INT) {
        *ret_cell = intern(reader->packs->interner, node->text);
        return true;
    }
    bool is_bool = str_eq(type->text, STR("bool"));
    bool is_true = str_eq(node->text, STR("true"));
    if (is_bool && (is_true || str_eq(node->text, STR("false")))) {
        *ret_cell = is_true;
        return true;
    }
    if (is_bool || !str_to_int(node->text, ret_cell)) {
        diag_error(reader->diags, node->loc, "\"%.*s\" is no %s (column %s)", STR_ARG(node->text),
                   is_bool ? "bool" : "integer", column->name);
        return false;
    }
    return true;
}

static bool read_rows(PackReader *reader, const Node *file, const Node *rows, MemTable *table) {
    const Node *types = tree_get(file, "columns");
    bool good = true;
    table->cells = arena_array(reader->arena, int64_t *, table->column_count);
    for (size_t c = 0; c < table->column_count; c++) {
        table->cells[c] = arena_array(reader->arena, int64_t, rows->count);
    }
    for (size_t i = 0; i < rows->count; i++) {
        const Node *row = &rows->items[i];
        if (row->type != NODE_LIST || row->count != table->column_count) {
            diag_error(reader->diags, row->loc, "a row of this table has %zu values",
                       table->column_count);
            good = false;
            continue;
        }
        for (size_t c = 0; c < row->count; c++) {
            good = read_cell(reader, &row->items[c], &types->items[c], &table->columns[c],
                             &table->cells[c][i]) &&
                   good;
        }
    }
    table->row_count = rows->count;
    return good;
}

const MemTable *table_file_read(PackReader *reader, const Node *file) {
    static const char *const keys[] = {"table", "doc", "source", "columns", "rows", NULL};
    bool good = tree_check_keys(reader->diags, file, keys, "table");
    Str name = field_table_name(reader, file, "table");
    Str doc = field_need(reader, file, "doc");
    Str source = field_need(reader, file, "source");
    const Node *columns = field_map(reader, file, "columns");
    const Node *rows = field_list(reader, file, "rows");
    if (!columns || !rows) {
        diag_error(reader->diags, file->loc, "a table has `columns` and `rows`");
        return NULL;
    }
    MemTable *table = arena_new(reader->arena, MemTable);
    table->constant = true;
    table->name = arena_copy(reader->arena, name).s;
    table->doc = arena_printf(reader->arena, "%.*s Source: %.*s", STR_ARG(doc), STR_ARG(source)).s;
    good = read_columns(reader, columns, table) && good;
    good = good && read_rows(reader, file, rows, table);
    return good && name.n ? table : NULL;
}
