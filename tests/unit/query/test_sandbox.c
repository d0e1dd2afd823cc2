/* Every row of the table in DIAGNOSTICS.md section 7, and the budget. */
#include "query_fixture.h"

static const MemColumn columns[] = {
    {.name = "number", .type = MEM_INT, .doc = "A number."},
    {.name = "label", .type = MEM_TEXT, .doc = "A text."},
};

static const SqlView views[] = {
    {.name = STR_INIT("good"),
     .sql = STR_INIT("SELECT number, label FROM sample"),
     .doc = STR_INIT("Fine.")},
    {.name = STR_INIT("missing"),
     .sql = STR_INIT("SELECT number FROM smaple"),
     .doc = STR_INIT("No such table.")},
    {.name = STR_INIT("broken"),
     .sql = STR_INIT("SELECT FROM FROM"),
     .doc = STR_INIT("Does not parse.")},
    {.name = STR_INIT("outer_view"),
     .sql = STR_INIT("SELECT * FROM missing"),
     .doc = STR_INIT("Over a bad one.")},
    {.name = STR_INIT("two"),
     .sql = STR_INIT("SELECT 1; SELECT 2"),
     .doc = STR_INIT("Two statements.")},
    {.name = STR_INIT("clock"),
     .sql = STR_INIT("SELECT date('now') AS d"),
     .doc = STR_INIT("Asks the clock.")},
    {.name = STR_INIT("round_a"),
     .sql = STR_INIT("SELECT * FROM round_b"),
     .doc = STR_INIT("A circle.")},
    {.name = STR_INIT("round_b"),
     .sql = STR_INIT("SELECT * FROM round_a"),
     .doc = STR_INIT("A circle.")},
};

typedef struct State {
    Fixture fixture;
    MemTable table;
    const MemTable *tables[1];
    int64_t numbers[3], labels[3];
    int64_t *cells[2];
} State;

static int set_up(void **state) {
    State *s = test_malloc(sizeof *s);
    *s = (State){.numbers = {1, 2, 3}};
    fixture_init(&s->fixture);
    for (size_t i = 0; i < 3; i++) {
        s->labels[i] = intern(s->fixture.interner, STR("label"));
    }
    s->cells[0] = s->numbers;
    s->cells[1] = s->labels;
    s->table = (MemTable){.name = "sample",
                          .doc = "A sample.",
                          .columns = columns,
                          .column_count = 2,
                          .cells = s->cells,
                          .row_count = 3};
    s->tables[0] = &s->table;
    fixture_open_empty(&s->fixture);
    s->fixture.catalog.tables = s->tables;
    s->fixture.catalog.table_count = 1;
    s->fixture.catalog.views = views;
    s->fixture.catalog.view_count = sizeof views / sizeof views[0];
    fixture_connect(&s->fixture);
    *state = s;
    return 0;
}

static int tear_down(void **state) {
    State *s = *state;
    fixture_close(&s->fixture);
    test_free(s);
    return 0;
}

/* Refused when prepared; the message holds the word. */
static void test_refused(void **state) {
    State *s = *state;
    static const struct {
        const char *sql, *word;
        long offset;
    } cases[] = {
        {"ATTACH 'x.db' AS x", "not allowed", -1},
        {"PRAGMA user_version", "not allowed", -1},
        {"PRAGMA temp_store = FILE", "not allowed", -1},
        {"DELETE FROM sample", "", -1},
        {"INSERT INTO sample VALUES (1, 'x')", "", -1},
        {"UPDATE sample SET number = 1", "", -1},
        {"CREATE TABLE t(x)", "not allowed", -1},
        {"CREATE TEMP TABLE t(x)", "not allowed", -1},
        {"CREATE TEMP VIEW v AS SELECT 1", "not allowed", -1},
        {"DROP VIEW good", "not allowed", -1},
        {"BEGIN", "not allowed", -1},
        {"SAVEPOINT x", "not allowed", -1},
        {"REINDEX", "", -1},
        {"ANALYZE", "not allowed", -1},
        {"DETACH main", "not allowed", -1},
        {"SELECT load_extension('x')", "load_extension", 7},
        {"SELECT randomblob(4)", "randomblob", 7},
        {"SELECT random()", "random", 7},
        {"SELECT datetime('now')", "datetime", 7},
        {"SELECT strftime('%s', 'now')", "strftime", 7},
        {"SELECT julianday()", "julianday", 7},
        {"SELECT unixepoch()", "unixepoch", 7},
        {"SELECT current_timestamp", "", -1},
        {"SELECT zeroblob(100000)", "zeroblob", 7},
        {"SELECT sqlite_version()", "sqlite_version", 7},
        {"SELECT last_insert_rowid()", "last_insert_rowid", 7},
        {"SELECT fts5(1)", "fts5", 7},
        {"SELECT writefile('x', 'y')", "writefile", 7},
        {"VACUUM INTO 'x.db'", "not allowed", -1},
        {"VACUUM", "not allowed", -1},
        {"EXPLAIN SELECT 1", "not allowed", -1},
        {"EXPLAIN QUERY PLAN SELECT 1", "not allowed", -1},
        {"SELECT 1; SELECT 2", "behind the statement", 10},
        {"SELECT 1; -- fine\n x", "behind the statement", 19},
        {"SELECT number FROM sample WHERE number = :need", "parameters", 41},
        {"SELECT ?1", "parameters", 7},
        {"", "no statement", -1},
        {"-- nothing", "no statement", -1},
        {"SELECT nummber FROM sample", "nummber", 7},
        {"SELECT number FROM sample WHERE label = \"on\"", "on", 40},
        {"SELECT number form sample", "syntax", 19},
        {"SELECT lenght(label) FROM sample", "lenght", 7},
        {"SELECT * FROM smaple", "smaple", 14},
        {"SELECT * FROM sqlite_master", "not allowed", -1},
        {"SELECT * FROM sqlite_temp_schema", "not allowed", -1},
        {"SELECT * FROM json_each('[1]')", "", -1},
        {"SELECT * FROM pragma_table_info('sample')", "", -1},
        {"SELECT * FROM dbstat", "", -1},
        {"SELECT * FROM sqlite_stmt", "", -1},
        {"SELECT 1 AS number UNION SELECT x'41", "", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        QueryError error = fixture_refused(&s->fixture, cases[i].sql);
        if (!error.message.n || !strstr(error.message.s, cases[i].word)) {
            fail_msg("%s: %s", cases[i].sql, error.message.s);
        }
        if (cases[i].offset >= 0 && error.offset != cases[i].offset) {
            fail_msg("%s: offset %ld", cases[i].sql, error.offset);
        }
    }
}

static void test_did_you_mean(void **state) {
    State *s = *state;
    static const struct {
        const char *sql, *help;
    } cases[] = {
        {"SELECT nummber FROM sample", "'number'"},
        {"SELECT s.lable FROM sample AS s", "'label'"},
        {"SELECT s.fil FROM sample s JOIN entity e", ""},
        {"SELECT e.fil FROM sample s JOIN entity e", "'file'"},
        {"SELECT * FROM smaple", "'sample'"},
        {"SELECT * FROM goood", "'good'"},
        {"SELECT lenght(label) FROM sample", "'length'"},
        {"SELECT number FROM sample WHERE label = \"on\"", "single quotes"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        QueryError error = fixture_refused(&s->fixture, cases[i].sql);
        if (!strstr(error.help.s, cases[i].help)) {
            fail_msg("%s: %s", cases[i].sql, error.help.s);
        }
    }
}

static void test_allowed(void **state) {
    State *s = *state;
    static const struct {
        const char *sql, *want;
    } cases[] = {
        {"SELECT 1;  \n -- the end\n", "1"},
        {"VALUES (1), (2)", "1;2"},
        {"WITH r(n) AS (SELECT 1 UNION SELECT n + 1 FROM r WHERE n < 4) SELECT count(*) FROM r",
         "4"},
        {"SELECT sum(number) FROM sample", "6"},
        {"SELECT number, row_number() OVER (ORDER BY number DESC) FROM sample ORDER BY number",
         "1|3;2|2;3|1"},
        {"SELECT count(*) FILTER (WHERE number > 1), group_concat(label, '+') FROM sample",
         "2|label+label+label"},
        {"SELECT * FROM good WHERE number = 2", "2|label"},
        {"SELECT iif(1, 'a', 'b') WHERE 'x' LIKE 'X' AND 'ab' GLOB 'a*'", "a"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_rows(&s->fixture, cases[i].sql, cases[i].want);
    }
}

/* A bad view does no harm until it is used; then it is named. */
static void test_views(void **state) {
    State *s = *state;
    static const struct {
        const char *sql, *message;
        long offset;
    } cases[] = {
        {"SELECT * FROM missing", "view 'missing' cannot be used: there is no table 'smaple'", 14},
        {"SELECT 1 FROM sample s JOIN missing m",
         "view 'missing' cannot be used: there is no table 'smaple'", 28},
        {"SELECT * FROM broken", "view 'broken' cannot be used: near \"FROM\": syntax error", 14},
        {"SELECT * FROM outer_view", "view 'missing' cannot be used: there is no table 'smaple'",
         14},
        {"SELECT * FROM two", "view 'two' cannot be used: there is something behind its statement",
         14},
        {"SELECT * FROM clock", "view 'clock' cannot be used: function 'date' is not allowed here",
         14},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        QueryError error = fixture_refused(&s->fixture, cases[i].sql);
        assert_string_equal(error.message.s, cases[i].message);
        assert_int_equal(error.offset, cases[i].offset);
    }
    QueryError error = fixture_refused(&s->fixture, "SELECT * FROM round_a");
    assert_non_null(strstr(error.message.s, "circular"));
}

static QueryStep run(State *s, const char *sql, uint64_t budget, QueryError *ret_error,
                     uint64_t *ret_used) {
    Query *query;
    if (!query_prepare(s->fixture.database, str_of(sql), &query, ret_error)) {
        fail_msg("%s", ret_error->message.s);
    }
    query_budget(query, budget);
    QueryStep step;
    while ((step = query_step(query, ret_error)) == QUERY_ROW) {
    }
    *ret_used = query_used(query);
    query_close(query);
    return step;
}

static const char *const endless =
    "WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT n + 1 FROM r) SELECT count(*) FROM r";

static void test_budget(void **state) {
    State *s = *state;
    QueryError error;
    uint64_t used;
    uint64_t again;
    assert_int_equal(run(s, endless, 100000, &error, &used), QUERY_FAILED);
    assert_non_null(strstr(error.message.s, "100000 operations"));
    assert_true(used >= 100000 && used < 102000);
    assert_int_equal(run(s, endless, 100000, &error, &again), QUERY_FAILED);
    assert_int_equal(used, again); /* counted, not timed */
    assert_int_equal(run(s, "SELECT * FROM sample", 100000, &error, &used), QUERY_DONE);
}

/* A statement that was stopped can be used again, and does not stop others. */
static void test_restart(void **state) {
    State *s = *state;
    Query *query;
    QueryError error;
    assert_true(query_prepare(s->fixture.database, str_of(endless), &query, &error));
    query_budget(query, 50000);
    assert_int_equal(query_step(query, &error), QUERY_FAILED);
    assert_rows(&s->fixture, "SELECT count(*) FROM sample", "3");
    query_restart(query);
    assert_int_equal(query_used(query), 0);
    assert_int_equal(query_step(query, &error), QUERY_FAILED);
    query_close(query);
}

static void test_time_limit(void **state) {
    State *s = *state;
    Query *query;
    QueryError error;
    assert_true(query_prepare(s->fixture.database, str_of(endless), &query, &error));
    query_time_limit(query, 1);
    assert_int_equal(query_step(query, &error), QUERY_FAILED);
    assert_non_null(strstr(error.message.s, "too long"));
    query_close(query);
}

static void test_too_big(void **state) {
    State *s = *state;
    QueryError error;
    uint64_t used;
    QueryStep step = run(s,
                         "WITH RECURSIVE r(t) AS (SELECT 'xxxxxxxx' UNION SELECT t || t FROM r) "
                         "SELECT max(length(t)) FROM r",
                         0, &error, &used);
    assert_int_equal(step, QUERY_FAILED);
    assert_non_null(strstr(error.message.s, "65536 bytes"));
    /* A NULL without an error, as SQLite has it: rules check their placeholders. */
    assert_rows(&s->fixture, "SELECT printf('%1000000000s', 'x') IS NULL", "1");
}

static void test_long_statement(void **state) {
    State *s = *state;
    Buf sql;
    buf_init(&sql, 1 << 20);
    buf_addz(&sql, "SELECT 1 -- ");
    buf_repeat(&sql, 'x', LIMIT_QUERY_BYTES);
    QueryError error = fixture_refused(&s->fixture, sql.data);
    assert_non_null(strstr(error.message.s, "longer than a statement may be"));
    buf_cut(&sql, 0);
    buf_addz(&sql, "SELECT ");
    buf_repeat(&sql, '(', 500);
    buf_addz(&sql, "1");
    buf_repeat(&sql, ')', 500);
    fixture_refused(&s->fixture, sql.data);
    buf_clear(&sql);
}

/* A NUL inside does not hide what follows. */
static void test_nul(void **state) {
    State *s = *state;
    Query *query;
    QueryError error;
    assert_false(query_prepare(s->fixture.database, STR("SELECT 1\0 ; DELETE"), &query, &error));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_did_you_mean, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_allowed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_views, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_budget, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_restart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_time_limit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_too_big, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_long_statement, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nul, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
