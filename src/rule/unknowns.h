/* What a provider that is not known may be, or stand on. */
#ifndef RULE_UNKNOWNS_H
#define RULE_UNKNOWNS_H

#include "rule/faults.h"

/* Kinds of entities that providers of each gate label are, and what stands below those; where no
 * provider of a label is known anywhere, everything. */
typedef struct Unknowns {
    const Faults *faults;
    size_t kind_count;
    bool *reach; /* label * kind_count + kind */
    bool *any;   /* by label */
} Unknowns;

void unknowns_init(Unknowns *unknowns, Arena *arena, const Faults *faults);

/* True if the unknown component (a node without entity) may fall with something of these kinds;
 * `kinds` by KindId. */
bool unknowns_may_fall(const Unknowns *unknowns, NodeId node, const bool *kinds);

#endif
