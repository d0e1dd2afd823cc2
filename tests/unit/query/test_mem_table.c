#include "query_fixture.h"

static const char *const phases[] = {"early", "settled", NULL};

enum { COLUMNS = 5, ROWS = 6 };

static const MemColumn columns[COLUMNS] = {
    {.name = "number", .type = MEM_INT, .doc = "A number.", .indexed = true},
    {.name = "phase", .type = MEM_TEXT, .doc = "A phase.", .indexed = true, .values = phases},
    {.name = "release", .type = MEM_VERSION, .doc = "A version.", .indexed = true},
    {.name = "wide", .type = MEM_INT, .doc = "Far apart.", .indexed = true},
    {.name = "plain", .type = MEM_INT, .doc = "Not indexed."},
};

typedef struct State {
    Fixture fixture;
    MemTable table;
    const MemTable *tables[1];
    int64_t cells[COLUMNS][ROWS];
    int64_t *pointers[COLUMNS];
    FunctionTable function;
} State;

static void count_up(void *context, const int64_t *arguments, Arena *arena, MemTable *ret) {
    (void)context;
    size_t count = arguments[0] > 0 ? (size_t)arguments[0] : 0;
    ret->cells = arena_array(arena, int64_t *, 2);
    ret->cells[0] = arena_array(arena, int64_t, count);
    ret->cells[1] = arena_array(arena, int64_t, count);
    ret->row_count = count;
    for (size_t i = 0; i < count; i++) {
        ret->cells[0][i] = arguments[0];
        ret->cells[1][i] = (int64_t)i + 1;
    }
}

static const MemColumn function_columns[] = {
    {.name = "upto", .type = MEM_INT, .doc = "Argument."},
    {.name = "step", .type = MEM_INT, .doc = "1, 2, ..."},
};

static int set_up(void **state) {
    static const char *const texts[ROWS][2] = {{"early", "14.10"},  {"settled", "14.2"},
                                               {"early", "14.2.0"}, {"early", "15"},
                                               {"settled", NULL},   {NULL, "8"}};
    static const int64_t numbers[ROWS][3] = {{3, 5000000000, 1}, {1, -7, 2},           {3, 0, 3},
                                             {2, 5000000000, 4}, {MEM_INT_NULL, 1, 5}, {2, 2, 6}};
    State *s = test_malloc(sizeof *s);
    *s = (State){0};
    fixture_init(&s->fixture);
    for (size_t i = 0; i < ROWS; i++) {
        s->cells[0][i] = numbers[i][0];
        s->cells[1][i] = texts[i][0] ? intern(s->fixture.interner, str_of(texts[i][0])) : MEM_NULL;
        s->cells[2][i] = texts[i][1] ? intern(s->fixture.interner, str_of(texts[i][1])) : MEM_NULL;
        s->cells[3][i] = numbers[i][1];
        s->cells[4][i] = numbers[i][2];
    }
    for (size_t i = 0; i < COLUMNS; i++) {
        s->pointers[i] = s->cells[i];
    }
    s->table = (MemTable){.name = "sample",
                          .doc = "A sample.",
                          .columns = columns,
                          .column_count = COLUMNS,
                          .cells = s->pointers,
                          .row_count = ROWS};
    s->tables[0] = &s->table;
    s->function = (FunctionTable){.name = "count_up",
                                  .doc = "Counts.",
                                  .columns = function_columns,
                                  .column_count = 2,
                                  .argument_count = 1,
                                  .rows = count_up};
    fixture_open_empty(&s->fixture);
    s->fixture.catalog.tables = s->tables;
    s->fixture.catalog.table_count = 1;
    s->fixture.catalog.functions = &s->function;
    s->fixture.catalog.function_count = 1;
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

static void test_rows(void **state) {
    State *s = *state;
    static const struct {
        const char *sql, *want;
    } cases[] = {
        {"SELECT plain, number, phase, release FROM sample",
         "1|3|early|14.10;2|1|settled|14.2;3|3|early|14.2.0;4|2|early|15;5|-|settled|-;6|2|-|8"},
        {"SELECT plain FROM sample WHERE number = 3", "1;3"},
        {"SELECT plain FROM sample WHERE number = 3.0", "1;3"},
        {"SELECT plain FROM sample WHERE number = 3.5", ""},
        {"SELECT plain FROM sample WHERE number = '3'", "1;3"},
        {"SELECT plain FROM sample WHERE number = 9", ""},
        {"SELECT plain FROM sample WHERE number = NULL", ""},
        {"SELECT plain FROM sample WHERE number IS NULL", "5"},
        {"SELECT plain FROM sample WHERE number = -9223372036854775807 - 1", ""},
        {"SELECT plain FROM sample WHERE number IN (1, 2)", "2;4;6"},
        {"SELECT plain FROM sample WHERE wide = 5000000000", "1;4"},
        {"SELECT plain FROM sample WHERE wide = -7", "2"},
        {"SELECT plain FROM sample WHERE wide = 6", ""},
        {"SELECT plain FROM sample WHERE phase = 'early'", "1;3;4"},
        {"SELECT plain FROM sample WHERE phase = 'early' AND number = 3", "1;3"},
        {"SELECT plain FROM sample WHERE phase = 'EARLY' COLLATE NOCASE", "1;3;4"},
        {"SELECT plain FROM sample WHERE phase = 'EARLY'", ""},
        {"SELECT plain FROM sample WHERE release = '14.2'", "2;3"},
        {"SELECT plain FROM sample WHERE release < '14.10' ORDER BY plain", "2;3;6"},
        {"SELECT plain FROM sample ORDER BY release, plain", "5;6;2;3;1;4"},
        {"SELECT a.plain, b.plain FROM sample a JOIN sample b ON b.number = a.plain "
         "WHERE a.plain < 3 ORDER BY 1, 2",
         "1|2;2|4;2|6"},
        {"SELECT step FROM count_up WHERE upto = 3", "1;2;3"},
        {"SELECT step FROM count_up WHERE upto = 0", ""},
        {"SELECT s.plain, c.step FROM sample s JOIN count_up c ON c.upto = s.number "
         "WHERE s.plain IN (2, 4) ORDER BY 1, 2",
         "2|1;4|1;4|2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_rows(&s->fixture, cases[i].sql, cases[i].want);
    }
}

/* An equality on an indexed column delivers only its rows. */
static void test_look_up(void **state) {
    State *s = *state;
    static const struct {
        const char *sql;
        uint64_t most;
    } cases[] = {
        {"SELECT plain FROM sample WHERE number = 3", 30},
        {"SELECT plain FROM sample WHERE plain = 3", 200},
    };
    uint64_t used[2];
    for (size_t i = 0; i < 2; i++) {
        Query *query;
        QueryError error;
        assert_true(query_prepare(s->fixture.database, str_of(cases[i].sql), &query, &error));
        while (query_step(query, &error) == QUERY_ROW) {
        }
        used[i] = query_used(query);
        assert_true(used[i] > 0 && used[i] <= cases[i].most);
        query_restart(query);
        assert_int_equal(query_used(query), 0);
        while (query_step(query, &error) == QUERY_ROW) {
        }
        assert_int_equal(query_used(query), used[i]);
        query_close(query);
    }
    assert_true(used[0] < used[1]);
}

static void test_missing_argument(void **state) {
    State *s = *state;
    QueryError error = fixture_refused(&s->fixture, "SELECT step FROM count_up");
    assert_non_null(strstr(error.message.s, "'count_up' needs its arguments"));
    assert_non_null(strstr(error.message.s, "upto"));
}

static void test_literals(void **state) {
    State *s = *state;
    QueryError error =
        fixture_refused(&s->fixture, "SELECT plain FROM sample WHERE phase = 'setled'");
    assert_int_equal(error.offset, 39);
    assert_non_null(strstr(error.help.s, "'settled'"));
    assert_rows(&s->fixture, "SELECT count(*) FROM sample WHERE phase <> text('setled')", "5");
    assert_rows(&s->fixture, "SELECT 'free' FROM sample WHERE number = 1", "free");
}

/* Rows of a name that two tables share are refused, not shadowed. */
static void test_same_name(void **state) {
    State *s = *state;
    const MemTable *twice[] = {&s->table, &s->table};
    Catalog catalog = s->fixture.catalog;
    catalog.tables = twice;
    catalog.table_count = 2;
    Database *database = NULL;
    Status status = database_open(s->fixture.arena, &catalog, &database);
    assert_true(status.failed);
    assert_non_null(strstr(status.reason.s, "sample"));
}

static void test_tables(void **state) {
    State *s = *state;
    TableInfo *tables;
    size_t count;
    database_tables(s->fixture.database, s->fixture.arena, &tables, &count);
    assert_int_equal(count, 5);
    assert_string_equal(tables[0].name.s, "entity");
    assert_string_equal(tables[3].name.s, "sample");
    assert_int_equal(tables[3].column_count, COLUMNS);
    assert_string_equal(tables[3].columns[2].type.s, "version");
    assert_string_equal(tables[4].columns[0].doc.s, "Argument.");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_look_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_missing_argument, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_literals, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_same_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tables, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
