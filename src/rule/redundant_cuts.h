/* Cut sets of order 1 and 2 of every redundant group (a gate with k < n) of a run. */
#ifndef RULE_REDUNDANT_CUTS_H
#define RULE_REDUNDANT_CUTS_H

#include "graph/pair_groups.h"
#include "rule/cuts.h"

typedef struct GroupPairs {
    const LossClass *classes; /* that `groups` speak of */
    const PairGroup *groups;
    size_t count;
    uint64_t total; /* pairs of components */
    bool certain;   /* whatever the facts are that are not stated */
} GroupPairs;

typedef struct RedundantCuts {
    EntityId owner; /* what the group fells */
    Str label;      /* of its gate */
    uint32_t k, n;
    const EntityId *single; /* losses that fell it alone */
    size_t single_count;
    GroupPairs pairs[2]; /* certain ones, and those that are not */
} RedundantCuts;

typedef struct RedundantCutsList {
    RedundantCuts *items; /* by owner; groups without any cut set are left out */
    size_t count;
    bool truncated; /* a limit was reached: some pairs are missing */
} RedundantCutsList;

/* Components are those of the classes of faults that some service must withstand. In the arena. */
void redundant_cuts(Arena *arena, const Faults *faults, FaultPhase phase, int order, int threads,
                    RedundantCutsList *ret_list);

#endif
