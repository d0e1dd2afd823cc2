/* The table `double_fault`: pairs of losses that stop a service of which a contract says that it
 * survives two at once; without such contracts it is empty and costs nothing. */
#include <stdlib.h>

#include "base/limits.h"
#include "rule/contract_term.h"
#include "rule/kernels.h"
#include "rule/loss_text.h"

static const MemColumn columns[] = {
    {"service", MEM_ENTITY, "The service, which must survive two losses by a contract.", true,
     NULL},
    {"phase", MEM_TEXT, "early or settled.", false, phase_values},
    {"product", MEM_INT, "Number within the service and phase, from 1.", false, NULL},
    {"losses", MEM_TEXT, "The pairs of losses, in words; or that not all were tried.", false, NULL},
    {"pairs", MEM_INT, "How many pairs of components they are; NULL if that is not known.", false,
     NULL},
    {"certain", MEM_INT, "1, or NULL if a missing fact leaves it open.", false, NULL},
};

typedef struct DoubleFill {
    const Kernels *kernels;
    CutFinder *finder;
    TableRows rows;
    int64_t product;
} DoubleFill;

/* The classes of a service's pairs, each once; a component is in one class only. */
typedef struct PairDraft {
    uint32_t *places; /* by the class's first component: its place in `classes`, from 1; 0 = none */
    VEC(LossClass) classes;
    VEC(ClassPair) pairs;
} PairDraft;

static uint32_t class_of(Arena *scratch, PairDraft *draft, const LossClass *losses) {
    uint32_t *place = &draft->places[losses->items[0]];
    if (!*place) {
        vec_push(scratch, &draft->classes, *losses);
        *place = (uint32_t)draft->classes.count;
    }
    return *place - 1;
}

static int64_t pairs_of(const LossClass *classes, const PairGroup *group) {
    int64_t sum = 0;
    int64_t squares = 0;
    int64_t second = 0;
    for (size_t i = 0; i < group->first_count; i++) {
        int64_t count = (int64_t)classes[group->first[i]].count;
        sum += count;
        squares += count * count;
    }
    for (size_t i = 0; i < group->second_count; i++) {
        second += (int64_t)classes[group->second[i]].count;
    }
    return group->second_count ? sum * second : (sum * sum - squares) / 2;
}

static void add_groups(DoubleFill *fill, EntityId service, FaultPhase phase, const PairDraft *draft,
                       bool certain) {
    const Kernels *kernels = fill->kernels;
    Arena *scratch = arena_open(0);
    size_t count;
    const PairGroup *groups = pair_groups(scratch, (uint32_t)draft->classes.count,
                                          draft->pairs.items, draft->pairs.count, &count);
    LossText text = {kernels->faults, phase, draft->classes.items, false};
    for (size_t i = 0; i < count; i++) {
        Buf words;
        buf_init(&words, LIMIT_TEXT_BYTES);
        loss_text_add(&words, &text, &groups[i]);
        table_rows_add(&fill->rows,
                       (const int64_t[]){service, kernels->phases[phase], ++fill->product,
                                         intern(kernels->interner, buf_str(&words)),
                                         pairs_of(draft->classes.items, &groups[i]),
                                         certain ? 1 : MEM_INT_NULL});
        buf_clear(&words);
    }
    arena_close(scratch);
}

/* What was not found is no pass. */
static void add_others(DoubleFill *fill, EntityId service, FaultPhase phase) {
    const Kernels *kernels = fill->kernels;
    table_rows_add(&fill->rows, (const int64_t[]){service, kernels->phases[phase], ++fill->product,
                                                  kernels->work_limit, MEM_INT_NULL, MEM_INT_NULL});
}

static void add_service(DoubleFill *fill, EntityId service, FaultPhase phase) {
    Arena *scratch = arena_open(0);
    size_t entities = inventory_entity_count(fill->kernels->faults->inventory);
    ServiceCuts cuts;
    cut_finder_run(fill->finder, scratch, service, phase, 2, &cuts);
    fill->product = 0;
    for (int certain = 1; certain >= 0; certain--) {
        PairDraft draft = {.places = arena_array(scratch, uint32_t, entities + 1)};
        for (size_t i = 0; i < cuts.count; i++) {
            const ServiceCut *cut = &cuts.sets[i];
            if (cut->order == 2 && cut->certain == (certain == 1)) {
                ClassPair pair = {class_of(scratch, &draft, &cut->losses[0]),
                                  class_of(scratch, &draft, &cut->losses[1])};
                vec_push(scratch, &draft.pairs, pair);
            }
        }
        add_groups(fill, service, phase, &draft, certain == 1);
    }
    if (cuts.truncated) {
        add_others(fill, service, phase);
    }
    arena_close(scratch);
}

static bool asks_for_two(const ServiceContract *contract) {
    ContractTerm term;
    const char *reason;
    return contract_term_parse(contract->term, &term, &reason) && term.order >= 2;
}

MemTable *kernel_double_faults(const Kernels *kernels) {
    const Services *services = kernels->faults->services;
    Arena *scratch = arena_open(0);
    DoubleFill fill = {
        .kernels = kernels,
        .rows = {.arena = scratch, .column_count = sizeof columns / sizeof *columns}};
    EntityId last = 0;
    for (size_t i = 0; i < services->contract_count; i++) {
        EntityId service = services->contracts[i].service;
        if (service == last || !asks_for_two(&services->contracts[i]) ||
            !services_find(services, service)) {
            continue;
        }
        last = service;
        fill.finder =
            fill.finder ? fill.finder : cut_finder_open(kernels->faults, kernels->cut_work);
        for (FaultPhase phase = EARLY; phase < FAULT_PHASES; phase++) {
            add_service(&fill, service, phase);
        }
    }
    cut_finder_close(fill.finder);
    MemTable *table =
        table_of_rows(kernels->arena, "double_fault",
                      "Pairs of losses that stop a service which must survive two at once by a "
                      "contract, as sets of which any two will do and as two sides.",
                      columns, &fill.rows);
    arena_close(scratch);
    return table;
}
