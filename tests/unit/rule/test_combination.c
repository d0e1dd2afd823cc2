#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rule/combination.h"

/* Each way to take at most `limits` of `sizes` occurs once, none before a smaller one. */
static void check_all(const char *text, const size_t *sizes, size_t want) {
    ContractTerm term;
    const char *reason;
    assert_true(contract_term_parse(str_of(text), &term, &reason));
    static Combination combination;
    combination_init(&combination, &term, sizes);
    bool seen[1u << 12] = {false};
    size_t count = 0;
    size_t order = 0;
    while (combination_next(&combination)) {
        assert_true(combination.order >= order);
        order = combination.order;
        unsigned key = 0;
        size_t members = 0;
        unsigned offset = 0;
        for (size_t part = 0; part < combination.part_count; part++) {
            assert_true(combination.counts[part] <= (size_t)term.parts[part].count);
            for (size_t i = 0; i < combination.counts[part]; i++) {
                size_t index = combination.indexes[part][i];
                assert_true(index < sizes[part]);
                assert_false(key >> (offset + index) & 1);
                key |= 1u << (offset + index);
                members++;
            }
            offset += (unsigned)sizes[part];
        }
        assert_int_equal(members, order);
        assert_false(seen[key]);
        seen[key] = true;
        count++;
    }
    assert_int_equal(count, want);
}

static void test_combinations(void **state) {
    (void)state;
    check_all("any a", (const size_t[]){5}, 5);
    check_all("2 any a", (const size_t[]){5}, 5 + 10);
    check_all("3 any a", (const size_t[]){5}, 5 + 10 + 10);
    check_all("9 any a", (const size_t[]){3}, 7);
    check_all("any a", (const size_t[]){0}, 0);
    check_all("any a + any b", (const size_t[]){3, 4}, 3 + 4 + 12);
    check_all("2 any a + any b", (const size_t[]){3, 4}, (1 + 3 + 3) * (1 + 4) - 1);
    check_all("any a + any b + 2 any c", (const size_t[]){2, 0, 4}, (1 + 2) * (1 + 4 + 6) - 1);
    check_all("any a + any b + any c + any d", (const size_t[]){2, 3, 1, 2}, 3 * 4 * 2 * 3 - 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_combinations)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
