/* A rule for people and for programs, its example taken from the rule file's own text. */
#include "fixture.h"

static const char rule_file[] = "id: stacked-dag-host-ha\n"
                                "examples:\n"
                                "  - name: one\n"
                                "    inventory:\n"
                                "      servers: [{name: N1,\n"
                                "        vm: {}}]\n"
                                "\n"
                                "  - {name: two}\n"
                                "severity: error\n";

static void add_examples(Fixture *f) {
    SourceId id =
        sources_add(&f->sources, STR("rules/dag/x.yaml"), str_of(rule_file), ORIGIN_EMBEDDED);
    Node *items = arena_array(f->arena, Node, 2);
    items[0] = (Node){.type = NODE_MAP, .loc = {3, 5, id, 0}};
    items[1] = (Node){.type = NODE_MAP, .loc = {8, 5, id, 0}};
    Node *list = arena_new(f->arena, Node);
    *list = (Node){.type = NODE_LIST, .items = items, .count = 2};
    f->rule.examples = list;
}

static void test_explain(void **state) {
    (void)state;
    static const char want[] = "stacked-dag-host-ha: Two recovery layers act on\n"
                               "  one workload\n"
                               "  pack dag, layer hypervisor\n"
                               "\n"
                               "Severity\n"
                               "  default      error\n"
                               "  vendor       info\n"
                               "  one-method   error\n"
                               "\n"
                               "Why\n"
                               "  The DAG moves the database in seconds.\n"
                               "\n"
                               "  - one\n"
                               "  - two\n"
                               "\n"
                               "What to do\n"
                               "  One method only.\n"
                               "\n"
                               "Positions\n"
                               "  - Microsoft: supported\n"
                               "\n"
                               "Sources\n"
                               "  - Microsoft Learn (vendor-documentation)\n"
                               "  - hearsay (not verified)\n"
                               "\n"
                               "Examples\n"
                               "  - name: one\n"
                               "    inventory:\n"
                               "      servers: [{name: N1,\n"
                               "        vm: {}}]\n"
                               "\n"
                               "  - {name: two}\n";
    Fixture *f = fixture_open();
    add_examples(f);
    Buf buf;
    buf_init(&buf, LIMIT_REPORT_BYTES);
    report_explain(&f->rule, &f->sources, &(ReportOptions){.width = 50}, &buf);
    assert_string_equal(buf.data, want);
    buf_clear(&buf);
    fixture_close(f);
}

static void test_severities(void **state) {
    (void)state;
    Fixture *f = fixture_open();
    f->rule.query = STR("SELECT 1 AS entity, 'info' AS severity");
    f->rule.profiles[PROFILE_ONE_METHOD] = (ProfileRule){
        .given = true, .severity = {SEVERITY_NONE, SEVERITY_NONE, SEVERITY_ERROR, SEVERITY_ERROR}};
    f->rule.profiles[PROFILE_VENDOR].column = STR("vendor");
    Buf buf;
    buf_init(&buf, LIMIT_REPORT_BYTES);
    report_rule_list_json(f->rules, 2, &buf);
    assert_non_null(strstr(buf.data, "\"default\": \"by case\""));
    assert_non_null(strstr(buf.data, "\"vendor\": \"by case\""));
    assert_non_null(strstr(buf.data, "\"one-method\": \"error or none\""));
    buf_clear(&buf);
    fixture_close(f);
}

static void test_page(void **state) {
    (void)state;
    Fixture *f = fixture_open();
    add_examples(f);
    Buf buf;
    buf_init(&buf, LIMIT_REPORT_BYTES);
    report_rule_page(&f->rule, &f->sources, &buf);
    assert_non_null(strstr(buf.data, "| dag | hypervisor | error | info | error |\n"));
    assert_non_null(strstr(buf.data, "- hearsay (**not verified**)\n"));
    assert_non_null(strstr(buf.data, "```yaml\n- {name: two}\n```\n"));
    buf_cut(&buf, 0);
    report_rule_index(f->rules, 2, &buf);
    assert_non_null(strstr(buf.data, "(rules/copies-on-one-datastore.md) | info | info | info | "
                                     "Both copies \\| on one |\n"));
    buf_clear(&buf);
    fixture_close(f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_explain),
        cmocka_unit_test(test_severities),
        cmocka_unit_test(test_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
