#include "rule/run_facts.h"

#include <stdlib.h>

#include "rule/lint_state.h"
#include "rule/statement.h"

typedef struct FactReading {
    Arena *arena;
    Lint *lint;
    Database *database;
    Diags *diags;
    VEC(Protection) protections;
    VEC(Clash) clashes;
    VEC(CardFact) facts;
    VEC(Consumer) consumers;
} FactReading;

typedef bool FactReader(FactReading *reading, StatementRun *run);

static const Mechanism *mechanism_at(FactReading *reading, StatementRun *run, size_t column) {
    Str id = query_is_text(run->query, column) ? query_text(run->query, column) : STR_NONE;
    const Mechanism *mechanism = packs_find_mechanism(reading->lint->packs, id);
    if (!mechanism) {
        statement_error(run, "column `%.*s` names no mechanism",
                        STR_ARG(query_column_name(run->query, column)));
    }
    return mechanism;
}

static uint32_t order_of(const Packs *packs, const Mechanism *mechanism) {
    uint32_t order = 0;
    for (size_t i = 0; i < packs->count; i++) {
        const Pack *pack = &packs->items[i];
        for (size_t j = 0; j < pack->mechanism_count; j++, order++) {
            if (&pack->mechanisms[j] == mechanism) {
                return order;
            }
        }
    }
    return order;
}

static bool read_bars(FactReading *reading, StatementRun *run) {
    bool failed = false;
    while (!failed && statement_next(run, &failed)) {
        Protection row = {.mechanism = mechanism_at(reading, run, 0),
                          .open = query_is_null(run->query, 3)};
        failed = !row.mechanism || !statement_id(run, 1, &row.workload) ||
                 !statement_id(run, 2, &row.scope);
        row.order = order_of(reading->lint->packs, row.mechanism);
        bool off = !row.open && !query_int(run->query, 3);
        if (!failed && row.workload && !off) {
            vec_push(reading->arena, &reading->protections, row);
        }
    }
    return !failed;
}

static bool read_clashes(FactReading *reading, StatementRun *run) {
    bool failed = false;
    while (!failed && statement_next(run, &failed)) {
        Clash row = {.lower = mechanism_at(reading, run, 1),
                     .upper = mechanism_at(reading, run, 2)};
        failed = !row.lower || !row.upper || !statement_id(run, 0, &row.workload) ||
                 !statement_id(run, 3, &row.failed);
        if (!failed && row.workload && row.failed) {
            vec_push(reading->arena, &reading->clashes, row);
        }
    }
    return !failed;
}

static bool read_card_facts(FactReading *reading, StatementRun *run) {
    bool failed = false;
    while (!failed && statement_next(run, &failed)) {
        CardFact row = {.position = (uint32_t)reading->facts.count};
        failed = !statement_id(run, 0, &row.entity);
        if (!failed && row.entity && query_is_text(run->query, 1)) {
            row.text = arena_copy(reading->arena, query_text(run->query, 1));
            vec_push(reading->arena, &reading->facts, row);
        }
    }
    return !failed;
}

static Str text_at(FactReading *reading, StatementRun *run, size_t column) {
    bool text = query_is_text(run->query, column);
    return text ? arena_copy(reading->arena, query_text(run->query, column)) : STR_NONE;
}

static bool read_consumers(FactReading *reading, StatementRun *run) {
    bool failed = false;
    while (!failed && statement_next(run, &failed)) {
        Consumer row = {.tile = text_at(reading, run, 1),
                        .name = text_at(reading, run, 2),
                        .text = text_at(reading, run, 3)};
        failed = !statement_id(run, 0, &row.service);
        if (!failed && row.service && row.name.n) {
            vec_push(reading->arena, &reading->consumers, row);
        }
    }
    return !failed;
}

/* Views of packs whose name begins with `prefix`, each as `SELECT columns FROM view`. */
static bool read_views(FactReading *reading, Str prefix, const char *columns, FactReader *reader) {
    bool good = true;
    const Packs *packs = reading->lint->packs;
    for (size_t i = 0; i < packs->count; i++) {
        const Pack *pack = &packs->items[i];
        for (size_t j = 0; j < pack->view_count; j++) {
            Str name = pack->views[j].name;
            if (!str_starts(name, prefix)) {
                continue;
            }
            Statement statement = {
                arena_printf(reading->arena, "SELECT %s FROM %.*s", columns, STR_ARG(name)),
                pack->view_locs[j], arena_printf(reading->arena, "view %.*s", STR_ARG(name))};
            StatementRun run;
            if (statement_open(&run, reading->database, reading->lint->inventory, reading->diags,
                               &statement)) {
                good = reader(reading, &run) && good;
                statement_close(&run);
            } else {
                good = false;
            }
        }
    }
    return good;
}

static int compare_ids(EntityId a, EntityId b) {
    return (a > b) - (a < b);
}

static int compare_protections(const void *a, const void *b) {
    const Protection *x = a;
    const Protection *y = b;
    int order = compare_ids(x->workload, y->workload);
    if (!order) {
        order = (y->mechanism->layer > x->mechanism->layer) -
                (y->mechanism->layer < x->mechanism->layer);
    }
    if (!order) {
        order = (x->order > y->order) - (x->order < y->order);
    }
    return order ? order : compare_ids(x->scope, y->scope);
}

static int compare_clashes(const void *a, const void *b) {
    const Clash *x = a;
    const Clash *y = b;
    int order = compare_ids(x->workload, y->workload);
    if (!order) {
        order = compare_ids(x->failed, y->failed);
    }
    if (!order) {
        order = str_cmp(x->lower->id, y->lower->id);
    }
    return order ? order : str_cmp(x->upper->id, y->upper->id);
}

static int compare_facts(const void *a, const void *b) {
    const CardFact *x = a;
    const CardFact *y = b;
    int order = compare_ids(x->entity, y->entity);
    return order ? order : (x->position > y->position) - (x->position < y->position);
}

bool run_facts_read(Lint *lint, Arena *arena, Diags *diags, RunFacts *ret_facts) {
    FactReading reading = {.arena = arena, .lint = lint, .diags = diags};
    Arena *scratch = arena_open(0);
    Status status = database_open(scratch, &lint->catalogs[SHOW_RESULTS], &reading.database);
    bool good = !status.failed;
    if (good) {
        good = read_views(&reading, STR("diagram_bar"), "mechanism, workload_id, scope_id, holds",
                          read_bars);
        good = read_views(&reading, STR("diagram_clash"), "workload_id, lower, upper, failed_id",
                          read_clashes) &&
               good;
        good =
            read_views(&reading, STR("diagram_fact"), "entity_id, fact", read_card_facts) && good;
        good = read_views(&reading, STR("diagram_consumer"), "service_id, tile, name, fact",
                          read_consumers) &&
               good;
        database_close(reading.database);
    } else {
        diag_error(diags, (Loc){0}, "%.*s", STR_ARG(status.reason));
    }
    arena_close(scratch);
    if (reading.protections.count) {
        qsort(reading.protections.items, reading.protections.count, sizeof(Protection),
              compare_protections);
    }
    if (reading.clashes.count) {
        qsort(reading.clashes.items, reading.clashes.count, sizeof(Clash), compare_clashes);
    }
    if (reading.facts.count) {
        qsort(reading.facts.items, reading.facts.count, sizeof(CardFact), compare_facts);
    }
    *ret_facts = (RunFacts){.inventory = lint->inventory,
                            .faults = &lint->faults,
                            .protections = reading.protections.items,
                            .protection_count = reading.protections.count,
                            .clashes = reading.clashes.items,
                            .clash_count = reading.clashes.count,
                            .facts = reading.facts.items,
                            .fact_count = reading.facts.count,
                            .consumers = reading.consumers.items,
                            .consumer_count = reading.consumers.count};
    return good;
}
