/* How likely a service is down, as a range, and what that range rests on.
 *
 * Lower end: every component down as little as its data allow, what is not stated as good as it can
 * be. Upper end: the opposite. The function is monotone, so the truth lies between, if the data and
 * the assumptions hold. All components count, whatever classes of faults the service must
 * withstand: what takes several at once (site, patch ring, certificate, firmware) is a component
 * like others. */
#ifndef RULE_CHANCES_H
#define RULE_CHANCES_H

#include "graph/probability.h"
#include "rule/failure_data.h"

typedef enum ChanceEnd { CHANCE_LEAST, CHANCE_MOST, CHANCE_ENDS } ChanceEnd;

/* Share of the time that the service is down; importance by component, components without failure
 * data left out. */
typedef struct ServiceChance {
    Probability ends[CHANCE_ENDS];
    bool exact; /* false: a decision diagram was over its limit, there is no range */
    /* What may fail below the service, at the upper end, as nodes of the fault graph. */
    const NodeId *counted;
    size_t counted_count;
    const NodeId *left_out; /* no failure data; or a component of which nobody says what it is */
    size_t left_out_count;
} ServiceChance;

typedef struct ChanceFinder ChanceFinder;

/* Closed with chance_finder_close; results live in the arena that is given. */
ChanceFinder *chance_finder_open(const Faults *faults);
void chance_finder_close(ChanceFinder *finder);

/* The service must be one of the run (services_find). */
void chance_finder_run(ChanceFinder *finder, Arena *arena, EntityId service, FaultPhase phase,
                       ServiceChance *ret_chance);

#endif
