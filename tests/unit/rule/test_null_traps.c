#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rule/null_traps.h"

static void test_traps(void **state) {
    (void)state;
    static const struct {
        const char *sql, *trap;
    } cases[] = {
        {"SELECT a AS entity, b AS fails FROM t", ""},
        {"SELECT a AS entity, max(b) > 3 AS fails FROM t GROUP BY a", "max"},
        {"SELECT a AS entity, max(b, c) > 3 AS fails FROM t", ""},
        {"SELECT a AS entity, count(*) > 1 AS fails FROM t GROUP BY a", ""},
        {"SELECT a AS entity, COUNT(b) > 1 AS fails FROM t GROUP BY a", "count"},
        {"SELECT a AS entity, x AND NOT  EXISTS (SELECT 1 FROM u) AS fails FROM t", "NOT EXISTS"},
        {"SELECT a AS entity, sum(b) AS total_b, any_true(c) AS fails FROM t GROUP BY a", ""},
        {"SELECT a AS entity, (SELECT sum(b) FROM u) = 1 AS fails FROM t", "sum"},
        {"SELECT a AS entity FROM t WHERE NOT EXISTS (SELECT 1 FROM u)", ""},
        {"WITH m AS (SELECT max(b) AS b FROM u) SELECT a AS entity, m.b > 1 AS fails FROM t", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t at = 0;
        Str trap = null_trap(str_of(cases[i].sql), &at);
        assert_true(str_eq(trap, str_of(cases[i].trap)));
        assert_int_equal(at != 0, trap.n != 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_traps)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
