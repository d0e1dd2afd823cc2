/* Runs of the built-in schemas and packs over inventories given as texts, asked in SQL. */
#ifndef TEST_RULE_BUILTIN_H
#define TEST_RULE_BUILTIN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "built_in.h"

static inline void builtin_open(Fixture *f, const char *inventory) {
    fixture_open(f);
    Str text = arena_printf(f->arena, "topolint: 1\nname: Test\nas_of: 2020-01-01\n%s", inventory);
    bool good = builtin_read(f) && fixture_inventory(f, text.s) && fixture_lint(f);
    if (!good) {
        fixture_print(f);
    }
    assert_true(good);
}

/* Columns of a row by blanks (`-` = NULL), rows by "; ". */
static inline Str builtin_ask(Fixture *f, const char *sql) {
    Database *database;
    Query *query;
    QueryError error;
    Arena *arena = arena_open(0);
    Buf buf;
    buf_init(&buf, LIMIT_TEXT_BYTES);
    assert_false(database_open(arena, lint_catalog(f->lint), &database).failed);
    if (!query_prepare(database, str_of(sql), &query, &error)) {
        fail_msg("%s: %.*s", sql, STR_ARG(error.message));
    }
    for (bool first = true; query_step(query, &error) == QUERY_ROW; first = false) {
        buf_addz(&buf, first ? "" : "; ");
        for (size_t i = 0; i < query_column_count(query); i++) {
            buf_addz(&buf, i ? " " : "");
            if (query_is_null(query, i)) {
                buf_addz(&buf, "-");
            } else if (query_is_text(query, i)) {
                buf_add(&buf, query_text(query, i));
            } else {
                buf_printf(&buf, "%lld", (long long)query_int(query, i));
            }
        }
    }
    Str text = arena_copy(f->arena, buf_str(&buf));
    buf_clear(&buf);
    query_close(query);
    database_close(database);
    arena_close(arena);
    return text;
}

/* What one statement yields for one inventory. */
typedef struct Asked {
    const char *name, *inventory, *sql, *want;
} Asked;

static inline void builtin_check(const Asked *cases, size_t count) {
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        Fixture f;
        builtin_open(&f, cases[i].inventory);
        Str got = builtin_ask(&f, cases[i].sql);
        if (!str_eq(got, str_of(cases[i].want))) {
            fprintf(stderr, "%s:\n  got    %.*s\n  wanted %s\n", cases[i].name, STR_ARG(got),
                    cases[i].want);
            wrong++;
        }
        fixture_close(&f);
    }
    assert_int_equal(wrong, 0);
}

#define BUILTIN_CHECK(cases) builtin_check((cases), sizeof(cases) / sizeof *(cases))

#endif
