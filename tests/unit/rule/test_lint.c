#include "small.h"

static const File rules[] = {
    {"rules/p/pack.yaml", PACK},
    {"rules/p/not-ready.yaml",
     RULE_HEAD("not-ready") "message: \"{entity} on {host} is not ready\"\n"
                            "profiles: {vendor: {warning: info}, one-method: none}\n"
                            "places:\n"
                            "  - {of: entity, field: ready, label: \"says {entity}\"}\n"
                            "  - {of: host, label: its host}\n"
                            "query: |\n"
                            "  SELECT s.id AS entity, s.host_id, NOT s.ready AS fails\n"
                            "  FROM server s\n"},
    {"rules/p/fast.yaml",
     RULE_HEAD("fast") "message: \"{entity} is fast\"\n"
                       "query: |\n"
                       "  SELECT s.id AS entity, s.mode_effective = 'fast' AS fails\n"
                       "  FROM server s WHERE s.host_id IS NOT NULL\n"},
    {"rules/p/peers.yaml",
     RULE_HEAD("peers") "message: \"{entity} has {peer.count} peers: {peer}\"\n"
                        "places:\n"
                        "  - {of: entity, field: peers, item: peer, label: \"peer {peer}\"}\n"
                        "query: |\n"
                        "  SELECT p.server_id AS entity, p.peer_id,\n"
                        "         CASE p.position WHEN 1 THEN 'info' ELSE 'error' END AS severity\n"
                        "  FROM server_peers p\n"},
    {"rules/p/none-such.yaml",
     RULE_HEAD("none-such") "message: \"{entity}\"\n"
                            "query: |\n"
                            "  SELECT s.id AS entity, 1 AS fails FROM site s\n"},
    {NULL, NULL}};

static const char inventory[] = HEAD "hosts:\n"
                                     "  - {name: H1}\n"
                                     "servers:\n"
                                     "  - {name: B, host: H1, ready: false, peers: [A, C]}\n"
                                     "  - {name: A, host: H1}\n"
                                     "  - {name: C, ready: true, mode: safe}\n"
                                     "  - {name: D, host: H1, mode: safe}\n";

static void test_verdicts(void **state) {
    (void)state;
    Fixture f;
    open_run(&f, rules, inventory);
    LintOptions options = {.version = STR("1")};
    const Report *report = lint_run(f.lint, &options);
    assert_int_equal(report->failure_count, 0);
    assert_int_equal(report->finding_count, 4);
    const Finding *not_ready = finding_of(report, "not-ready", "B");
    assert_non_null(not_ready);
    assert_true(str_eq(not_ready->message, STR("B on H1 is not ready")));
    assert_int_equal(not_ready->severity, SEVERITY_WARNING);
    assert_int_equal(not_ready->related_count, 1);
    assert_int_equal(not_ready->place_count, 2);
    assert_int_equal(not_ready->places[0].loc.line, 7);
    assert_true(str_eq(not_ready->places[0].label, STR("says B")));
    assert_int_equal(not_ready->fingerprint.n, 64);
    /* Two entities lack the same fact: one entry. */
    assert_int_equal(report->not_assessed_count, 1);
    assert_int_equal(report->not_assessed[0].count, 2);
    assert_int_equal(report->not_assessed[0].fact_count, 1);
    assert_true(str_eq(report->not_assessed[0].facts[0], STR("server.ready")));
    assert_int_equal(outcome_of(report, "not-ready"), RULE_FOUND);
    assert_int_equal(outcome_of(report, "none-such"), RULE_NOT_APPLICABLE);
    fixture_close(&f);
}

static void test_folding(void **state) {
    (void)state;
    Fixture f;
    open_run(&f, rules, inventory);
    LintOptions options = {.version = STR("1")};
    const Report *report = lint_run(f.lint, &options);
    const Finding *peers = finding_of(report, "peers", "B");
    assert_non_null(peers);
    assert_ptr_equal(peers, report->findings[0]); /* the highest severity comes first */
    assert_int_equal(peers->number, 1);
    assert_int_equal(peers->severity, SEVERITY_ERROR);
    assert_true(str_eq(peers->message, STR("B has 2 peers: A and C")));
    assert_int_equal(peers->place_count, 2);
    assert_true(peers->places[0].loc.column < peers->places[1].loc.column);
    assert_true(str_eq(peers->places[1].label, STR("peer C")));
    fixture_close(&f);
}

static void test_assumed(void **state) {
    (void)state;
    Fixture f;
    open_run(&f, rules, inventory);
    LintOptions options = {.version = STR("1")};
    const Report *report = lint_run(f.lint, &options);
    const Finding *fast = finding_of(report, "fast", "A");
    assert_non_null(fast);
    assert_int_equal(fast->assumed_count, 1);
    assert_true(str_eq(fast->assumed[0].fact, STR("server.mode")));
    assert_int_equal(fast->assumed[0].entity_count, 1);
    assert_int_equal(fast->assumed[0].entities[0], fast->subject);
    assert_true(str_eq(fast->assumed[0].value, STR("fast")));
    assert_true(str_eq(fast->assumed[0].source, STR("the vendor")));
    assert_null(finding_of(report, "fast", "D"));
    fixture_close(&f);
}

static void test_profiles(void **state) {
    (void)state;
    static const struct {
        ProfileId profile;
        Severity want; /* of not-ready on B */
    } cases[] = {{PROFILE_DEFAULT, SEVERITY_WARNING},
                 {PROFILE_VENDOR, SEVERITY_INFO},
                 {PROFILE_ONE_METHOD, SEVERITY_NONE}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Fixture f;
        open_run(&f, rules, inventory);
        LintOptions options = {.profile = cases[i].profile, .version = STR("1")};
        const Report *report = lint_run(f.lint, &options);
        const Finding *finding = finding_of(report, "not-ready", "B");
        assert_int_equal(finding ? finding->severity : SEVERITY_NONE, cases[i].want);
        fixture_close(&f);
    }
}

/* One thread and many say the same. */
static void test_parallel(void **state) {
    (void)state;
    Fixture f;
    open_run(&f, rules, inventory);
    LintOptions one = {.threads = 1, .version = STR("1")};
    LintOptions many = {.threads = 0, .version = STR("1")};
    const Report *a = lint_run(f.lint, &one);
    const Report *b = lint_run(f.lint, &many);
    assert_int_equal(a->finding_count, b->finding_count);
    for (size_t i = 0; i < a->finding_count; i++) {
        assert_true(str_eq(a->findings[i]->message, b->findings[i]->message));
        assert_true(str_eq(a->findings[i]->fingerprint, b->findings[i]->fingerprint));
    }
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verdicts), cmocka_unit_test(test_folding),
        cmocka_unit_test(test_assumed), cmocka_unit_test(test_profiles),
        cmocka_unit_test(test_parallel)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
