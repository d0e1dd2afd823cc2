/* Which statements certainly have no rows, over an inventory of two servers and a site. */
#include "rule/lint_state.h"
#include "rule/no_rows.h"
#include "small.h"

static const File packs[] = {
    {"rules/p/pack.yaml", PACK},
    {"rules/p/views.yaml",
     "views:\n"
     "  - name: hosted\n    doc: A.\n    query: SELECT s.id FROM server s JOIN host h ON h.id = "
     "s.host_id\n"
     "  - name: hosted_twice\n    doc: B.\n    query: SELECT x.id FROM hosted x, hosted y\n"
     "  - name: how_many\n    doc: C.\n    query: SELECT count(*) AS n FROM host\n"
     "  - name: itself\n    doc: D.\n    query: SELECT x.id FROM itself x\n"},
    {NULL, NULL}};

static const struct {
    const char *sql;
    bool none;
} cases[] = {
    {"SELECT h.id FROM host h", true},
    {"SELECT s.id FROM server s", false},
    {"select s.id from server s join HOST h on h.id = s.host_id where s.id > 1", true},
    {"SELECT s.id FROM server s LEFT JOIN host h ON h.id = s.host_id", false},
    {"SELECT s.id FROM server s LEFT OUTER JOIN host h ON h.id = s.host_id JOIN site t", false},
    {"SELECT s.id FROM server s LEFT JOIN site t ON t.id = s.site_id CROSS JOIN host h", true},
    {"SELECT h.id FROM host h LEFT JOIN server s ON s.host_id = h.id", true},
    {"SELECT s.id FROM host h RIGHT JOIN server s ON s.host_id = h.id", false},
    {"SELECT s.id FROM host h FULL JOIN server s ON s.host_id = h.id", false},
    {"SELECT s.id FROM server s, host h", true},
    {"SELECT s.id FROM server AS s, \"host\"", true},
    {"SELECT p.peer_id FROM service_must_survive p", true},
    {"SELECT p.peer_id FROM server_peers p", false}, /* of a kind with records */
    {"SELECT x.id FROM hosted x", true},
    {"SELECT x.id FROM server s JOIN hosted_twice x ON x.id = s.id", true},
    {"SELECT * FROM how_many", false},
    {"SELECT * FROM itself", false},
    {"SELECT count(*) FROM host h", false},
    {"SELECT h.id, coalesce(min(h.array), text('')) FROM host h", false},
    {"SELECT h.id FROM host h ORDER BY max(h.id)", false},
    {"SELECT 1 FROM host h HAVING 1", false},
    {"SELECT count(*) FROM host h GROUP BY h.name", true},
    {"SELECT h.id FROM host h WHERE h.id = (SELECT count(*) FROM server)", true},
    {"SELECT (SELECT h.id FROM host h) FROM server s", false},
    {"SELECT s.id IS DISTINCT FROM host FROM server s", false},
    {"SELECT h.id FROM host h UNION ALL SELECT h.id FROM host h", true},
    {"SELECT h.id FROM host h UNION SELECT s.id FROM server s", false},
    {"SELECT s.id FROM server s UNION SELECT h.id FROM host h", false},
    {"SELECT h.id FROM host h UNION ALL SELECT count(*) FROM host", false},
    {"SELECT h.id FROM host h EXCEPT SELECT s.id FROM server s", false},
    {"SELECT x.id FROM (SELECT h.id FROM host h WHERE h.id IN (1, 2)) x JOIN server s", true},
    {"SELECT x.id FROM (SELECT s.id FROM server s, site t) x", false},
    {"SELECT x.id FROM (server s JOIN host h) x", false},
    {"WITH x AS (SELECT 1) SELECT h.id FROM host h", false},
    {"SELECT h.id FROM main.host h", false},
    {"SELECT h.id FROM host(1) h", false},
    {"SELECT h.id FROM other h", false},
    {"SELECT h.id FROM -- host\n server h /* , host */", false},
    {"VALUES (1)", false},
    {"SELECT 1", false},
    {"SELECT 1 FROM", false},
    {"SELECT (1 FROM host", false},
    {"", false},
};

static void test_cases(void **state) {
    (void)state;
    Fixture f;
    open_run(&f, packs, HEAD "sites: [{name: A}]\nservers: [{name: S1}, {name: S2}]\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        NoRows check;
        no_rows_init(&check, f.arena, &f.lint->catalogs[SHOW_RESULTS]);
        if (has_no_rows(&check, str_of(cases[i].sql)) != cases[i].none) {
            fail_msg("%s", cases[i].sql);
        }
    }
    fixture_close(&f);
}

/* What is said to have no rows has none. */
static void test_against_sqlite(void **state) {
    (void)state;
    Fixture f;
    open_run(&f, packs, HEAD "sites: [{name: A}]\nservers: [{name: S1}, {name: S2}]\n");
    Database *database;
    assert_false(database_open(f.arena, &f.lint->catalogs[SHOW_RESULTS], &database).failed);
    size_t ran = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Query *query;
        QueryError error;
        if (cases[i].none && query_prepare(database, str_of(cases[i].sql), &query, &error)) {
            assert_int_equal(query_step(query, &error), QUERY_DONE);
            query_close(query);
            ran++;
        }
    }
    assert_true(ran > 10);
    database_close(database);
    fixture_close(&f);
}

static void test_order(void **state) {
    (void)state;
    static const struct {
        const char *sql;
        size_t rows;
    } visited[] = {
        {"SELECT s.id FROM server s JOIN site t ON t.id = s.site_id", 2},
        {"SELECT t.id, (SELECT count(*) FROM server) FROM site t", 1},
        {"WITH x AS (SELECT s.id FROM server s) SELECT t.id FROM site t, x", 1},
        {"SELECT x.id FROM (SELECT y.id FROM hosted y) x", 2},
        {"SELECT p.peer_id FROM server_peers p", 2},
        {"SELECT x.id FROM itself x", 0},
        {"SELECT x.id FROM other x", 0},
        {"SELECT 1", 0},
        {"SELECT (1", 0},
    };
    Fixture f;
    open_run(&f, packs, HEAD "sites: [{name: A}]\nservers: [{name: S1}, {name: S2}]\n");
    for (size_t i = 0; i < sizeof visited / sizeof *visited; i++) {
        NoRows check;
        no_rows_init(&check, f.arena, &f.lint->catalogs[SHOW_RESULTS]);
        assert_int_equal(rows_to_visit(&check, str_of(visited[i].sql)), visited[i].rows);
    }
    const size_t weights[] = {3, 9, 3, 0, 9};
    const size_t wanted[] = {1, 4, 0, 2, 3};
    const size_t *order = heaviest_first(f.arena, weights, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(order[i], wanted[i]);
    }
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases),
                                       cmocka_unit_test(test_against_sqlite),
                                       cmocka_unit_test(test_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
