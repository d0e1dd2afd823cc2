/* The tables of the built-in schemas: each can be read, with names that need no quotes, and two
 * threads read the same. */
#include "base/embedded.h"
#include "base/threads.h"
#include "query_fixture.h"

static const char inventory_text[] = "topolint: 1\nas_of: 2015-03-13\nsites:\n  - name: HQ\n";

static int set_up(void **state) {
    static const char *texts[64];
    size_t count = 0;
    for (size_t i = 0; i < embedded_file_count && count < 64; i++) {
        Str name = str_of(embedded_files[i].name);
        Str rest = str_slice(name, str_starts(name, STR("schemas/")) ? 8 : name.n, name.n);
        if (rest.n && str_find(rest, '/', 0) == SIZE_MAX && str_ends(rest, STR(".yaml"))) {
            texts[count++] = embedded_files[i].data;
        }
    }
    Fixture *fixture = test_malloc(sizeof *fixture);
    fixture_init(fixture);
    fixture_load(fixture, texts, count, inventory_text);
    fixture_connect(fixture);
    *state = fixture;
    return 0;
}

static int tear_down(void **state) {
    fixture_close(*state);
    test_free(*state);
    return 0;
}

/* Every column by its bare name. */
static void test_bare_names(void **state) {
    Fixture *fixture = *state;
    TableInfo *tables;
    size_t count;
    Buf sql;
    buf_init(&sql, LIMIT_QUERY_BYTES);
    database_tables(fixture->database, fixture->arena, &tables, &count);
    assert_true(count > 20);
    for (size_t i = 0; i < count; i++) {
        bool is_function = str_eq(tables[i].name, STR("spf_terms"));
        buf_cut(&sql, 0);
        buf_addz(&sql, "SELECT ");
        for (size_t k = 0; k < tables[i].column_count; k++) {
            buf_printf(&sql, "%s%.*s", k ? ", " : "", STR_ARG(tables[i].columns[k].name));
            assert_true(tables[i].columns[k].doc.n > 0);
            assert_true(tables[i].columns[k].type.n > 0);
        }
        buf_printf(&sql, " FROM %.*s%s", STR_ARG(tables[i].name), is_function ? "('')" : "");
        const char *got = fixture_rows(fixture, sql.data);
        if (strstr(got, "error: ") == got) {
            fail_msg("%s: %s", sql.data, got);
        }
    }
    buf_clear(&sql);
}

typedef struct Worker {
    Fixture fixture; /* its own connection over the shared inventory */
    char rows[2048];
} Worker;

static void read_all(void *context, int worker, size_t index) {
    (void)worker;
    Worker *w = (Worker *)context + index;
    Fixture *fixture = &w->fixture;
    fixture->arena = arena_open(0);
    buf_init(&fixture->out, 1 << 16);
    Status status = database_open(fixture->arena, &fixture->catalog, &fixture->database);
    for (size_t i = 0; i < 50 && !status.failed; i++) {
        const char *rows = fixture_rows(
            fixture, "SELECT e.id, e.kind, e.name, s.name, k.records FROM entity e "
                     "JOIN kind k ON k.kind = e.kind LEFT JOIN site s ON s.name = e.name "
                     "ORDER BY e.name COLLATE FOLD, e.id");
        snprintf(w->rows, sizeof w->rows, "%s", rows);
    }
    database_close(fixture->database);
    buf_clear(&fixture->out);
    arena_close(fixture->arena);
}

static void test_two_threads(void **state) {
    const Fixture *fixture = *state;
    interner_freeze(fixture->interner);
    Worker workers[2] = {{.fixture = *fixture}, {.fixture = *fixture}};
    parallel_run(2, 2, read_all, workers);
    assert_true(strstr(workers[0].rows, "|site|HQ|HQ|1") != NULL);
    assert_string_equal(workers[0].rows, workers[1].rows);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_bare_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_two_threads, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
