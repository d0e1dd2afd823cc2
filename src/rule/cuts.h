/* Minimal cut sets of the services of a run, and of the redundant groups they stand on. Components
 * are those of the classes of faults that the service must withstand. */
#ifndef RULE_CUTS_H
#define RULE_CUTS_H

#include "graph/cut_sets.h"
#include "rule/faults.h"

/* Components of equal effect. */
typedef struct LossClass {
    const EntityId *items; /* by id */
    size_t count;
} LossClass;

/* One loss of each class, any of them, stops the service. */
typedef struct ServiceCut {
    LossClass losses[CUT_ORDER_MAX];
    uint32_t order;
    bool certain; /* whatever the facts are that are not stated */
} ServiceCut;

typedef struct ServiceCuts {
    const ServiceCut *sets; /* by order, then by losses */
    size_t count;
    uint64_t totals[CUT_ORDER_MAX + 1]; /* by order: sets of single components */
    bool is_down;                       /* the service does not work with nothing lost */
    bool truncated;                     /* the work limit was reached: some sets are missing */
} ServiceCuts;

/* By node of the fault graphs: what may fail below the service, as it must withstand it. */
void cut_components(const Faults *faults, EntityId service, bool *ret_is_component);

typedef struct CutFinder CutFinder;

/* Closed with cut_finder_close; results live in the arena that is given. `work`: nodes simulated
 * for one service. */
CutFinder *cut_finder_open(const Faults *faults, size_t work);
void cut_finder_close(CutFinder *finder);

/* The service must be one of the run (services_find). */
void cut_finder_run(CutFinder *finder, Arena *arena, EntityId service, FaultPhase phase, int order,
                    ServiceCuts *ret_cuts);

#endif
