#include "fixture.h"

static void test_finding(void **state) {
    (void)state;
    static const char want[] =
        "error[stacked-dag-host-ha] 1: EXCHANGE-02 is moved by DAG-01 and restarted by HA\n"
        "  --> exchange.yaml:4:15\n"
        "   |\n"
        "4  |     members: [EXCHANGE-02, EXCHANGE-03]\n"
        "   |               ^^^^^^^^^^^  ----------- the other member\n"
        "   |               |\n"
        "   |               member of DAG-01\n"
        "  ::: rv tools.xlsx, sheet vCluster, cell E2, column \"HA enabled\"\n"
        "   |\n"
        "E2 | True\n"
        "   | ---- restarts its VMs\n"
        "   = replay: ESX-01 fails -> DAG-01 activates DB-01\n"
        "   = chain: EXCHANGE-02 -> EXCHANGE-03\n"
        "   = services: FS-01\n"
        "   = carries: copies-on-one-datastore: both copies stand on one datastore\n"
        "     (exchange.yaml:4:28)\n"
        "   = position: Microsoft: supported\n"
        "   = help: one method only\n"
        "   = docs: topolint explain stacked-dag-host-ha\n"
        "\n"
        "not assessed: a fact that decides is not stated\n"
        "  hypervisor\n"
        "    cannot decide stacked-dag-host-ha for EXCHANGE-02, EXCHANGE-03 and 3 more:\n"
        "      vm.memory_mb, vm.reserved_mb are not stated\n"
        "\n"
        "1 error, 1 warning, 0 info, 1 not assessed, 1 accepted; 2 rules: 2 decided, 0\n"
        "  not assessed, 0 not applicable\n";
    Fixture *f = fixture_open();
    f->report.finding_count = 1;
    assert_string_equal(fixture_print(f, report_text, (ReportOptions){.width = 80}), want);
    fixture_close(f);
}

static void test_hostile_names(void **state) {
    (void)state;
    Fixture *f = fixture_open();
    ReportOptions options = {.width = 80};
    const char *text = fixture_print(f, report_text, options);
    assert_null(strchr(text, 0x1b));
    assert_null(strstr(text, "\xE2\x80\xAE"));
    assert_null(strchr(text, '\xFF'));
    assert_non_null(strstr(text, "a\"<b>|::x%\\u{1b}[31m\\u{202e}`[l](1)\\n&"));
    options.ascii = true;
    for (const char *c = fixture_print(f, report_text, options); *c; c++) {
        assert_true((unsigned char)*c < 0x80);
    }
    fixture_close(f);
}

static void test_colour_only_adds_escapes(void **state) {
    (void)state;
    Fixture *f = fixture_open();
    const char *plain = fixture_print(f, report_text, (ReportOptions){.width = 80});
    const char *colour =
        fixture_print(f, report_text, (ReportOptions){.width = 80, .colour = true});
    assert_non_null(strstr(colour, "\033[1;31merror[stacked-dag-host-ha]\033[0m"));
    while (*plain || *colour) {
        if (*colour == '\033') {
            colour = strchr(colour, 'm') + 1;
        } else {
            assert_int_equal(*plain++, *colour++);
        }
    }
    fixture_close(f);
}

static void test_accepted(void **state) {
    (void)state;
    Fixture *f = fixture_open();
    assert_null(strstr(fixture_print(f, report_text, (ReportOptions){0}), "accepted one"));
    const char *text = fixture_print(f, report_text, (ReportOptions){.show_accepted = true});
    assert_non_null(strstr(text, "warning[copies-on-one-datastore] accepted 3: accepted one\n"));
    assert_non_null(strstr(text, "= accepted: by j.devries until 2027-01-31: tested\n"));
    fixture_close(f);
}

static void test_concise(void **state) {
    (void)state;
    Fixture *f = fixture_open();
    f->report.finding_count = 1;
    assert_string_equal(
        fixture_print(f, report_concise, (ReportOptions){0}),
        "exchange.yaml:4:15: error: EXCHANGE-02 is moved by DAG-01 and restarted by "
        "HA [stacked-dag-host-ha]\n");
    fixture_close(f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finding),
        cmocka_unit_test(test_hostile_names),
        cmocka_unit_test(test_colour_only_adds_escapes),
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_concise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
