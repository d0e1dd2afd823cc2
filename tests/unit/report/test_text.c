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
        "not assessed: what is not stated, for which rules (about how many subjects)\n"
        "  hypervisor: vm.memory_mb, vm.reserved_mb for stacked-dag-host-ha (5)\n"
        "  --verbose names the subjects, `topolint ask` says how to get the facts\n"
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

static void test_verbose(void **state) {
    (void)state;
    Fixture *f = fixture_open();
    assert_non_null(
        strstr(fixture_print(f, report_text, (ReportOptions){.width = 80, .verbose = true}),
               "\n  hypervisor\n"
               "    cannot decide stacked-dag-host-ha for EXCHANGE-02, EXCHANGE-03 and 3 more:\n"
               "      vm.memory_mb, vm.reserved_mb are not stated\n\n"));
    fixture_close(f);
}

static void test_concise(void **state) {
    (void)state;
    Fixture *f = fixture_open();
    f->report.finding_count = 1;
    assert_string_equal(
        fixture_print(f, report_concise, (ReportOptions){0}),
        "exchange.yaml:4:15: error: EXCHANGE-02 is moved by DAG-01 and restarted by "
        "HA [stacked-dag-host-ha]\n"
        "not assessed, hypervisor: vm.memory_mb, vm.reserved_mb for stacked-dag-host-ha (5)\n");
    fixture_close(f);
}

static Rule layer_rule(const char *id, const char *layer) {
    return (Rule){.id = str_of(id), .layer = str_of(layer)};
}

/* The layer with most rules first; in it the fact of most rules, then of most subjects. Facts that
 * decide the same stand together, reasons last, and what is long is cut. */
static void test_layers(void **state) {
    (void)state;
    static const Str a[] = {STR_INIT("a")}, ab[] = {STR_INIT("a"), STR_INIT("b")},
                     c[] = {STR_INIT("c")}, de[] = {STR_INIT("d"), STR_INIT("e")};
    const Rule dns = layer_rule("r0", "dns");
    const Rule rules[] = {layer_rule("r1", "site"), layer_rule("r2", "site"),
                          layer_rule("r3", "site"), layer_rule("r4", "site"),
                          layer_rule("r5", "site"), layer_rule("r6", "site")};
    const NotAssessed sets[] = {
        {.rule = &dns, .facts = a, .fact_count = 1, .count = 9},
        {.rule = &rules[0], .facts = ab, .fact_count = 2, .count = 1},
        {.rule = &rules[0], .facts = a, .fact_count = 1, .count = 2},
        {.rule = &rules[1], .facts = a, .fact_count = 1, .count = 1},
        {.rule = &rules[2], .facts = a, .fact_count = 1, .count = 1},
        {.rule = &rules[3], .facts = a, .fact_count = 1, .count = 1},
        {.rule = &rules[4], .facts = a, .fact_count = 1, .count = 1},
        {.rule = &rules[4], .reason = STR_INIT("too much work"), .count = 3},
        {.rule = &rules[5], .facts = c, .fact_count = 1, .count = 1},
        {.rule = &rules[5], .facts = de, .fact_count = 2, .count = 8},
    };
    Fixture *f = fixture_open();
    f->report.finding_count = 0;
    f->report.not_assessed = sets;
    f->report.not_assessed_count = sizeof sets / sizeof *sets;
    assert_string_equal(fixture_print(f, report_concise, (ReportOptions){0}),
                        "not assessed, site: a for r1 (3), r2 (1), r3 (1), r4 (1) and 1 more rule; "
                        "d, e for r6 (8); b for r1 (1); c for r6 (1); r5 (3): too much work\n"
                        "not assessed, dns: a for r0 (9)\n");
    fixture_close(f);
}

static void test_facts_are_cut(void **state) {
    (void)state;
    Rule rules[11];
    NotAssessed sets[11];
    Fixture *f = fixture_open();
    for (size_t i = 0; i < 11; i++) {
        rules[i] = layer_rule("r", "site");
        Str *fact = arena_new(f->arena, Str);
        *fact = arena_printf(f->arena, "f%02zu", i);
        sets[i] = (NotAssessed){.rule = &rules[i], .facts = fact, .fact_count = 1, .count = 1};
    }
    f->report.finding_count = 0;
    f->report.not_assessed = sets;
    f->report.not_assessed_count = 11;
    const char *text = fixture_print(f, report_concise, (ReportOptions){0});
    assert_non_null(strstr(text, "; f07 for r (1); and 3 more\n"));
    fixture_close(f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finding),
        cmocka_unit_test(test_hostile_names),
        cmocka_unit_test(test_colour_only_adds_escapes),
        cmocka_unit_test(test_accepted),
        cmocka_unit_test(test_verbose),
        cmocka_unit_test(test_concise),
        cmocka_unit_test(test_layers),
        cmocka_unit_test(test_facts_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
