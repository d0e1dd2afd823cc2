/* YAML large enough that libyaml works ahead on a thread of its own: events and places as in a
 * small file, mistakes at the end with their line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "read/event.h"

enum { RECORDS = 20000, LINES = 5 };

typedef struct Tally {
    Arena *arena;
    Sources sources;
    Diags diags;
    size_t names, texts, stop_at;
} Tally;

/* Each record says its number three times: as a name, behind an alias, in its line. */
static bool count_event(void *context, const Event *event) {
    Tally *tally = context;
    char want[32];
    if (event->type == EVENT_TEXT && str_starts(event->value, STR("server-"))) {
        (void)snprintf(want, sizeof want, "server-%zu", tally->names);
        assert_true(str_eq(event->value, str_of(want)));
        assert_int_equal(event->loc.line, 2 + LINES * tally->names);
        assert_int_equal(event->loc.column, 9);
        tally->names++;
    } else if (event->type == EVENT_TEXT && str_starts(event->value, STR("note "))) {
        (void)snprintf(want, sizeof want, "note %zu\n", tally->texts / 2);
        assert_true(str_eq(event->value, str_of(want)));
        assert_true(event->quoted);
        tally->texts++;
    }
    return !tally->stop_at || tally->names != tally->stop_at;
}

static bool read_records(Tally *tally, const char *tail) {
    *tally = (Tally){.arena = arena_open(0), .stop_at = tally->stop_at};
    sources_init(&tally->sources, tally->arena);
    diags_init(&tally->diags, tally->arena);
    Buf text;
    buf_init(&text, (size_t)8 << 20);
    buf_addz(&text, "server:\n");
    for (size_t i = 0; i < RECORDS; i++) {
        buf_printf(&text, "- name: server-%zu\n  note: &n%zu |\n    note %zu\n", i, i, i);
        buf_printf(&text, "  again: *n%zu\n  roles: [mailbox, 'client-access']\n", i);
    }
    buf_addz(&text, tail);
    SourceId source = sources_add(&tally->sources, STR("large.yaml"), buf_str(&text), ORIGIN_INPUT);
    ReadContext context = {&tally->sources, &tally->diags, tally->arena};
    bool good = read_yaml(&context, source, &(EventSink){count_event, tally});
    buf_clear(&text);
    return good;
}

static void test_whole(void **state) {
    (void)state;
    Tally tally = {0};
    assert_true(read_records(&tally, ""));
    assert_int_equal(tally.names, RECORDS);
    assert_int_equal(tally.texts, 2 * RECORDS);
    arena_close(tally.arena);
}

static void check_refused(const char *tail, const char *message, uint32_t line) {
    Tally tally = {0};
    assert_false(read_records(&tally, tail));
    assert_int_equal(tally.diags.count, 1);
    assert_non_null(strstr(tally.diags.items[0].message.s, message));
    assert_int_equal(tally.diags.items[0].loc.line, line);
    arena_close(tally.arena);
}

static void test_refused(void **state) {
    (void)state;
    enum { TAIL = 2 + LINES * RECORDS };
    check_refused("  broken: [\n", "YAML: did not find expected node content", TAIL + 1);
    check_refused("  note: *nothing\n", "there is no anchor '&nothing'", TAIL);
    check_refused("- \xFF\n", "byte 0xFF is not UTF-8", TAIL);
}

/* libyaml writes the long prefix in front of each of them. */
static void test_long_tags(void **state) {
    (void)state;
    Tally tally = {.arena = arena_open(0)};
    sources_init(&tally.sources, tally.arena);
    diags_init(&tally.diags, tally.arena);
    Buf text;
    buf_init(&text, (size_t)8 << 20);
    buf_addz(&text, "%TAG ! tag:");
    buf_repeat(&text, 'x', 100000);
    buf_addz(&text, "\n---\n");
    for (size_t i = 0; i < RECORDS; i++) {
        buf_addz(&text, "- !a b\n");
    }
    SourceId source = sources_add(&tally.sources, STR("tags.yaml"), buf_str(&text), ORIGIN_INPUT);
    ReadContext context = {&tally.sources, &tally.diags, tally.arena};
    assert_false(read_yaml(&context, source, &(EventSink){count_event, &tally}));
    assert_int_equal(tally.diags.count, 1);
    assert_non_null(strstr(tally.diags.items[0].message.s, "has no meaning here"));
    assert_true(tally.diags.items[0].message.n < 200);
    buf_clear(&text);
    arena_close(tally.arena);
}

static void test_stopped(void **state) {
    (void)state;
    Tally tally = {.stop_at = 3};
    assert_false(read_records(&tally, ""));
    assert_int_equal(tally.names, 3);
    arena_close(tally.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_whole), cmocka_unit_test(test_refused),
                                       cmocka_unit_test(test_long_tags),
                                       cmocka_unit_test(test_stopped)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
