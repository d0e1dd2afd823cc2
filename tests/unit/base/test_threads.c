/* A relay hands over every slot once and in order, with a thread of its own and without. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/threads.h"

enum { PAGES = 1000 };

typedef struct Press {
    int printed, last;
    int slots[RELAY_SLOTS];
} Press;

static bool print_page(void *context, int slot) {
    Press *press = context;
    press->slots[slot] = press->printed++;
    return press->printed < press->last;
}

static void read_pages(bool ahead, int last, int wanted) {
    Press press = {.last = last};
    Relay *relay = relay_open(ahead, print_page, &press);
    for (int page = 0; page < wanted; page++) {
        int slot = relay_next(relay);
        assert_true(slot >= 0);
        assert_int_equal(press.slots[slot], page);
    }
    if (wanted == last) {
        assert_int_equal(relay_next(relay), -1);
        assert_int_equal(relay_next(relay), -1);
    }
    relay_close(relay);
    assert_true(press.printed <= wanted + RELAY_SLOTS);
}

static void test_relay(void **state) {
    (void)state;
    for (int ahead = 0; ahead < 2; ahead++) {
        read_pages(ahead, PAGES, PAGES);
        read_pages(ahead, 1, 1);
        read_pages(ahead, PAGES, PAGES / 2); /* closed before the end */
        read_pages(ahead, PAGES, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_relay)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
