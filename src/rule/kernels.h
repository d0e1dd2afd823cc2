/* What the fault graphs say, as tables that rules can ask; docs/pack-files.md lists them. All texts
 * are interned, so the interner must not be frozen. */
#ifndef RULE_KERNELS_H
#define RULE_KERNELS_H

#include "query/database.h"
#include "rule/faults.h"

enum { PHASE_WORDS = 3 };

/* What a row says that stands for all that was not tried. */
#define WORK_LIMIT_REACHED "others: the work limit was reached"

typedef struct Kernels {
    Arena *arena;
    Interner *interner;
    const Faults *faults;
    Sym phases[PHASE_WORDS]; /* early, settled, both */
    Sym edges[EDGE_KINDS];
} Kernels;

void kernels_init(Kernels *kernels, Arena *arena, Interner *interner, const Faults *faults);

MemTable *kernel_component(const Kernels *kernels);
MemTable *kernel_spof(const Kernels *kernels);
MemTable *kernel_unsure(const Kernels *kernels);
MemTable *kernel_impact(const Kernels *kernels);
MemTable *kernel_cycle(const Kernels *kernels);
MemTable *kernel_down(const Kernels *kernels);   /* down_table.c */
MemTable *kernel_common(const Kernels *kernels); /* common_table.c */

/* Pairs of losses, for contracts that ask (double_table.c). */
MemTable *kernel_double_faults(const Kernels *kernels);

/* What does not come up from black (cold_start_tables.c). */
typedef struct ColdStartTables {
    MemTable *deadlock, *restart;
} ColdStartTables;
ColdStartTables kernel_cold_start(const Kernels *kernels, int threads);

/* The chains of single failures (chain_tables.c). */
typedef struct ChainTables {
    MemTable *subject, *chain;
} ChainTables;
ChainTables kernel_chains(const Kernels *kernels);

/* All gates and their providers, of every kind of edge (needs_tables.c). */
typedef struct NeedsTables {
    MemTable *needs, *gate;
} NeedsTables;
NeedsTables kernel_needs(const Kernels *kernels, const Needs needs[EDGE_KINDS]);
/* A part of needs alone, which most rules can do with. */
typedef enum NeedsSelection { NEEDS_ALL, NEEDS_ALTERNATIVE, NEEDS_OF_SERVICE } NeedsSelection;
MemTable *kernel_selected_needs(const Kernels *kernels, NeedsSelection selection);

/* The function table `path` over the rows of needs (path_table.c). */
FunctionTable kernel_path(const Kernels *kernels);

/* The function tables `cut` and `cut_member` (cut_tables.c). */
typedef struct CutTables {
    FunctionTable cut, member;
} CutTables;
CutTables kernel_cuts(const Kernels *kernels);

/* The function tables `downtime` and `importance` (importance_tables.c). */
typedef struct ImportanceTables {
    FunctionTable downtime, importance;
} ImportanceTables;
ImportanceTables kernel_importance(const Kernels *kernels);

extern const char *const phase_values[]; /* what a column `phase` can hold; NULL-terminated */

/* Rows that grow, in chunks that stay where they are. */
enum { TABLE_CHUNK = 4096 }; /* rows */
typedef struct TableRows {
    Arena *arena;
    size_t column_count;
    VEC(int64_t *) chunks; /* row by row */
    size_t count;
} TableRows;
void table_rows_add(TableRows *rows, const int64_t *cells);
MemTable *table_of_rows(Arena *arena, const char *name, const char *doc, const MemColumn *columns,
                        const TableRows *rows);

#endif
