/* Whether the facts that the rules of a pack read matter (rule/rule_mutation.h); the pack is the
 * argument. TOPOLINT_MUTATIONS=all tries every change. */
#include <stdlib.h>

#include "builtin.h"
#include "rule/rule_mutation.h"

static const char *only_pack;

static void test_mutations(void **state) {
    (void)state;
    Fixture f;
    fixture_open(&f);
    const char *wanted = getenv("TOPOLINT_MUTATIONS");
    bool all = wanted && str_eq(str_of(wanted), STR("all"));
    bool good = builtin_read(&f);
    size_t count = 0;
    size_t tried = 0;
    size_t tested = 0;
    const Rule **rules = packs_rules(&f.packs, f.arena, &count);
    RuleTest test = {&f.packs, &f.schema, &f.context};
    for (size_t i = 0; i < count; i++) {
        if (str_eq(rules[i]->pack, str_of(only_pack))) {
            tested++;
            good = rule_mutations(&test, rules[i], all, &tried) && good;
        }
    }
    if (!good) {
        fixture_print(&f);
    }
    fixture_close(&f);
    printf("%zu rules, %zu changes\n", tested, tried);
    assert_true(good);
    assert_true(tested && tried);
}

int main(int argc, char **argv) {
    only_pack = argc > 1 ? argv[1] : "";
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_mutations)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
