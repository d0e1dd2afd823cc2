/* A run over schemas, packs and an inventory given as texts. */
#ifndef TEST_RULE_FIXTURE_H
#define TEST_RULE_FIXTURE_H

#include <stdio.h>

#include "model/load.h"
#include "rule/lint.h"

typedef struct File {
    const char *path, *text;
} File;

typedef struct Fixture {
    Arena *arena;
    Sources sources;
    Diags diags;
    ReadContext context;
    Interner *interner;
    Schema schema;
    Packs packs;
    Inventory *inventory;
    Lint *lint;
} Fixture;

static inline void fixture_open(Fixture *f) {
    *f = (Fixture){.arena = arena_open(0), .interner = interner_open()};
    sources_init(&f->sources, f->arena);
    diags_init(&f->diags, f->arena);
    f->context = (ReadContext){&f->sources, &f->diags, f->arena};
    schema_init(&f->schema, f->interner, f->arena);
    f->packs = (Packs){.arena = f->arena, .interner = f->interner};
}

static inline void fixture_close(Fixture *f) {
    lint_close(f->lint);
    inventory_close(f->inventory);
    interner_close(f->interner);
    arena_close(f->arena);
}

static inline size_t fixture_add(Fixture *f, const File *files, SourceId *ids,
                                 SourceOrigin origin) {
    size_t count = 0;
    for (; files[count].path; count++) {
        ids[count] =
            sources_add(&f->sources, str_of(files[count].path), str_of(files[count].text), origin);
    }
    return count;
}

/* Lists are ended by a row without path. */
static inline bool fixture_schema(Fixture *f, const File *files) {
    SourceId ids[64];
    size_t count = fixture_add(f, files, ids, ORIGIN_EMBEDDED);
    return schema_read(&f->schema, &f->context, ids, count);
}

static inline bool fixture_packs(Fixture *f, const File *files, SourceOrigin origin) {
    SourceId ids[64];
    size_t count = fixture_add(f, files, ids, origin);
    return packs_read(&f->packs, &f->context, ids, count);
}

static inline bool fixture_inventory(Fixture *f, const char *text) {
    SourceId id = sources_add(&f->sources, STR("inventory.yaml"), str_of(text), ORIGIN_INPUT);
    LoadOptions options = {.as_of = STR_NONE};
    interner_thaw(f->interner);
    f->inventory = inventory_open(&f->schema, &f->sources);
    return load_native(f->inventory, &f->context, id, read_yaml, false) &&
           inventory_finish(f->inventory, &f->diags, &options);
}

static inline bool fixture_lint(Fixture *f) {
    f->lint = lint_open(f->arena, &f->packs, f->inventory, &f->diags);
    return f->lint != NULL;
}

/* For a test that fails: what was wrong. */
static inline void fixture_print(const Fixture *f) {
    for (size_t i = 0; i < f->diags.count; i++) {
        const Diag *diag = &f->diags.items[i];
        Str path = source_of(&f->sources, diag->loc.source)->path;
        fprintf(stderr, "%.*s:%u:%u: %.*s (%.*s)\n", STR_ARG(path), diag->loc.line,
                diag->loc.column, STR_ARG(diag->message), STR_ARG(diag->help));
    }
}

/* True if some message holds `part`. */
static inline bool fixture_said(const Fixture *f, const char *part) {
    for (size_t i = 0; i < f->diags.count; i++) {
        if (str_find_str(f->diags.items[i].message, str_of(part)) != SIZE_MAX ||
            str_find_str(f->diags.items[i].help, str_of(part)) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

#endif
