/* A kept view holds what the view says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/platform.h"
#include "built_in.h"
#include "rule/lint_state.h"

static int compare_texts(const void *a, const void *b) {
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

static Str row_text(Arena *arena, const Query *query) {
    Str text = STR_NONE;
    for (size_t i = 0; i < query_column_count(query); i++) {
        Str cell = query_is_null(query, i) ? STR("NULL")
                   : query_is_text(query, i)
                       ? query_text(query, i)
                       : arena_printf(arena, "%lld", (long long)query_int(query, i));
        text = arena_printf(arena, "%.*s|%.*s=%.*s", STR_ARG(text),
                            STR_ARG(query_column_name(query, i)), STR_ARG(cell));
    }
    return text;
}

/* The rows as texts, sorted. */
static size_t rows_of(Arena *arena, const Catalog *catalog, Str view, Str **ret_rows) {
    Database *database;
    Query *query;
    QueryError error;
    VEC(Str) rows = {0};
    assert_false(database_open(arena, catalog, &database).failed);
    assert_true(query_prepare(database, arena_printf(arena, "SELECT * FROM %.*s", STR_ARG(view)),
                              &query, &error));
    while (query_step(query, &error) == QUERY_ROW) {
        vec_push(arena, &rows, row_text(arena, query));
    }
    query_close(query);
    database_close(database);
    if (rows.count) {
        qsort(rows.items, rows.count, sizeof(Str), compare_texts);
    }
    *ret_rows = rows.items;
    return rows.count;
}

static size_t compare_views(Fixture *f) {
    size_t compared = 0;
    for (size_t i = 0; i < f->lint->views.count; i++) {
        Str view = f->lint->views.items[i].name;
        if (!f->lint->kept.items[i].table || f->lint->kept.items[i].until == SHOW_ALL) {
            continue;
        }
        Str *plain;
        Str *kept;
        size_t plain_count = rows_of(f->arena, &f->lint->catalogs[SHOW_ALL], view, &plain);
        size_t kept_count = rows_of(f->arena, &f->lint->catalogs[SHOW_RESULTS], view, &kept);
        if (plain_count != kept_count) {
            fail_msg("%.*s: %zu rows, kept %zu", STR_ARG(view), plain_count, kept_count);
        }
        for (size_t row = 0; row < plain_count; row++) {
            assert_string_equal(plain[row].s, kept[row].s);
        }
        compared += plain_count > 0;
    }
    return compared;
}

static void test_example(const char *name, size_t least) {
    Fixture f;
    fixture_open(&f);
    Str text;
    Str path = arena_printf(f.arena, "%s/examples/%s", TEST_SOURCE_DIR, name);
    assert_false(file_read(f.arena, path.s, 1 << 20, &text).failed);
    bool good = builtin_read(&f) && fixture_inventory(&f, text.s) && fixture_lint(&f);
    if (!good) {
        fixture_print(&f);
    }
    assert_true(good);
    LintOptions options = {.version = STR("1")};
    assert_int_equal(lint_run(f.lint, &options)->failure_count, 0);
    assert_true(compare_views(&f) >= least);
    fixture_close(&f);
}

static void test_stacked(void **state) {
    (void)state;
    test_example("stacked-redundancy.yaml", 15);
    test_example("stacked-redundancy-repaired.yaml", 15);
}

static void test_federated(void **state) {
    (void)state;
    test_example("federated-sign-in.yaml", 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_stacked),
                                       cmocka_unit_test(test_federated)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
