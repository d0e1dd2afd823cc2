/* Double failures gate by gate, cold start and restart, against the definition on random graphs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "graph/cold_start.h"
#include "graph/double_fault.h"
#include "graph/restart.h"

#include "random_graph.h"

enum { GRAPHS = 6000, SMALL_NODES = 14, SMALL_GATES = 30 };

/* Pairs whose loss fells a node that neither loss alone fells. */
static void joint_pairs(const RandomGraph *graph, uint64_t *ret_pairs) {
    static bool alone[MOST_NODES][MOST_NODES];
    for (NodeId x = 0; x < graph->nodes; x++) {
        naive_set(graph, 1u << x, alone[x]);
        ret_pairs[x] = 0;
    }
    for (NodeId x = 0; x < graph->nodes; x++) {
        for (NodeId y = x + 1; y < graph->nodes; y++) {
            bool down[MOST_NODES];
            naive_set(graph, 1u << x | 1u << y, down);
            for (size_t v = 0; v < graph->nodes; v++) {
                if (down[v] && !alone[x][v] && !alone[y][v]) {
                    ret_pairs[x] |= UINT64_C(1) << y;
                }
            }
        }
    }
}

static void product_pairs(const DoubleFaults *faults, uint64_t *ret_pairs) {
    memset(ret_pairs, 0, MOST_NODES * sizeof *ret_pairs);
    for (size_t p = 0; p < faults->product_count; p++) {
        const DamageClass *a = &faults->classes[faults->products[p].first];
        const DamageClass *b = &faults->classes[faults->products[p].second];
        for (uint32_t i = 0; i < a->count; i++) {
            for (uint32_t j = 0; j < b->count; j++) {
                NodeId x = faults->components[a->start + i];
                NodeId y = faults->components[b->start + j];
                assert_int_not_equal(x, y);
                ret_pairs[x < y ? x : y] |= UINT64_C(1) << (x < y ? y : x);
            }
        }
    }
}

static void test_pairs(void **state) {
    (void)state;
    Random random = {88172645463325252u};
    static RandomGraph graph;
    bool all[MOST_NODES];
    memset(all, 1, sizeof all);
    uint64_t found = 0;
    for (int i = 0; i < graphs(GRAPHS); i++) {
        Arena *arena = arena_open(0);
        make(&graph, &random, SMALL_NODES, SMALL_GATES);
        DoubleFaultQuery query = {build(arena, &graph), all, SIZE_MAX, SIZE_MAX, 1 + i % 2};
        DoubleFaults faults;
        graph_double_faults(arena, &query, &faults);
        uint64_t want[MOST_NODES], got[MOST_NODES];
        joint_pairs(&graph, want);
        product_pairs(&faults, got);
        for (size_t v = 0; v < graph.nodes; v++) {
            assert_int_equal(want[v], got[v]);
            found += (uint64_t)__builtin_popcountll(want[v]);
        }
        assert_false(faults.truncated);
        arena_close(arena);
    }
    assert_true(found > GRAPHS);
}

/* A gate of 100 members: masks of two words. One more failure than it can bear, from two sides. */
static void test_wide_gate(void **state) {
    (void)state;
    enum { MEMBERS = 100, TOP = 100, LEFT = 101, RIGHT = 102, NODES = 103 };
    NodeId owners[MEMBERS + 1], members[2 * MEMBERS];
    uint32_t needed[MEMBERS + 1], starts[MEMBERS + 2];
    for (NodeId i = 0; i < MEMBERS;
         i++) { /* the first 60 hang on the left, the others on the right */
        owners[i] = i;
        needed[i] = 1;
        starts[i] = i;
        members[i] = i < 60 ? LEFT : RIGHT;
        members[MEMBERS + i] = i;
    }
    owners[MEMBERS] = TOP;
    needed[MEMBERS] = 30; /* 71 failures fire it */
    starts[MEMBERS] = MEMBERS;
    starts[MEMBERS + 1] = 2 * MEMBERS;
    Arena *arena = arena_open(0);
    GraphSpec spec = {NODES, MEMBERS + 1, owners, needed, starts, members};
    bool all[NODES];
    memset(all, 1, sizeof all);
    DoubleFaultQuery query = {graph_build(arena, &spec), all, SIZE_MAX, SIZE_MAX, 1};
    DoubleFaults faults;
    graph_double_faults(arena, &query, &faults);
    assert_int_equal(faults.product_count, 1);
    assert_int_equal(faults.pair_count, 1);
    assert_int_equal(faults.classes[faults.products[0].first].damage, 40);
    assert_int_equal(faults.classes[faults.products[0].second].damage, 60);
    query.product_budget = 0;
    graph_double_faults(arena, &query, &faults);
    assert_true(faults.truncated);
    arena_close(arena);
}

/* Least fixpoint of "works" by repeated sweeps; `failed` may be NO_NODE. */
static void naive_boot_without(const RandomGraph *graph, NodeId failed, uint32_t forced, bool *up) {
    for (size_t v = 0; v < graph->nodes; v++) {
        up[v] = forced >> v & 1;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (NodeId v = 0; v < graph->nodes; v++) {
            bool works = v != failed;
            for (size_t g = 0; g < graph->gates; g++) {
                uint32_t alive = 0;
                for (uint32_t i = graph->starts[g]; i < graph->starts[g + 1]; i++) {
                    alive += up[graph->members[i]];
                }
                works = works && (graph->owners[g] != v || alive >= graph->needed[g]);
            }
            changed = changed || (works && !up[v]);
            up[v] = up[v] || works;
        }
    }
}

static void naive_boot(const RandomGraph *graph, uint32_t forced, bool *up) {
    naive_boot_without(graph, NO_NODE, forced, up);
}

static void check_deadlock(const RandomGraph *graph, const bool *black, const Deadlock *deadlock) {
    bool up[MOST_NODES];
    uint32_t forced = 0;
    for (size_t i = 0; i < deadlock->count; i++) {
        assert_false(black[deadlock->nodes[i]]);
    }
    for (size_t i = 0; i < deadlock->breaker_count; i++) {
        forced |= 1u << deadlock->breakers[i];
    }
    naive_boot(graph, forced, up);
    for (size_t i = 0; forced && i < deadlock->count; i++) {
        assert_true(up[deadlock->nodes[i]]);
    }
    for (size_t i = 0; deadlock->breaker_count != 1 && i < deadlock->count; i++) {
        size_t missing = 0; /* no single one does it */
        naive_boot(graph, 1u << deadlock->nodes[i], up);
        for (size_t j = 0; j < deadlock->count; j++) {
            missing += !up[deadlock->nodes[j]];
        }
        assert_true(missing > 0);
    }
}

static void test_cold_start(void **state) {
    (void)state;
    Random random = {1234567u};
    static RandomGraph graph;
    size_t deadlocks = 0;
    for (int i = 0; i < graphs(GRAPHS); i++) {
        Arena *arena = arena_open(0);
        make(&graph, &random, SMALL_NODES, SMALL_GATES);
        FaultGraph *built = build(arena, &graph);
        ColdStart start;
        graph_cold_start(arena, built, NULL, &start);
        bool up[MOST_NODES];
        naive_boot(&graph, 0, up);
        size_t blocked = 0;
        for (size_t v = 0; v < graph.nodes; v++) {
            assert_int_equal(start.blocked[v], !up[v] && !built->base_down[v]);
            blocked += start.blocked[v];
        }
        assert_int_equal(blocked, start.blocked_count);
        assert_true((start.deadlock_count > 0) == (blocked > 0));
        for (size_t d = 0; d < start.deadlock_count; d++) {
            check_deadlock(&graph, up, &start.deadlocks[d]);
        }
        deadlocks += start.deadlock_count;
        arena_close(arena);
    }
    assert_true(deadlocks > 100);
}

/* Gates that matter only when something starts are every third one. */
static void without_start(const RandomGraph *graph, RandomGraph *ret_run) {
    *ret_run = *graph;
    ret_run->gates = 0;
    for (size_t g = 0; g < graph->gates; g++) {
        if (g % 3) {
            size_t to = ret_run->gates++;
            uint32_t count = graph->starts[g + 1] - graph->starts[g];
            ret_run->owners[to] = graph->owners[g];
            ret_run->needed[to] = graph->needed[g];
            memmove(&ret_run->members[ret_run->starts[to]], &graph->members[graph->starts[g]],
                    count * sizeof(NodeId));
            ret_run->starts[to + 1] = ret_run->starts[to] + count;
        }
    }
}

static size_t check_restart(const RandomGraph *graph, const RandomGraph *run,
                            const SpofResult *restart) {
    bool black[MOST_NODES], base[MOST_NODES];
    size_t found = 0;
    naive_boot(graph, 0, black);
    naive(run, NO_NODE, base);
    for (NodeId x = 0; x < graph->nodes; x++) {
        bool up[MOST_NODES], down[MOST_NODES];
        naive_boot_without(graph, x, 0, up);
        naive(run, x, down);
        uint32_t at = restart->starts[x];
        for (NodeId v = 0; v < graph->nodes; v++) {
            if (!base[x] && black[v] && !up[v] && !down[v]) {
                assert_true(at < restart->starts[x + 1]);
                assert_int_equal(restart->targets[at++], v);
                found++;
            }
        }
        assert_int_equal(at, restart->starts[x + 1]);
    }
    return found;
}

static void test_restart(void **state) {
    (void)state;
    Random random = {424242u};
    static RandomGraph graph, run;
    bool all[MOST_NODES];
    memset(all, 1, sizeof all);
    size_t found = 0;
    for (int i = 0; i < GRAPHS; i++) {
        Arena *arena = arena_open(0);
        make(&graph, &random, SMALL_NODES, SMALL_GATES);
        run = graph;
        if (i % 4) {
            without_start(&graph, &run);
        }
        const FaultGraph *running = build(arena, &run);
        const FaultGraph *starting = i % 4 ? build(arena, &graph) : running;
        SpofQuery spof = {running, all, all, SIZE_MAX, 1};
        SpofResult kept, restart;
        graph_spof(arena, &spof, &kept);
        RestartQuery query = {starting, running, &kept, all, all, SIZE_MAX, 1};
        graph_restart(arena, &query, &restart);
        found += check_restart(&graph, &run, &restart);
        assert_false(restart.truncated);
        arena_close(arena);
    }
    assert_true(found > GRAPHS / 4);
}

typedef struct Gates {
    Arena *arena;
    VEC(NodeId) owners;
    VEC(uint32_t) needed;
    VEC(uint32_t) starts;
    VEC(NodeId) members;
} Gates;

static void add_gate(Gates *gates, NodeId owner, NodeId first, uint32_t count) {
    vec_push(gates->arena, &gates->owners, owner);
    vec_push(gates->arena, &gates->needed, 1);
    for (uint32_t i = 0; i < count; i++) {
        vec_push(gates->arena, &gates->members, first + i);
    }
    vec_push(gates->arena, &gates->starts, (uint32_t)gates->members.count);
}

/* Few nodes with many arcs: 500 that any of the others starts, so that bounds must be checked; and
 * 2000 pairs to check, each of which walks all arcs. */
static void test_restart_budget(void **state) {
    (void)state;
    enum { RING = 500, PAIRS = 2000, BASE = RING, FIRST = RING + 1, NODES = FIRST + 2 * PAIRS };
    Gates gates = {.arena = arena_open(0)};
    vec_push(gates.arena, &gates.starts, 0);
    for (NodeId v = 0; v < RING; v++) {
        add_gate(&gates, v, 0, RING + 1);
    }
    GraphSpec spec = {NODES,
                      gates.owners.count,
                      gates.owners.items,
                      gates.needed.items,
                      gates.starts.items,
                      gates.members.items};
    const FaultGraph *running = graph_build(gates.arena, &spec);
    for (NodeId v = FIRST; v < FIRST + PAIRS; v++) {
        add_gate(&gates, v, v + PAIRS, 1);
    }
    spec = (GraphSpec){NODES,
                       gates.owners.count,
                       gates.owners.items,
                       gates.needed.items,
                       gates.starts.items,
                       gates.members.items};
    bool *all = arena_array(gates.arena, bool, NODES);
    memset(all, 1, NODES);
    SpofQuery spof = {running, all, all, SIZE_MAX, 1};
    SpofResult kept, restart;
    graph_spof(gates.arena, &spof, &kept);
    RestartQuery query = {graph_build(gates.arena, &spec), running, &kept, all, all, SIZE_MAX, 1};
    graph_restart(gates.arena, &query, &restart);
    assert_true(restart.truncated);
    assert_true(restart.starts[NODES] > PAIRS / 2);
    arena_close(gates.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs),          cmocka_unit_test(test_wide_gate),
        cmocka_unit_test(test_cold_start),     cmocka_unit_test(test_restart),
        cmocka_unit_test(test_restart_budget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
