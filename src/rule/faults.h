/* The fault graphs of a run: dense nodes over the entities that occur in needs, one graph for each
 * phase and reading of what is open (gates.h), and what every single failure stops in each. */
#ifndef RULE_FAULTS_H
#define RULE_FAULTS_H

#include "graph/spof.h"
#include "rule/needs.h"
#include "rule/services.h"

typedef enum FaultPhase { EARLY, SETTLED, FAULT_PHASES } FaultPhase;
typedef enum FaultReading { PESSIMISTIC, OPTIMISTIC, FAULT_READINGS } FaultReading;

/* Unknown providers of one label in one container are one component. */
typedef struct UnknownKey {
    uint32_t label;
    EntityId container;
} UnknownKey;

typedef struct Faults {
    const Inventory *inventory;
    const Needs *needs; /* what it takes to run */
    const Needs *start; /* what it takes to start beyond that */
    const Services *services;
    NodeId *nodes;      /* by entity id; NO_NODE = does not occur */
    EntityId *entities; /* by node; 0 = an unknown component */
    size_t node_count;
    NodeId first_unknown; /* unknown components are the last nodes */
    UnknownKey *unknowns; /* those; sorted */
    size_t unknown_count;
    FaultClass *faults; /* by node; FAULT_NONE for what does not fail by itself */
    bool *is_target;    /* by node: a service */
    /* Equal graphs are one: compare pointers. */
    const FaultGraph *graphs[FAULT_PHASES][FAULT_READINGS];
    const uint32_t *labels[FAULT_PHASES][FAULT_READINGS]; /* by gate: index into needs->labels */
    SpofResult spof[FAULT_PHASES][FAULT_READINGS];
} Faults;

/* On up to `threads` threads. The needs must agree (gates_check). */
void faults_build(Arena *arena, const Inventory *inventory, const Needs needs[EDGE_KINDS],
                  const Services *services, int threads, Faults *ret_faults);

/* The settled graph with what it takes to start beside what it takes to run; the settled graph
 * itself if that is nothing. `ret_labels` as `labels`. */
const FaultGraph *faults_start_graph(Arena *arena, const Faults *faults, FaultReading reading,
                                     const uint32_t **ret_labels);

/* (component, service) pairs kept at most of one graph. */
enum { FAULTS_PAIR_BUDGET = 20 * 1000 * 1000 };

/* All single failures of all graphs, on up to `threads` threads. False if they are too many. */
bool faults_spof(Arena *arena, Faults *faults, int threads);

#define FAULTS_ANY (~(1u << FAULT_NONE)) /* all classes of faults */

/* By node: whether it is an entity that fails by itself with one of these classes. */
void faults_components(const Faults *faults, uint32_t classes, bool *ret_is_component);

/* True if the service must survive the loss of the component. */
bool faults_is_judged(const Faults *faults, NodeId component, NodeId service);

/* True if the component stops the service in this result. */
bool faults_stops(const SpofResult *result, NodeId component, NodeId service);

/* What the loss of a component does, whatever the facts that are open, to the services that must
 * survive it. `ret_tried`: there are such services at all. */
typedef enum Loss { LOSS_NONE, LOSS_INTERRUPTS, LOSS_STOPS } Loss;
Loss faults_loss(const Faults *faults, NodeId component, bool *ret_tried);

static inline NodeId faults_node(const Faults *faults, EntityId id) {
    return id <= faults->needs->node_limit ? faults->nodes[id] : NO_NODE;
}

#endif
