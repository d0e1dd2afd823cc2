/* What a set of losses at once does to the services of a run: what stops, what is interrupted until
 * slower recovery has acted, what keeps running and on what it then hangs. */
#ifndef RULE_IMPACT_H
#define RULE_IMPACT_H

#include "rule/run_facts.h"

typedef enum ServiceState {
    SERVICE_RUNS,
    SERVICE_INTERRUPTED, /* away in the early phase alone */
    SERVICE_STOPS,       /* until somebody repairs something */
    SERVICE_DOWN,        /* with nothing lost */
} ServiceState;

typedef struct ServiceImpact {
    EntityId service;
    ServiceState state;
    bool certain;         /* whatever the facts are that are not stated */
    const EntityId *path; /* from the service to a loss; of what stops or is interrupted */
    size_t path_count;
    /* What recovers it, along the path: interrupted services only. */
    const Protection *const *recoveries;
    size_t recovery_count;
    /* Single losses that stop it from now on and did not before, by phase; of what is up in it. */
    const EntityId *new_failures[FAULT_PHASES];
    size_t new_failure_count[FAULT_PHASES];
} ServiceImpact;

/* One entry a service, in canonical order, in the arena. `losses` are entities of the graph. */
const ServiceImpact *impact_of(Arena *arena, const RunFacts *facts, const EntityId *losses,
                               size_t loss_count, size_t *ret_count);

#endif
