/* The SQLite file of `convert`: every table of the inventory, cell by cell as a query sees it; the
 * same from both forms of a design but for the places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/embedded.h"
#include "base/limits.h"
#include "base/platform.h"
#include "model/load.h"
#include "query/database.h"

typedef struct Design {
    Arena *arena;
    Interner *interner;
    Schema schema;
    Sources sources;
    Diags diags;
    Inventory *inventory;
    Catalog catalog;
    Database *database;
    sqlite3 *file;
} Design;

static void read_schema(Design *design, const ReadContext *context) {
    SourceId ids[256];
    size_t count = 0;
    for (size_t i = 0; i < embedded_file_count; i++) {
        Str name = str_of(embedded_files[i].name);
        if (str_starts(name, STR("schemas/")) && str_find(name, '/', 8) == SIZE_MAX) {
            Str text = {embedded_files[i].data, embedded_files[i].size};
            ids[count++] = sources_add(&design->sources, name, text, ORIGIN_EMBEDDED);
        }
    }
    schema_init(&design->schema, design->interner, design->arena);
    assert_true(schema_read(&design->schema, context, ids, count));
}

static void open_file(Design *design) {
    Str bytes;
    assert_false(database_dump(design->database, design->arena, &bytes).failed);
    unsigned char *copy = sqlite3_malloc64(bytes.n);
    memcpy(copy, bytes.s, bytes.n);
    assert_int_equal(sqlite3_open(":memory:", &design->file), SQLITE_OK);
    unsigned flags = SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY;
    assert_int_equal(sqlite3_deserialize(design->file, "main", copy, (sqlite3_int64)bytes.n,
                                         (sqlite3_int64)bytes.n, flags),
                     SQLITE_OK);
}

static Design *design_open(const char *path, bool xml) {
    Arena *arena = arena_open(0);
    Design *design = arena_new(arena, Design);
    design->arena = arena;
    design->interner = interner_open();
    sources_init(&design->sources, arena);
    diags_init(&design->diags, arena);
    ReadContext context = {&design->sources, &design->diags, arena};
    read_schema(design, &context);
    design->inventory = inventory_open(&design->schema, &design->sources);
    Str text;
    assert_false(file_read(arena, path, LIMIT_INPUT_BYTES, &text).failed);
    SourceId source = sources_add(&design->sources, str_of(path), text, ORIGIN_INPUT);
    assert_true(load_native(design->inventory, &context, source, xml ? read_xml : read_yaml, xml));
    assert_true(inventory_finish(design->inventory, &design->diags, &(LoadOptions){0}));
    design->catalog.inventory = design->inventory;
    assert_false(database_open(arena, &design->catalog, &design->database).failed);
    open_file(design);
    return design;
}

static void design_close(Design *design) {
    sqlite3_close(design->file);
    database_close(design->database);
    inventory_close(design->inventory);
    interner_close(design->interner);
    arena_close(design->arena);
}

/* The columns of a table of the file, for a SELECT; without places if told so. */
static Str columns_of(Design *design, const char *table, bool places) {
    Str columns = STR_NONE;
    sqlite3_stmt *info;
    Str sql = arena_printf(design->arena, "SELECT name FROM pragma_table_info('%s')", table);
    assert_int_equal(sqlite3_prepare_v2(design->file, sql.s, -1, &info, NULL), SQLITE_OK);
    while (sqlite3_step(info) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(info, 0);
        if (places || (strcmp(name, "file") != 0 && strcmp(name, "line") != 0)) {
            columns = arena_printf(design->arena, "%.*s%s\"%s\"", STR_ARG(columns),
                                   columns.n ? ", " : "", name);
        }
    }
    sqlite3_finalize(info);
    return columns;
}

static bool same_cell(sqlite3_stmt *a, sqlite3_stmt *b, int i) {
    const unsigned char *x = sqlite3_column_text(a, i);
    const unsigned char *y = sqlite3_column_text(b, i);
    return sqlite3_column_type(a, i) == sqlite3_column_type(b, i) &&
           (x && y ? strcmp((const char *)x, (const char *)y) == 0 : x == y);
}

/* Rows of both files in the order in which they were written. */
static int same_rows(Design *a, Design *b, const char *table) {
    Str sql = arena_printf(a->arena, "SELECT %s FROM \"%s\" ORDER BY rowid",
                           columns_of(a, table, false).s, table);
    sqlite3_stmt *x, *y;
    assert_int_equal(sqlite3_prepare_v2(a->file, sql.s, -1, &x, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(b->file, sql.s, -1, &y, NULL), SQLITE_OK);
    int rows = 0;
    int code;
    while ((code = sqlite3_step(x)) == SQLITE_ROW) {
        assert_int_equal(sqlite3_step(y), SQLITE_ROW);
        for (int i = 0; i < sqlite3_column_count(x); i++) {
            if (!same_cell(x, y, i)) {
                fail_msg("%s row %d column %s differs", table, rows, sqlite3_column_name(x, i));
            }
        }
        rows++;
    }
    assert_int_equal(code, SQLITE_DONE);
    assert_int_equal(sqlite3_step(y), SQLITE_DONE);
    sqlite3_finalize(x);
    sqlite3_finalize(y);
    return rows;
}

static bool same_as_query(const Query *query, sqlite3_stmt *file, int i) {
    if (query_is_null(query, (size_t)i)) {
        return sqlite3_column_type(file, i) == SQLITE_NULL;
    }
    if (query_is_text(query, (size_t)i)) {
        return sqlite3_column_type(file, i) == SQLITE_TEXT &&
               str_eq(query_text(query, (size_t)i),
                      str_of((const char *)sqlite3_column_text(file, i)));
    }
    return sqlite3_column_type(file, i) == SQLITE_INTEGER &&
           sqlite3_column_int64(file, i) == query_int(query, (size_t)i);
}

/* A table of the file against the virtual table that it was written from. */
static void check_table(Design *design, const char *table) {
    Str sql = arena_printf(design->arena, "SELECT %s FROM \"%s\"",
                           columns_of(design, table, true).s, table);
    Query *query;
    QueryError error;
    if (!query_prepare(design->database, sql, &query, &error)) {
        fail_msg("%s: %.*s", table, STR_ARG(error.message));
    }
    sqlite3_stmt *file;
    sql = arena_printf(design->arena, "%.*s ORDER BY rowid", STR_ARG(sql));
    assert_int_equal(sqlite3_prepare_v2(design->file, sql.s, -1, &file, NULL), SQLITE_OK);
    QueryStep step;
    while ((step = query_step(query, &error)) == QUERY_ROW) {
        assert_int_equal(sqlite3_step(file), SQLITE_ROW);
        for (int i = 0; i < sqlite3_column_count(file); i++) {
            if (!same_as_query(query, file, i)) {
                fail_msg("%s.%s differs", table, sqlite3_column_name(file, i));
            }
        }
    }
    assert_int_equal(step, QUERY_DONE);
    assert_int_equal(sqlite3_step(file), SQLITE_DONE);
    sqlite3_finalize(file);
    query_close(query);
}

static void check(const char *yaml, const char *xml) {
    Design *a = design_open(yaml, false);
    Design *b = design_open(xml, true);
    sqlite3_stmt *tables;
    assert_int_equal(sqlite3_prepare_v2(a->file,
                                        "SELECT name FROM sqlite_master WHERE type = 'table'", -1,
                                        &tables, NULL),
                     SQLITE_OK);
    int rows = 0;
    while (sqlite3_step(tables) == SQLITE_ROW) {
        const char *table = (const char *)sqlite3_column_text(tables, 0);
        check_table(a, table);
        rows += same_rows(a, b, table);
    }
    sqlite3_finalize(tables);
    assert_true(rows > 20);
    design_close(a);
    design_close(b);
}

static void test_examples(void **state) {
    (void)state;
    check(TEST_SOURCE_DIR "/examples/stacked-redundancy.yaml",
          TEST_SOURCE_DIR "/examples/stacked-redundancy.xml");
    check(TEST_SOURCE_DIR "/examples/federated-sign-in.yaml",
          TEST_SOURCE_DIR "/examples/federated-sign-in.xml");
    check(TEST_DATA_DIR "/schemas/good/all-types.yaml",
          TEST_DATA_DIR "/schemas/good/all-types.xml");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_examples)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
