#include "rule/impact.h"

#include <stdlib.h>

#include "base/threads.h"

typedef struct ImpactRun {
    Arena *arena, *scratch;
    const RunFacts *facts;
    const Faults *faults;
    Cascade *cascades[FAULT_PHASES][FAULT_READINGS];
    SpofResult degraded[FAULT_PHASES]; /* after the losses */
} ImpactRun;

/* ---- what falls ---- */

static bool is_down(const ImpactRun *run, FaultPhase phase, FaultReading reading, NodeId node) {
    return run->faults->graphs[phase][reading]->base_down[node] ||
           cascade_fell(run->cascades[phase][reading], node);
}

static void lose(ImpactRun *run, const NodeId *nodes, size_t count) {
    for (FaultPhase p = EARLY; p < FAULT_PHASES; p++) {
        for (FaultReading r = PESSIMISTIC; r < FAULT_READINGS; r++) {
            run->cascades[p][r] = cascade_new(run->scratch, run->faults->graphs[p][r]);
            cascade_run(run->cascades[p][r], nodes, count);
        }
    }
}

static ServiceState state_in(const ImpactRun *run, FaultReading reading, NodeId service) {
    if (run->faults->graphs[SETTLED][reading]->base_down[service]) {
        return SERVICE_DOWN;
    }
    if (is_down(run, SETTLED, reading, service)) {
        return SERVICE_STOPS;
    }
    return is_down(run, EARLY, reading, service) ? SERVICE_INTERRUPTED : SERVICE_RUNS;
}

/* ---- how it comes back ---- */

static bool recovers(const Protection *protection) {
    return protection->mechanism->automatic &&
           str_eq(protection->mechanism->action, STR("restart"));
}

static void add_recoveries(const ImpactRun *run, ServiceImpact *impact) {
    const RunFacts *facts = run->facts;
    VEC(const Protection *) found = {0};
    for (size_t i = 0; i < impact->path_count; i++) {
        for (size_t p = 0; p < facts->protection_count; p++) {
            const Protection *protection = &facts->protections[p];
            if (protection->workload == impact->path[i] && recovers(protection)) {
                vec_push(run->arena, &found, protection);
            }
        }
    }
    impact->recoveries = found.items;
    impact->recovery_count = found.count;
}

static void add_path(const ImpactRun *run, FaultPhase phase, NodeId service,
                     ServiceImpact *impact) {
    size_t most = run->cascades[phase][PESSIMISTIC]->count;
    NodeId *nodes = arena_array(run->scratch, NodeId, most);
    EntityId *path = arena_array(run->arena, EntityId, most);
    size_t count = cascade_path(run->cascades[phase][PESSIMISTIC], service, nodes, most);
    for (size_t i = 0; i < count; i++) {
        EntityId entity = run->faults->entities[nodes[i]];
        EntityId before = impact->path_count ? path[impact->path_count - 1] : 0;
        if (entity && !(before && inventory_is_namesake(run->faults->inventory, entity, before))) {
            path[impact->path_count++] = entity;
        }
    }
    impact->path = path;
}

/* ---- on what it hangs ---- */

static void analyse_degraded(ImpactRun *run, FaultPhase phase, const NodeId *nodes, size_t count) {
    const Faults *faults = run->faults;
    bool *is_component = arena_array(run->scratch, bool, faults->node_count);
    faults_components(faults, FAULTS_ANY, is_component);
    SpofQuery query = {
        .graph = graph_after(run->scratch, faults->graphs[phase][PESSIMISTIC], nodes, count),
        .is_component = is_component,
        .is_target = faults->is_target,
        .pair_budget = (size_t)10 * 1000 * 1000,
        .threads = processor_count()};
    graph_spof(run->scratch, &query, &run->degraded[phase]);
}

static void add_new_failures(const ImpactRun *run, FaultPhase phase, NodeId service,
                             ServiceImpact *impact) {
    const Faults *faults = run->faults;
    const SpofResult *before = &faults->spof[phase][PESSIMISTIC];
    VEC(EntityId) found = {0};
    for (size_t v = 0; v < faults->node_count; v++) {
        NodeId node = (NodeId)v;
        if (faults_stops(&run->degraded[phase], node, service) &&
            !faults_stops(before, node, service) && faults_is_judged(faults, node, service)) {
            vec_push(run->arena, &found, faults->entities[v]);
        }
    }
    impact->new_failures[phase] = found.items;
    impact->new_failure_count[phase] = found.count;
}

static ServiceImpact impact_on(ImpactRun *run, NodeId service) {
    ServiceImpact impact = {.service = run->faults->entities[service],
                            .state = state_in(run, PESSIMISTIC, service)};
    impact.certain = state_in(run, OPTIMISTIC, service) == impact.state;
    if (impact.state == SERVICE_STOPS || impact.state == SERVICE_INTERRUPTED) {
        add_path(run, impact.state == SERVICE_STOPS ? SETTLED : EARLY, service, &impact);
    }
    if (impact.state == SERVICE_INTERRUPTED) {
        add_recoveries(run, &impact);
    }
    if (impact.state == SERVICE_RUNS) {
        add_new_failures(run, EARLY, service, &impact);
    }
    if (impact.state == SERVICE_RUNS || impact.state == SERVICE_INTERRUPTED) {
        add_new_failures(run, SETTLED, service, &impact);
    }
    return impact;
}

const ServiceImpact *impact_of(Arena *arena, const RunFacts *facts, const EntityId *losses,
                               size_t loss_count, size_t *ret_count) {
    const Faults *faults = facts->faults;
    ImpactRun run = {.arena = arena, .scratch = arena_open(0), .facts = facts, .faults = faults};
    NodeId *nodes = arena_array(run.scratch, NodeId, loss_count);
    size_t count = 0;
    for (size_t i = 0; i < loss_count; i++) {
        NodeId node = faults_node(faults, losses[i]);
        if (node != NO_NODE) {
            nodes[count++] = node;
        }
    }
    lose(&run, nodes, count);
    analyse_degraded(&run, EARLY, nodes, count);
    analyse_degraded(&run, SETTLED, nodes, count);
    VEC(ServiceImpact) impacts = {0};
    for (size_t v = 0; v < faults->node_count; v++) {
        if (faults->is_target[v] && faults->entities[v]) {
            vec_push(arena, &impacts, impact_on(&run, (NodeId)v));
        }
    }
    arena_close(run.scratch);
    *ret_count = impacts.count;
    return impacts.items;
}
