/* Events and places of the XML reader. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "read/event.h"

typedef struct Run {
    Arena *arena;
    Sources sources;
    Diags diags;
    Buf events;
    bool good;
} Run;

static void put_loc(Buf *out, Loc loc) {
    buf_printf(out, "@%u:%u+%u", loc.line, loc.column, loc.length);
}

/* One line an event: "<name@line:column+length", "=name@... 'value'@...", "'text'@...", ">". */
static bool take(void *context, const Event *event) {
    Buf *out = context;
    switch (event->type) {
    case EVENT_OPEN:
        buf_printf(out, "<%.*s", STR_ARG(event->name));
        put_loc(out, event->name_loc);
        break;
    case EVENT_ATTRIBUTE:
        buf_printf(out, "=%.*s", STR_ARG(event->name));
        put_loc(out, event->name_loc);
        buf_printf(out, " '%.*s'", STR_ARG(event->value));
        put_loc(out, event->loc);
        break;
    case EVENT_TEXT:
        buf_printf(out, "'%.*s'", STR_ARG(event->value));
        put_loc(out, event->loc);
        break;
    case EVENT_CLOSE:
        buf_addz(out, ">");
        break;
    }
    buf_addc(out, '\n');
    return true;
}

static void run_open(Run *run, Str text) {
    *run = (Run){.arena = arena_open(0)};
    sources_init(&run->sources, run->arena);
    diags_init(&run->diags, run->arena);
    buf_init(&run->events, 64 * 1024 * 1024);
    ReadContext context = {&run->sources, &run->diags, run->arena};
    SourceId source =
        sources_add(&run->sources, STR("t.xml"), arena_copy(run->arena, text), ORIGIN_INPUT);
    EventSink sink = {take, &run->events};
    run->good = read_xml(&context, source, &sink);
}

static void run_close(Run *run) {
    buf_clear(&run->events);
    arena_close(run->arena);
}

static void expect_events(const char *text, const char *want) {
    Run run;
    run_open(&run, str_of(text));
    assert_true(run.good);
    assert_string_equal(run.events.data, want);
    run_close(&run);
}

static void places_are_those_of_names_and_values(void **state) {
    (void)state;
    expect_events("<a\n  b = \"1\" c='2'>\n <d>x</d><e/>\n</a>\n",
                  "<@0:0+0\n"
                  "<a@1:2+1\n=b@2:3+1 '1'@2:8+1\n=c@2:11+1 '2'@2:14+1\n"
                  "<d@3:3+1\n'x'@3:5+1\n>\n<e@3:11+1\n>\n>\n>\n");
}

static void columns_count_code_points_behind_a_byte_order_mark(void **state) {
    (void)state;
    expect_events("\xEF\xBB\xBF<?xml version=\"1.0\"?><\xC3\xA4 b=\"\xF0\x9F\x98\x80x\" c=\"y\"/>",
                  "<@0:0+0\n<\xC3\xA4@1:23+1\n=b@1:25+1 '\xF0\x9F\x98\x80x'@1:28+2\n"
                  "=c@1:32+1 'y'@1:35+1\n>\n>\n");
}

/* Values with references do not point into the parser's input; "&amp;" must not arrive as "&#38;".
 */
static void references_are_resolved(void **state) {
    (void)state;
    expect_events("<a b=\"x &amp; y &lt; &#38;&#x26;#38; z\" c=\"&quot;\"><d>AT&amp;T &gt; "
                  "<![CDATA[<&]]></d></a>",
                  "<@0:0+0\n<a@1:2+1\n=b@1:4+1 'x & y < &&#38; z'@1:7+32\n=c@1:41+1 '\"'@1:44+6\n"
                  "<d@1:53+1\n'AT&T > <&'@1:55+13\n>\n>\n>\n");
}

static void comments_and_instructions_are_no_content(void **state) {
    (void)state;
    expect_events("<!-- <x> --><a><!-- > --><b><!-- y -->\n  t <!-- -->u</b><?p q?></a>",
                  "<@0:0+0\n<a@1:14+1\n<b@1:27+1\n'\n  t u'@2:3+1\n>\n>\n>\n");
}

static void line_ends_of_windows(void **state) {
    (void)state;
    expect_events("<a\r\n b=\"1\">\r\n<c>x</c>\r\n</a>\r\n",
                  "<@0:0+0\n<a@1:2+1\n=b@2:2+1 '1'@2:5+1\n<c@3:2+1\n'x'@3:4+1\n>\n>\n>\n");
}

/* A tag has no '<' inside, but a value may hold '>' and '/'; schema hints for editors are left out.
 */
static void odd_tags(void **state) {
    (void)state;
    expect_events("<a x=\"/>\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                  "xsi:noNamespaceSchemaLocation=\"i.xsd\" y='>'/>",
                  "<@0:0+0\n<a@1:2+1\n=x@1:4+1 '/>'@1:7+2\n=y@1:103+1 '>'@1:106+1\n>\n>\n");
}

static void utf16_is_read_as_utf8(void **state) {
    (void)state;
    static const char little[] = "\xFF\xFE<\0a\0 \0b\0=\0\"\0\xE4\0=\xD8\0\xDE\"\0/\0>\0";
    static const char big[] = "\0<\0a\0/\0>";
    Run run;
    run_open(&run, (Str){little, sizeof little - 1});
    assert_true(run.good);
    assert_string_equal(run.events.data,
                        "<@0:0+0\n<a@1:2+1\n=b@1:4+1 '\xC3\xA4\xF0\x9F\x98\x80'@1:7+2\n>\n>\n");
    run_close(&run);
    run_open(&run, (Str){big, sizeof big - 1});
    assert_true(run.good);
    assert_string_equal(run.events.data, "<@0:0+0\n<a@1:2+1\n>\n>\n");
    run_close(&run);
}

/* The parser keeps a window of the file: places hold far behind its size. */
static void places_in_a_long_file(void **state) {
    (void)state;
    enum { LINES = 20000 };
    Buf text, want;
    buf_init(&text, 64 * 1024 * 1024);
    buf_init(&want, 64 * 1024 * 1024);
    buf_addz(&text, "<a>\n");
    buf_addz(&want, "<@0:0+0\n<a@1:2+1\n");
    for (int i = 0; i < LINES; i++) {
        buf_printf(&text, "%*s<b c=\"%d &amp;\" d=\"x\">t</b>\n", i % 40, "", i);
        int digits = snprintf(NULL, 0, "%d", i);
        int column = i % 40 + 2;
        buf_printf(&want, "<b@%d:%d+1\n=c@%d:%d+1 '%d &'@%d:%d+%d\n", i + 2, column, i + 2,
                   column + 2, i, i + 2, column + 5, digits + 6);
        buf_printf(&want, "=d@%d:%d+1 'x'@%d:%d+1\n", i + 2, column + digits + 13, i + 2,
                   column + digits + 16);
        buf_printf(&want, "'t'@%d:%d+1\n>\n", i + 2, column + digits + 19);
    }
    buf_addz(&text, "</a>\n");
    buf_addz(&want, ">\n>\n");
    expect_events(text.data, want.data);
    buf_clear(&text);
    buf_clear(&want);
}

static void expect_error(const char *text, const char *message, unsigned line, unsigned column) {
    Run run;
    run_open(&run, str_of(text));
    assert_false(run.good);
    assert_int_equal(run.diags.count, 1);
    assert_string_equal(run.diags.items[0].message.s, message);
    assert_int_equal(run.diags.items[0].loc.line, line);
    assert_int_equal(run.diags.items[0].loc.column, column);
    run_close(&run);
}

static void errors_have_the_place(void **state) {
    (void)state;
    expect_error("<a>\n <b>\n</a>", "XML: </a> where </b> is due", 3, 1);
    expect_error("<a>\n <b>\n\n", "XML: the file ends inside <b>", 2, 5);
    expect_error("<a>\n <b c='1' d='2' c='3'/></a>", "'c' is given twice", 2, 17);
    expect_error("\n<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "a document type is not read", 2,
                 1);
    expect_error("<a xmlns='urn:b'/>", "<a> is in the namespace 'urn:b'", 1, 2);
    expect_error("<?xml version='1.0' encoding='latin1'?><a/>", "the encoding 'latin1' is not read",
                 1, 31);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_those_of_names_and_values),
        cmocka_unit_test(columns_count_code_points_behind_a_byte_order_mark),
        cmocka_unit_test(references_are_resolved),
        cmocka_unit_test(comments_and_instructions_are_no_content),
        cmocka_unit_test(line_ends_of_windows),
        cmocka_unit_test(odd_tags),
        cmocka_unit_test(utf16_is_read_as_utf8),
        cmocka_unit_test(places_in_a_long_file),
        cmocka_unit_test(errors_have_the_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
