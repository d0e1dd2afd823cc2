/* A schema from the embedded files and inventories from text, for the tests of model/. */
#ifndef TESTS_MODEL_FIXTURE_H
#define TESTS_MODEL_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/embedded.h"
#include "model/load.h"
#include "model/write.h"

typedef struct Fixture {
    Arena *arena;
    Interner *interner;
    Sources sources;
    Diags diags;
    Schema schema;
    Inventory *inventory;
} Fixture;

static inline bool is_schema_file(Str name) {
    return str_starts(name, STR("schemas/")) &&
           str_find(str_slice(name, 8, name.n), '/', 0) == SIZE_MAX;
}

static inline void fixture_open(Fixture *fixture) {
    *fixture = (Fixture){.arena = arena_open(0), .interner = interner_open()};
    sources_init(&fixture->sources, fixture->arena);
    diags_init(&fixture->diags, fixture->arena);
    schema_init(&fixture->schema, fixture->interner, fixture->arena);
    ReadContext context = {&fixture->sources, &fixture->diags, fixture->arena};
    SourceId files[256];
    size_t count = 0;
    for (size_t i = 0; i < embedded_file_count; i++) {
        if (is_schema_file(str_of(embedded_files[i].name))) {
            Str text = {embedded_files[i].data, embedded_files[i].size};
            files[count++] = sources_add(&fixture->sources, str_of(embedded_files[i].name), text,
                                         ORIGIN_EMBEDDED);
        }
    }
    if (!schema_read(&fixture->schema, &context, files, count)) {
        for (size_t i = 0; i < fixture->diags.count; i++) {
            const Diag *diag = &fixture->diags.items[i];
            print_message("%s:%u:%u: %s\n", source_of(&fixture->sources, diag->loc.source)->path.s,
                          diag->loc.line, diag->loc.column, diag->message.s);
        }
        fail_msg("the schemas do not load");
    }
    fixture->inventory = inventory_open(&fixture->schema, &fixture->sources);
}

static inline bool fixture_load(Fixture *fixture, const char *path, Str text, bool xml) {
    ReadContext context = {&fixture->sources, &fixture->diags, fixture->arena};
    SourceId source = sources_add(&fixture->sources, str_of(path), text, ORIGIN_INPUT);
    return load_native(fixture->inventory, &context, source, xml ? read_xml : read_yaml, xml);
}

static inline bool fixture_finish(Fixture *fixture) {
    LoadOptions options = {.as_of = STR("2020-01-01")};
    bool good = inventory_finish(fixture->inventory, &fixture->diags, &options);
    inventory_finish_derived(fixture->inventory);
    return good;
}

static inline void fixture_close(Fixture *fixture) {
    inventory_close(fixture->inventory);
    interner_close(fixture->interner);
    arena_close(fixture->arena);
}

#endif
