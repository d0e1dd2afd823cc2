/* Every example of every built-in rule, and every statement of every built-in pack. */
#include "builtin.h"
#include "rule/rule_test.h"

static void test_statements(void **state) {
    (void)state;
    Fixture f;
    fixture_open(&f);
    bool good = builtin_read(&f);
    good = fixture_inventory(&f, "topolint: 1\nname: Empty\nsites: [{name: HQ}]\n") &&
           fixture_lint(&f) && lint_check_packs(f.lint, &f.diags) && good;
    if (!good) {
        fixture_print(&f);
    }
    fixture_close(&f);
    assert_true(good);
}

static void test_examples(void **state) {
    (void)state;
    Fixture f;
    fixture_open(&f);
    bool good = builtin_read(&f);
    size_t count = 0;
    size_t examples = 0;
    const Rule **rules = packs_rules(&f.packs, f.arena, &count);
    RuleTest test = {&f.packs, &f.schema, &f.context};
    for (size_t i = 0; i < count; i++) {
        rule_test(&test, rules[i], &examples);
    }
    good = good && f.diags.errors == 0;
    if (!good) {
        fixture_print(&f);
    }
    fixture_close(&f);
    assert_true(good);
    assert_true(examples >= 2 * count);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_statements),
                                       cmocka_unit_test(test_examples)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
