/* Edges that matter only for the start, or only for changes: what they do and do not do. */
#include "small.h"

/* service@SITE needs one server of the site; a server needs its peers with the edge that is put in.
 */
#define DEPENDENCIES(edge, holds)                                                                  \
    "derive:\n"                                                                                    \
    "  - {id: web, kind: service, doc: Web., query: \"SELECT 'web@' || s.name AS name, s.id AS "   \
    "from_id FROM site s\"}\n"                                                                     \
    "needs:\n"                                                                                     \
    "  - id: servers\n"                                                                            \
    "    doc: One server.\n"                                                                       \
    "    because: {of: provider}\n"                                                                \
    "    query: SELECT v.id AS node_id, 'servers' AS gate, s.id AS provider_id, 1 AS at_least "    \
    "FROM service v CROSS JOIN server s WHERE s.site_id > 0\n"                                     \
    "  - id: peers\n"                                                                              \
    "    doc: All its peers.\n"                                                                    \
    "    edge: " edge "\n"                                                                         \
    "    because: {of: node, field: peers}\n"                                                      \
    "    query: SELECT p.server_id AS node_id, 'peers' AS gate, p.peer_id AS provider_id, " holds  \
    " AS holds FROM server_peers p\n"

#define VIEWS                                                                                      \
    "views:\n"                                                                                     \
    "  - {name: service_target, doc: Services., query: \"SELECT v.id AS service_id, 'ha' AS "      \
    "availability FROM service v\"}\n"

#define COLD_RULE                                                                                  \
    RULE_HEAD("cold")                                                                              \
    "message: \"{entity} waits for {other}{breaker}\"\n"                                           \
    "query: SELECT c.node_id AS entity, c.waits_for_id AS other_id, CASE WHEN c.breaker = 1 "      \
    "THEN '!' ELSE '' END AS breaker, c.certain AS fails FROM cold_start c\n"

#define RESTART_RULE                                                                               \
    RULE_HEAD("restart")                                                                           \
    "message: \"{entity}: {service}\"\n"                                                           \
    "query: SELECT r.component_id AS entity, r.service_id, r.certain AS fails "                    \
    "FROM restart_spof r WHERE r.subject_id = r.component_id\n"

#define SPOF_RULE                                                                                  \
    RULE_HEAD("spof")                                                                              \
    "message: \"{entity}\"\n"                                                                      \
    "query: SELECT s.component_id AS entity FROM spof s\n"

#define PACKS(edge, holds)                                                                         \
    {                                                                                              \
        {"rules/p/pack.yaml", PACK}, {"rules/p/views.yaml", VIEWS},                                \
            {"rules/p/cold.yaml", COLD_RULE}, {"rules/p/restart.yaml", RESTART_RULE},              \
            {"rules/p/spof.yaml", SPOF_RULE},                                                      \
            {"rules/p/dependencies.yaml", DEPENDENCIES(edge, holds)}, {                            \
            NULL, NULL                                                                             \
        }                                                                                          \
    }

static const File run_packs[] = PACKS("run", "1");
static const File start_packs[] = PACKS("start", "1");
static const File open_packs[] = PACKS("start", "NULL");
static const File manage_packs[] = PACKS("manage", "1");

/* A and B need each other; C needs nobody, D needs C. */
#define RING                                                                                       \
    HEAD "sites: [{name: HQ}]\nservers:\n"                                                         \
         "  - {name: A, site: HQ, peers: [B]}\n  - {name: B, site: HQ, peers: [A]}\n"
#define LINE                                                                                       \
    HEAD "sites: [{name: HQ}]\nservers:\n"                                                         \
         "  - {name: A, site: HQ, peers: [C]}\n  - {name: B, site: HQ, peers: [C]}\n"              \
         "  - {name: C}\n"

static const Report *run(Fixture *f, const File *packs, const char *text) {
    open_run(f, packs, text);
    LintOptions options = {.version = STR("1")};
    const Report *report = lint_run(f->lint, &options);
    assert_int_equal(report->failure_count, 0);
    return report;
}

/* Whatever for: a ring that runs does not start, and either server breaks it. */
static void test_ring(void **state) {
    (void)state;
    const File *packs[] = {run_packs, start_packs};
    for (size_t i = 0; i < 2; i++) {
        Fixture f;
        const Report *report = run(&f, packs[i], RING);
        const Finding *finding = finding_of(report, "cold", "A");
        assert_non_null(finding);
        assert_true(str_eq(finding->message, STR("A waits for B!")));
        finding = finding_of(report, "cold", "B");
        assert_non_null(finding);
        assert_true(str_eq(finding->message, STR("B waits for A")));
        /* running: each needs the other, so that one loss takes both; or just to start */
        assert_int_equal(finding_of(report, "spof", "A") != NULL, packs[i] == run_packs);
        fixture_close(&f);
    }
}

static void test_manage(void **state) {
    (void)state;
    Fixture f;
    const Report *report = run(&f, manage_packs, RING);
    assert_int_equal(report->finding_count, 0);
    fixture_close(&f);
}

/* One part that both need: running it is a single failure, starting it is one of the start. */
static void test_line(void **state) {
    (void)state;
    Fixture f;
    const Report *report = run(&f, start_packs, LINE);
    assert_null(finding_of(report, "spof", "C"));
    const Finding *finding = finding_of(report, "restart", "C");
    assert_non_null(finding);
    assert_true(str_eq(finding->message, STR("C: web@HQ")));
    assert_null(finding_of(report, "restart", "A"));
    assert_null(finding_of(report, "cold", "A"));
    fixture_close(&f);
    report = run(&f, run_packs, LINE);
    assert_non_null(finding_of(report, "spof", "C"));
    assert_null(finding_of(report, "restart", "C"));
    fixture_close(&f);
}

static bool is_unknown(const Report *report, const char *rule) {
    for (size_t i = 0; i < report->not_assessed_count; i++) {
        if (str_eq(report->not_assessed[i].rule->id, str_of(rule))) {
            return true;
        }
    }
    return false;
}

/* Not stated whether a server needs its peers to start. */
static void test_open(void **state) {
    (void)state;
    Fixture f;
    const Report *report = run(&f, open_packs, RING);
    assert_int_equal(report->finding_count, 0);
    assert_true(is_unknown(report, "cold"));
    fixture_close(&f);
    report = run(&f, open_packs, LINE);
    assert_int_equal(report->finding_count, 0);
    assert_true(is_unknown(report, "restart"));
    fixture_close(&f);
}

static void test_unknown_edge(void **state) {
    (void)state;
    static const File packs[] = PACKS("boot", "1");
    Fixture f;
    fixture_open(&f);
    assert_true(fixture_schema(&f, schema));
    assert_false(fixture_packs(&f, packs, ORIGIN_SETTINGS));
    assert_true(fixture_said(&f, "unknown value \"boot\""));
    assert_true(fixture_said(&f, "it is one of run, start, manage"));
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ring),         cmocka_unit_test(test_manage),
        cmocka_unit_test(test_line),         cmocka_unit_test(test_open),
        cmocka_unit_test(test_unknown_edge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
