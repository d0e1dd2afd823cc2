/* A connection over an inventory, for the tests of query/. */
#ifndef TESTS_QUERY_FIXTURE_H
#define TESTS_QUERY_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "model/load.h"
#include "query/database.h"

typedef struct Fixture {
    Arena *arena;
    Interner *interner;
    Schema schema;
    Sources sources;
    Diags diags;
    Inventory *inventory;
    Catalog catalog;
    Database *database;
    Buf out;
} Fixture;

static inline void fixture_init(Fixture *fixture) {
    *fixture = (Fixture){.arena = arena_open(0), .interner = interner_open()};
    schema_init(&fixture->schema, fixture->interner, fixture->arena);
    sources_init(&fixture->sources, fixture->arena);
    diags_init(&fixture->diags, fixture->arena);
    buf_init(&fixture->out, 1 << 20);
}

/* An inventory without kinds, for in-memory tables. */
static inline void fixture_open_empty(Fixture *fixture) {
    fixture->inventory = inventory_open(&fixture->schema, &fixture->sources);
    fixture->catalog.inventory = fixture->inventory;
}

/* Schema files and a native inventory, all as YAML text. */
static inline void fixture_load(Fixture *fixture, const char *const *schemas, size_t count,
                                const char *inventory) {
    SourceId ids[64];
    Arena *scratch = arena_open(0);
    ReadContext context = {&fixture->sources, &fixture->diags, scratch};
    for (size_t i = 0; i < count; i++) {
        ids[i] =
            sources_add(&fixture->sources, STR("schema.yaml"), str_of(schemas[i]), ORIGIN_SETTINGS);
    }
    bool good = schema_read(&fixture->schema, &context, ids, count);
    if (good) {
        fixture->inventory = inventory_open(&fixture->schema, &fixture->sources);
        fixture->catalog.inventory = fixture->inventory;
        SourceId source =
            sources_add(&fixture->sources, STR("inventory.yaml"), str_of(inventory), ORIGIN_INPUT);
        source_of(&fixture->sources, source)->native = true;
        LoadOptions options = {0};
        good = load_native(fixture->inventory, &context, source, read_yaml, false);
        good = inventory_finish(fixture->inventory, &fixture->diags, &options) && good;
    }
    arena_close(scratch);
    if (!good) {
        const Diag *diag = &fixture->diags.items[0];
        fail_msg("line %u: %.*s", diag->loc.line, STR_ARG(diag->message));
    }
}

static inline void fixture_connect(Fixture *fixture) {
    Status status = database_open(fixture->arena, &fixture->catalog, &fixture->database);
    if (status.failed) {
        fail_msg("%.*s", STR_ARG(status.reason));
    }
}

static inline void fixture_close(Fixture *fixture) {
    database_close(fixture->database);
    inventory_close(fixture->inventory);
    interner_close(fixture->interner);
    buf_clear(&fixture->out);
    arena_close(fixture->arena);
}

/* Rows as "a|b;c|d", NULL as "-"; "error: MESSAGE" if the statement fails. */
static inline const char *fixture_rows(Fixture *fixture, const char *sql) {
    Buf *out = &fixture->out;
    buf_cut(out, 0);
    buf_addz(out, "");
    Query *query;
    QueryError error;
    if (!query_prepare(fixture->database, str_of(sql), &query, &error)) {
        buf_printf(out, "error: %.*s", STR_ARG(error.message));
        return out->data;
    }
    QueryStep step;
    while ((step = query_step(query, &error)) == QUERY_ROW) {
        buf_addz(out, out->size ? ";" : "");
        for (size_t i = 0; i < query_column_count(query); i++) {
            buf_addz(out, i ? "|" : "");
            buf_add(out, query_is_null(query, i) ? STR("-") : query_text(query, i));
        }
    }
    if (step == QUERY_FAILED) {
        buf_printf(out, "error: %.*s", STR_ARG(error.message));
    }
    query_close(query);
    return out->size ? out->data : "";
}

#define assert_rows(fixture, sql, want) assert_string_equal(fixture_rows((fixture), (sql)), (want))

/* The error of a statement that must not compile. */
static inline QueryError fixture_refused(Fixture *fixture, const char *sql) {
    Query *query;
    QueryError error = {0};
    if (query_prepare(fixture->database, str_of(sql), &query, &error)) {
        query_close(query);
        fail_msg("compiles: %s", sql);
    }
    return error;
}

#endif
