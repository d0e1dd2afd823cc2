/* What statements use: asked by name, through views, as table or as word. */
#include "rule/mentions.h"
#include "small.h"

static const File packs[] = {
    {"rules/p/pack.yaml", PACK},
    {"rules/p/views.yaml",
     "views:\n"
     "  - name: ready_server\n    doc: A.\n    query: SELECT s.id, s.mode_effective FROM server s\n"
     "  - name: above\n    doc: B.\n    query: SELECT * FROM ready_server\n"
     "  - name: apart\n    doc: C.\n    query: SELECT 1 AS site\n"
     "  - name: target\n    doc: D.\n    query: SELECT m.term FROM service_must_survive m\n"},
    {NULL, NULL}};

enum View { READY_SERVER, ABOVE, APART, TARGET };

typedef struct Asking {
    Fixture f;
    const Mentions *mentions;
    SqlUse use;
} Asking;

static void ask(Asking *asking, const char *sql) {
    fixture_open(&asking->f);
    assert_true(fixture_schema(&asking->f, schema));
    assert_true(fixture_packs(&asking->f, packs, ORIGIN_SETTINGS));
    asking->mentions = mentions_new(asking->f.arena, &asking->f.packs, &asking->f.schema);
    asking->use = mentions_of(asking->mentions, asking->f.arena, str_of(sql));
}

static bool reads(const Asking *asking, const char *kind) {
    KindId id = schema_find_kind(&asking->f.schema, str_of(kind));
    assert_true(id != NO_KIND);
    return mentions_kind(asking->mentions, &asking->use, id);
}

static void test_through_views(void **state) {
    (void)state;
    Asking asking;
    ask(&asking, "SELECT 1 FROM (SELECT * From ABOVE a)");
    assert_true(mentions_view(asking.mentions, &asking.use, ABOVE));
    assert_true(mentions_view(asking.mentions, &asking.use, READY_SERVER));
    assert_false(mentions_view(asking.mentions, &asking.use, TARGET));
    assert_true(reads(&asking, "server"));
    assert_false(reads(&asking, "host"));
    assert_true(mentions_records(asking.mentions, &asking.use, true));
    assert_false(mentions_records(asking.mentions, &asking.use, false));
    size_t count;
    const DefaultColumn *columns =
        mentions_defaults(asking.mentions, &asking.use, asking.f.arena, &count);
    assert_int_equal(count, 1);
    assert_int_equal(columns[0].kind, schema_find_kind(&asking.f.schema, STR("server")));
    fixture_close(&asking.f);
}

static void test_tables_and_words(void **state) {
    (void)state;
    Asking asking;
    ask(&asking, "SELECT host, x.needs FROM site x, gate g WHERE target IN (1, above) AND 2");
    assert_true(reads(&asking, "site"));
    assert_false(reads(&asking, "host"));
    assert_true(mentions_table(asking.mentions, &asking.use, STR("Gate")));
    assert_false(mentions_table(asking.mentions, &asking.use, STR("needs")));
    assert_false(mentions_view(asking.mentions, &asking.use, ABOVE));
    assert_true(mentions_records(asking.mentions, &asking.use, false)); /* through `target` */
    fixture_close(&asking.f);
}

static void test_lists(void **state) {
    (void)state;
    Asking asking;
    ask(&asking, "SELECT 1 FROM site JOIN\nserver_peers p");
    assert_true(reads(&asking, "server"));
    assert_false(reads(&asking, "service"));
    SqlUse use = mentions_of_view(asking.mentions, TARGET);
    assert_true(mentions_records(asking.mentions, &use, false));
    use = mentions_of_view(asking.mentions, READY_SERVER);
    assert_false(mentions_records(asking.mentions, &use, false));
    use = mentions_of(asking.mentions, asking.f.arena, STR("SELECT 1 FROM sqlite_x"));
    assert_false(mentions_records(asking.mentions, &use, true));
    fixture_close(&asking.f);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_through_views),
                                       cmocka_unit_test(test_tables_and_words),
                                       cmocka_unit_test(test_lists)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
