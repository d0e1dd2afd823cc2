/* Opening a run: derived records, mechanisms, fault graph, kernel tables, in this order. */
#include "base/threads.h"
#include "rule/contract.h"
#include "rule/derive.h"
#include "rule/gates.h"
#include "rule/kept_views.h"
#include "rule/lint_state.h"
#include "rule/mechanisms.h"
#include "rule/run.h"

enum { THREADS_MAX = 8 };

/* Words that any rule may compare with or yield. */
static const char *const rule_words[] = {"none",   "info",  "warning", "error", "default", "supply",
                                         "demand", "early", "settled", "both",  NULL};

/* Tables with those of kept views, and the views that remain. */
static void show_kept(const Lint *lint, Shown shown, Catalog *catalog) {
    const MemTable **tables =
        arena_array(lint->arena, const MemTable *, lint->tables.count + lint->views.count);
    SqlView *views = arena_array(lint->arena, SqlView, lint->views.count);
    catalog->view_count = 0;
    for (size_t i = 0; i < lint->tables.count; i++) {
        tables[i] = lint->tables.items[i];
    }
    for (size_t i = 0; i < lint->views.count; i++) {
        const KeptView *kept = &lint->kept.items[i];
        if (kept->table && kept->until >= shown) {
            tables[catalog->table_count++] = kept->table;
        } else {
            views[catalog->view_count++] = lint->views.items[i];
        }
    }
    catalog->tables = tables;
    catalog->views = views;
}

void lint_refresh_catalog(Lint *lint) {
    Catalog catalog = {.inventory = lint->inventory,
                       .tables = lint->tables.items,
                       .table_count = lint->tables.count,
                       .functions = lint->functions.items,
                       .function_count = lint->functions.count,
                       .views = lint->views.items,
                       .view_count = lint->views.count,
                       .words = rule_words};
    bool any = false;
    for (size_t i = 0; i < lint->kept.count; i++) {
        any = any || lint->kept.items[i].table;
    }
    for (int shown = SHOW_RESULTS; shown < SHOWN_COUNT; shown++) {
        lint->catalogs[shown] = catalog;
        if (any) {
            show_kept(lint, (Shown)shown, &lint->catalogs[shown]);
        }
    }
}

void lint_add_table(Lint *lint, const MemTable *table) {
    vec_push(lint->arena, &lint->tables, table);
    lint_refresh_catalog(lint);
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
            vec_push(lint->arena, &lint->view_locs, pack->view_locs[j]);
            vec_push(lint->arena, &lint->view_keeping, pack->view_keeping[j]);
            vec_push(lint->arena, &lint->kept, (KeptView){0});
        }
    }
    const MemTable *described[MECHANISM_TABLES];
    mechanisms_describe(lint->arena, lint->packs, described);
    for (size_t i = 0; i < MECHANISM_TABLES; i++) {
        lint_add_table(lint, described[i]);
    }
}

typedef VEC(Str) SqlList;

/* Keeps what the statements of packs use that derive records or make the graph: before anything is
 * derived whatever does not read derived records, so that it is computed side by side. */
static void keep_for_graph(Lint *lint, bool deriving) {
    Arena *scratch = arena_open(0);
    SqlList list = {0};
    for (size_t i = 0; i < lint->packs->count; i++) {
        const Pack *pack = &lint->packs->items[i];
        for (size_t j = 0; deriving && j < pack->derive_count; j++) {
            vec_push(scratch, &list, pack->derives[j].query);
        }
        for (size_t j = 0; j < pack->mechanism_count; j++) {
            vec_push(scratch, &list, pack->mechanisms[j].active);
        }
        for (size_t j = 0; j < pack->needs_count; j++) {
            vec_push(scratch, &list, pack->needs[j].query);
        }
        for (size_t j = 0; j < pack->capacity_count; j++) {
            vec_push(scratch, &list, pack->capacities[j].query);
        }
    }
    lint_keep_views(lint, list.items, list.count, deriving);
    arena_close(scratch);
}

static bool derive(Lint *lint, Diags *diags) {
    Arena *arena = arena_open(0);
    Database *database;
    Status status = database_open(arena, &lint->catalogs[SHOW_RESULTS], &database);
    bool good = !status.failed;
    if (good) {
        good = packs_derive(lint->packs, &lint->catalogs[SHOW_RESULTS], database, lint->inventory,
                            diags);
        database_close(database);
    } else {
        diag_error(diags, (Loc){0}, "%.*s", STR_ARG(status.reason));
    }
    arena_close(arena);
    return good;
}

static bool protect(Lint *lint, Diags *diags) {
    MemTable *table = arena_new(lint->arena, MemTable);
    bool good = mechanisms_protect(lint->arena, lint->packs, &lint->catalogs[SHOW_RESULTS], diags,
                                   lint->threads, table);
    lint_add_table(lint, table);
    return good;
}

const Faults *lint_faults(const Lint *lint) {
    return &lint->faults;
}

static const MemTable *placeholder(Lint *lint, const MemTable *table) {
    MemTable *empty = arena_new(lint->arena, MemTable);
    *empty = *table;
    empty->row_count = 0;
    return empty;
}

/* Empty until somebody asks: a rule that mentions them, or `topolint query`. */
static void add_needs_tables(Lint *lint) {
    Needs none[EDGE_KINDS] = {{.statements = NULL}};
    Faults faults = {.inventory = lint->inventory, .needs = none};
    Kernels kernels = lint->kernels;
    kernels.faults = &faults;
    NeedsTables tables = kernel_needs(&kernels, none);
    lint->needs_table = lint->tables.count;
    lint_add_table(lint, placeholder(lint, tables.needs));
    lint->gate_table = lint->tables.count;
    lint_add_table(lint, placeholder(lint, tables.gate));
    lint->alternative_table = lint->tables.count;
    lint_add_table(lint, placeholder(lint, kernel_selected_needs(&kernels, NEEDS_ALTERNATIVE)));
}

void lint_fill_needs(Lint *lint) {
    if (!lint->has_needs_tables) {
        NeedsTables tables = kernel_needs(&lint->kernels, lint->needs);
        lint->tables.items[lint->needs_table] = tables.needs;
        lint->tables.items[lint->gate_table] = tables.gate;
        lint->has_needs_tables = true;
        lint_refresh_catalog(lint);
    }
}

void lint_fill_alternatives(Lint *lint) {
    if (!lint->has_alternatives) {
        lint->tables.items[lint->alternative_table] =
            kernel_selected_needs(&lint->kernels, NEEDS_ALTERNATIVE);
        lint->has_alternatives = true;
        lint_refresh_catalog(lint);
    }
}

static bool add_kernels(Lint *lint, Diags *diags) {
    kernels_init(&lint->kernels, lint->arena, lint->packs->interner, &lint->faults, lint->threads);
    const MemTable *tables[KERNEL_TABLES_MAX];
    interner_freeze(lint->packs->interner);
    size_t count = kernels_run(&lint->kernels, tables);
    interner_thaw(lint->packs->interner);
    for (size_t i = 0; i < count; i++) {
        lint_add_table(lint, tables[i]);
    }
    lint_add_table(lint, kernel_capacity(&lint->kernels, &lint->capacity));
    add_needs_tables(lint);
    vec_push(lint->arena, &lint->functions, kernel_path(&lint->kernels));
    CutTables cuts = kernel_cuts(&lint->kernels);
    vec_push(lint->arena, &lint->functions, cuts.cut);
    vec_push(lint->arena, &lint->functions, cuts.member);
    ImportanceTables importance = kernel_importance(&lint->kernels);
    vec_push(lint->arena, &lint->functions, importance.downtime);
    vec_push(lint->arena, &lint->functions, importance.importance);
    lint_refresh_catalog(lint);
    FaultSets sets;
    bool good =
        fault_sets_read(&lint->kernels, lint->packs, &lint->catalogs[SHOW_RESULTS], diags, &sets);
    if (good) {
        ContractTables contracts = kernel_contract(&lint->kernels, &sets);
        lint_add_table(lint, contracts.contract);
        lint_add_table(lint, contracts.loss);
        lint_add_table(lint, kernel_double_faults(&lint->kernels));
    }
    return good;
}

static bool build_graph(Lint *lint, Diags *diags) {
    bool good = needs_collect(lint->arena, lint->packs, &lint->catalogs[SHOW_RESULTS], diags,
                              lint->threads, lint->needs);
    good = capacity_collect(lint->arena, lint->packs, &lint->catalogs[SHOW_RESULTS], diags,
                            &lint->capacity) &&
           good;
    good = services_read(lint->arena, lint->packs, &lint->catalogs[SHOW_RESULTS], diags,
                         &lint->services) &&
           good;
    for (int edge = EDGE_RUN; good && edge < EDGE_KINDS; edge++) {
        good = gates_check(&lint->needs[edge], lint->packs, lint->inventory, diags);
    }
    if (!good) {
        return false;
    }
    faults_build(lint->arena, lint->inventory, lint->needs, &lint->services, lint->threads,
                 &lint->faults);
    if (!faults_spof(lint->arena, &lint->faults, lint->threads)) {
        diag_error(diags, (Loc){0},
                   "too many services stop by too many losses: not all of them can be told");
        return false;
    }
    return add_kernels(lint, diags);
}

static bool build(Lint *lint, Diags *diags) {
    interner_thaw(lint->packs->interner);
    add_constants(lint);
    lint->mentions = mentions_new(lint->arena, lint->packs, inventory_schema(lint->inventory));
    keep_for_graph(lint, true);
    if (!derive(lint, diags)) {
        return false;
    }
    interner_thaw(lint->packs->interner);
    keep_for_graph(lint, false);
    bool good = protect(lint, diags);
    good = build_graph(lint, diags) && good;
    interner_freeze(lint->packs->interner);
    return good;
}

Lint *lint_open(Arena *arena, const Packs *packs, Inventory *inventory, Diags *diags) {
    return lint_open_on(processor_count(), arena, packs, inventory, diags);
}

Lint *lint_open_on(int threads, Arena *arena, const Packs *packs, Inventory *inventory,
                   Diags *diags) {
    Lint *lint = arena_new(arena, Lint);
    database_prepare_threads();
    *lint = (Lint){.arena = arena,
                   .packs = packs,
                   .inventory = inventory,
                   .threads = threads < THREADS_MAX ? threads : THREADS_MAX};
    lint_refresh_catalog(lint);
    if (!build(lint, diags)) {
        lint_close(lint);
        return NULL;
    }
    return lint;
}

void lint_close(Lint *lint) {
    if (lint) {
        lint->catalogs[SHOW_RESULTS] = (Catalog){0};
    }
}

Lint *lint_open_records(Arena *arena, const Packs *packs, Inventory *inventory) {
    Lint *lint = arena_new(arena, Lint);
    *lint = (Lint){.arena = arena, .packs = packs, .inventory = inventory, .threads = 1};
    interner_thaw(packs->interner);
    add_constants(lint);
    interner_freeze(packs->interner);
    return lint;
}

const Catalog *lint_catalog(Lint *lint) {
    lint_fill_needs(lint);
    lint_fill_alternatives(lint);
    return &lint->catalogs[SHOW_ALL];
}

const Mentions *lint_mentions(const Lint *lint) {
    return lint->mentions;
}
