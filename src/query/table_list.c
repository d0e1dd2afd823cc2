/* The tables of a connection with their columns, for people. */
#include "query/connection.h"

static void describe_table(Arena *arena, const TableDef *def, TableInfo *info) {
    *info = (TableInfo){.name = arena_copy(arena, def->name),
                        .doc = arena_copy(arena, def->doc),
                        .columns = arena_array(arena, struct TableColumnInfo, def->column_count),
                        .column_count = def->column_count};
    for (size_t i = 0; i < def->column_count; i++) {
        const ColumnDef *column = &def->columns[i];
        info->columns[i] = (struct TableColumnInfo){
            .name = arena_copy(arena, column->name),
            .type = arena_copy(arena, column->type),
            .doc = arena_copy(arena, column->doc),
            .hidden = column->hidden,
        };
    }
}

static Str view_column_doc(const SqlView *view, Str name) {
    for (size_t i = 0; i < view->column_count; i++) {
        if (str_eq(view->columns[i].name, name)) {
            return view->columns[i].doc;
        }
    }
    return STR_NONE;
}

/* A view's columns are known when it compiles; a broken view says so in its description. */
static void describe_view(Database *database, Arena *arena, const SqlView *view, TableInfo *info) {
    *info = (TableInfo){.name = arena_copy(arena, view->name), .doc = arena_copy(arena, view->doc)};
    Str sql = arena_printf(database->scratch, "SELECT * FROM \"%.*s\"", STR_ARG(view->name));
    Query *query;
    QueryError error;
    if (!query_prepare(database, sql, &query, &error)) {
        info->doc = arena_printf(arena, "%.*s (%.*s)", STR_ARG(view->doc), STR_ARG(error.message));
        return;
    }
    info->column_count = query_column_count(query);
    info->columns = arena_array(arena, struct TableColumnInfo, info->column_count);
    for (size_t i = 0; i < info->column_count; i++) {
        info->columns[i].name = arena_copy(arena, query_column_name(query, i));
        info->columns[i].type = STR_NONE;
        info->columns[i].doc = arena_copy(arena, view_column_doc(view, info->columns[i].name));
    }
    query_close(query);
}

void database_tables(Database *database, Arena *arena, TableInfo **ret_tables, size_t *ret_count) {
    const Catalog *catalog = database->catalog;
    size_t count = database->tables.count + catalog->view_count;
    TableInfo *tables = arena_array(arena, TableInfo, count);
    for (size_t i = 0; i < database->tables.count; i++) {
        describe_table(arena, database->tables.items[i], &tables[i]);
    }
    for (size_t i = 0; i < catalog->view_count; i++) {
        describe_view(database, arena, &catalog->views[i], &tables[database->tables.count + i]);
    }
    *ret_tables = tables;
    *ret_count = count;
}
