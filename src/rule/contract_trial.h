/* Tries one term of a contract on the fault graphs of one phase, for all services that state it. */
#ifndef RULE_CONTRACT_TRIAL_H
#define RULE_CONTRACT_TRIAL_H

#include "rule/combination.h"
#include "rule/contract.h"
#include "rule/unknowns.h"

/* What became of one service. */
typedef struct Outcome {
    const ServiceContract *contract;
    NodeId node;
    bool lost;    /* a combination stops it in the pessimistic reading */
    bool certain; /* ... and in the optimistic one */
    NodeId
        *losses; /* the first such combination, and so a smallest one; certain ones are preferred */
    size_t loss_count;
} Outcome;

typedef struct Trial {
    Arena *scratch;
    const Faults *faults;
    const FaultSets *sets;
    const Unknowns *unknowns;
    ContractTerm term;
    Outcome *outcomes;
    size_t outcome_count, certain_count;
    const FaultGraph *worst, *best; /* of the phase */
    Cascade *worst_cascade, *best_cascade;
    bool same;      /* both say the same: one graph, nothing unknown that the term may stop */
    NodeId *failed; /* unknown components that the term may stop, then a combination */
    size_t unknown_count;
    int64_t combinations; /* losses that were tried */
    size_t work;
    const char *problem; /* why the term could not be judged to the end; NULL */
} Trial;

/* The services' contracts, all of one good term. In scratch. */
void trial_run(Trial *trial, const ServiceContract *contracts, size_t count);

#endif
