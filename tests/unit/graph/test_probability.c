/* Exact probability and importance against the sum over all states of small random graphs. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "graph/bdd.h"
#include "graph/probability.h"

#include "random_graph.h"

enum { GRAPHS = 3000, SMALL_NODES = 11, SMALL_GATES = 20, LARGE_GRAPHS = 6, WORD = 64 };

/* P(target down), with component `fixed` (NO_NODE: none) forced down or up. */
static double enumerate(const RandomGraph *graph, const double *q, uint32_t components,
                        NodeId target, NodeId fixed, bool is_down) {
    double sum = 0;
    for (uint32_t mask = 0; mask < 1u << graph->nodes; mask++) {
        if (mask & ~components || (fixed != NO_NODE && (mask >> fixed & 1) != is_down)) {
            continue;
        }
        double p = 1;
        for (NodeId v = 0; v < graph->nodes; v++) {
            if (components >> v & 1 && v != fixed) {
                p *= mask >> v & 1 ? q[v] : 1 - q[v];
            }
        }
        bool down[MOST_NODES];
        naive_set(graph, mask, down);
        sum += down[target] ? p : 0;
    }
    return sum;
}

static void assert_close(double want, double got) {
    double scale = fabs(want) > 1e-300 ? fabs(want) : 1;
    assert_true(fabs(want - got) / scale < 1e-9);
}

static void check_importance(const RandomGraph *graph, const double *q, uint32_t components,
                             NodeId target, const Probability *probability) {
    for (size_t i = 0; i < probability->importance_count; i++) {
        const Importance *importance = &probability->importance[i];
        double up = enumerate(graph, q, components, target, importance->component, false);
        double down = enumerate(graph, q, components, target, importance->component, true);
        assert_true(fabs(down - up - importance->birnbaum) < 1e-9);
        assert_true(fabs((probability->value - up) / probability->value -
                         importance->fussell_vesely) < 1e-9);
        assert_close(down / probability->value, importance->achievement);
    }
}

static void test_against_all_states(void **state) {
    (void)state;
    Random random = {88172645463325252u};
    static RandomGraph graph;
    size_t interesting = 0;
    for (int i = 0; i < graphs(GRAPHS); i++) {
        Arena *arena = arena_open(0);
        make(&graph, &random, SMALL_NODES, SMALL_GATES);
        bool is_component[MOST_NODES] = {false};
        double q[MOST_NODES] = {0};
        uint32_t components = 0;
        for (size_t v = 0; v < graph.nodes; v++) {
            is_component[v] = draw(&random, 4) != 0;
            components |= (uint32_t)is_component[v] << v;
            q[v] = (1 + draw(&random, 900)) / 1000.0;
        }
        NodeId target = draw(&random, (uint32_t)graph.nodes);
        ConeBuilder *builder = cone_builder_new(arena, build(arena, &graph), is_component);
        Cone *cone = cone_of_node(builder, arena, target);
        Probability probability;
        cone_probability(cone, arena, q, true, SIZE_MAX, &probability);
        assert_true(probability.exact);
        assert_close(enumerate(&graph, q, components, target, NO_NODE, false), probability.value);
        if (i % 10 == 0) {
            check_importance(&graph, q, components, target, &probability);
        }
        interesting += probability.importance_count > 2;
        arena_close(arena);
    }
    assert_true(interesting > GRAPHS / 10);
}

/* P(target down) over all states, 64 at a time. */
static double enumerate_words(const RandomGraph *graph, const double *q, const NodeId *components,
                              uint32_t count, NodeId target) {
    double sum = 0;
    for (uint32_t state = 0; state < 1u << count; state += WORD) {
        uint64_t failed[MOST_NODES] = {0};
        uint64_t down[MOST_NODES];
        for (uint32_t i = 0; i < WORD; i++) {
            for (uint32_t c = 0; c < count; c++) {
                failed[components[c]] |= (uint64_t)((state + i) >> c & 1) << i;
            }
        }
        naive_words(graph, failed, down);
        for (uint32_t i = 0; i < WORD; i++) {
            double p = down[target] >> i & 1 ? 1 : 0;
            for (uint32_t c = 0; p > 0 && c < count; c++) {
                p *= (state + i) >> c & 1 ? q[components[c]] : 1 - q[components[c]];
            }
            sum += p;
        }
    }
    return sum;
}

static void test_twenty_components(void **state) {
    (void)state;
    Random random = {20};
    static RandomGraph graph;
    int done = 0;
    while (done < graphs(LARGE_GRAPHS)) {
        Arena *arena = arena_open(0);
        make(&graph, &random, MOST_NODES, MOST_GATES);
        bool is_component[MOST_NODES] = {false};
        double q[MOST_NODES] = {0};
        NodeId components[MOST_NODES];
        uint32_t count = 0;
        for (NodeId v = 0; v < graph.nodes && count < 20; v++) {
            is_component[v] = true;
            q[v] = (1 + draw(&random, 900)) / 1000.0;
            components[count++] = v;
        }
        NodeId target = draw(&random, (uint32_t)graph.nodes);
        const FaultGraph *built = build(arena, &graph);
        const Cone *cone =
            cone_of_node(cone_builder_new(arena, built, is_component), arena, target);
        if (count >= 16 && cone->node_count > 10) {
            Probability probability;
            cone_probability(cone, arena, q, false, SIZE_MAX, &probability);
            assert_close(enumerate_words(&graph, q, components, count, target), probability.value);
            done++;
        }
        arena_close(arena);
    }
}

static void test_budget(void **state) {
    (void)state;
    Bdd *bdd = bdd_open(4);
    BddId a = bdd_variable(bdd, 0);
    BddId b = bdd_variable(bdd, 1);
    assert_int_equal(bdd_and(bdd, a, b), BDD_NONE);
    assert_int_equal(bdd_or(bdd, BDD_NONE, a), BDD_NONE);
    bdd_close(bdd);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_all_states),
        cmocka_unit_test(test_twenty_components),
        cmocka_unit_test(test_budget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
