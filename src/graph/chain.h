/* Findings by cause: of components that stop the same targets in the same phases, the one nearest
 * the service is the subject and those below it, which take it down, are its evidence.
 *
 * A component below that stops more, or that takes the subjects of other findings with it as well
 * (an array under two datastores), or that would stop a target if the subject above it held (a host
 * under an only controller and under a majority of votes), is a subject of its own; so are two
 * components of equal effect of which neither takes the other down. */
#ifndef GRAPH_CHAIN_H
#define GRAPH_CHAIN_H

#include "graph/spof.h"

typedef struct ChainQuery {
    const FaultGraph *early, *settled;           /* the same nodes */
    const SpofResult *early_spof, *settled_spof; /* already restricted to what is judged */
} ChainQuery;

typedef struct ChainResult {
    NodeId *subject; /* by node: the subject of its chain, itself if it is one; NO_NODE = stops
                        nothing */
} ChainResult;

void graph_chains(Arena *arena, const ChainQuery *query, ChainResult *ret_result);

#endif
