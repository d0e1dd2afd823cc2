/* Inside of a run; for rule/ alone. */
#ifndef RULE_LINT_STATE_H
#define RULE_LINT_STATE_H

#include "rule/capacity.h"
#include "rule/kernels.h"
#include "rule/lint.h"
#include "rule/mentions.h"

/* What is to be noted of the cells that a statement reads decides which views are tables. */
typedef enum Shown {
    SHOW_RESULTS,  /* nothing: whatever is kept is a table */
    SHOW_DEFAULTS, /* defaults: views that read some are views */
    SHOW_ALL,      /* every cell: views that read any of the inventory are views */
    SHOWN_COUNT
} Shown;

typedef struct KeptView {
    const MemTable *table; /* NULL: it is a view */
    Shown until;           /* as a table in these catalogs, in later ones as a view */
} KeptView;

struct Lint {
    Arena *arena;
    const Packs *packs;
    Inventory *inventory;
    int threads;
    VEC(const MemTable *) tables;
    VEC(SqlView) views;
    VEC(Loc) view_locs;
    VEC(ViewKeeping) view_keeping;
    VEC(KeptView) kept; /* by view (kept_views.h) */
    const Mentions *mentions;
    VEC(FunctionTable) functions;
    Catalog catalogs[SHOWN_COUNT]; /* of the tables so far */
    Needs needs[EDGE_KINDS];
    Capacity capacity;
    Services services;
    Faults faults;
    Kernels kernels;
    /* places in `tables`; filled when somebody asks for them */
    size_t needs_table, gate_table, alternative_table;
    bool has_needs_tables, has_alternatives;
};

/* Adds a table to the catalog; connections opened from now on show it. */
void lint_add_table(Lint *lint, const MemTable *table);

/* After a change of tables or kept views. */
void lint_refresh_catalog(Lint *lint);

/* The tables of an inventory, of packs' constants and views; nothing is derived, there is no graph.
 * Nothing is to be closed. */
Lint *lint_open_records(Arena *arena, const Packs *packs, Inventory *inventory);

/* Fills the tables `needs` and `gate`, which are large and rarely asked for. */
void lint_fill_needs(Lint *lint);
void lint_fill_alternatives(Lint *lint);

/* The rules that a run asks for, by id; in its arena (lint_run.c). */
const Rule **lint_select_rules(const Lint *lint, const LintOptions *options, size_t *ret_count);

/* Fills the tables that the rules ask for, and keeps their views. */
void lint_prepare_queries(Lint *lint, const Str *queries, size_t count);
void lint_prepare_rules(Lint *lint, const Rule *const *rules, size_t count);

/* What no input shows, by layer; in the arena (unseen.c). */
const Unseen *lint_unseen(const Lint *lint, Database *database, Arena *arena, size_t *ret_count);

#endif
