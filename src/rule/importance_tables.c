/* The function tables `downtime` and `importance`: how likely one service is down, and what that
 * hangs on. Integers: shares of the time in parts per billion, measures in parts per million. */
#include <math.h>

#include "rule/chances.h"
#include "rule/kernels.h"

static const MemColumn downtime_columns[] = {
    {"service", MEM_ENTITY, "The service; must be given.", false, NULL},
    {"phase", MEM_TEXT, "early or settled.", false, phase_values},
    {"least_ppb", MEM_INT,
     "Share of the time that it is down, at least, in parts per billion; NULL if it takes too much "
     "work.",
     false, NULL},
    {"most_ppb", MEM_INT, "The same at most.", false, NULL},
    {"counted", MEM_INT, "Components below it that were counted.", false, NULL},
    {"left_out", MEM_INT, "Components below it without failure data, which were not.", false, NULL},
};

static const char *const end_values[] = {"least", "most", NULL};

static const MemColumn importance_columns[] = {
    {"service", MEM_ENTITY, "The service; must be given.", false, NULL},
    {"phase", MEM_TEXT, "early or settled.", false, phase_values},
    {"bound", MEM_TEXT, "For which end of the range: least or most.", false, end_values},
    {"component", MEM_ENTITY, "What may fail.", false, NULL},
    {"birnbaum_ppm", MEM_INT,
     "How much likelier the service is down when it is down than when it is up, in parts per "
     "million.",
     false, NULL},
    {"fussell_vesely_ppm", MEM_INT,
     "Share of the downtime that needs it, in parts per million of the downtime.", false, NULL},
    {"achievement_ppm", MEM_INT,
     "How many times likelier the service is down when it is down, times a million.", false, NULL},
};

static int64_t scaled(double value, double by) {
    return (int64_t)llround(value * by);
}

static const double PPB = 1e9, PPM = 1e6;

typedef struct ImportanceContext {
    Kernels kernels;
    Sym ends[CHANCE_ENDS]; /* least, most */
} ImportanceContext;

/* One phase of one service. */
typedef void AddChance(const ImportanceContext *context, TableRows *rows, EntityId service,
                       Sym phase, const ServiceChance *chance);

static void add_downtime(const ImportanceContext *context, TableRows *rows, EntityId service,
                         Sym phase, const ServiceChance *chance) {
    (void)context;
    int64_t ends[CHANCE_ENDS];
    for (int end = 0; end < CHANCE_ENDS; end++) {
        ends[end] = chance->exact ? scaled(chance->ends[end].value, PPB) : MEM_INT_NULL;
    }
    table_rows_add(rows, (const int64_t[]){service, phase, ends[CHANCE_LEAST], ends[CHANCE_MOST],
                                           (int64_t)chance->counted_count,
                                           (int64_t)chance->left_out_count});
}

static void add_importance(const ImportanceContext *context, TableRows *rows, EntityId service,
                           Sym phase, const ServiceChance *chance) {
    const EntityId *entities = context->kernels.faults->entities;
    for (int end = 0; chance->exact && end < CHANCE_ENDS; end++) {
        for (size_t i = 0; i < chance->ends[end].importance_count; i++) {
            const Importance *importance = &chance->ends[end].importance[i];
            table_rows_add(rows, (const int64_t[]){service, phase, context->ends[end],
                                                   entities[importance->component],
                                                   scaled(importance->birnbaum, PPM),
                                                   scaled(importance->fussell_vesely, PPM),
                                                   scaled(importance->achievement, PPM)});
        }
    }
}

static void add_all(const ImportanceContext *context, int64_t argument, AddChance *add,
                    TableRows *rows) {
    const Faults *faults = context->kernels.faults;
    EntityId service =
        argument > 0 && argument <= faults->needs->node_limit ? (EntityId)argument : 0;
    if (!service || !services_find(faults->services, service)) {
        return;
    }
    ChanceFinder *finder = chance_finder_open(faults);
    Arena *scratch = arena_open(0);
    for (FaultPhase phase = EARLY; phase < FAULT_PHASES; phase++) {
        ServiceChance chance;
        chance_finder_run(finder, scratch, service, phase, &chance);
        add(context, rows, service, context->kernels.phases[phase], &chance);
    }
    arena_close(scratch);
    chance_finder_close(finder);
}

enum {
    DOWNTIME_COLUMNS = sizeof downtime_columns / sizeof *downtime_columns,
    IMPORTANCE_COLUMNS = sizeof importance_columns / sizeof *importance_columns,
};

static void downtime_rows(void *context, const int64_t *arguments, Arena *arena, MemTable *ret) {
    Arena *scratch = arena_open(0);
    TableRows rows = {.arena = scratch, .column_count = DOWNTIME_COLUMNS};
    add_all(context, arguments[0], add_downtime, &rows);
    *ret = *table_of_rows(arena, "downtime", "", downtime_columns, &rows);
    arena_close(scratch);
}

static void importance_rows(void *context, const int64_t *arguments, Arena *arena, MemTable *ret) {
    Arena *scratch = arena_open(0);
    TableRows rows = {.arena = scratch, .column_count = IMPORTANCE_COLUMNS};
    add_all(context, arguments[0], add_importance, &rows);
    *ret = *table_of_rows(arena, "importance", "", importance_columns, &rows);
    arena_close(scratch);
}

ImportanceTables kernel_importance(const Kernels *kernels) {
    ImportanceContext *context = arena_new(kernels->arena, ImportanceContext);
    context->kernels = *kernels;
    for (int end = 0; end < CHANCE_ENDS; end++) {
        context->ends[end] = intern(kernels->interner, str_of(end_values[end]));
    }
    return (ImportanceTables){
        {"downtime", "How much of the time a service is down, as a range.", downtime_columns,
         DOWNTIME_COLUMNS, 1, downtime_rows, context},
        {"importance", "How much the downtime of a service hangs on each component.",
         importance_columns, IMPORTANCE_COLUMNS, 1, importance_rows, context}};
}
