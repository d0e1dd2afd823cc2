#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rule/contract_term.h"

static void test_terms(void **state) {
    (void)state;
    static const struct {
        const char *in;
        bool good;
        int order;
        const char *first, *last;
    } cases[] = {
        {"any host", true, 1, "host", "host"},
        {"2 any host", true, 2, "host", "host"},
        {"any host + any domain-controller", true, 2, "host", "domain-controller"},
        {"  any host+2 any site ", true, 3, "host", "site"},
        {"", false, 0, "", ""},
        {"any", false, 0, "", ""},
        {"host", false, 0, "", ""},
        {"any host any site", false, 0, "", ""},
        {"0 any host", false, 0, "", ""},
        {"100 any host", false, 0, "", ""},
        {"any host +", false, 0, "", ""},
        {"any a + any b + any c + any d + any e", false, 0, "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ContractTerm term = {0};
        const char *reason = NULL;
        bool good = contract_term_parse(str_of(cases[i].in), &term, &reason);
        assert_int_equal(good, cases[i].good);
        if (good) {
            assert_int_equal(term.order, cases[i].order);
            assert_true(str_eq(term.parts[0].set, str_of(cases[i].first)));
            assert_true(str_eq(term.parts[term.part_count - 1].set, str_of(cases[i].last)));
        } else {
            assert_non_null(reason);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_terms)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
