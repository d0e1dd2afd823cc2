/* Rows of all needs statements: what each node of the fault graph requires. */
#ifndef RULE_NEEDS_H
#define RULE_NEEDS_H

#include "rule/pack.h"

enum { IN_EARLY = 1u << 0, IN_SETTLED = 1u << 1 };

enum { AT_LEAST_ALL = -1 };

typedef struct NeedsRow {
    EntityId node;
    EntityId provider;  /* 0 = not known */
    EntityId container; /* of an unknown provider: those of one container are one component */
    uint32_t label;     /* index into Needs.labels */
    int32_t at_least;
    uint16_t statement; /* index into Needs.statements */
    uint8_t phases;     /* IN_EARLY, IN_SETTLED */
    bool open;          /* a missing fact leaves open whether it holds */
} NeedsRow;

typedef VEC(NeedsRow) NeedsRows;

/* Says only that the gate is there: no provider, nothing open, a number that is needed. */
static inline bool needs_is_marker(const NeedsRow *row) {
    return !row->provider && !row->open && row->at_least != AT_LEAST_ALL;
}

/* Its provider exists, but nobody says which one it is. */
static inline bool needs_is_unknown(const NeedsRow *row) {
    return !row->provider && !needs_is_marker(row);
}

/* Unknown providers of one container are one. */
static inline bool needs_same_provider(const NeedsRow *a, const NeedsRow *b) {
    return a->provider == b->provider && (a->provider || a->container == b->container);
}

typedef struct Needs {
    NeedsRow *rows; /* by node, label, provider (unknown ones by container), statement */
    size_t count;
    uint32_t *starts; /* of a node's rows, by id; one more behind the highest id */
    const NeedsRule **statements;
    size_t statement_count;
    Sym *labels; /* in order of text */
    size_t label_count;
    EntityId node_limit; /* highest id */
    EdgeKind edge;
    bool has_open; /* some row is open or its provider is not known */
} Needs;

/* Runs the statements of all packs on up to `threads` threads, one connection each. The needs of
 * each kind of edge are apart; they share labels and statements. False with errors added. */
bool needs_collect(Arena *arena, const Packs *packs, const Catalog *catalog, Diags *diags,
                   int threads, Needs ret_needs[EDGE_KINDS]);

/* Rows of one node. */
static inline const NeedsRow *needs_of(const Needs *needs, EntityId node, size_t *ret_count) {
    *ret_count = node <= needs->node_limit ? needs->starts[node + 1] - needs->starts[node] : 0;
    return *ret_count ? needs->rows + needs->starts[node] : NULL;
}

#endif
