/* What a schema may say of failures, and the mistakes that are told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/schema.h"

typedef struct Reading {
    Arena *arena;
    Interner *interner;
    Sources sources;
    Diags diags;
    Schema schema;
    bool good;
} Reading;

static void read_field(Reading *reading, const char *field) {
    *reading = (Reading){.arena = arena_open(0), .interner = interner_open()};
    sources_init(&reading->sources, reading->arena);
    diags_init(&reading->diags, reading->arena);
    schema_init(&reading->schema, reading->interner, reading->arena);
    Str text = arena_printf(reading->arena,
                            "kind: box\nplural: boxes\ntitle: Box\ndoc: A box.\nfault: node\n"
                            "fields:\n  name: {type: name, doc: Its name.}\n  lasts: %s\n",
                            field);
    ReadContext context = {&reading->sources, &reading->diags, reading->arena};
    SourceId file = sources_add(&reading->sources, STR("schemas/box.yaml"), text, ORIGIN_EMBEDDED);
    reading->good = schema_read(&reading->schema, &context, &file, 1);
}

static void close_reading(Reading *reading) {
    interner_close(reading->interner);
    arena_close(reading->arena);
}

static void test_range(void **state) {
    (void)state;
    Reading reading;
    read_field(&reading, "{type: duration, measures: time-to-repair, usual: [10m, 1d], doc: d}");
    assert_true(reading.good);
    const Kind *kind = schema_kind(&reading.schema, 0);
    assert_int_equal(kind->measure_columns[MEASURE_UPTIME - 1], NO_COLUMN);
    const Field *field = kind->columns[kind->measure_columns[MEASURE_REPAIR - 1]].field;
    assert_int_equal(field->usual_low, 600);
    assert_int_equal(field->usual_high, 86400);
    close_reading(&reading);
}

static void test_mistakes(void **state) {
    (void)state;
    static const char *const fields[][2] = {
        {"{type: int, measures: time-to-repair, doc: d}", "'measures' is"},
        {"{type: duration, measures: often, doc: d}", "unknown value \"often\""},
        {"{type: duration, measures: {a: b}, doc: d}", "unknown value \"\""},
        {"{type: duration, measures: time-to-repair, doc: d}\n"
         "  again: {type: duration, measures: time-to-repair, doc: d}",
         "two fields of this kind"},
        {"{type: duration, measures: time-to-repair, usual: [1d, 10m], doc: d}", "'usual' is"},
        {"{type: duration, measures: time-to-repair, usual: [1d], doc: d}", "'usual' is"},
        {"{type: duration, measures: time-to-repair, usual: [0s, 1d], doc: d}", "'usual' is"},
        {"{type: duration, measures: time-to-repair, usual: [soon, late], doc: d}", "'usual' is"},
        {"{type: duration, measures: time-to-repair, usual: 1d, doc: d}", "'usual' is"},
        {"{type: duration, usual: [10m, 1d], doc: d}", "'usual' is"},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        Reading reading;
        read_field(&reading, fields[i][0]);
        assert_false(reading.good);
        assert_true(str_starts(reading.diags.items[0].message, str_of(fields[i][1])));
        assert_int_equal(reading.diags.items[0].loc.line, strchr(fields[i][0], '\n') ? 9 : 8);
        close_reading(&reading);
    }
}

static void test_misspelt(void **state) {
    (void)state;
    Reading reading;
    read_field(&reading, "{type: duration, measures: time-to-repare, doc: d}");
    assert_false(reading.good);
    assert_true(str_starts(reading.diags.items[0].help, STR("did you mean \"time-to-repair\"?")));
    close_reading(&reading);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_range),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_misspelt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
