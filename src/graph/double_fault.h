/* All double failures of a whole graph, gate by gate, without listing pairs.
 *
 * One failure damages a redundant gate: it fells some members, too few to fire it. The components
 * that do the same damage to a gate are one class; two classes whose damage together reaches the
 * gate's threshold are a product: any of the one with any of the other fells the gate's owner.
 * Complete: whatever falls only by two failures together falls by a first such gate. (Argument: at
 * the moment the first gate fires that neither failure alone would fire, its members that are down
 * are those of the two damages.) */
#ifndef GRAPH_DOUBLE_FAULT_H
#define GRAPH_DOUBLE_FAULT_H

#include "graph/fault_graph.h"

typedef struct DamageClass {
    GateId gate;
    uint32_t start, count; /* its components, ascending, in DoubleFaults.components */
    uint32_t damage;       /* members of the gate that it fells */
} DamageClass;

/* Any component of one class with any of the other. */
typedef struct FaultProduct {
    GateId gate;
    uint32_t first, second; /* classes, first < second */
} FaultProduct;

typedef struct DoubleFaults {
    DamageClass *classes; /* by gate, then by damage */
    size_t class_count;
    NodeId *components;
    FaultProduct *products; /* by gate */
    size_t product_count;
    uint64_t pair_count; /* (gate, pair of components) that the products stand for */
    bool truncated;      /* over the budget: every product is right, some are missing */
} DoubleFaults;

typedef struct DoubleFaultQuery {
    const FaultGraph *graph;
    const bool *is_component; /* by node */
    size_t record_budget;     /* (component, damaged gate) kept at most */
    size_t product_budget;
    int threads;
} DoubleFaultQuery;

void graph_double_faults(Arena *arena, const DoubleFaultQuery *query, DoubleFaults *ret_faults);

#endif
