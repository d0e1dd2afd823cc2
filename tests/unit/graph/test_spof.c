/* The kernel against the definition: on random graphs with cycles, k-of-n gates and shared nodes,
 * each node is removed and a naive fixpoint computed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "graph/chain.h"

#include "random_graph.h"

enum { GRAPHS = 4000 };

static void check_component(const RandomGraph *graph, const SpofResult *result, const bool *base,
                            NodeId x) {
    bool down[MOST_NODES];
    naive(graph, x, down);
    uint32_t at = result->starts[x];
    for (NodeId v = 0; v < graph->nodes; v++) {
        bool stopped = down[v] && !base[v] && !base[x] && v != x;
        if (stopped) {
            assert_true(at < result->starts[x + 1]);
            assert_int_equal(result->targets[at], v);
            at++;
        }
    }
    assert_int_equal(at, result->starts[x + 1]);
    assert_int_equal(result->target_counts[x], at - result->starts[x]);
}

static void test_against_definition(void **state) {
    (void)state;
    Random random = {88172645463325252u};
    static RandomGraph graph;
    size_t pairs = 0;
    for (int i = 0; i < graphs(GRAPHS); i++) {
        Arena *arena = arena_open(0);
        make(&graph, &random, MOST_NODES, MOST_GATES);
        FaultGraph *built = build(arena, &graph);
        bool base[MOST_NODES];
        naive(&graph, NO_NODE, base);
        for (size_t v = 0; v < graph.nodes; v++) {
            assert_int_equal(built->base_down[v], base[v]);
            assert_int_equal(built->base_gate[v] != NO_GATE, base[v]);
        }
        bool all[MOST_NODES];
        for (size_t v = 0; v < MOST_NODES; v++) {
            all[v] = true;
        }
        SpofResult result;
        SpofQuery query = {built, all, all, SIZE_MAX, 1 + i % 2};
        graph_spof(arena, &query, &result);
        for (NodeId x = 0; x < graph.nodes; x++) {
            check_component(&graph, &result, base, x);
            pairs += result.target_counts[x];
        }
        arena_close(arena);
    }
    assert_true(pairs > 10000); /* the graphs do hold single points of failure */
}

static void test_budget_is_said(void **state) {
    (void)state;
    Arena *arena = arena_open(0);
    NodeId owners[] = {0, 1};
    uint32_t needed[] = {1, 1};
    uint32_t starts[] = {0, 1, 2};
    NodeId members[] = {1, 2};
    GraphSpec spec = {3, 2, owners, needed, starts, members};
    bool all[] = {true, true, true};
    SpofQuery query = {graph_build(arena, &spec), all, all, 1, 1};
    SpofResult result;
    graph_spof(arena, &query, &result);
    assert_true(result.truncated);
    assert_int_equal(result.target_counts[2], 2);
    arena_close(arena);
}

/* A path from what fell to what failed, each step a member of the gate that fired. */
static void test_paths(void **state) {
    (void)state;
    Random random = {42};
    static RandomGraph graph;
    for (int i = 0; i < 500; i++) {
        Arena *arena = arena_open(0);
        make(&graph, &random, MOST_NODES, MOST_GATES);
        FaultGraph *built = build(arena, &graph);
        Cascade *cascade = cascade_new(arena, built);
        NodeId failed = draw(&random, (uint32_t)graph.nodes);
        cascade_run(cascade, &failed, 1);
        for (size_t k = 0; k < cascade->count; k++) {
            NodeId path[MOST_NODES];
            size_t length = cascade_path(cascade, cascade->queue[k], path, MOST_NODES);
            assert_int_equal(path[0], cascade->queue[k]);
            assert_int_equal(path[length - 1], failed);
        }
        arena_close(arena);
    }
}

/* Two datastores on one array, each under a service: the array stops what both stop together. */
static void test_chains(void **state) {
    (void)state;
    /* 0,1 services; 2,3 servers; 4,5 datastores; 6 array; 7 a datastore below 2 alone's datastore
     */
    Arena *arena = arena_open(0);
    NodeId owners[] = {0, 1, 2, 3, 4, 5};
    uint32_t needed[] = {1, 1, 1, 1, 1, 1};
    uint32_t starts[] = {0, 1, 2, 3, 4, 5, 6};
    NodeId members[] = {2, 3, 4, 5, 6, 6};
    GraphSpec spec = {7, 6, owners, needed, starts, members};
    bool components[] = {false, false, true, true, true, true, true};
    bool targets[] = {true, true, false, false, false, false, false};
    FaultGraph *graph = graph_build(arena, &spec);
    SpofQuery query = {graph, components, targets, 1000, 1};
    SpofResult result;
    graph_spof(arena, &query, &result);
    ChainQuery chains = {graph, graph, &result, &result};
    ChainResult found;
    graph_chains(arena, &chains, &found);
    assert_int_equal(found.subject[2], 2);
    assert_int_equal(found.subject[4], 2); /* evidence of the server above it */
    assert_int_equal(found.subject[3], 3);
    assert_int_equal(found.subject[5], 3);
    assert_int_equal(found.subject[6], 6);
    assert_int_equal(found.subject[0], NO_NODE);
    arena_close(arena);
}

/* A host under the only directory and under two of three votes; a rack below it. */
static void test_chain_of_two_causes(void **state) {
    (void)state;
    /* 0 database; 1 directory; 2 quorum; 3 controller; 4,5,6 voters; 7 host; 8 rack */
    Arena *arena = arena_open(0);
    NodeId owners[] = {0, 1, 2, 3, 4, 5, 7};
    uint32_t needed[] = {2, 1, 2, 1, 1, 1, 1};
    uint32_t starts[] = {0, 2, 3, 6, 7, 8, 9, 10};
    NodeId members[] = {1, 2, 3, 4, 5, 6, 7, 7, 7, 8};
    GraphSpec spec = {9, 7, owners, needed, starts, members};
    bool components[] = {false, false, false, true, true, true, true, true, true};
    bool targets[9] = {true};
    FaultGraph *graph = graph_build(arena, &spec);
    SpofQuery query = {graph, components, targets, 1000, 1};
    SpofResult result;
    graph_spof(arena, &query, &result);
    ChainQuery chains = {graph, graph, &result, &result};
    ChainResult found;
    graph_chains(arena, &chains, &found);
    assert_int_equal(found.subject[3], 3);
    assert_int_equal(found.subject[7], 7); /* with another controller it would stop it still */
    assert_int_equal(found.subject[8], 7);
    assert_int_equal(found.subject[4], NO_NODE);
    arena_close(arena);
}

static void test_cycles(void **state) {
    (void)state;
    Arena *arena = arena_open(0);
    NodeId owners[] = {0, 1, 2, 3};
    uint32_t needed[] = {1, 1, 1, 1};
    uint32_t starts[] = {0, 1, 2, 3, 4};
    NodeId members[] = {1, 2, 0, 3};
    GraphSpec spec = {5, 4, owners, needed, starts, members};
    uint32_t *cycle;
    assert_int_equal(graph_cycles(graph_build(arena, &spec), arena, &cycle), 2);
    assert_int_equal(cycle[0], cycle[1]);
    assert_int_equal(cycle[1], cycle[2]);
    assert_true(cycle[3] && cycle[3] != cycle[0]);
    assert_int_equal(cycle[4], 0);
    arena_close(arena);
}

/* What a graph after losses takes down further is what the losses together take down. */
static void test_after_losses(void **state) {
    (void)state;
    Random random = {4242};
    static RandomGraph graph;
    size_t further = 0;
    for (int i = 0; i < graphs(GRAPHS / 2); i++) {
        Arena *arena = arena_open(0);
        make(&graph, &random, MOST_NODES, MOST_GATES);
        FaultGraph *built = build(arena, &graph);
        NodeId lost[2] = {draw(&random, (uint32_t)graph.nodes),
                          draw(&random, (uint32_t)graph.nodes)};
        const FaultGraph *after = graph_after(arena, built, lost, 2);
        NodeId more = draw(&random, (uint32_t)graph.nodes);
        Cascade *cascade = cascade_new(arena, after);
        cascade_run(cascade, &more, 1);
        bool down[MOST_NODES], alone[MOST_NODES];
        naive_set(&graph, 1u << lost[0] | 1u << lost[1], alone);
        naive_set(&graph, 1u << lost[0] | 1u << lost[1] | 1u << more, down);
        for (NodeId v = 0; v < graph.nodes; v++) {
            assert_int_equal(after->base_down[v], alone[v]);
            assert_int_equal(after->base_down[v] || cascade_fell(cascade, v), down[v]);
            further += down[v] && !alone[v] && v != more;
        }
        arena_close(arena);
    }
    assert_true(further > 300);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_definition),
        cmocka_unit_test(test_budget_is_said),
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_chains),
        cmocka_unit_test(test_chain_of_two_causes),
        cmocka_unit_test(test_cycles),
        cmocka_unit_test(test_after_losses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
