#include "rule/kernels.h"

#include "base/limits.h"
#include "rule/table_new.h"

const char *const phase_values[] = {"early", "settled", "both", NULL};

void kernels_init(Kernels *kernels, Arena *arena, Interner *interner, const Faults *faults,
                  int threads) {
    *kernels = (Kernels){.arena = arena,
                         .interner = interner,
                         .faults = faults,
                         .work_limit = intern(interner, STR(WORK_LIMIT_REACHED)),
                         .threads = threads,
                         .cut_work = LIMIT_CUT_WORK};
    for (size_t i = 0; i < PHASE_WORDS; i++) {
        kernels->phases[i] = intern(interner, str_of(phase_values[i]));
    }
    for (size_t i = 0; i < EDGE_KINDS; i++) {
        kernels->edges[i] = intern(interner, str_of(edge_names[i]));
    }
    for (int fault = 0; fault < FAULT_CLASSES; fault++) {
        kernels->fault_classes[fault] = intern(interner, fault_class_name((FaultClass)fault));
    }
}

void table_rows_add(TableRows *rows, const int64_t *cells) {
    size_t at = rows->count++ % TABLE_CHUNK;
    if (!at) {
        vec_push(rows->arena, &rows->chunks,
                 arena_array(rows->arena, int64_t, rows->column_count * TABLE_CHUNK));
    }
    int64_t *row = rows->chunks.items[rows->chunks.count - 1] + at * rows->column_count;
    for (size_t i = 0; i < rows->column_count; i++) {
        /* The analyzer does not know that the caller gives as many cells as columns. */
        /* NOLINTNEXTLINE(clang-analyzer-core.uninitialized.Assign) */
        row[i] = cells[i];
    }
}

MemTable *table_of_rows(Arena *arena, const char *name, const char *doc, const MemColumn *columns,
                        const TableRows *rows) {
    MemTable *table = table_new(arena, name, doc, columns, rows->column_count, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        const int64_t *row =
            rows->chunks.items[i / TABLE_CHUNK] + i % TABLE_CHUNK * rows->column_count;
        for (size_t c = 0; c < rows->column_count; c++) {
            table->cells[c][i] = row[c];
        }
    }
    return table;
}

static const char *const fault_values[] = {"node",   "shared",   "site", "maintenance",
                                           "expiry", "external", NULL};

KernelTables kernel_component(const Kernels *kernels) {
    static const MemColumn columns[] = {
        {"component", MEM_ENTITY, "An entity of the fault graph that can fail by itself.", true,
         NULL},
        {"fault", MEM_TEXT, "How it fails, as its kind's schema says.", false, fault_values},
    };
    const Faults *faults = kernels->faults;
    Arena *scratch = arena_open(0);
    TableRows rows = {.arena = scratch, .column_count = 2};
    for (size_t v = 0; v < faults->node_count; v++) {
        if (faults->entities[v] && faults->faults[v] != FAULT_NONE) {
            table_rows_add(&rows, (const int64_t[]){faults->entities[v],
                                                    kernels->fault_classes[faults->faults[v]]});
        }
    }
    MemTable *table = table_of_rows(kernels->arena, "component",
                                    "What can fail by itself in the fault graph.", columns, &rows);
    arena_close(scratch);
    return (KernelTables){{table}};
}

static void add_pairs(const Kernels *kernels, TableRows *rows, FaultPhase phase, NodeId component) {
    const Faults *faults = kernels->faults;
    const SpofResult *worst = &faults->spof[phase][PESSIMISTIC];
    const SpofResult *best = &faults->spof[phase][OPTIMISTIC];
    for (uint32_t i = worst->starts[component]; i < worst->starts[component + 1]; i++) {
        NodeId service = worst->targets[i];
        bool certain = faults_stops(best, component, service);
        table_rows_add(rows,
                       (const int64_t[]){faults->entities[service], faults->entities[component],
                                         kernels->phases[phase], certain ? 1 : MEM_INT_NULL});
    }
    /* Lost only where open facts are read kindly: possible when the service is down otherwise. */
    for (uint32_t i = best->starts[component]; i < best->starts[component + 1]; i++) {
        NodeId service = best->targets[i];
        if (!faults_stops(worst, component, service)) {
            table_rows_add(rows,
                           (const int64_t[]){faults->entities[service], faults->entities[component],
                                             kernels->phases[phase], MEM_INT_NULL});
        }
    }
}

KernelTables kernel_spof(const Kernels *kernels) {
    static const MemColumn columns[] = {
        {"service", MEM_ENTITY, "The service that stops.", true, NULL},
        {"component", MEM_ENTITY, "What is lost.", true, NULL},
        {"phase", MEM_TEXT, "early: until the slower recovery has acted; settled: until repaired.",
         false, phase_values},
        {"certain", MEM_INT, "1, or NULL if a missing fact leaves it open.", false, NULL},
    };
    const Faults *faults = kernels->faults;
    Arena *scratch = arena_open(0);
    TableRows rows = {.arena = scratch, .column_count = 4};
    for (size_t v = 0; v < faults->node_count; v++) {
        for (int phase = EARLY; faults->entities[v] && phase < FAULT_PHASES; phase++) {
            add_pairs(kernels, &rows, (FaultPhase)phase, (NodeId)v);
        }
    }
    MemTable *table =
        table_of_rows(kernels->arena, "spof",
                      "Single losses that stop a service, whatever their class.", columns, &rows);
    arena_close(scratch);
    return (KernelTables){{table}};
}

KernelTables kernel_unsure(const Kernels *kernels) {
    static const MemColumn columns[] = {
        {"service", MEM_ENTITY, "The service.", true, NULL},
        {"phase", MEM_TEXT, "early or settled.", false, phase_values},
    };
    const Faults *faults = kernels->faults;
    Arena *scratch = arena_open(0);
    TableRows rows = {.arena = scratch, .column_count = 2};
    for (int phase = EARLY; phase < FAULT_PHASES; phase++) {
        bool *seen = arena_array(scratch, bool, faults->node_count);
        const SpofResult *result = &faults->spof[phase][PESSIMISTIC];
        for (size_t v = 0; v < faults->node_count; v++) {
            for (uint32_t i = result->starts[v]; !faults->entities[v] && i < result->starts[v + 1];
                 i++) {
                seen[result->targets[i]] = true;
            }
        }
        for (size_t v = 0; v < faults->node_count; v++) {
            if (seen[v]) {
                table_rows_add(&rows,
                               (const int64_t[]){faults->entities[v], kernels->phases[phase]});
            }
        }
    }
    MemTable *table = table_of_rows(
        kernels->arena, "unsure",
        "Services below which something is not known that could be one part.", columns, &rows);
    arena_close(scratch);
    return (KernelTables){{table}};
}

KernelTables kernel_impact(const Kernels *kernels) {
    static const MemColumn columns[] = {
        {"component", MEM_ENTITY, "What is lost.", true, NULL},
        {"phase", MEM_TEXT, "early or settled.", false, phase_values},
        {"services", MEM_INT, "Services that it stops.", false, NULL},
        {"nodes", MEM_INT, "Everything in the graph that falls with it.", false, NULL},
    };
    const Faults *faults = kernels->faults;
    Arena *scratch = arena_open(0);
    TableRows rows = {.arena = scratch, .column_count = 4};
    for (size_t v = 0; v < faults->node_count; v++) {
        for (int phase = EARLY; faults->entities[v] && phase < FAULT_PHASES; phase++) {
            const SpofResult *result = &faults->spof[phase][PESSIMISTIC];
            if (result->node_counts[v]) {
                table_rows_add(&rows,
                               (const int64_t[]){faults->entities[v], kernels->phases[phase],
                                                 result->target_counts[v], result->node_counts[v]});
            }
        }
    }
    MemTable *table =
        table_of_rows(kernels->arena, "impact", "How much a single loss stops.", columns, &rows);
    arena_close(scratch);
    return (KernelTables){{table}};
}

KernelTables kernel_cycle(const Kernels *kernels) {
    static const MemColumn columns[] = {
        {"cycle", MEM_INT, "Number of the cycle, from 1.", true, NULL},
        {"node", MEM_ENTITY, "A node of it.", true, NULL},
    };
    const Faults *faults = kernels->faults;
    Arena *scratch = arena_open(0);
    TableRows rows = {.arena = scratch, .column_count = 2};
    uint32_t *cycles;
    size_t count = graph_cycles(faults->graphs[SETTLED][PESSIMISTIC], scratch, &cycles);
    /* Numbered by their first node, so that they do not depend on the search. */
    uint32_t *numbers = arena_array(scratch, uint32_t, count + 1);
    uint32_t next = 0;
    for (size_t v = 0; v < faults->node_count; v++) {
        if (cycles[v] && !numbers[cycles[v]]) {
            numbers[cycles[v]] = ++next;
        }
        if (cycles[v]) {
            table_rows_add(&rows, (const int64_t[]){numbers[cycles[v]], faults->entities[v]});
        }
    }
    MemTable *table =
        table_of_rows(kernels->arena, "cycle", "Nodes that need each other.", columns, &rows);
    arena_close(scratch);
    return (KernelTables){{table}};
}
