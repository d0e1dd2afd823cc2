#include "small.h"

/* Servers on hosts; service@SITE needs one server of the site that runs; a server needs its host
 * early, and any host of the inventory later if it may be restarted (`mode: safe`). */
#define DEPENDENCIES                                                                               \
    "derive:\n"                                                                                    \
    "  - id: web\n"                                                                                \
    "    kind: service\n"                                                                          \
    "    doc: Web.\n"                                                                              \
    "    query: |\n"                                                                               \
    "      SELECT 'web@' || s.name AS name, s.id AS from_id FROM site s\n"                         \
    "needs:\n"                                                                                     \
    "  - id: web-servers\n"                                                                        \
    "    doc: Any server of the site.\n"                                                           \
    "    because: {of: provider, field: site}\n"                                                   \
    "    query: |\n"                                                                               \
    "      SELECT v.id AS node_id, 'servers' AS gate, s.id AS provider_id, 1 AS at_least\n"        \
    "      FROM site t JOIN service v ON v.name = 'web@' || t.name\n"                              \
    "      JOIN server s ON s.site_id = t.id\n"                                                    \
    "  - id: site-of-servers\n"                                                                    \
    "    doc: A server stands in a site.\n"                                                        \
    "    because: {of: node, field: site}\n"                                                       \
    "    query: |\n"                                                                               \
    "      SELECT s.id AS node_id, 'site' AS gate, s.site_id AS provider_id\n"                     \
    "      FROM server s WHERE s.site_id IS NOT NULL\n"                                            \
    "  - id: host-now\n"                                                                           \
    "    doc: Its own host.\n"                                                                     \
    "    because: {of: node, field: host}\n"                                                       \
    "    query: |\n"                                                                               \
    "      SELECT s.id AS node_id, text('host') AS gate, s.host_id AS provider_id,\n"              \
    "             CASE s.mode WHEN 'safe' THEN 'early' END AS phase\n"                             \
    "      FROM server s\n"                                                                        \
    "  - id: host-later\n"                                                                         \
    "    doc: Any host.\n"                                                                         \
    "    because: {of: node}\n"                                                                    \
    "    query: |\n"                                                                               \
    "      SELECT s.id AS node_id, text('restart') AS gate, h.id AS provider_id, 1 AS at_least,\n" \
    "             'settled' AS phase FROM server s CROSS JOIN host h WHERE s.mode = 'safe'\n"

#define VIEWS                                                                                      \
    "views:\n"                                                                                     \
    "  - name: service_target\n"                                                                   \
    "    doc: What services must survive.\n"                                                       \
    "    query: |\n"                                                                               \
    "      SELECT v.id AS service_id, coalesce(v.availability, 'ha') AS availability\n"            \
    "      FROM service v\n"                                                                       \
    "  - name: service_contract\n"                                                                 \
    "    doc: Contracts.\n"                                                                        \
    "    query: |\n"                                                                               \
    "      SELECT m.service_id, m.term FROM service_must_survive m\n"

#define SPOF_RULE                                                                                  \
    RULE_HEAD("spof")                                                                              \
    "supersedes: [lonely]\n"                                                                       \
    "message: \"losing {entity} stops {service}\"\n"                                               \
    "query: |\n"                                                                                   \
    "  SELECT s.subject_id AS entity, s.service_id, s.subject_phase AS phase,\n"                   \
    "         s.certain AS fails,\n"                                                               \
    "         CASE WHEN s.phase = 'settled' THEN 'error' WHEN s.defeats\n"                         \
    "         THEN 'warning' ELSE 'info' END AS severity\n"                                        \
    "  FROM spof_subject s\n"                                                                      \
    "  UNION ALL\n"                                                                                \
    "  SELECT u.service_id, u.service_id, u.phase, NULL, 'error' FROM unsure u\n"

#define LONELY_RULE                                                                                \
    RULE_HEAD("lonely")                                                                            \
    "message: \"{entity} is alone\"\n"                                                             \
    "query: |\n"                                                                                   \
    "  SELECT h.id AS entity FROM host h\n"

static const File packs[] = {
    {"rules/p/pack.yaml",
     PACK "fault_sets:\n"
          "  - {name: host, doc: Hosts., query: SELECT id FROM host}\n"
          "  - {name: site, doc: Sites., query: SELECT id FROM site}\n"
          "  - {name: nothing, doc: None., query: SELECT id FROM site WHERE 0}\n"},
    {"rules/p/views.yaml", VIEWS},
    {"rules/p/dependencies.yaml", DEPENDENCIES},
    {"rules/p/spof.yaml", SPOF_RULE},
    {"rules/p/lonely.yaml", LONELY_RULE},
    {NULL, NULL}};

static const Report *run(Fixture *f, const char *text) {
    open_run(f, packs, text);
    LintOptions options = {.version = STR("1")};
    const Report *report = lint_run(f->lint, &options);
    for (size_t i = 0; i < report->failure_count; i++) {
        fprintf(stderr, "%.*s\n", STR_ARG(report->failures[i].reason));
    }
    assert_int_equal(report->failure_count, 0);
    return report;
}

static void assert_spof(const Report *report, const char *subject, Severity severity, Phase phase) {
    const Finding *finding = finding_of(report, "spof", subject);
    if (severity == SEVERITY_NONE) {
        assert_null(finding);
        return;
    }
    assert_non_null(finding);
    assert_int_equal(finding->severity, severity);
    assert_int_equal(finding->phase, phase);
}

/* One server on one host: one finding for the chain, at the server; the host is its evidence. */
static void test_chain(void **state) {
    (void)state;
    Fixture f;
    const Report *report = run(&f, HEAD "sites: [{name: HQ}]\n"
                                        "hosts: [{name: H1}]\n"
                                        "servers:\n"
                                        "  - {name: A, host: H1, site: HQ}\n");
    assert_spof(report, "A", SEVERITY_ERROR, PHASE_SETTLED);
    assert_spof(report, "H1", SEVERITY_NONE, PHASE_NONE);
    assert_spof(report, "HQ", SEVERITY_NONE, PHASE_NONE); /* a site is not judged at `ha` */
    const Finding *finding = finding_of(report, "spof", "A");
    assert_int_equal(finding->service_count, 1);
    assert_int_equal(finding->chain_count, 2);
    assert_true(str_eq(finding->message, STR("losing A stops web@HQ")));
    assert_int_equal(finding->place_count, 2); /* the server, and where its site is stated */
    assert_int_equal(finding->places[1].loc.line, 7);
    assert_true(str_eq(finding->places[1].label, STR("web@HQ needs A")));
    assert_int_equal(report->service_count, 1);
    assert_int_equal(report->failures_tried, 2); /* nor tried */
    assert_int_equal(report->failures_settled, 2);
    fixture_close(&f);
}

/* Two servers on one host: the host is the cause, and it defeats a redundancy if HA heals it. */
static void test_phases(void **state) {
    (void)state;
    static const struct {
        const char *mode;
        Severity severity;
        Phase phase;
    } cases[] = {{"fast", SEVERITY_ERROR, PHASE_SETTLED}, {"safe", SEVERITY_WARNING, PHASE_EARLY}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 HEAD "sites: [{name: HQ}]\n"
                      "hosts: [{name: H1}, {name: H2}]\n"
                      "servers:\n"
                      "  - {name: A, host: H1, site: HQ, mode: %s}\n"
                      "  - {name: B, host: H1, site: HQ, mode: %s}\n",
                 cases[i].mode, cases[i].mode);
        Fixture f;
        const Report *report = run(&f, text);
        assert_spof(report, "H1", cases[i].severity, cases[i].phase);
        assert_spof(report, "A", SEVERITY_NONE, PHASE_NONE);
        assert_spof(report, "H2", SEVERITY_NONE, PHASE_NONE);
        /* It carries the finding that it supersedes; the other host keeps its own. */
        assert_null(finding_of(report, "lonely", "H1"));
        assert_non_null(finding_of(report, "lonely", "H2"));
        assert_int_equal(finding_of(report, "spof", "H1")->evidence_count, 1);
        fixture_close(&f);
    }
}

/* What the service must withstand decides what is a finding. */
static void test_targets(void **state) {
    (void)state;
    static const struct {
        const char *availability, *subject;
    } cases[] = {{"single", NULL}, {"ha", "A"}, {"site-resilient", "A"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 HEAD "sites: [{name: HQ}]\n"
                      "hosts: [{name: H1}]\n"
                      "servers: [{name: A, host: H1, site: HQ}]\n"
                      "services: [{name: web@HQ, availability: %s}]\n",
                 cases[i].availability);
        Fixture f;
        const Report *report = run(&f, text);
        assert_int_equal(finding_of(report, "spof", "A") != NULL, cases[i].subject != NULL);
        fixture_close(&f);
    }
}

/* Unknown hosts of both servers could be one: the service is not assessed, for want of
 * the hosts. */
static void test_unknown_provider(void **state) {
    (void)state;
    Fixture f;
    const Report *report = run(&f, HEAD "sites: [{name: HQ}]\n"
                                        "hosts: [{name: H1}]\n"
                                        "servers:\n"
                                        "  - {name: A, site: HQ, mode: fast}\n"
                                        "  - {name: B, site: HQ, mode: fast}\n");
    assert_int_equal(report->not_assessed_count, 1);
    const NotAssessed *missing = &report->not_assessed[0];
    assert_true(str_eq(missing->rule->id, STR("spof")));
    assert_int_equal(missing->count, 1);
    assert_true(str_eq(inventory_name(report->inventory, missing->entities[0]), STR("web@HQ")));
    assert_int_equal(missing->fact_count, 1);
    assert_true(str_eq(missing->facts[0], STR("server.host")));
    fixture_close(&f);
}

static int64_t cell_of(Fixture *f, const char *sql) {
    Arena *arena = arena_open(0);
    Database *database;
    Query *query;
    QueryError error;
    assert_false(database_open(arena, lint_catalog(f->lint), &database).failed);
    if (!query_prepare(database, str_of(sql), &query, &error)) {
        fail_msg("%s: %.*s", sql, STR_ARG(error.message));
    }
    assert_int_equal(query_step(query, &error), QUERY_ROW);
    int64_t value = query_is_null(query, 0) ? INT64_MIN : query_int(query, 0);
    query_close(query);
    database_close(database);
    arena_close(arena);
    return value;
}

static void test_tables(void **state) {
    (void)state;
    Fixture f;
    run(&f, HEAD "sites: [{name: HQ}]\n"
                 "hosts: [{name: H1}, {name: H2}]\n"
                 "servers:\n"
                 "  - {name: A, host: H1, site: HQ, mode: fast}\n"
                 "  - {name: B, host: H2, site: HQ, mode: safe}\n");
    static const struct {
        const char *sql;
        int64_t want;
    } cases[] = {
        {"SELECT count(*) FROM needs", 8},
        {"SELECT count(*) FROM gate WHERE k < n", 2}, /* servers; restart of B */
        {"SELECT g.n FROM gate g WHERE g.node = 'web@HQ'", 2},
        {"SELECT count(*) FROM needs n JOIN gate g ON g.id = n.gate_id AND g.node_id = n.node_id",
         8},
        {"SELECT count(*) FROM needs WHERE phase = 'early'", 1},
        {"SELECT count(*) FROM needs WHERE phase = 'settled'", 2},
        {"SELECT count(*) FROM component", 5},
        {"SELECT count(*) FROM spof", 2}, /* the site, in both phases */
        {"SELECT count(*) FROM spof_subject", 0},
        {"SELECT nodes FROM impact WHERE component = 'HQ' AND phase = 'settled'", 3},
        {"SELECT count(*) FROM cycle", 0},
        {"SELECT count(*) FROM down", 0},
        {"SELECT count(*) FROM path p JOIN service v ON v.id = p.source_id "
         "JOIN host h ON h.id = p.target_id WHERE h.name = 'H1' AND p.phase = 'settled'",
         3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t got = cell_of(&f, cases[i].sql);
        if (got != cases[i].want) {
            fail_msg("%s: %lld", cases[i].sql, (long long)got);
        }
    }
    fixture_close(&f);
}

/* A service that nobody can provide is down with nothing failed. */
static void test_down(void **state) {
    (void)state;
    static const File needy[] = {
        {"rules/p/pack.yaml", PACK},
        {"rules/p/views.yaml", VIEWS},
        {"rules/p/dependencies.yaml",
         "needs:\n"
         "  - id: pair\n"
         "    doc: Two servers.\n"
         "    because: {of: node}\n"
         "    query: |\n"
         "      SELECT v.id AS node_id, 'pair' AS gate, s.id AS provider_id, 2 AS at_least\n"
         "      FROM service v JOIN server s\n"},
        {NULL, NULL}};
    Fixture f;
    open_run(&f, needy, HEAD "servers: [{name: A}]\nservices: [{name: x}]\n");
    assert_int_equal(cell_of(&f, "SELECT count(*) FROM down WHERE k = 2 AND n = 1 AND certain"), 2);
    assert_int_equal(cell_of(&f, "SELECT node_id = service_id FROM down"), 1);
    fixture_close(&f);
}

static void test_contracts(void **state) {
    (void)state;
    static const struct {
        const char *terms;
        int64_t holds; /* settled */
    } cases[] = {{"any host", 1},           {"2 any host", 0},          {"any host + any site", 0},
                 {"3 any host", INT64_MIN}, {"any nothing", INT64_MIN}, {"any site", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 HEAD "sites: [{name: HQ}]\n"
                      "hosts: [{name: H1}, {name: H2}]\n"
                      "servers:\n"
                      "  - {name: A, host: H1, site: HQ, mode: fast}\n"
                      "  - {name: B, host: H2, site: HQ, mode: fast}\n"
                      "services: [{name: web@HQ, must_survive: [%s]}]\n",
                 cases[i].terms);
        Fixture f;
        run(&f, text);
        int64_t holds = cell_of(&f, "SELECT holds FROM contract WHERE phase = 'settled'");
        if (holds != cases[i].holds) {
            fail_msg("%s: %lld", cases[i].terms, (long long)holds);
        }
        fixture_close(&f);
    }
}

static void test_mistakes(void **state) {
    (void)state;
    static const struct {
        const char *dependencies, *inventory, *said;
    } cases[] = {
        {DEPENDENCIES, "sites: [{name: HQ}]\nservices: [{name: web@HQ, must_survive: [any hst]}]\n",
         "did you mean \"host\""},
        {DEPENDENCIES, "sites: [{name: HQ}]\nservices: [{name: web@HQ, must_survive: [host]}]\n",
         "no term of a contract"},
        {DEPENDENCIES
         "  - id: conflict\n"
         "    doc: Two servers.\n"
         "    because: {of: node}\n"
         "    query: |\n"
         "      SELECT v.id AS node_id, 'servers' AS gate, s.id AS provider_id, 2 AS at_least\n"
         "      FROM service v JOIN server s\n",
         "sites: [{name: HQ}]\nservers: [{name: A, site: HQ}]\n", "disagree on `at_least`"},
        {"derive:\n  - {id: d, kind: servce, doc: D., query: SELECT 1}\n", "sites: [{name: HQ}]\n",
         "did you mean \"service\""},
        {"derive:\n  - {id: d, kind: service, doc: D., query: \"SELECT 'x' AS name, id AS from_id, "
         "1 AS nme FROM site\"}\n",
         "sites: [{name: HQ}]\n", "no field of kind service"},
        {"needs:\n  - {id: n, doc: D., because: {of: node}, query: SELECT 1 AS node_id FROM "
         "site}\n",
         "sites: [{name: HQ}]\n", "no column `gate`"},
        {"needs:\n  - {id: n, doc: D., because: {of: node}, query: \"SELECT name AS node_id, 'g' "
         "AS gate, id AS provider_id FROM site\"}\n",
         "sites: [{name: HQ}]\n", "holds no id of an entity"},
        {"needs:\n  - {id: n, doc: D., field: server.sit, gate: g}\n", "sites: [{name: HQ}]\n",
         "did you mean `site`"},
        {"needs:\n  - {id: n, doc: D., field: sever.site, gate: g}\n", "sites: [{name: HQ}]\n",
         "did you mean `server`"},
        {"needs:\n  - {id: n, doc: D., field: site.name, gate: g}\n", "sites: [{name: HQ}]\n",
         "names no records"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const File files[] = {
            packs[0], packs[1], {"rules/p/dependencies.yaml", cases[i].dependencies}, {NULL, NULL}};
        char text[512];
        snprintf(text, sizeof text, HEAD "%s", cases[i].inventory);
        Fixture f;
        fixture_open(&f);
        bool read = fixture_schema(&f, schema) && fixture_packs(&f, files, ORIGIN_SETTINGS) &&
                    fixture_inventory(&f, text);
        if (!read) {
            fixture_print(&f);
        }
        assert_true(read);
        assert_false(fixture_lint(&f));
        if (!fixture_said(&f, cases[i].said)) {
            fixture_print(&f);
            fail_msg("not said: %s", cases[i].said);
        }
        fixture_close(&f);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chain),     cmocka_unit_test(test_phases),
        cmocka_unit_test(test_targets),   cmocka_unit_test(test_unknown_provider),
        cmocka_unit_test(test_tables),    cmocka_unit_test(test_down),
        cmocka_unit_test(test_contracts), cmocka_unit_test(test_mistakes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
