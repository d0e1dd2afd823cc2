#include "rule/contract.h"

#include <stdlib.h>

/* Gate touches that one term may cost in one phase; beyond it the term is not judged. */
enum { WORK_BUDGET = 300 * 1000 * 1000 };

/* What became of one service under one term in one phase. */
typedef struct Outcome {
    const ServiceContract *contract;
    NodeId node;
    bool lost;    /* some combination stops it in the pessimistic reading */
    bool certain; /* ... and in the optimistic one: `first`, `second` is such a combination */
    NodeId first, second;
} Outcome;

typedef struct Trial {
    const Kernels *kernels;
    const FaultSets *sets;
    ContractTerm term;
    Outcome *outcomes; /* services with this term */
    size_t outcome_count;
    Cascade *cascades[FAULT_READINGS];
    bool same; /* both readings are one graph */
    int64_t combinations;
    size_t work;
    const char *problem;
} Trial;

static void note(Trial *trial, const NodeId *failed, size_t count) {
    bool checked = false;
    for (size_t i = 0; i < trial->outcome_count; i++) {
        Outcome *outcome = &trial->outcomes[i];
        if (outcome->certain || !cascade_fell(trial->cascades[PESSIMISTIC], outcome->node)) {
            continue;
        }
        if (!trial->same && !checked) {
            trial->work += cascade_run(trial->cascades[OPTIMISTIC], failed, count);
            checked = true;
        }
        bool certain = trial->same || cascade_fell(trial->cascades[OPTIMISTIC], outcome->node);
        if (certain || !outcome->lost) {
            outcome->first = failed[0];
            outcome->second = count > 1 ? failed[1] : NO_NODE;
        }
        outcome->lost = true;
        outcome->certain = certain;
    }
}

/* Loses these nodes; false when the budget is used up. */
static bool lose(Trial *trial, const NodeId *failed, size_t count) {
    trial->combinations++;
    trial->work += cascade_run(trial->cascades[PESSIMISTIC], failed, count) + 1;
    note(trial, failed, count);
    if (trial->work > WORK_BUDGET) {
        trial->problem = "too many combinations";
        return false;
    }
    return true;
}

static bool lose_each(Trial *trial, const FaultMembers *set) {
    for (size_t i = 0; i < set->count; i++) {
        if (!lose(trial, &set->nodes[i], 1)) {
            return false;
        }
    }
    return true;
}

static bool lose_pairs(Trial *trial, const FaultMembers *a, const FaultMembers *b) {
    for (size_t i = 0; i < a->count; i++) {
        for (size_t j = a == b ? i + 1 : 0; j < b->count; j++) {
            const NodeId failed[] = {a->nodes[i], b->nodes[j]};
            if (!lose(trial, failed, failed[0] == failed[1] ? 1 : 2)) {
                return false;
            }
        }
    }
    return true;
}

static const FaultMembers *part_set(const Trial *trial, size_t part) {
    return fault_sets_find(trial->sets, trial->term.parts[part].set);
}

/* A set that lacks members; NULL if none does. */
static const FaultMembers *empty_part(const Trial *trial) {
    for (size_t i = 0; i < trial->term.part_count; i++) {
        const FaultMembers *set = part_set(trial, i);
        if (set->total < (size_t)trial->term.parts[i].count) {
            return set;
        }
    }
    return NULL;
}

/* Losses one by one and in pairs. A contract over more is broken if some pair of it is; else that
 * much is not computed. */
static void try_term(Trial *trial) {
    const ContractTerm *term = &trial->term;
    if (empty_part(trial)) {
        trial->problem = "fewer of them are described";
        return;
    }
    if (term->order == 1) {
        lose_each(trial, part_set(trial, 0));
        return;
    }
    bool good = true;
    for (size_t i = 0; i < term->part_count && good; i++) {
        if (term->parts[i].count > 1) {
            good = lose_pairs(trial, part_set(trial, i), part_set(trial, i));
        }
        for (size_t j = i + 1; j < term->part_count && good; j++) {
            good = lose_pairs(trial, part_set(trial, i), part_set(trial, j));
        }
    }
    /* One of the two may not be in the graph; then the other is lost alone. */
    for (size_t i = 0; i < term->part_count && good; i++) {
        good = lose_each(trial, part_set(trial, i));
    }
    if (good && term->order > 2) {
        trial->problem = "more than two losses at once are not computed";
    }
}

static EntityId entity_of(const Faults *faults, NodeId node) {
    return node == NO_NODE ? MEM_NULL : faults->entities[node];
}

static void add_outcome(const Trial *trial, const Outcome *outcome, FaultPhase phase,
                        TableRows *rows) {
    const Kernels *kernels = trial->kernels;
    const Faults *faults = kernels->faults;
    bool down = faults->graphs[phase][PESSIMISTIC]->base_down[outcome->node];
    const char *problem = down ? "the service is down with nothing failed" : trial->problem;
    bool broken = outcome->certain && !down;
    bool judged = !problem && !outcome->lost;
    const ContractTerm *term = &trial->term;
    Sym set = intern(kernels->interner, term->parts[0].set);
    table_rows_add(
        rows,
        (const int64_t[]){
            outcome->contract->service, intern(kernels->interner, outcome->contract->term),
            kernels->phases[phase], set,
            broken   ? 0
            : judged ? 1
                     : MEM_INT_NULL,
            trial->combinations, outcome->lost ? entity_of(faults, outcome->first) : MEM_NULL,
            outcome->lost ? entity_of(faults, outcome->second) : MEM_NULL,
            problem && !broken ? (int64_t)intern(kernels->interner, str_of(problem)) : MEM_NULL});
}

static int compare_contracts(const void *a, const void *b) {
    const ServiceContract *x = a;
    const ServiceContract *y = b;
    int order = str_cmp(x->term, y->term);
    return order ? order : (x->service > y->service) - (x->service < y->service);
}

static void try_contracts(const Kernels *kernels, const FaultSets *sets, Arena *scratch,
                          const ServiceContract *contracts, size_t count, TableRows *rows) {
    const Faults *faults = kernels->faults;
    for (int phase = EARLY; phase < FAULT_PHASES; phase++) {
        const FaultGraph *worst = faults->graphs[phase][PESSIMISTIC];
        const FaultGraph *best = faults->graphs[phase][OPTIMISTIC];
        Trial trial = {.kernels = kernels, .sets = sets, .same = worst == best};
        const char *reason;
        contract_term_parse(contracts[0].term, &trial.term, &reason);
        trial.cascades[PESSIMISTIC] = cascade_new(scratch, worst);
        trial.cascades[OPTIMISTIC] = trial.same ? NULL : cascade_new(scratch, best);
        trial.outcomes = arena_array(scratch, Outcome, count);
        trial.outcome_count = count;
        for (size_t i = 0; i < count; i++) {
            trial.outcomes[i] = (Outcome){.contract = &contracts[i],
                                          .node = faults_node(faults, contracts[i].service),
                                          .first = NO_NODE,
                                          .second = NO_NODE};
        }
        try_term(&trial);
        for (size_t i = 0; i < count; i++) {
            add_outcome(&trial, &trial.outcomes[i], (FaultPhase)phase, rows);
        }
    }
}

/* Services with the same term are tried together. */
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
    *ret_count = count;
    return contracts;
}

MemTable *kernel_contract(const Kernels *kernels, const FaultSets *sets) {
    static const MemColumn columns[] = {
        {"service", MEM_ENTITY, "The service.", true, NULL},
        {"term", MEM_TEXT, "What it must survive, as stated.", false, NULL},
        {"phase", MEM_TEXT, "early or settled.", false, phase_values},
        {"fault_set", MEM_TEXT, "The first fault set of the term.", false, NULL},
        {"holds", MEM_INT, "1, 0, or NULL if it could not be judged.", false, NULL},
        {"combinations", MEM_INT, "Losses that were tried.", false, NULL},
        {"first", MEM_ENTITY, "A loss that breaks it ...", false, NULL},
        {"second", MEM_ENTITY, "... together with this one.", false, NULL},
        {"problem", MEM_TEXT, "Why it could not be judged.", false, NULL},
    };
    Arena *scratch = arena_open(0);
    TableRows rows = {.arena = scratch, .column_count = 9};
    size_t count;
    ServiceContract *contracts = sorted_contracts(scratch, kernels->faults, &count);
    for (size_t i = 0; i < count;) {
        size_t same = 1;
        while (i + same < count && str_eq(contracts[i].term, contracts[i + same].term)) {
            same++;
        }
        try_contracts(kernels, sets, scratch, contracts + i, same, &rows);
        i += same;
    }
    MemTable *table =
        table_of_rows(kernels->arena, "contract",
                      "What services must survive, and whether they do.", columns, &rows);
    arena_close(scratch);
    return table;
}
