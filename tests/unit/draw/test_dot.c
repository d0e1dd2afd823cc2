/* Names in DOT text: nothing that Graphviz could take for markup, an escape or a broken label. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "draw/dot.h"
#include "draw/text_width.h"

typedef void Writer(Buf *out, Str text);

static void assert_written(Writer *writer, Str text, const char *want) {
    Buf out;
    buf_init(&out, 4096);
    writer(&out, text);
    Str got = buf_str(&out);
    if (!str_eq(got, str_of(want))) {
        fail_msg("got %.*s, expected %s", STR_ARG(got), want);
    }
    buf_clear(&out);
}

static void test_labels(void **state) {
    (void)state;
    static const struct {
        Str text;
        const char *want;
    } rows[] = {
        {STR_INIT("EX-01"), "EX-01"},
        {STR_INIT("</TABLE>"), "&lt;/TABLE&gt;"},
        {STR_INIT("a & b &amp;"), "a &amp; b &amp;amp;"},
        {STR_INIT("\"x\" 'y'"), "&quot;x&quot; 'y'"},
        {STR_INIT("\\N \\G"), "&#92;N &#92;G"},
        {STR_INIT("two\nlines\tapart"), "two lines apart"},
        {STR_INIT("--"), "--"},
        {STR_INIT("\x01\x7F"), "\xEF\xBF\xBD\xEF\xBF\xBD"},
        {STR_INIT("\xE2\x80\xAEx"), "\xEF\xBF\xBDx"},       /* right-to-left override */
        {STR_INIT("\xFF\xC3"), "\xEF\xBF\xBD\xEF\xBF\xBD"}, /* not UTF-8 */
        {STR_INIT("\xF0\x9F\x92\xA3"), "\xF0\x9F\x92\xA3"},
        {STR_INIT(""), "&#160;"}, /* <B></B> breaks a label */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_written(dot_text, rows[i].text, rows[i].want);
    }
}

static void test_strings(void **state) {
    (void)state;
    static const struct {
        Str text;
        const char *want;
    } rows[] = {
        {STR_INIT("a\\b \"c\""), "\"a\\\\b \\\"c\\\"\""},
        {STR_INIT("</TABLE> & \n"), "\"</TABLE> &amp;  \""},
        {STR_INIT("\xE2\x80\xAE\x01"), "\"  \""},
        {STR_INIT(""), "\"\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_written(dot_string, rows[i].text, rows[i].want);
    }
}

static void test_width(void **state) {
    (void)state;
    assert_int_equal(text_width(STR(""), 10, false), 0);
    assert_int_equal(text_width(STR("M"), 1000, false), 863);
    assert_int_equal(text_width(STR("M"), 1000, true), 995);
    assert_int_equal(text_width(STR("iM"), 10, false), 12); /* 2.78 + 8.63, rounded up */
    assert_int_equal(text_width(STR("\xE6\x97\xA5"), 100, false), 105);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_labels),
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
