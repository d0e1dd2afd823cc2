#include "rule/services.h"

#include <stdlib.h>

#include "rule/statement.h"

/* CONTRACTS.md section 8. */
static const struct {
    Str availability;
    uint32_t faults;
} availability_faults[] = {
    {STR_INIT("single"), 0},
    {STR_INIT("ha"), 1u << FAULT_NODE | 1u << FAULT_SHARED},
    {STR_INIT("site-resilient"), 1u << FAULT_NODE | 1u << FAULT_SHARED | 1u << FAULT_SITE},
};

static bool has_view(const Packs *packs, Str name, Loc *ret_loc) {
    for (size_t i = 0; i < packs->count; i++) {
        for (size_t j = 0; j < packs->items[i].view_count; j++) {
            if (str_eq(packs->items[i].views[j].name, name)) {
                *ret_loc = packs->items[i].view_locs[j];
                return true;
            }
        }
    }
    return false;
}

static bool read_faults(StatementRun *run, size_t column, uint32_t *ret_faults) {
    Str text = query_is_text(run->query, column) ? query_text(run->query, column) : STR_NONE;
    for (size_t i = 0; i < sizeof availability_faults / sizeof *availability_faults; i++) {
        if (str_eq(text, availability_faults[i].availability)) {
            *ret_faults = availability_faults[i].faults;
            return true;
        }
    }
    statement_error(run, "availability is 'single', 'ha' or 'site-resilient'");
    return false;
}

typedef struct ServiceReading {
    Arena *arena;
    const Packs *packs;
    const Catalog *catalog;
    Database *database;
    Diags *diags;
    VEC(ServiceTarget) targets;
    VEC(ServiceContract) contracts;
} ServiceReading;

static bool read_targets(ServiceReading *reading, StatementRun *run) {
    bool failed = false;
    while (!failed && statement_next(run, &failed)) {
        ServiceTarget target = {0};
        failed = !statement_id(run, 0, &target.service) || !read_faults(run, 1, &target.faults);
        if (!failed && target.service) {
            vec_push(reading->arena, &reading->targets, target);
        }
    }
    return !failed;
}

static bool read_contracts(ServiceReading *reading, StatementRun *run) {
    bool failed = false;
    while (!failed && statement_next(run, &failed)) {
        ServiceContract contract = {0};
        failed = !statement_id(run, 0, &contract.service);
        if (!failed && contract.service && query_is_text(run->query, 1)) {
            contract.term = arena_copy(reading->arena, query_text(run->query, 1));
            vec_push(reading->arena, &reading->contracts, contract);
        }
    }
    return !failed;
}

typedef bool ViewReader(ServiceReading *reading, StatementRun *run);

static bool read_view(ServiceReading *reading, Str view, Str sql, ViewReader *reader) {
    Loc loc;
    if (!has_view(reading->packs, view, &loc)) {
        return true;
    }
    Statement statement = {sql, loc, arena_printf(reading->arena, "view %.*s", STR_ARG(view))};
    StatementRun run;
    if (!statement_open(&run, reading->database, reading->catalog->inventory, reading->diags,
                        &statement)) {
        return false;
    }
    bool good = reader(reading, &run);
    statement_close(&run);
    return good;
}

static int compare_targets(const void *a, const void *b) {
    EntityId x = ((const ServiceTarget *)a)->service;
    EntityId y = ((const ServiceTarget *)b)->service;
    return (x > y) - (x < y);
}

static void keep(ServiceReading *reading, Services *ret) {
    size_t count = reading->targets.count;
    ServiceTarget *targets = reading->targets.items;
    if (count) {
        qsort(targets, count, sizeof *targets, compare_targets);
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!kept || targets[kept - 1].service != targets[i].service) {
            targets[kept++] = targets[i];
        }
    }
    *ret = (Services){targets, kept, reading->contracts.items, reading->contracts.count};
}

bool services_read(Arena *arena, const Packs *packs, const Catalog *catalog, Diags *diags,
                   Services *ret_services) {
    ServiceReading reading = {.arena = arena, .packs = packs, .catalog = catalog, .diags = diags};
    Arena *scratch = arena_open(0);
    Status status = database_open(scratch, catalog, &reading.database);
    bool good = !status.failed;
    if (good) {
        good = read_view(&reading, STR("service_target"),
                         STR("SELECT service_id, availability FROM service_target"), read_targets);
        good = read_view(&reading, STR("service_contract"),
                         STR("SELECT service_id, term FROM service_contract ORDER BY 1"),
                         read_contracts) &&
               good;
        database_close(reading.database);
    } else {
        diag_error(diags, (Loc){0}, "%.*s", STR_ARG(status.reason));
    }
    arena_close(scratch);
    keep(&reading, ret_services);
    return good;
}

uint32_t services_faults(const Services *services) {
    uint32_t classes = 0;
    for (size_t i = 0; i < services->target_count; i++) {
        classes |= services->targets[i].faults;
    }
    return classes;
}

const ServiceTarget *services_find(const Services *services, EntityId id) {
    ServiceTarget key = {id, 0};
    return services->target_count ? bsearch(&key, services->targets, services->target_count,
                                            sizeof key, compare_targets)
                                  : NULL;
}
