/* Open-PSA models: what is read, what is refused and where, and that writing is the inverse. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "graph/cut_sets.h"
#include "graph/probability.h"
#include "psa/psa_model.h"

#include "../graph/random_graph.h"

typedef struct Reading {
    Arena *arena;
    Sources sources;
    Diags diags;
    ReadContext context;
    PsaModel model;
    bool good;
} Reading;

static Reading *read_texts(const Str *texts, size_t count) {
    Arena *arena = arena_open(0);
    Reading *reading = arena_new(arena, Reading);
    reading->arena = arena;
    sources_init(&reading->sources, arena);
    diags_init(&reading->diags, arena);
    reading->context = (ReadContext){&reading->sources, &reading->diags, arena};
    SourceId ids[4];
    for (size_t i = 0; i < count; i++) {
        ids[i] = sources_add(&reading->sources, STR("model.xml"), arena_copy(arena, texts[i]),
                             ORIGIN_INPUT);
    }
    reading->good = psa_read(&reading->context, ids, count, arena, &reading->model);
    return reading;
}

static void cut_totals(const PsaModel *model, uint64_t *ret_totals) {
    Arena *arena = arena_open(0);
    ConeBuilder *builder = cone_builder_new(arena, model->graph, model->is_component);
    CutSets sets;
    cone_cut_sets(cone_of_node(builder, arena, model->tops[0]), arena, CUT_ORDER_MAX, UINT64_MAX,
                  &sets);
    memcpy(ret_totals, sets.totals, sizeof sets.totals);
    arena_close(arena);
}

typedef struct GoodCase {
    const char *name, *text;
    uint64_t totals[CUT_ORDER_MAX + 1];
} GoodCase;

static const GoodCase good_cases[] = {
    {"any of three",
     "<opsa-mef><define-fault-tree name='t'><define-gate name='top'><or><event name='a'/>"
     "<event name='b'/><basic-event name='c'/></or></define-gate></define-fault-tree></opsa-mef>",
     {0, 3, 0, 0}},
    {"two of three, nested, with labels",
     "<opsa-mef><define-fault-tree name='t'><define-gate name='top'><label>x</label>"
     "<atleast min='2'><event name='a'/><or><event name='b'/><event name='d'/></or>"
     "<event name='c'/></atleast></define-gate></define-fault-tree></opsa-mef>",
     {0, 0, 5, 0}},
    {"a house event that is on stands for a failure",
     "<opsa-mef><define-fault-tree name='t'><define-gate name='top'><and><event name='a'/>"
     "<house-event name='h'/></and></define-gate><define-house-event name='h'>"
     "<constant value='true'/></define-house-event></define-fault-tree></opsa-mef>",
     {0, 1, 0, 0}},
    {"a house event that is off never fails",
     "<opsa-mef><define-fault-tree name='t'><define-gate name='top'><or><event name='a'/>"
     "<and><event name='b'/><house-event name='h'/></and></or></define-gate>"
     "<define-house-event name='h'/></define-fault-tree></opsa-mef>",
     {0, 1, 0, 0}},
    {"private names hide outer ones",
     "<opsa-mef><define-fault-tree name='t'><define-gate name='top'><and><event name='c.g'/>"
     "<gate name='g'/></and></define-gate><define-gate name='g'><or><event name='a'/>"
     "<event name='b'/></or></define-gate><define-component name='c' role='private'>"
     "<define-gate name='g'><event name='e'/></define-gate><define-basic-event name='e'/>"
     "</define-component></define-fault-tree></opsa-mef>",
     {0, 0, 2, 0}},
};

static void test_good(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof good_cases / sizeof *good_cases; i++) {
        Str text = str_of(good_cases[i].text);
        Reading *reading = read_texts(&text, 1);
        assert_true(reading->good);
        uint64_t totals[CUT_ORDER_MAX + 1];
        cut_totals(&reading->model, totals);
        assert_memory_equal(totals, good_cases[i].totals, sizeof totals);
        arena_close(reading->arena);
    }
}

typedef struct BadCase {
    const char *formula, *message;
} BadCase;

static const BadCase bad_cases[] = {
    {"<not><event name='a'/></not>", "<not> cannot be read"},
    {"<xor><event name='a'/><event name='b'/></xor>", "<xor> cannot be read"},
    {"<atleast min='3'><event name='a'/><event name='b'/></atleast>", "min '3' is outside of 1..2"},
    {"<atleast min='x'><event name='a'/></atleast>", "min 'x' is outside of 1..1"},
    {"<gate name='nowhere'/>", "nothing defines 'nowhere'"},
    {"<house-event name='nowhere'/>", "nothing defines 'nowhere'"},
    {"<and/>", "no arguments in 'and'"},
    {"", "no formula in 't.top'"},
    {"<event name='a'/><event name='b'/>", "a second formula in 't.top'"},
};

static void test_bad(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof bad_cases / sizeof *bad_cases; i++) {
        Arena *arena = arena_open(0);
        Str text = arena_printf(arena,
                                "<opsa-mef>\n<define-fault-tree name='t'>\n<define-gate name='top'>"
                                "%s</define-gate></define-fault-tree></opsa-mef>",
                                bad_cases[i].formula);
        Reading *reading = read_texts(&text, 1);
        assert_false(reading->good);
        assert_true(str_eq(reading->diags.items[0].message, str_of(bad_cases[i].message)));
        assert_int_equal(reading->diags.items[0].loc.line, 3);
        arena_close(reading->arena);
        arena_close(arena);
    }
}

static double event_probability(const PsaModel *model, Str name) {
    for (size_t v = 0; v < model->node_count; v++) {
        if (str_eq(model->names[v], name)) {
            return model->probability[v];
        }
    }
    fail_msg("no event of that name");
    return 0;
}

/* Structure and data in two files; parameters refer to each other. */
static void test_probabilities(void **state) {
    (void)state;
    Str texts[] = {
        STR("<opsa-mef><define-fault-tree name='t'><define-gate name='top'><or><event name='a'/>"
            "<event name='b'/><event name='c'/><event name='d'/></or></define-gate>"
            "</define-fault-tree></opsa-mef>"),
        STR("<opsa-mef><model-data><define-basic-event name='a'><float value='1e-3'/>"
            "</define-basic-event><define-basic-event name='b'><sub><float value='0.5'/>"
            "<parameter name='p'/></sub></define-basic-event><define-basic-event name='c'>"
            "<exponential><system-mission-time/><parameter name='p'/></exponential>"
            "</define-basic-event><define-parameter name='p'><mul><float value='0.5'/>"
            "<float value='0.5'/></mul></define-parameter></model-data></opsa-mef>"),
    };
    Reading *reading = read_texts(texts, 2);
    assert_true(reading->good);
    assert_true(event_probability(&reading->model, STR("a")) == 1e-3);
    assert_true(event_probability(&reading->model, STR("b")) == 0.25);
    assert_true(event_probability(&reading->model, STR("c")) < 0);
    assert_true(event_probability(&reading->model, STR("d")) < 0);
    arena_close(reading->arena);
    Str cycle = STR("<opsa-mef><define-fault-tree name='t'><define-gate name='top'>"
                    "<event name='a'/></define-gate></define-fault-tree><model-data>"
                    "<define-basic-event name='a'><parameter name='p'/></define-basic-event>"
                    "<define-parameter name='p'><parameter name='q'/></define-parameter>"
                    "<define-parameter name='q'><parameter name='p'/></define-parameter>"
                    "</model-data></opsa-mef>");
    reading = read_texts(&cycle, 1);
    assert_false(reading->good);
    assert_string_equal(reading->diags.items[0].message.s, "the parameter 'p' needs itself");
    arena_close(reading->arena);
}

/* A member behind its owner, the last node being nobody's owner. */
static void remove_cycles(RandomGraph *random_graph) {
    for (size_t g = 0; g < random_graph->gates; g++) {
        NodeId *owner = &random_graph->owners[g];
        *owner = *owner + 1 < random_graph->nodes ? *owner : 0;
        NodeId behind = (NodeId)random_graph->nodes - *owner - 1;
        for (uint32_t m = random_graph->starts[g]; m < random_graph->starts[g + 1]; m++) {
            random_graph->members[m] = *owner + 1 + random_graph->members[m] % behind;
        }
    }
}

static double top_probability(const PsaModel *model) {
    Arena *arena = arena_open(0);
    ConeBuilder *builder = cone_builder_new(arena, model->graph, model->is_component);
    Probability probability;
    cone_probability(cone_of_node(builder, arena, model->tops[0]), arena, model->probability, false,
                     SIZE_MAX, &probability);
    arena_close(arena);
    return probability.value;
}

/* Graphs with and without cycles: what is written reads as a model with the same cut sets and
 * chances. */
static void test_round_trip(void **state) {
    (void)state;
    Random random = {99};
    static RandomGraph graph;
    size_t written = 0;
    for (int i = 0; i < graphs(2000); i++) {
        Arena *arena = arena_open(0);
        make(&graph, &random, 14, 20);
        if (i % 2) {
            remove_cycles(&graph);
        }
        FaultGraph *built = build(arena, &graph);
        bool is_component[MOST_NODES];
        Str names[MOST_NODES];
        double q[MOST_NODES];
        for (size_t v = 0; v < graph.nodes; v++) {
            is_component[v] = draw(&random, 3) != 0;
            names[v] = draw(&random, 4) ? arena_printf(arena, "host:<ESX & %zu>", v) : STR("\"1\"");
            q[v] = 1 / (double)(2 + v);
        }
        NodeId top = draw(&random, 3) % (uint32_t)graph.nodes;
        PsaExport export = {built, is_component, names, q, top, STR("a <title>")};
        Buf out;
        buf_init(&out, LIMIT_REPORT_BYTES);
        if (!built->base_down[top] && psa_write(&export, &out)) {
            Str text = buf_str(&out);
            Reading *reading = read_texts(&text, 1);
            assert_true(reading->good);
            assert_int_equal(reading->model.top_count, 1);
            uint64_t got[CUT_ORDER_MAX + 1];
            PsaModel original = {
                .graph = built, .is_component = is_component, .tops = &top, .probability = q};
            uint64_t want[CUT_ORDER_MAX + 1];
            cut_totals(&original, want);
            cut_totals(&reading->model, got);
            assert_memory_equal(want, got, sizeof want);
            assert_true(fabs(top_probability(&original) - top_probability(&reading->model)) <
                        1e-12);
            written += want[1] + want[2] > 2;
            arena_close(reading->arena);
        }
        buf_clear(&out);
        arena_close(arena);
    }
    assert_true(written > 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_probabilities),
        cmocka_unit_test(test_round_trip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
