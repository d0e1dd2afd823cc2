/* What a run knows beside its findings, as plain arrays: for diagrams. The pack views diagram_bar,
 * diagram_clash, diagram_fact* and diagram_consumer* say it (docs/pack-files.md); a view that no
 * pack has leaves its array empty. */
#ifndef RULE_RUN_FACTS_H
#define RULE_RUN_FACTS_H

#include "rule/faults.h"
#include "rule/lint.h"

/* A recovery mechanism that acts on a workload. */
typedef struct Protection {
    EntityId workload;
    EntityId scope; /* within which it acts; 0 = not known */
    const Mechanism *mechanism;
    uint32_t order; /* of the mechanism, as the packs have it */
    bool open;      /* a missing fact leaves open whether it is active */
} Protection;

/* Two mechanisms that act on one workload when `failed` fails. */
typedef struct Clash {
    EntityId workload, failed;
    const Mechanism *lower, *upper;
} Clash;

typedef struct CardFact {
    EntityId entity;
    Str text;
    uint32_t position; /* among all rows */
} CardFact;

/* Who uses a service, as a card above it. */
typedef struct Consumer {
    EntityId service;
    Str tile, name, text; /* text may be empty */
} Consumer;

typedef struct RunFacts {
    const Inventory *inventory;
    const Faults *faults;
    const Protection *protections; /* by workload, upper layers first */
    size_t protection_count;
    const Clash *clashes; /* by workload */
    size_t clash_count;
    const CardFact *facts; /* by entity, then as the views' rows come */
    size_t fact_count;
    const Consumer *consumers; /* as the views' rows come */
    size_t consumer_count;
} RunFacts;

/* In the arena. False with errors added if a view cannot be read. */
bool run_facts_read(Lint *lint, Arena *arena, Diags *diags, RunFacts *ret_facts);

#endif
