/* What one arena allocated can become another's. */
#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

/* Of an arena of its own, with blocks that a release gave back. */
static Arena *filled(int **ret_numbers) {
    Arena *arena = arena_open(0);
    ArenaMark mark = arena_mark(arena);
    (void)arena_array(arena, char, 1000000);
    arena_release(arena, mark);
    (void)arena_array(arena, char, 3000000); /* the numbers are not in the last block alone */
    *ret_numbers = arena_array(arena, int, 3);
    (*ret_numbers)[2] = 42;
    return arena;
}

static void joined_memory_lives_and_counts(void **state) {
    (void)state;
    Arena *arena = arena_open(0);
    int *own = arena_new(arena, int);
    *own = 7;
    size_t before = arena_size(arena);
    int *numbers;
    Arena *other = filled(&numbers);
    size_t added = arena_size(other);
    arena_join(arena, other);
    assert_int_equal(numbers[2], 42);
    assert_int_equal(*own, 7);
    assert_true(arena_size(arena) >= before + 3000000);
    assert_true(arena_size(arena) <= before + added);
    arena_close(arena);
}

static void a_release_gives_joined_memory_back(void **state) {
    (void)state;
    Arena *arena = arena_open(0);
    int *own = arena_new(arena, int);
    *own = 7;
    ArenaMark mark = arena_mark(arena);
    size_t before = arena_size(arena);
    int *numbers;
    arena_join(arena, filled(&numbers));
    arena_join(arena, arena_open(0));
    arena_release(arena, mark);
    assert_int_equal(*own, 7);
    assert_true(arena_size(arena) < before + 4000000); /* one block is kept for later */
    assert_int_equal(*arena_new(arena, int), 0);
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joined_memory_lives_and_counts),
        cmocka_unit_test(a_release_gives_joined_memory_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
