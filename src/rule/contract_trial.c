#include "rule/contract_trial.h"

/* Gate touches that one term may cost in one phase; beyond it the term is not judged. */
enum { WORK_BUDGET = 300 * 1000 * 1000 };

static void keep_losses(Trial *trial, Outcome *outcome, size_t count) {
    outcome->losses = arena_array(trial->scratch, NodeId, count);
    outcome->loss_count = count;
    for (size_t i = 0; i < count; i++) {
        outcome->losses[i] = trial->failed[trial->unknown_count + i];
    }
}

static void note(Trial *trial, size_t count) {
    bool checked = false;
    for (size_t i = 0; i < trial->outcome_count; i++) {
        Outcome *outcome = &trial->outcomes[i];
        if (outcome->certain || !cascade_fell(trial->worst_cascade, outcome->node)) {
            continue;
        }
        if (!trial->same && !checked) {
            trial->work +=
                cascade_run(trial->best_cascade, trial->failed + trial->unknown_count, count);
            checked = true;
        }
        bool certain = trial->same || cascade_fell(trial->best_cascade, outcome->node);
        if (certain || !outcome->lost) {
            keep_losses(trial, outcome, count);
        }
        outcome->lost = true;
        outcome->certain = certain;
        trial->certain_count += certain;
    }
}

/* Loses the combination that stands in `failed`, and with it, in the pessimistic reading, what is
 * not known and may stand on it. False when the budget is used up. */
static bool lose(Trial *trial, size_t count) {
    trial->combinations += count > 0;
    trial->work +=
        cascade_run(trial->worst_cascade, trial->failed, trial->unknown_count + count) + 1;
    note(trial, count);
    if (trial->work > WORK_BUDGET) {
        trial->problem = "too many combinations";
        return false;
    }
    return true;
}

static const FaultMembers *part_set(const Trial *trial, size_t part) {
    return fault_sets_find(trial->sets, trial->term.parts[part].set);
}

static bool has_node(const NodeId *nodes, size_t count, NodeId node) {
    for (size_t i = 0; i < count; i++) {
        if (nodes[i] == node) {
            return true;
        }
    }
    return false;
}

/* The nodes of a combination; 0 if one stands in two parts: without it, it was tried before. */
static size_t failed_nodes(const Trial *trial, const Combination *combination) {
    NodeId *nodes = trial->failed + trial->unknown_count;
    size_t count = 0;
    for (size_t part = 0; part < combination->part_count; part++) {
        const FaultMembers *set = part_set(trial, part);
        for (size_t i = 0; i < combination->counts[part]; i++) {
            NodeId node = set->nodes[combination->indexes[part][i]];
            if (has_node(nodes, count, node)) {
                return 0;
            }
            nodes[count++] = node;
        }
    }
    return count;
}

/* False if a set lacks members. */
static bool sets_suffice(const Trial *trial) {
    for (size_t i = 0; i < trial->term.part_count; i++) {
        if (part_set(trial, i)->total < (size_t)trial->term.parts[i].count) {
            return false;
        }
    }
    return true;
}

static void find_unknowns(Trial *trial) {
    const Faults *faults = trial->faults;
    size_t count = faults->node_count - faults->first_unknown;
    trial->failed = arena_array(trial->scratch, NodeId, count + (size_t)trial->term.order);
    for (size_t i = 0; i < count; i++) {
        NodeId node = faults->first_unknown + (NodeId)i;
        bool may = false;
        for (size_t part = 0; part < trial->term.part_count && !may; part++) {
            may = unknowns_may_fall(trial->unknowns, node, part_set(trial, part)->kinds);
        }
        if (may) {
            trial->failed[trial->unknown_count++] = node;
        }
    }
    trial->same = trial->worst == trial->best && !trial->unknown_count;
}

/* Losing less never stops more, so smaller combinations are tried too and come first: what is named
 * is a smallest one. */
static void try_term(Trial *trial) {
    if (!sets_suffice(trial)) {
        trial->problem = "the inventory describes fewer of them";
        return;
    }
    find_unknowns(trial);
    size_t sizes[TERM_PARTS_MAX] = {0};
    for (size_t i = 0; i < trial->term.part_count; i++) {
        sizes[i] = part_set(trial, i)->count;
    }
    Combination *combination = arena_new(trial->scratch, Combination);
    combination_init(combination, &trial->term, sizes);
    bool good = lose(trial, 0);
    while (good && trial->certain_count < trial->outcome_count && combination_next(combination)) {
        size_t count = failed_nodes(trial, combination);
        good = !count || lose(trial, count);
    }
}

void trial_run(Trial *trial, const ServiceContract *contracts, size_t count) {
    const char *reason;
    contract_term_parse(contracts[0].term, &trial->term, &reason);
    trial->worst_cascade = cascade_new(trial->scratch, trial->worst);
    trial->best_cascade = cascade_new(trial->scratch, trial->best);
    trial->outcomes = arena_array(trial->scratch, Outcome, count);
    trial->outcome_count = count;
    for (size_t i = 0; i < count; i++) {
        NodeId node = faults_node(trial->faults, contracts[i].service);
        trial->outcomes[i] = (Outcome){.contract = &contracts[i], .node = node};
    }
    try_term(trial);
}
