/* The function tables `cut` and `cut_member`: minimal cut sets of one service, up to order 3. Where
 * the work limit left some out, a last row of the phase says so: its numbers are NULL, so that what
 * a rule asks of them is not known either. */
#include "rule/cuts.h"
#include "rule/kernels.h"

static const MemColumn cut_columns[] = {
    {"service", MEM_ENTITY, "The service; must be given.", false, NULL},
    {"phase", MEM_TEXT, "early or settled.", false, phase_values},
    {"cut", MEM_INT, "Number within the phase, from 1; NULL: there are others, not tried.", false,
     NULL},
    {"losses", MEM_INT, "How many losses at once it takes: 1 to 3.", false, NULL},
    {"choices", MEM_INT, "Sets of components that it stands for.", false, NULL},
    {"certain", MEM_INT, "1, or NULL if a missing fact leaves it open.", false, NULL},
};

static const MemColumn member_columns[] = {
    {"service", MEM_ENTITY, "The service; must be given.", false, NULL},
    {"phase", MEM_TEXT, "early or settled.", false, phase_values},
    {"cut", MEM_INT,
     "Number of the cut set within the phase, from 1; NULL: there are others, not tried.", false,
     NULL},
    {"place", MEM_INT,
     "From 1: of each place one component is lost; those of one place have the same effect.", false,
     NULL},
    {"component", MEM_ENTITY, "What is lost.", false, NULL},
};

enum { MOST_COLUMNS = sizeof cut_columns / sizeof *cut_columns };

static int64_t choices_of(const ServiceCut *cut) {
    int64_t product = 1;
    for (uint32_t e = 0; e < cut->order; e++) {
        product *= (int64_t)cut->losses[e].count;
    }
    return product;
}

static void add_cut(TableRows *rows, EntityId service, Sym phase, size_t number,
                    const ServiceCut *cut) {
    table_rows_add(rows, (const int64_t[]){service, phase, (int64_t)number, cut->order,
                                           choices_of(cut), cut->certain ? 1 : MEM_INT_NULL});
}

static void add_members(TableRows *rows, EntityId service, Sym phase, size_t number,
                        const ServiceCut *cut) {
    for (uint32_t e = 0; e < cut->order; e++) {
        for (size_t i = 0; i < cut->losses[e].count; i++) {
            table_rows_add(rows, (const int64_t[]){service, phase, (int64_t)number, e + 1,
                                                   cut->losses[e].items[i]});
        }
    }
}

/* The row for what was not tried. */
static void add_others(TableRows *rows, const MemColumn *columns, EntityId service, Sym phase) {
    int64_t cells[MOST_COLUMNS] = {service, phase};
    for (size_t i = 2; i < rows->column_count; i++) {
        cells[i] = columns[i].type == MEM_ENTITY ? 0 : MEM_INT_NULL;
    }
    table_rows_add(rows, cells);
}

typedef void AddCut(TableRows *rows, EntityId service, Sym phase, size_t number,
                    const ServiceCut *cut);

static void add_all(const Kernels *kernels, const MemColumn *columns, int64_t argument, AddCut *add,
                    TableRows *rows) {
    const Faults *faults = kernels->faults;
    EntityId service =
        argument > 0 && argument <= faults->needs->node_limit ? (EntityId)argument : 0;
    if (!service || !services_find(faults->services, service)) {
        return;
    }
    CutFinder *finder = cut_finder_open(faults, kernels->cut_work);
    for (FaultPhase phase = EARLY; phase < FAULT_PHASES; phase++) {
        ServiceCuts cuts;
        cut_finder_run(finder, rows->arena, service, phase, CUT_ORDER_MAX, &cuts);
        for (size_t i = 0; i < cuts.count; i++) {
            add(rows, service, kernels->phases[phase], i + 1, &cuts.sets[i]);
        }
        if (cuts.truncated) {
            add_others(rows, columns, service, kernels->phases[phase]);
        }
    }
    cut_finder_close(finder);
}

static void cut_rows(void *context, const int64_t *arguments, Arena *arena, MemTable *ret) {
    Arena *scratch = arena_open(0);
    TableRows rows = {.arena = scratch, .column_count = sizeof cut_columns / sizeof *cut_columns};
    add_all(context, cut_columns, arguments[0], add_cut, &rows);
    *ret = *table_of_rows(arena, "cut", "", cut_columns, &rows);
    arena_close(scratch);
}

static void member_rows(void *context, const int64_t *arguments, Arena *arena, MemTable *ret) {
    Arena *scratch = arena_open(0);
    TableRows rows = {.arena = scratch,
                      .column_count = sizeof member_columns / sizeof *member_columns};
    add_all(context, member_columns, arguments[0], add_members, &rows);
    *ret = *table_of_rows(arena, "cut_member", "", member_columns, &rows);
    arena_close(scratch);
}

CutTables kernel_cuts(const Kernels *kernels) {
    Kernels *copy = arena_new(kernels->arena, Kernels);
    *copy = *kernels;
    return (CutTables){{"cut",
                        "Minimal cut sets of a service: the smallest sets of losses that stop it.",
                        cut_columns, sizeof cut_columns / sizeof *cut_columns, 1, cut_rows, copy},
                       {"cut_member", "What each cut set of a service takes.", member_columns,
                        sizeof member_columns / sizeof *member_columns, 1, member_rows, copy}};
}
