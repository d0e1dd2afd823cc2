/* Every statement of every built-in pack; with a pack's name as argument, every example of its
 * rules. */
#include "builtin.h"
#include "rule/rule_test.h"

static const char *only_pack;

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
    size_t tested = 0;
    for (size_t i = 0; i < count; i++) {
        if (str_eq(rules[i]->pack, str_of(only_pack))) {
            tested++;
            rule_test(&test, rules[i], &examples);
        }
    }
    good = good && f.diags.errors == 0;
    if (!good) {
        fixture_print(&f);
    }
    fixture_close(&f);
    assert_true(good);
    assert_true(tested && examples >= 2 * tested);
}

int main(int argc, char **argv) {
    if (argc == 1) {
        const struct CMUnitTest statements[] = {cmocka_unit_test(test_statements)};
        return cmocka_run_group_tests(statements, NULL, NULL);
    }
    only_pack = argv[1];
    const struct CMUnitTest examples[] = {cmocka_unit_test(test_examples)};
    return cmocka_run_group_tests(examples, NULL, NULL);
}
