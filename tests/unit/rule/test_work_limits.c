/* Designs that are too large for a search: what was not tried is said and is no pass. */
#include "base/buf.h"
#include "rule/cuts.h"
#include "rule/kernels.h"
#include "small.h"

/* A service needs its server, the server of its name; `wide` all servers but one; a server its
 * peers, to run or to start. */
#define DEPENDENCIES(edge)                                                                         \
    "needs:\n"                                                                                     \
    "  - id: server\n"                                                                             \
    "    doc: Its server.\n"                                                                       \
    "    because: {of: provider}\n"                                                                \
    "    query: SELECT v.id AS node_id, text('server') AS gate, s.id AS provider_id "              \
    "FROM service v JOIN server s ON s.name = v.name\n"                                            \
    "  - id: wide\n"                                                                               \
    "    doc: All servers but one.\n"                                                              \
    "    because: {of: provider}\n"                                                                \
    "    query: SELECT v.id AS node_id, text('all but one') AS gate, s.id AS provider_id, "        \
    "(SELECT count(*) FROM server) - 1 AS at_least FROM service v CROSS JOIN server s "            \
    "WHERE v.name = 'wide'\n"                                                                      \
    "  - id: peers\n"                                                                              \
    "    doc: All its peers.\n"                                                                    \
    "    edge: " edge "\n"                                                                         \
    "    because: {of: node, field: peers}\n"                                                      \
    "    query: SELECT p.server_id AS node_id, text('peers') AS gate, p.peer_id AS provider_id "   \
    "FROM server_peers p\n"

#define VIEWS                                                                                      \
    "views:\n"                                                                                     \
    "  - {name: service_target, doc: Services., query: \"SELECT v.id AS service_id, "              \
    "coalesce(v.availability, 'single') AS availability FROM service v\"}\n"                       \
    "  - {name: service_contract, doc: Contracts., query: \"SELECT m.service_id, m.term "          \
    "FROM service_must_survive m\"}\n"

#define DOUBLE_RULE                                                                                \
    RULE_HEAD("double")                                                                            \
    "message: \"{entity}\"\n"                                                                      \
    "query: SELECT d.service_id AS entity, d.losses AS note, d.certain AS fails "                  \
    "FROM double_fault d\n"

#define RESTART_RULE                                                                               \
    RULE_HEAD("restart")                                                                           \
    "message: \"{entity}\"\n"                                                                      \
    "query: SELECT r.service_id AS entity, r.problem AS note, r.certain AS fails "                 \
    "FROM restart_spof r WHERE r.component_id IS NULL\n"

#define PACKS(edge)                                                                                \
    {                                                                                              \
        {"rules/p/pack.yaml",                                                                      \
         PACK "fault_sets:\n  - {name: site, doc: Sites., query: SELECT id FROM site}\n"},         \
            {"rules/p/views.yaml", VIEWS}, {"rules/p/double.yaml", DOUBLE_RULE},                   \
            {"rules/p/restart.yaml", RESTART_RULE},                                                \
            {"rules/p/dependencies.yaml", DEPENDENCIES(edge)}, {                                   \
            NULL, NULL                                                                             \
        }                                                                                          \
    }

static const File run_packs[] = PACKS("run");
static const File start_packs[] = PACKS("start");

/* `count` servers, each with the next as its peer if `chain`, and a service on each then. */
static const char *estate(Arena *arena, size_t count, bool chain, const char *services) {
    Buf text;
    buf_init(&text, (size_t)1 << 24);
    buf_addz(&text, HEAD "servers:\n");
    for (size_t i = 0; i < count; i++) {
        buf_printf(&text, "  - {name: S%zu", i);
        if (chain && i + 1 < count) {
            buf_printf(&text, ", peers: [S%zu]", i + 1);
        }
        buf_addz(&text, "}\n");
    }
    buf_printf(&text, "services:\n%s", services);
    for (size_t i = 0; chain && i < count; i++) {
        buf_printf(&text, "  - {name: S%zu}\n", i);
    }
    Str copy = arena_copy(arena, buf_str(&text));
    buf_clear(&text);
    return copy.s;
}

static void assert_open(Fixture *f, const char *rule) {
    LintOptions options = {.version = STR("1")};
    const Report *report = lint_run(f->lint, &options);
    assert_int_equal(report->failure_count, 0);
    for (size_t i = 0; i < report->not_assessed_count; i++) {
        if (str_eq(report->not_assessed[i].rule->id, str_of(rule))) {
            assert_true(
                str_eq(report->not_assessed[i].reason, STR("others: the work limit was reached")));
            return;
        }
    }
    fail_msg("%s has left nothing open", rule);
}

enum { CHAIN = 6500 }; /* 21 million pairs of a loss and a service that it stops */

static void test_single_failures(void **state) {
    (void)state;
    Fixture f;
    fixture_open(&f);
    assert_true(fixture_schema(&f, schema) && fixture_packs(&f, run_packs, ORIGIN_SETTINGS) &&
                fixture_inventory(&f, estate(f.arena, CHAIN, true, "")));
    assert_false(fixture_lint(&f));
    assert_true(fixture_said(&f, "too many services stop by too many losses"));
    fixture_close(&f);
}

/* The one service that must survive anything is none of the many. */
static void test_restart(void **state) {
    (void)state;
    Fixture f;
    Arena *arena = arena_open(0);
    open_run(&f, start_packs, estate(arena, CHAIN, true, "  - {name: web, availability: ha}\n"));
    assert_open(&f, "restart");
    fixture_close(&f);
    arena_close(arena);
}

/* Every two of its servers stop the service. */
static void test_pairs(void **state) {
    (void)state;
    enum { WIDE = 65 * 1000 };
    Fixture f;
    Arena *arena = arena_open(0);
    open_run(&f, run_packs,
             estate(arena, WIDE, false,
                    "  - {name: wide, availability: ha, must_survive: [2 any site]}\n"));
    assert_open(&f, "double");
    fixture_close(&f);
    arena_close(arena);
}

/* One row for each phase: the pair of servers, or what was not tried, of which nothing is known. */
static void check_cuts(const Fixture *f, size_t work, bool tried) {
    const Faults *faults = lint_faults(f->lint);
    Kernels kernels;
    kernels_init(&kernels, f->arena, f->interner, faults, 1);
    kernels.cut_work = work;
    CutTables cuts = kernel_cuts(&kernels);
    int64_t service = faults->services->targets[0].service;
    MemTable table;
    cuts.cut.rows(cuts.cut.context, &service, f->arena, &table);
    assert_int_equal(table.row_count, 2);
    for (size_t c = 2; c < 5; c++) { /* cut, losses, choices */
        assert_int_equal(table.cells[c][0] != MEM_INT_NULL, tried);
    }
    cuts.member.rows(cuts.member.context, &service, f->arena, &table);
    assert_int_equal(table.row_count, tried ? 4 : 2);
    assert_int_equal(table.cells[4][0] != 0, tried);
}

static void test_cuts(void **state) {
    (void)state;
    Fixture f;
    open_run(&f, run_packs,
             HEAD "servers: [{name: S1}, {name: S2}]\n"
                  "services: [{name: wide, availability: ha}]\n");
    check_cuts(&f, 1000, true);
    check_cuts(&f, 0, false);
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_single_failures),
        cmocka_unit_test(test_restart),
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_cuts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
