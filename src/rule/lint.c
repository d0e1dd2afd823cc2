/* Opening a run: derived records, mechanisms, fault graph, kernel tables, in this order. */
#include "base/platform.h"
#include "rule/derive.h"
#include "rule/lint_state.h"
#include "rule/mechanisms.h"
#include "rule/run.h"

enum { THREADS_MAX = 8 };

/* Words that any rule may compare with or yield. */
static const char *const rule_words[] = {"none",    "info", "warning", "error",
                                         "default", "early", "settled", "both", NULL};

static void refresh_catalog(Lint *lint) {
    lint->catalog = (Catalog){.inventory = lint->inventory,
                              .tables = lint->tables.items,
                              .table_count = lint->tables.count,
                              .functions = lint->functions.items,
                              .function_count = lint->functions.count,
                              .views = lint->views.items,
                              .view_count = lint->views.count,
                              .words = rule_words};
}

void lint_add_table(Lint *lint, const MemTable *table) {
    vec_push(lint->arena, &lint->tables, table);
    refresh_catalog(lint);
}

/* What does not depend on the inventory. */
static void add_constants(Lint *lint) {
    for (size_t i = 0; i < lint->packs->count; i++) {
        const Pack *pack = &lint->packs->items[i];
        for (size_t j = 0; j < pack->table_count; j++) {
            lint_add_table(lint, pack->tables[j]);
        }
        for (size_t j = 0; j < pack->view_count; j++) {
            vec_push(lint->arena, &lint->views, pack->views[j]);
        }
    }
    const MemTable *described[MECHANISM_TABLES];
    mechanisms_describe(lint->arena, lint->packs, described);
    for (size_t i = 0; i < MECHANISM_TABLES; i++) {
        lint_add_table(lint, described[i]);
    }
}

static bool derive(Lint *lint, Diags *diags) {
    Arena *arena = arena_open(0);
    Database *database;
    Status status = database_open(arena, &lint->catalog, &database);
    bool good = !status.failed;
    if (good) {
        good = packs_derive(lint->packs, database, lint->inventory, diags);
        database_close(database);
    } else {
        diag_error(diags, (Loc){0}, "%.*s", STR_ARG(status.reason));
    }
    arena_close(arena);
    return good;
}

static bool protect(Lint *lint, Diags *diags) {
    MemTable *table = arena_new(lint->arena, MemTable);
    bool good = mechanisms_protect(lint->arena, lint->packs, &lint->catalog, diags, lint->threads,
                                   table);
    lint_add_table(lint, table);
    return good;
}

static bool build(Lint *lint, Diags *diags) {
    interner_thaw(lint->packs->interner);
    add_constants(lint);
    if (!derive(lint, diags)) {
        return false;
    }
    interner_thaw(lint->packs->interner);
    bool good = protect(lint, diags);
    good = needs_collect(lint->arena, lint->packs, &lint->catalog, diags, lint->threads,
                         &lint->needs) &&
           good;
    interner_freeze(lint->packs->interner);
    return good;
}

Lint *lint_open(Arena *arena, const Packs *packs, Inventory *inventory, Diags *diags) {
    Lint *lint = arena_new(arena, Lint);
    int threads = processor_count();
    *lint = (Lint){.arena = arena,
                   .packs = packs,
                   .inventory = inventory,
                   .threads = threads < THREADS_MAX ? threads : THREADS_MAX};
    refresh_catalog(lint);
    if (!build(lint, diags)) {
        lint_close(lint);
        return NULL;
    }
    return lint;
}

void lint_close(Lint *lint) {
    if (lint) {
        lint->catalog = (Catalog){0};
    }
}

const Catalog *lint_catalog(const Lint *lint) {
    return &lint->catalog;
}

const Packs *lint_packs(const Lint *lint) {
    return lint->packs;
}
