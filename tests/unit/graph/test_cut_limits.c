/* Graphs that would cost the search for pairs all memory and time: it stops, and says so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "base/limits.h"
#include "graph/cut_sets.h"

enum { MOST_KB = 1500 * 1000 };

/* Gates are added one after the other, each with its members. */
typedef struct Draft {
    Arena *arena;
    size_t node_count;
    VEC(NodeId) owners;
    VEC(uint32_t) needed;
    VEC(uint32_t) starts;
    VEC(NodeId) members;
} Draft;

static Draft draft_open(size_t node_count) {
    Draft draft = {.arena = arena_open(0), .node_count = node_count};
    vec_push(draft.arena, &draft.starts, 0);
    return draft;
}

/* `count` members from `first` on, each `step` behind the one before. */
static void add_gate(Draft *draft, NodeId owner, uint32_t needed, NodeId first, uint32_t count,
                     uint32_t step) {
    vec_push(draft->arena, &draft->owners, owner);
    vec_push(draft->arena, &draft->needed, needed);
    for (uint32_t i = 0; i < count; i++) {
        vec_push(draft->arena, &draft->members, first + i * step);
    }
    vec_push(draft->arena, &draft->starts, (uint32_t)draft->members.count);
}

/* Pairs that stop node 0; all nodes but it may fail. */
static CutSets search(Draft *draft, uint64_t budget) {
    GraphSpec spec = {draft->node_count,   draft->owners.count, draft->owners.items,
                      draft->needed.items, draft->starts.items, draft->members.items};
    const FaultGraph *graph = graph_build(draft->arena, &spec);
    bool *is_component = arena_array(draft->arena, bool, draft->node_count);
    memset(is_component + 1, 1, draft->node_count - 1);
    ConeBuilder *builder = cone_builder_new(draft->arena, graph, is_component);
    CutSets sets;
    cone_cut_sets(cone_of_node(builder, draft->arena, 0), draft->arena, 2, budget, &sets);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    assert_true(usage.ru_maxrss < MOST_KB);
    return sets;
}

/* v[i] stands on v[i + 1], and o[i] on v[i] or w[i]; the target on any o. Every v damages all the
 * gates before it: 98 million damages, of which as many pairs fire a gate. */
static void test_chain(void **state) {
    (void)state;
    enum { LENGTH = 14000, STEP = 3 };
    Draft draft = draft_open(1 + STEP * LENGTH);
    add_gate(&draft, 0, 1, 1, LENGTH, STEP);
    for (NodeId o = 1; o < draft.node_count; o += STEP) {
        add_gate(&draft, o, 1, o + 1, 2, 1);
        if (o + STEP < draft.node_count) {
            add_gate(&draft, o + 1, 1, o + STEP + 1, 1, 1);
        }
    }
    CutSets sets = search(&draft, LIMIT_CUT_WORK);
    assert_true(sets.truncated);
    assert_int_equal(sets.totals[1], 0);
    arena_close(draft.arena);
}

/* All but one of so many members, so that every two stop the target. */
static CutSets search_star(uint32_t width, uint64_t budget) {
    Draft draft = draft_open(1 + (size_t)width);
    add_gate(&draft, 0, width - 1, 1, width, 1);
    CutSets sets = search(&draft, budget);
    arena_close(draft.arena);
    return sets;
}

static void test_star(void **state) {
    (void)state;
    assert_true(search_star(1000 * 1000, 50 * 1000 * 1000).truncated);
}

/* 5e9 pairs. */
static void test_wide_gate(void **state) {
    (void)state;
    CutSets sets = search_star(100 * 1000, LIMIT_CUT_WORK);
    assert_true(sets.truncated);
    assert_int_equal(sets.totals[1], 0);
}

/* 50 million pairs of a gate that is narrow enough to keep them: comparing them is work. */
static void test_comparisons(void **state) {
    (void)state;
    assert_true(search_star(10 * 1000, 10 * 1000 * 1000).truncated);
    CutSets sets = search_star(200, LIMIT_CUT_WORK);
    assert_false(sets.truncated);
    assert_int_equal(sets.totals[2], 200 * 199 / 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_comparisons),
        cmocka_unit_test(test_wide_gate),
        cmocka_unit_test(test_star),
        cmocka_unit_test(test_chain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
