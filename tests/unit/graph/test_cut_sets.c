/* The search for minimal cut sets against all subsets, on random graphs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "graph/cut_sets.h"

#include "random_graph.h"

enum { GRAPHS = 20000, SMALL_NODES = 12, SMALL_GATES = 24, SETS = 400 };

typedef struct Sets {
    uint32_t masks[SETS];
    size_t count;
} Sets;

static bool holds_smaller(const Sets *sets, uint32_t mask) {
    for (size_t i = 0; i < sets->count; i++) {
        if ((sets->masks[i] & mask) == sets->masks[i]) {
            return true;
        }
    }
    return false;
}

static void add_sets_of_order(const RandomGraph *graph, uint32_t components, NodeId target,
                              int order, Sets *sets) {
    size_t smaller = sets->count;
    Sets known = *sets;
    known.count = smaller;
    for (uint32_t mask = 1; mask < 1u << graph->nodes; mask++) {
        if (__builtin_popcount(mask) != order || mask & ~components ||
            holds_smaller(&known, mask)) {
            continue;
        }
        bool down[MOST_NODES];
        naive_set(graph, mask, down);
        if (down[target]) {
            assert_true(sets->count < SETS);
            sets->masks[sets->count++] = mask;
        }
    }
}

static void brute_force(const RandomGraph *graph, uint32_t components, NodeId target, Sets *sets) {
    sets->count = 0;
    for (int order = 1; order <= CUT_ORDER_MAX; order++) {
        add_sets_of_order(graph, components, target, order, sets);
    }
}

/* All products of the classes of a set. */
static void expand(const Cone *cone, const CutClassSet *set, Sets *sets) {
    size_t total = 1;
    for (uint32_t e = 0; e < set->order; e++) {
        total *= cone_class_size(cone, set->nodes[e]);
    }
    for (size_t i = 0; i < total; i++) {
        uint32_t mask = 0;
        size_t rest = i;
        for (uint32_t e = 0; e < set->order; e++) {
            size_t size = cone_class_size(cone, set->nodes[e]);
            mask |= 1u << cone->components[cone->class_starts[set->nodes[e]] + rest % size];
            rest /= size;
        }
        assert_true(sets->count < SETS);
        sets->masks[sets->count++] = mask;
    }
}

static int compare_masks(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void assert_same_sets(Sets *want, Sets *got) {
    qsort(want->masks, want->count, sizeof(uint32_t), compare_masks);
    qsort(got->masks, got->count, sizeof(uint32_t), compare_masks);
    assert_int_equal(want->count, got->count);
    for (size_t i = 0; i < want->count; i++) {
        assert_int_equal(want->masks[i], got->masks[i]);
    }
}

static void check_target(Arena *arena, const RandomGraph *graph, ConeBuilder *builder,
                         uint32_t components, NodeId target, size_t *found) {
    static Sets want, got;
    bool base[MOST_NODES];
    naive_set(graph, 0, base);
    Cone *cone = cone_of_node(builder, arena, target);
    assert_int_equal(cone->is_down, base[target]);
    if (base[target]) {
        return;
    }
    CutSets sets;
    cone_cut_sets(cone, arena, CUT_ORDER_MAX, UINT64_MAX, &sets);
    brute_force(graph, components, target, &want);
    got.count = 0;
    for (size_t i = 0; i < sets.count; i++) {
        expand(cone, &sets.sets[i], &got);
    }
    assert_int_equal(sets.totals[1] + sets.totals[2] + sets.totals[3], got.count);
    assert_same_sets(&want, &got);
    *found += got.count;
}

static void test_against_all_subsets(void **state) {
    (void)state;
    Random random = {88172645463325252u};
    static RandomGraph graph;
    size_t found = 0;
    for (int i = 0; i < graphs(GRAPHS); i++) {
        Arena *arena = arena_open(0);
        make(&graph, &random, SMALL_NODES, SMALL_GATES);
        bool is_component[MOST_NODES] = {false};
        uint32_t components = 0;
        for (size_t v = 0; v < graph.nodes; v++) {
            is_component[v] = draw(&random, 4) != 0;
            components |= (uint32_t)is_component[v] << v;
        }
        ConeBuilder *builder = cone_builder_new(arena, build(arena, &graph), is_component);
        check_target(arena, &graph, builder, components, draw(&random, (uint32_t)graph.nodes),
                     &found);
        arena_close(arena);
    }
    assert_true(found > GRAPHS); /* there is something to find */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_all_subsets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
