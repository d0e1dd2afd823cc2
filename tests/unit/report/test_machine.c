/* The formats that programs read: well-formed, complete, and deaf to what names try to say. */
#include "fixture.h"

#include <jansson.h>

static json_t *parse(Fixture *f, ReportWriter *write, ReportOptions options) {
    json_t *root = json_loads(fixture_print(f, write, options), JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    return root;
}

static json_t *at(json_t *value, const char *path) {
    char step[64];
    for (size_t n = 0; *path; path += n + (path[n] == '.')) {
        n = strcspn(path, ".");
        assert_true(n < sizeof step);
        memcpy(step, path, n);
        step[n] = 0;
        bool index = step[0] >= '0' && step[0] <= '9';
        value =
            index ? json_array_get(value, (size_t)(step[0] - '0')) : json_object_get(value, step);
        assert_non_null(value);
    }
    return value;
}

static void expect_all(json_t *root, const char *const (*pairs)[2]) {
    for (size_t i = 0; pairs[i][0]; i++) {
        char *got = json_dumps(at(root, pairs[i][0]), JSON_ENCODE_ANY | JSON_COMPACT);
        if (strcmp(got, pairs[i][1]) != 0) {
            fail_msg("%s: %s, wanted %s", pairs[i][0], got, pairs[i][1]);
        }
        free(got);
    }
}

static void test_json(void **state) {
    (void)state;
    static const char *const want[][2] = {
        {"schema", "\"topolint-report/1\""},
        {"topolint", "\"0.1.0\""},
        {"inputs.0.file", "\"exchange.yaml\""},
        {"inputs.0.format", "\"yaml\""},
        {"findings.0.number", "1"},
        {"findings.0.rule", "\"stacked-dag-host-ha\""},
        {"findings.0.severity", "\"error\""},
        {"findings.0.verdict", "\"fail\""},
        {"findings.0.phase", "\"settled\""},
        {"findings.0.subject", "{\"kind\":\"server\",\"name\":\"EXCHANGE-02\"}"},
        {"findings.0.related.1", "{\"kind\":\"server\",\"name\":\"FS-01\"}"},
        {"findings.0.services", "[\"FS-01\"]"},
        {"findings.0.assumed", "[]"},
        {"findings.0.locations.0.text", "\"EXCHANGE-02\""},
        {"findings.0.locations.0.line", "4"},
        {"findings.0.locations.0.endColumn", "26"},
        {"findings.0.locations.1",
         "{\"file\":\"rv "
         "tools.xlsx\",\"line\":2,\"column\":5,\"endColumn\":6,\"sheet\":\"vCluster\","
         "\"cell\":\"E2\",\"text\":\"True\",\"label\":\"restarts its VMs\"}"},
        {"findings.0.evidence.0.rule", "\"copies-on-one-datastore\""},
        {"findings.0.fix", "\"one method only\""},
        {"findings.0.fingerprint", "\"0123456789abcdef\""},
        {"findings.2.waiver.reason", "\"tested\""},
        {"not_assessed.0.facts", "[\"vm.memory_mb\",\"vm.reserved_mb\"]"},
        {"not_assessed.0.count", "5"},
        {"not_assessed.0.entities.0.name", "\"EXCHANGE-02\""},
        {"summary.errors", "1"},
        {"summary.infos", "0"},
        {"summary.rules_run", "2"},
        {NULL, NULL},
    };
    Fixture *f = fixture_open();
    json_t *root = parse(f, report_json, (ReportOptions){0});
    expect_all(root, want);
    json_decref(root);
    fixture_close(f);
}

static void test_sarif(void **state) {
    (void)state;
    static const char *const want[][2] = {
        {"version", "\"2.1.0\""},
        {"runs.0.columnKind", "\"unicodeCodePoints\""},
        {"runs.0.tool.driver.rules.1.id", "\"stacked-dag-host-ha\""},
        {"runs.0.tool.driver.rules.0.defaultConfiguration.level", "\"note\""},
        {"runs.0.tool.driver.rules.0.fullDescription.text", "\"Both copies | on one\""},
        {"runs.0.invocations.0.executionSuccessful", "true"},
        {"runs.0.invocations.0.toolExecutionNotifications.0.associatedRule.id",
         "\"stacked-dag-host-ha\""},
        {"runs.0.results.0.ruleIndex", "1"},
        {"runs.0.results.0.message.text", "\"EXCHANGE-02 is moved by DAG-01 and restarted by HA. "
                                          "See [restarts its VMs](1), [the other"
                                          " member](2)\""},
        {"runs.0.results.0.locations.0.physicalLocation.region",
         "{\"startLine\":4,\"startColumn\":15,\"endLine\":4,\"endColumn\":26}"},
        {"runs.0.results.0.relatedLocations.0.id", "1"},
        {"runs.0.results.0.relatedLocations.0.physicalLocation.artifactLocation.uri",
         "\"rv%20tools.xlsx\""},
        {"runs.0.results.0.codeFlows.0.threadFlows.0.locations.1.location.message.text",
         "\"server:EXCHANGE-03\""},
        {"runs.0.results.0.partialFingerprints",
         "{\"primaryLocationLineHash\":\"0123456789abcdef\"}"},
        {NULL, NULL},
    };
    Fixture *f = fixture_open();
    json_t *root = parse(f, report_sarif, (ReportOptions){0});
    expect_all(root, want);
    assert_int_equal(json_array_size(at(root, "runs.0.results")),
                     2); /* accepted ones are left out */
    const char *message = json_string_value(at(root, "runs.0.results.1.message.text"));
    assert_non_null(strstr(message, "\\[l\\](1)")); /* a name is no link */
    json_decref(root);
    f->report.finding_count = 0;
    root = parse(f, report_sarif, (ReportOptions){0});
    assert_int_equal(json_array_size(at(root, "runs.0.results")), 0);
    json_decref(root);
    RuleFailure failure = {&f->rule, STR("too long"), {1, 1, f->yaml, 1}};
    f->report.failures = &failure;
    f->report.failure_count = 1;
    root = parse(f, report_sarif, (ReportOptions){0});
    assert_true(json_is_false(at(root, "runs.0.invocations.0.executionSuccessful")));
    json_decref(root);
    fixture_close(f);
}

/* The pages have an address only where the build was told one. */
static void test_sarif_pages(void **state) {
    (void)state;
    static const char *const want[][2] = {
        {"runs.0.tool.driver.informationUri", "\"https://docs.example\""},
        {"runs.0.tool.driver.rules.1.helpUri",
         "\"https://docs.example/rules/stacked-dag-host-ha.md\""},
        {NULL, NULL},
    };
    Fixture *f = fixture_open();
    f->rule.builtin = true; /* the other one is of a pack that has no pages */
    json_t *root = parse(f, report_sarif, (ReportOptions){.docs_url = STR("https://docs.example")});
    expect_all(root, want);
    assert_null(json_object_get(at(root, "runs.0.tool.driver.rules.0"), "helpUri"));
    json_decref(root);
    root = parse(f, report_sarif, (ReportOptions){0});
    assert_null(json_object_get(at(root, "runs.0.tool.driver"), "informationUri"));
    json_decref(root);
    fixture_close(f);
}

static void test_junit(void **state) {
    (void)state;
    Fixture *f = fixture_open();
    const char *text = fixture_print(f, report_junit, (ReportOptions){0});
    assert_non_null(strstr(text, "tests=\"5\" failures=\"2\" errors=\"0\" skipped=\"2\""));
    assert_non_null(strstr(text, "classname=\"stacked-dag-host-ha\" name=\"server:EXCHANGE-02\""));
    assert_non_null(strstr(text, "name=\"server:a&quot;&lt;b&gt;|::x%\\u{1b}[31m"));
    assert_non_null(strstr(text, "<skipped message=\"accepted: tested\">"));
    assert_null(strchr(text, 0x1b));
    assert_null(strstr(text, "<b>"));
    fixture_close(f);
}

static size_t count_of(const char *text, const char *part) {
    size_t count = 0;
    for (; (text = strstr(text, part)); text++) {
        count++;
    }
    return count;
}

static void test_github(void **state) {
    (void)state;
    Fixture *f = fixture_open();
    const char *text = fixture_print(f, report_github, (ReportOptions){0});
    static const char first[] =
        "::error "
        "file=exchange.yaml,line=4,endLine=4,col=15,endColumn=26,title=stacked-dag-host-ha::"
        "EXCHANGE-02 is moved by DAG-01 and restarted by HA%0Ahelp: one method only\n";
    assert_memory_equal(text, first, sizeof first - 1);
    assert_non_null(strstr(text, "x%25\\u{1b}[31m\\u{202e}`[l](1)%0A&\\u{fffd} waits"));
    assert_int_equal(count_of(text, "\n::"), 2); /* names begin no command */
    assert_non_null(strstr(text, "\n::notice title=not assessed::hypervisor: vm.memory_mb, "
                                 "vm.reserved_mb for stacked-dag-host-ha (5)\n"));

    const Finding *many[25];
    for (size_t i = 0; i < 25; i++) {
        many[i] = &f->findings[0];
    }
    f->report.findings = many;
    f->report.finding_count = 25;
    text = fixture_print(f, report_github, (ReportOptions){0});
    assert_int_equal(count_of(text, "::error "), 10);
    assert_non_null(strstr(text, "and 15 more of level error\n"));
    fixture_close(f);
}

static void test_github_properties(void **state) {
    (void)state;
    Fixture *f = fixture_open();
    source_of(&f->sources, f->yaml)->path = STR("a:b,c%d.yaml");
    f->report.finding_count = 1;
    const char *text = fixture_print(f, report_github, (ReportOptions){0});
    assert_non_null(strstr(text, "file=a%3Ab%2Cc%25d.yaml,line"));
    fixture_close(f);
}

static void test_gitlab(void **state) {
    (void)state;
    static const char *const want[][2] = {
        {"0.check_name", "\"stacked-dag-host-ha\""},
        {"0.severity", "\"critical\""},
        {"0.fingerprint", "\"0123456789abcdef\""},
        {"0.location", "{\"path\":\"exchange.yaml\",\"lines\":{\"begin\":4}}"},
        {"1.severity", "\"major\""},
        {"2.check_name", "\"not-assessed\""},
        {"2.severity", "\"info\""},
        {"2.description", "\"not assessed, hypervisor: vm.memory_mb, vm.reserved_mb for "
                          "stacked-dag-host-ha (5)\""},
        {"2.location", "{\"path\":\"exchange.yaml\",\"lines\":{\"begin\":1}}"},
        {NULL, NULL},
    };
    Fixture *f = fixture_open();
    json_t *root = parse(f, report_gitlab, (ReportOptions){0});
    expect_all(root, want);
    assert_int_equal(json_array_size(root), 3);
    json_decref(root);
    fixture_close(f);
}

static void test_markdown(void **state) {
    (void)state;
    Fixture *f = fixture_open();
    const char *text = fixture_print(f, report_markdown, (ReportOptions){0});
    assert_non_null(strstr(text, "| 1 | error | stacked-dag-host-ha | EXCHANGE-02 is moved"));
    assert_non_null(strstr(text, "a\"&lt;b\\>\\|::x%\\u{1b}\\[31m\\u{202e}\\`\\[l\\](1) &amp;"));
    assert_non_null(strstr(
        text, "- hypervisor: vm.memory\\_mb, vm.reserved\\_mb for stacked-dag-host-ha (5)\n\n"
              "<details><summary>Each rule with its subjects</summary>\n\n"
              "- cannot decide stacked-dag-host-ha for EXCHANGE-02, EXCHANGE-03 and 3 more: "));
    assert_null(strstr(text, "<b>"));
    assert_null(strchr(text, 0x1b));
    fixture_close(f);
}

static void test_formats_by_name(void **state) {
    (void)state;
    assert_ptr_equal(report_find_format(STR("sarif"))->write, report_sarif);
    assert_null(report_find_format(STR("sari")));
    assert_null(report_find_format(STR("")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_sarif),
        cmocka_unit_test(test_sarif_pages),
        cmocka_unit_test(test_junit),
        cmocka_unit_test(test_github),
        cmocka_unit_test(test_github_properties),
        cmocka_unit_test(test_gitlab),
        cmocka_unit_test(test_markdown),
        cmocka_unit_test(test_formats_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
