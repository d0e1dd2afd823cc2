/* What was cut off is not written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "cli/session.h"

static void test_write(void **state) {
    (void)state;
    static const char path[] = "session-write.txt";
    Session session = {.arena = arena_open(0)};
    Buf out;
    buf_init(&out, 4);
    buf_addz(&out, "four");
    assert_true(session_write(&session, STR("session-write.txt"), &out));
    assert_int_equal(out.size, 0);
    buf_addz(&out, "more");
    buf_addz(&out, " than four");
    assert_false(session_write(&session, STR("session-write.txt"), &out));
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char bytes[16];
    assert_int_equal(fread(bytes, 1, sizeof bytes, file), 4);
    assert_memory_equal(bytes, "four", 4);
    (void)fclose(file);
    (void)remove(path);
    arena_close(session.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_write)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
