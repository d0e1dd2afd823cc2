#include "query_fixture.h"

static int set_up(void **state) {
    Fixture *fixture = test_malloc(sizeof *fixture);
    fixture_init(fixture);
    fixture_open_empty(fixture);
    fixture_connect(fixture);
    *state = fixture;
    return 0;
}

static int tear_down(void **state) {
    fixture_close(*state);
    test_free(*state);
    return 0;
}

/* Every multiset of up to three truth values: any, all, number of rows if all are stated. */
static void test_kleene(void **state) {
    static const struct {
        const char *values, *any, *all, *count;
    } cases[] = {
        {"", "0", "1", "0"},
        {"(1)", "1", "1", "1"},
        {"(0)", "0", "0", "1"},
        {"(NULL)", "-", "-", "-"},
        {"(5)", "1", "1", "1"},
        {"(-1)", "1", "1", "1"},
        {"(0.5)", "1", "1", "1"},
        {"(1),(1)", "1", "1", "2"},
        {"(1),(0)", "1", "0", "2"},
        {"(0),(0)", "0", "0", "2"},
        {"(1),(NULL)", "1", "-", "-"},
        {"(0),(NULL)", "-", "0", "-"},
        {"(NULL),(NULL)", "-", "-", "-"},
        {"(1),(0),(NULL)", "1", "0", "-"},
        {"(NULL),(0),(1)", "1", "0", "-"},
        {"(1),(1),(1)", "1", "1", "3"},
        {"(0),(0),(0)", "0", "0", "3"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char sql[256];
        char want[64];
        const char *from = cases[i].values[0] ? cases[i].values : "(1)";
        snprintf(
            sql, sizeof sql,
            "WITH v(x) AS (VALUES %s) SELECT any_true(x), all_true(x), count_stated(x) FROM v%s",
            from, cases[i].values[0] ? "" : " WHERE 0");
        snprintf(want, sizeof want, "%s|%s|%s", cases[i].any, cases[i].all, cases[i].count);
        assert_rows(*state, sql, want);
    }
}

static void test_all_equal(void **state) {
    static const struct {
        const char *values, *want;
    } cases[] = {
        {"(1)", "1"},         {"(NULL)", "1"},      {"(NULL),(NULL)", "-"}, {"(1),(1)", "1"},
        {"(1),(1.0)", "1"},   {"(1),(2)", "0"},     {"(1),(NULL)", "-"},    {"(1),(NULL),(2)", "0"},
        {"('a'),('a')", "1"}, {"('a'),('A')", "0"}, {"('1'),(1)", "0"},     {"(''),('')", "1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char sql[256];
        snprintf(sql, sizeof sql, "WITH v(x) AS (VALUES %s) SELECT all_equal(x) FROM v",
                 cases[i].values);
        assert_rows(*state, sql, cases[i].want);
    }
    assert_rows(*state, "WITH v(x) AS (VALUES (1)) SELECT all_equal(x) FROM v WHERE 0", "1");
}

static void test_scalars(void **state) {
    static const struct {
        const char *sql, *want;
    } cases[] = {
        {"SELECT text('abc'), text(NULL), text(5)", "abc|-|5"},
        {"SELECT days_between('2015-03-10', '2015-03-13')", "3"},
        {"SELECT days_between('2016-03-01', '2016-02-28')", "-2"},
        {"SELECT days_between('2015-03-10', NULL)", "-"},
        {"SELECT days_between('yesterday', '2015-03-10')", "-"},
        {"SELECT days_between('2015-02-30', '2015-03-10')", "-"},
        {"SELECT in_network('192.0.2.130', '192.0.2.128/25'), in_network('192.0.2.127', "
         "'192.0.2.128/25')",
         "1|0"},
        {"SELECT in_network('10.1.2.3', '0.0.0.0/0'), in_network('10.1.2.3', '10.1.2.3'), "
         "in_network('10.1.2.3', '10.1.2.4')",
         "1|1|0"},
        {"SELECT in_network('2001:db8::9', '2001:DB8::/32'), in_network('2001:db9::9', "
         "'2001:db8::/32'), in_network('::ffff:192.0.2.1', '0:0:0:0:0:ffff:c000:0201')",
         "1|0|1"},
        {"SELECT in_network('1::2', '1:0:0:0:0:0:0:2/128'), in_network('1:2:3:4:5:6:7:8', "
         "'1:2:3:4:5:6:7:9')",
         "1|0"},
        {"SELECT in_network('192.0.2.1', '::/0'), in_network('192.0.2.300', '0.0.0.0/0')", "0|-"},
        {"SELECT in_network('192.0.2.1', '192.0.2.0/33'), in_network(NULL, '192.0.2.0/24'), "
         "in_network('192.0.2.1', 'mail.example')",
         "-|-|-"},
        {"SELECT as_of(1), as_of(NULL), as_of('x')", "-|-|-"},
        {"SELECT '14.2' < '14.10', '14.2' < '14.10' COLLATE VERSION", "0|1"},
        {"SELECT '14.0' = '14' COLLATE VERSION, '9' < '10' COLLATE VERSION", "1|1"},
        {"SELECT 'ESX-01' = 'esx-01' COLLATE FOLD, 'a' = 'b' COLLATE FOLD", "1|0"},
        {"SELECT '\xC3\x9C' = 'u\xCC\x88' COLLATE FOLD", "1"},
        {"SELECT upper('a') || lower('B') || coalesce(NULL, 'c')", "Abc"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_rows(*state, cases[i].sql, cases[i].want);
    }
}

static void test_spf_terms(void **state) {
    static const struct {
        const char *sql, *want;
    } cases[] = {
        {"SELECT term, kind, at, length, error FROM spf_terms("
         "'v=spf1 include:spf.protection.outlook.com ip4:192.0.2.300 -all')",
         "v=spf1|version|1|6|-;include:spf.protection.outlook.com|include|8|34|-;"
         "ip4:192.0.2.300|ip4|47|11|192.0.2.300 is no IPv4 address;-all|all|59|4|-"},
        {"SELECT count(*) FROM spf_terms('google-site-verification=x')", "0"},
        {"SELECT count(*) FROM spf_terms(NULL)", "0"},
        {"WITH r(t) AS (VALUES ('v=spf1 a -all'), ('v=spf1 mx')) "
         "SELECT r.t, s.kind FROM r JOIN spf_terms(r.t) s WHERE s.kind <> 'version'",
         "v=spf1 a -all|a;v=spf1 a -all|all;v=spf1 mx|mx"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_rows(*state, cases[i].sql, cases[i].want);
    }
    QueryError error = fixture_refused(*state, "SELECT term FROM spf_terms");
    assert_non_null(strstr(error.message.s, "needs its argument"));
    error = fixture_refused(*state, "SELECT term FROM spf_terms('v=spf1') WHERE kind = 'incude'");
    assert_non_null(strstr(error.help.s, "'include'"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_kleene, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_all_equal, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_scalars, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_spf_terms, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
