/* The exact probability against an independent program, the decision diagrams of BuDDy: on random
 * graphs with cycles, and on published models where TOPOLINT_SAMPLES names a folder of them. The
 * functions are built from the fault graph as it stands, with none of the reductions of a cone. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Its names bdd_and and bdd_or are also ours, so only bdd_apply is used. */
#include <bdd.h>

#include "base/limits.h"
#include "base/platform.h"
#include "graph/cut_sets.h"
#include "graph/probability.h"
#include "psa/psa_model.h"

#include "../graph/random_graph.h"

enum { GRAPHS = 4000, FIRST_NODES = 2000 };

typedef struct Oracle {
    const FaultGraph *graph;
    const double *q; /* by node; of components */
    BDD *down;       /* by node */
    NodeId *of_variable;
    double *p; /* by BuDDy's node; negative = not known */
} Oracle;

/* Takes over a reference to `value`. */
static void put(BDD *place, BDD value) {
    bdd_addref(value);
    bdd_delref(*place);
    *place = value;
}

static BDD gate_down(const Oracle *oracle, const Gate *gate, uint32_t needed) {
    uint32_t firing = gate->count + 1 > needed ? gate->count + 1 - needed : 0;
    BDD *least = calloc(firing + 1, sizeof *least); /* at least i members are down */
    put(&least[0], bddtrue);
    for (uint32_t m = 0; m < gate->count; m++) {
        BDD member = oracle->down[oracle->graph->members[gate->start + m]];
        for (uint32_t i = firing; i > 0; i--) {
            put(&least[i], bdd_ite(member, least[i - 1], least[i]));
        }
    }
    BDD result = bdd_addref(least[firing]);
    for (uint32_t i = 0; i <= firing; i++) {
        bdd_delref(least[i]);
    }
    free(least);
    return result;
}

/* The least solution, from "nothing is down" upwards, members before owners. */
static void find_functions(Oracle *oracle, const GraphOrder *order, const bool *is_component,
                           const int *variable) {
    const FaultGraph *graph = oracle->graph;
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t at = 0; at < graph->node_count; at++) {
            NodeId v = order->nodes[at];
            BDD value = bdd_addref(is_component[v] ? bdd_ithvar(variable[v]) : bddfalse);
            for (uint32_t g = graph->gate_starts[v]; g < graph->gate_starts[v + 1]; g++) {
                GateId gate = graph->own_gates[g];
                BDD fired = gate_down(oracle, &graph->gates[gate], graph->needed[gate]);
                put(&value, bdd_apply(value, fired, bddop_or));
                bdd_delref(fired);
            }
            changed = changed || (value != oracle->down[v] && order->cycle_count);
            put(&oracle->down[v], value);
            bdd_delref(value);
        }
    }
}

/* As deep as there are variables. */
static double probability_of(Oracle *oracle, BDD node) { // NOLINT(misc-no-recursion)
    if (node == bddtrue || node == bddfalse) {
        return node == bddtrue;
    }
    if (oracle->p[node] < 0) {
        double q = oracle->q[oracle->of_variable[bdd_var(node)]];
        oracle->p[node] = q * probability_of(oracle, bdd_high(node)) +
                          (1 - q) * probability_of(oracle, bdd_low(node));
    }
    return oracle->p[node];
}

/* Variables in the order of a depth-first walk from the top. */
static int number_variables(const FaultGraph *graph, NodeId top, const bool *is_component,
                            Arena *arena, int *ret_variable, NodeId *ret_nodes) {
    size_t arcs = 1;
    for (size_t g = 0; g < graph->gate_count; g++) {
        arcs += graph->gates[g].count;
    }
    NodeId *stack = arena_array(arena, NodeId, arcs);
    bool *seen = arena_array(arena, bool, graph->node_count);
    size_t depth = 0;
    int count = 0;
    stack[depth++] = top;
    while (depth) {
        NodeId v = stack[--depth];
        if (!seen[v] && is_component[v]) {
            ret_nodes[count] = v;
            ret_variable[v] = count++;
        }
        for (uint32_t g = graph->gate_starts[v + 1]; !seen[v] && g-- > graph->gate_starts[v];) {
            const Gate *gate = &graph->gates[graph->own_gates[g]];
            for (uint32_t m = gate->count; m-- > 0;) {
                stack[depth++] = graph->members[gate->start + m];
            }
        }
        seen[v] = true;
    }
    for (NodeId v = 0; v < graph->node_count; v++) { /* not below the top: anywhere */
        if (!seen[v] && is_component[v]) {
            ret_nodes[count] = v;
            ret_variable[v] = count++;
        }
    }
    return count;
}

static double oracle_probability(const FaultGraph *graph, const bool *is_component, const double *q,
                                 NodeId top) {
    Arena *arena = arena_open(0);
    Oracle oracle = {.graph = graph,
                     .q = q,
                     .down = arena_array(arena, BDD, graph->node_count), /* bddfalse is 0 */
                     .of_variable = arena_array(arena, NodeId, graph->node_count)};
    int *variable = arena_array(arena, int, graph->node_count);
    int count = number_variables(graph, top, is_component, arena, variable, oracle.of_variable);
    GraphOrder order;
    graph_order(graph, arena, &order);
    bdd_setvarnum(count ? count : 1);
    find_functions(&oracle, &order, is_component, variable);
    size_t nodes = (size_t)bdd_getnodenum() + 1;
    nodes = nodes > (size_t)bdd_getallocnum() ? nodes : (size_t)bdd_getallocnum();
    oracle.p = arena_array(arena, double, nodes);
    for (size_t i = 0; i < nodes; i++) {
        oracle.p[i] = -1;
    }
    double result = probability_of(&oracle, oracle.down[top]);
    arena_close(arena);
    return result;
}

static void start_buddy(void) {
    bdd_init(FIRST_NODES, FIRST_NODES / 4);
    bdd_gbc_hook(NULL); /* prints nothing */
    bdd_setmaxincrease(1000 * 1000);
    bdd_setcacheratio(8);
}

static void assert_close(double want, double got) {
    double scale = fabs(want) > 1e-300 ? fabs(want) : 1;
    assert_true(fabs(want - got) / scale < 1e-9);
}

static double own_probability(const FaultGraph *graph, const bool *is_component, const double *q,
                              NodeId top) {
    Arena *arena = arena_open(0);
    const Cone *cone = cone_of_node(cone_builder_new(arena, graph, is_component), arena, top);
    Probability probability;
    cone_probability(cone, arena, q, false, LIMIT_DIAGRAM_NODES, &probability);
    arena_close(arena);
    assert_true(probability.exact);
    return probability.value;
}

static void test_random_graphs(void **state) {
    (void)state;
    Random random = {1993};
    static RandomGraph graph;
    size_t interesting = 0;
    for (int i = 0; i < graphs(GRAPHS); i++) {
        Arena *arena = arena_open(0);
        make(&graph, &random, MOST_NODES, MOST_GATES);
        bool is_component[MOST_NODES] = {false};
        double q[MOST_NODES] = {0};
        for (size_t v = 0; v < graph.nodes; v++) {
            is_component[v] = draw(&random, 5) != 0;
            q[v] = (1 + draw(&random, 900)) / 1000.0;
        }
        NodeId top = draw(&random, (uint32_t)graph.nodes);
        const FaultGraph *built = build(arena, &graph);
        start_buddy();
        double want = oracle_probability(built, is_component, q, top);
        bdd_done();
        assert_close(want, own_probability(built, is_component, q, top));
        interesting += want > 0 && want < 1 && want != q[top];
        arena_close(arena);
    }
    assert_true(interesting > GRAPHS / 4);
}

/* ---- published models ---- */

/* Structure, and data in a second file where there is one. */
static const char *const models[][2] = {
    {"input__Aralia__baobab2.xml"},
    {"input__Aralia__das9201.xml"},
    {"input__Aralia__das9206.xml"},
    {"input__Aralia__das9208.xml"},
    {"input__Aralia__edf9201.xml"},
    {"input__Aralia__edf9206.xml"},
    {"input__Aralia__edfpa14b.xml"},
    {"input__Aralia__edfpa14q.xml"},
    {"input__Aralia__edfpa15p.xml"},
    {"input__Aralia__edfpa15q.xml"},
    {"input__Aralia__elf9601.xml"},
    {"input__Aralia__ftr10.xml"},
    {"input__Aralia__isp9601.xml"},
    {"input__Aralia__isp9602.xml"},
    {"input__Theatre__theatre.xml"},
    {"input__ThreeMotor__three_motor.xml"},
    {"input__Baobab__baobab2.xml", "input__Baobab__baobab2-basic-events.xml"},
    {"input__Chinese__chinese.xml", "input__Chinese__chinese-basic-events.xml"},
};

static void check_model(const char *folder, const char *const files[2]) {
    Arena *arena = arena_open(0);
    Sources sources;
    Diags diags;
    sources_init(&sources, arena);
    diags_init(&diags, arena);
    ReadContext context = {&sources, &diags, arena};
    SourceId ids[2];
    size_t count = 0;
    for (; count < 2 && files[count]; count++) {
        Str path = arena_printf(arena, "%s/open-psa/%s", folder, files[count]);
        Str text;
        assert_false(file_read(arena, path.s, LIMIT_INPUT_BYTES, &text).failed);
        ids[count] = sources_add(&sources, path, text, ORIGIN_INPUT);
    }
    PsaModel model;
    assert_true(psa_read(&context, ids, count, arena, &model));
    start_buddy();
    double want =
        oracle_probability(model.graph, model.is_component, model.probability, model.tops[0]);
    bdd_done();
    assert_close(
        want, own_probability(model.graph, model.is_component, model.probability, model.tops[0]));
    arena_close(arena);
}

static void test_published_models(void **state) {
    (void)state;
    const char *folder = getenv("TOPOLINT_SAMPLES");
    if (!folder) {
        skip();
    }
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        check_model(folder, models[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_graphs),
        cmocka_unit_test(test_published_models),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
