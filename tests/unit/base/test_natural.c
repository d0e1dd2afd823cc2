/* Sorting by keys is sorting by comparison. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/natural.h"

enum { TEXTS = 400, LONGEST = 6 };

static int sign(int order) {
    return (order > 0) - (order < 0);
}

static void test_named(void **state) {
    (void)state;
    static const char *const ascending[] = {"",        "/",        "0",    "1",    "2",
                                            "10",      "10a",      ":",    "DB-2", "DB-10",
                                            "DB-10-3", "DB-10-20", "DB-a", "a"};
    Arena *arena = arena_open(0);
    for (size_t i = 1; i < sizeof ascending / sizeof *ascending; i++) {
        Str a = natural_key(arena, str_of(ascending[i - 1]));
        Str b = natural_key(arena, str_of(ascending[i]));
        assert_true(str_cmp(a, b) < 0);
    }
    Str one = natural_key(arena, STR("x01"));
    assert_int_equal(str_cmp(one, natural_key(arena, STR("x1"))), 0);
    arena_close(arena);
}

static void test_random(void **state) {
    (void)state;
    static const char letters[] = "0129a-/:\xC3";
    Arena *arena = arena_open(0);
    Str texts[TEXTS];
    Str keys[TEXTS];
    uint32_t random = 1;
    for (size_t i = 0; i < TEXTS; i++) {
        char text[LONGEST];
        random = random * 1664525u + 1013904223u;
        size_t n = (random >> 16) % (LONGEST + 1);
        for (size_t k = 0; k < n; k++) {
            random = random * 1664525u + 1013904223u;
            text[k] = letters[(random >> 16) % (sizeof letters - 1)];
        }
        texts[i] = arena_copy(arena, (Str){text, n});
        keys[i] = natural_key(arena, texts[i]);
    }
    for (size_t i = 0; i < TEXTS; i++) {
        for (size_t k = 0; k < TEXTS; k++) {
            int order = str_cmp(keys[i], keys[k]);
            order = order ? order : str_cmp(texts[i], texts[k]);
            assert_int_equal(sign(order), sign(str_cmp_natural(texts[i], texts[k])));
        }
    }
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_named), cmocka_unit_test(test_random)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
