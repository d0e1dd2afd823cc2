/* What the fault graphs say, as tables that rules can ask; docs/pack-files.md lists them. All texts
 * are interned: but for kernels_run, the interner must not be frozen. */
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
    size_t cut_work;         /* limit of one search of cut sets (cuts.h) */
    Sym phases[PHASE_WORDS]; /* early, settled, both */
    Sym edges[EDGE_KINDS];
    Sym fault_classes[FAULT_CLASSES];
    Sym work_limit;
    int threads; /* that a kernel may use */
} Kernels;

void kernels_init(Kernels *kernels, Arena *arena, Interner *interner, const Faults *faults,
                  int threads);

/* A kernel that asks the fault graphs alone: one table, or two that come of one search. It interns
 * nothing, so that kernels can run side by side. */
typedef struct KernelTables {
    MemTable *items[2];
} KernelTables;
typedef KernelTables Kernel(const Kernels *kernels);

Kernel kernel_component, kernel_spof, kernel_unsure, kernel_impact, kernel_cycle;
Kernel kernel_down;       /* down_table.c */
Kernel kernel_common;     /* common_table.c */
Kernel kernel_chains;     /* spof_subject and spof_chain (chain_tables.c) */
Kernel kernel_cold_start; /* cold_start and restart_spof (cold_start_tables.c) */

/* All of them and the needs of services, each on a thread of its own; the number of tables
 * (kernel_run.c). */
enum { KERNEL_TABLES_MAX = 16 };
size_t kernels_run(const Kernels *kernels, const MemTable **ret_tables);

/* Pairs of losses, for contracts that ask (double_table.c). */
MemTable *kernel_double_faults(const Kernels *kernels);

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
