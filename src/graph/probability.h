/* The exact probability that a cone's target is down, and how much each component matters.
 *
 * Components fail independently; what they have in common must be a component itself. The diagram's
 * variables stand in the order of a depth-first walk from the target. */
#ifndef GRAPH_PROBABILITY_H
#define GRAPH_PROBABILITY_H

#include "graph/cone.h"

typedef struct Importance {
    NodeId component;
    double birnbaum;       /* dP/dq: P(down | it is down) - P(down | it is up) */
    double fussell_vesely; /* share of P that needs it: (P - P(down | it is up)) / P */
    double achievement;    /* risk achievement worth: P(down | it is down) / P */
} Importance;

typedef struct Probability {
    double value;
    Importance *importance; /* by component, ascending; NULL if not asked for */
    size_t importance_count;
    size_t diagram_nodes;
    bool exact; /* false: over the node budget, nothing else is filled */
} Probability;

/* `unavailability` by node of the fault graph, 0..1. In the arena. */
void cone_probability(const Cone *cone, Arena *arena, const double *unavailability,
                      bool with_importance, size_t node_budget, Probability *ret_probability);

#endif
