/* Groups of pairs: every pair is in exactly one of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "graph/pair_groups.h"

enum { MOST = 12, TRIALS = 4000 };

static void count_pair(int seen[MOST][MOST], uint32_t a, uint32_t b) {
    assert_int_not_equal(a, b);
    seen[a < b ? a : b][a < b ? b : a]++;
}

static void count_group(int seen[MOST][MOST], const PairGroup *group) {
    for (size_t i = 0; i < group->first_count; i++) {
        for (size_t j = 0; j < group->second_count; j++) {
            count_pair(seen, group->first[i], group->second[j]);
        }
        for (size_t j = i + 1; !group->second_count && j < group->first_count; j++) {
            count_pair(seen, group->first[i], group->first[j]);
        }
    }
}

static void check(uint32_t n, const ClassPair *pairs, size_t count) {
    Arena *arena = arena_open(0);
    int seen[MOST][MOST];
    size_t group_count;
    const PairGroup *groups = pair_groups(arena, n, pairs, count, &group_count);
    memset(seen, 0, sizeof seen);
    for (size_t g = 0; g < group_count; g++) {
        count_group(seen, &groups[g]);
    }
    size_t total = 0;
    for (size_t a = 0; a < MOST; a++) {
        for (size_t b = 0; b < MOST; b++) {
            assert_in_range(seen[a][b], 0, 1);
            total += (size_t)seen[a][b];
        }
    }
    assert_int_equal(total, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(seen[pairs[i].first][pairs[i].second], 1);
    }
    assert_true(group_count <= count);
    arena_close(arena);
}

static void test_random(void **state) {
    (void)state;
    uint64_t random = 88172645463325252u;
    for (int t = 0; t < TRIALS; t++) {
        ClassPair pairs[MOST * MOST];
        size_t count = 0;
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        uint64_t bits = random;
        uint32_t n = 2 + (uint32_t)(t % (MOST - 1));
        for (uint32_t a = 0; a < n; a++) {
            for (uint32_t b = a + 1; b < n; b++, bits = bits >> 1 | bits << 63) {
                if (t % 3 == 0 || bits & 1) { /* every third is complete */
                    pairs[count++] = (ClassPair){a, b};
                }
            }
        }
        check(n, pairs, count);
    }
}

/* All pairs of a set are one group; so are two sides, and both at once are three. */
static void test_shapes(void **state) {
    (void)state;
    static const ClassPair all[] = {{0, 1}, {0, 2}, {1, 2}};
    static const ClassPair sides[] = {{0, 2}, {0, 3}, {1, 2}, {1, 3}};
    static const ClassPair both[] = {{0, 1}, {0, 2}, {1, 2}, {3, 4}, {3, 5}};
    Arena *arena = arena_open(0);
    size_t count;
    const PairGroup *groups = pair_groups(arena, 3, all, 3, &count);
    assert_int_equal(count, 1);
    assert_int_equal(groups[0].first_count, 3);
    assert_int_equal(groups[0].second_count, 0);
    groups = pair_groups(arena, 4, sides, 4, &count);
    assert_int_equal(count, 1);
    assert_int_equal(groups[0].first_count, 2);
    assert_int_equal(groups[0].second_count, 2);
    groups = pair_groups(arena, 6, both, 5, &count);
    assert_int_equal(count, 2);
    assert_int_equal(groups[1].first[0], 3);
    assert_int_equal(groups[1].second_count, 2);
    groups = pair_groups(arena, 3, all, 0, &count);
    assert_int_equal(count, 0);
    arena_close(arena);
}

/* Too many classes for the matrix: the pairs as they are. */
static void test_many(void **state) {
    (void)state;
    static const ClassPair pairs[] = {{0, 1}, {0, 2}, {1, 2}};
    Arena *arena = arena_open(0);
    size_t count;
    pair_groups(arena, 100000, pairs, 3, &count);
    assert_int_equal(count, 3);
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
