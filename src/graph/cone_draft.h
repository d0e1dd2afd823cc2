/* A cone under construction; for the files cone*.c alone. Local numbers: nodes below the target in
 * the order of evaluation, the target last but for cycles. */
#ifndef GRAPH_CONE_DRAFT_H
#define GRAPH_CONE_DRAFT_H

#include "graph/cone.h"

typedef struct DraftGate {
    uint32_t owner, start, count;
    uint32_t threshold; /* may exceed count: then it cannot fire */
} DraftGate;

typedef struct ConeDraft {
    Arena *arena; /* scratch */
    size_t node_count, gate_count;
    uint32_t root;
    uint32_t *ends;
    DraftGate *gates; /* by owner, ascending */
    uint32_t *gate_starts;
    uint32_t *members;
    NodeId *component; /* by node: its own failure; NO_NODE */
    uint32_t *first, *last,
        *next;   /* by node: its class, a list of nodes whose `component` is in it */
    bool *falls; /* by node: some set of failures fells it */
} ConeDraft;

/* Which nodes can fall at all. */
void cone_draft_prune(ConeDraft *draft);

/* Joins what has an equal effect. */
void cone_draft_reduce(ConeDraft *draft);

/* The finished cone, in the arena. */
Cone *cone_draft_finish(const ConeDraft *draft, Arena *arena);

#endif
