/* The services of a run and what each must survive: the pack views service_target and
 * service_contract, read once. */
#ifndef RULE_SERVICES_H
#define RULE_SERVICES_H

#include "rule/pack.h"

typedef struct ServiceTarget {
    EntityId service;
    uint32_t faults; /* classes it must withstand: bits 1u << FaultClass */
} ServiceTarget;

typedef struct ServiceContract {
    EntityId service;
    Str term;
} ServiceContract;

typedef struct Services {
    ServiceTarget *targets; /* by id */
    size_t target_count;
    ServiceContract *contracts; /* by service, then as stated */
    size_t contract_count;
} Services;

/* False with errors added. */
bool services_read(Arena *arena, const Packs *packs, const Catalog *catalog, Diags *diags,
                   Services *ret_services);

/* Classes that some service must withstand: bits 1u << FaultClass. */
uint32_t services_faults(const Services *services);

/* NULL if it is no service. */
const ServiceTarget *services_find(const Services *services, EntityId id);

#endif
