/* Random fault graphs with cycles, k-of-n gates, shared nodes and repeated members, and the
 * definition of "down" computed naively. Include after <cmocka.h>. */
#ifndef TEST_RANDOM_GRAPH_H
#define TEST_RANDOM_GRAPH_H

#include <stdlib.h>
#include <string.h>

#include "graph/fault_graph.h"

enum { MOST_NODES = 24, MOST_GATES = 48, MOST_MEMBERS = 5 };

typedef struct Random {
    uint64_t state;
} Random;

static inline uint32_t draw(Random *random, uint32_t n) {
    random->state ^= random->state << 13;
    random->state ^= random->state >> 7;
    random->state ^= random->state << 17;
    return (uint32_t)((random->state >> 11) % n);
}

/* So many graphs, or as many times as many as TOPOLINT_TEST_FACTOR says. */
static inline int graphs(int usual) {
    const char *text = getenv("TOPOLINT_TEST_FACTOR");
    int factor = text ? (int)strtol(text, NULL, 10) : 1;
    return factor > 1 ? usual * factor : usual;
}

typedef struct RandomGraph {
    size_t nodes, gates;
    NodeId owners[MOST_GATES];
    uint32_t needed[MOST_GATES], starts[MOST_GATES + 1];
    NodeId members[MOST_GATES * MOST_MEMBERS];
} RandomGraph;

static inline void make(RandomGraph *graph, Random *random, uint32_t most_nodes,
                        uint32_t most_gates) {
    graph->nodes = 2 + draw(random, most_nodes - 2);
    graph->gates = draw(random, most_gates);
    graph->starts[0] = 0;
    for (size_t g = 0; g < graph->gates; g++) {
        uint32_t n = 1 + draw(random, MOST_MEMBERS);
        graph->owners[g] = draw(random, (uint32_t)graph->nodes);
        graph->needed[g] = draw(random, 20) == 0 ? n + 1 : 1 + draw(random, n);
        for (uint32_t i = 0; i < n; i++) {
            graph->members[graph->starts[g] + i] = draw(random, (uint32_t)graph->nodes);
        }
        graph->starts[g + 1] = graph->starts[g] + n;
    }
}

/* Least fixpoint of "down" by repeated sweeps; bit v of `failed` = v failed. */
static inline void naive_set(const RandomGraph *graph, uint32_t failed, bool *down) {
    for (size_t v = 0; v < graph->nodes; v++) {
        down[v] = failed >> v & 1;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t g = 0; g < graph->gates; g++) {
            uint32_t alive = 0;
            for (uint32_t i = graph->starts[g]; i < graph->starts[g + 1]; i++) {
                alive += !down[graph->members[i]];
            }
            if (alive < graph->needed[g] && !down[graph->owners[g]]) {
                down[graph->owners[g]] = true;
                changed = true;
            }
        }
    }
}

static inline void naive(const RandomGraph *graph, NodeId failed, bool *down) {
    naive_set(graph, failed == NO_NODE ? 0 : 1u << failed, down);
}

/* The same for 64 sets of failures at once: bit i of failed[v] = v failed in set i. */
static inline void naive_words(const RandomGraph *graph, const uint64_t *failed, uint64_t *down) {
    memcpy(down, failed, graph->nodes * sizeof *down);
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t g = 0; g < graph->gates; g++) {
            uint64_t alive[MOST_MEMBERS + 2] = {UINT64_MAX}; /* at least i members are */
            for (uint32_t i = graph->starts[g]; i < graph->starts[g + 1]; i++) {
                for (int k = MOST_MEMBERS; k > 0; k--) {
                    alive[k] |= alive[k - 1] & ~down[graph->members[i]];
                }
            }
            uint64_t fallen = ~alive[graph->needed[g]] & ~down[graph->owners[g]];
            down[graph->owners[g]] |= fallen;
            changed = changed || fallen;
        }
    }
}

static inline FaultGraph *build(Arena *arena, const RandomGraph *graph) {
    GraphSpec spec = {graph->nodes,  graph->gates,  graph->owners,
                      graph->needed, graph->starts, graph->members};
    return graph_build(arena, &spec);
}

#endif
