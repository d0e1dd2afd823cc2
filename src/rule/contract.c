#include "rule/contract.h"

#include <stdlib.h>

#include "rule/contract_trial.h"

typedef struct ContractFill {
    const Kernels *kernels;
    const FaultSets *sets;
    Unknowns unknowns;
    TableRows contracts, losses;
} ContractFill;

static void add_losses(ContractFill *fill, const Outcome *outcome, FaultPhase phase, Sym term) {
    const Faults *faults = fill->kernels->faults;
    for (size_t i = 0; i < outcome->loss_count; i++) {
        table_rows_add(&fill->losses,
                       (const int64_t[]){outcome->contract->service, term,
                                         fill->kernels->phases[phase], (int64_t)i + 1,
                                         faults->entities[outcome->losses[i]]});
    }
}

static void add_outcome(ContractFill *fill, const Trial *trial, const Outcome *outcome,
                        FaultPhase phase) {
    const Kernels *kernels = fill->kernels;
    bool down = trial->worst->base_down[outcome->node];
    const char *problem = down ? "the service is down with nothing failed" : trial->problem;
    bool broken = outcome->certain && !down;
    bool judged = !problem && !outcome->lost;
    Sym term = intern(kernels->interner, outcome->contract->term);
    Sym set = intern(kernels->interner, trial->term.parts[0].set);
    table_rows_add(&fill->contracts,
                   (const int64_t[]){outcome->contract->service, term, kernels->phases[phase], set,
                                     broken   ? 0
                                     : judged ? 1
                                              : MEM_INT_NULL,
                                     trial->combinations,
                                     problem && !broken
                                         ? (int64_t)intern(kernels->interner, str_of(problem))
                                         : MEM_NULL});
    if (!down) {
        add_losses(fill, outcome, phase, term);
    }
}

static void try_contracts(ContractFill *fill, const ServiceContract *contracts, size_t count) {
    const Faults *faults = fill->kernels->faults;
    for (int phase = EARLY; phase < FAULT_PHASES; phase++) {
        Arena *scratch = arena_open(0);
        Trial trial = {.scratch = scratch,
                       .faults = faults,
                       .sets = fill->sets,
                       .unknowns = &fill->unknowns,
                       .worst = faults->graphs[phase][PESSIMISTIC],
                       .best = faults->graphs[phase][OPTIMISTIC]};
        trial_run(&trial, contracts, count);
        for (size_t i = 0; i < count; i++) {
            add_outcome(fill, &trial, &trial.outcomes[i], (FaultPhase)phase);
        }
        arena_close(scratch);
    }
}

static int compare_contracts(const void *a, const void *b) {
    const ServiceContract *x = a;
    const ServiceContract *y = b;
    int order = str_cmp(x->term, y->term);
    return order ? order : (x->service > y->service) - (x->service < y->service);
}

/* Services with the same term are tried together; a term stated twice counts once. */
static ServiceContract *sorted_contracts(Arena *scratch, const Faults *faults, size_t *ret_count) {
    const Services *services = faults->services;
    ServiceContract *contracts = arena_array(scratch, ServiceContract, services->contract_count);
    size_t count = 0;
    for (size_t i = 0; i < services->contract_count; i++) {
        if (faults_node(faults, services->contracts[i].service) != NO_NODE) {
            contracts[count++] = services->contracts[i];
        }
    }
    if (count) {
        qsort(contracts, count, sizeof *contracts, compare_contracts);
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!kept || compare_contracts(&contracts[kept - 1], &contracts[i])) {
            contracts[kept++] = contracts[i];
        }
    }
    *ret_count = kept;
    return contracts;
}

static const MemColumn contract_columns[] = {
    {"service", MEM_ENTITY, "The service.", true, NULL},
    {"term", MEM_TEXT, "What it must survive, as stated.", false, NULL},
    {"phase", MEM_TEXT, "early or settled.", false, phase_values},
    {"fault_set", MEM_TEXT, "The first fault set of the term.", false, NULL},
    {"holds", MEM_INT, "1, 0, or NULL if it could not be judged.", false, NULL},
    {"combinations", MEM_INT, "Losses that were tried.", false, NULL},
    {"problem", MEM_TEXT, "Why it could not be judged; NULL also if a missing fact is the reason.",
     false, NULL},
};

static const MemColumn loss_columns[] = {
    {"service", MEM_ENTITY, "The service.", true, NULL},
    {"term", MEM_TEXT, "The term that does not hold, or may not.", false, NULL},
    {"phase", MEM_TEXT, "early or settled.", false, phase_values},
    {"position", MEM_INT, "From 1.", false, NULL},
    {"component", MEM_ENTITY, "What is lost, together with the other positions.", true, NULL},
};

ContractTables kernel_contract(const Kernels *kernels, const FaultSets *sets) {
    Arena *scratch = arena_open(0);
    ContractFill fill = {.kernels = kernels,
                         .sets = sets,
                         .contracts = {.arena = scratch, .column_count = 7},
                         .losses = {.arena = scratch, .column_count = 5}};
    size_t count;
    ServiceContract *contracts = sorted_contracts(scratch, kernels->faults, &count);
    if (count) {
        unknowns_init(&fill.unknowns, scratch, kernels->faults);
    }
    for (size_t i = 0; i < count;) {
        size_t same = 1;
        while (i + same < count && str_eq(contracts[i].term, contracts[i + same].term)) {
            same++;
        }
        try_contracts(&fill, contracts + i, same);
        i += same;
    }
    ContractTables tables = {table_of_rows(kernels->arena, "contract",
                                           "What services must survive, and whether they do.",
                                           contract_columns, &fill.contracts),
                             table_of_rows(kernels->arena, "contract_loss",
                                           "A smallest combination of losses that breaks a term.",
                                           loss_columns, &fill.losses)};
    arena_close(scratch);
    return tables;
}
