#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "report/report.h"

static const char *print(Arena *arena, const Diags *diags, const Sources *sources, int width) {
    Buf buf;
    buf_init(&buf, 1 << 20);
    report_diags(diags, sources, &(ReportOptions){.width = width}, &buf);
    Str text = arena_copy(arena, buf_str(&buf));
    buf_clear(&buf);
    return text.s;
}

static void test_snippets(void **state) {
    (void)state;
    static const struct {
        const char *name, *text;
        Loc first, second; /* the second with line 0 is left out */
        const char *want;
    } cases[] = {
        {"further place above, lines between left out",
         "a: 1\nb: 2\nc: 3\na: 4\n",
         {4, 1, 1, 1},
         {1, 1, 1, 1},
         "error: wrong\n --> x.yaml:4:1\n  |\n1 | a: 1\n  | - first here\n...\n4 | a: 4\n  | "
         "^\n\n"},
        {"lines that follow each other",
         "a: 1\na: 4\n",
         {2, 4, 1, 1},
         {1, 1, 1, 1},
         "error: wrong\n --> x.yaml:2:4\n  |\n1 | a: 1\n  | - first here\n2 | a: 4\n  |    ^\n\n"},
        {"tabs: indentation as blanks, others shown",
         "\ta:\tb\n",
         {1, 5, 1, 1},
         {0},
         "error: wrong\n --> x.yaml:1:5\n  |\n1 |     a:\\tb\n  |         ^\n\n"},
        {"wide and combining characters",
         "\xE6\xBC\xA2\xE5\xAD\x97 e\xCC\x81 x\n",
         {1, 7, 1, 1},
         {0},
         "error: wrong\n --> x.yaml:1:7\n  |\n1 | \xE6\xBC\xA2\xE5\xAD\x97 e\xCC\x81 x\n  |        "
         "^\n\n"},
        {"control characters",
         "a\x1b[2Jb\n",
         {1, 6, 1, 1},
         {0},
         "error: wrong\n --> x.yaml:1:6\n  |\n1 | a\\u{1b}[2Jb\n  |           ^\n\n"},
        {"behind the end of the line",
         "ab\n",
         {1, 9, 1, 5},
         {0},
         "error: wrong\n --> x.yaml:1:9\n  |\n1 | ab\n  |   ^\n\n"},
        {"no column",
         "  ab\n",
         {1, 0, 1, 0},
         {0},
         "error: wrong\n --> x.yaml:1\n  |\n1 |   ab\n  |   ^\n\n"},
        {"no line", "ab\n", {0, 0, 1, 0}, {0}, "error: wrong\n --> x.yaml\n\n"},
        {"no source", "ab\n", {0, 0, 0, 0}, {0}, "error: wrong\n\n"},
        {"line behind the end",
         "ab",
         {7, 1, 1, 1},
         {0},
         "error: wrong\n --> x.yaml:7:1\n  |\n7 | \n  | ^\n\n"},
        {"byte order mark and CR LF",
         "\xEF\xBB\xBF"
         "ab\r\ncd\r\n",
         {1, 2, 1, 1},
         {0},
         "error: wrong\n --> x.yaml:1:2\n  |\n1 | ab\n  |  ^\n\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_open(0);
        Sources sources;
        sources_init(&sources, arena);
        sources_add(&sources, STR("x.yaml"), str_of(cases[i].text), ORIGIN_INPUT);
        Diags diags;
        diags_init(&diags, arena);
        Diag *diag = diag_error(&diags, cases[i].first, "wrong");
        if (cases[i].second.line) {
            diag_place(&diags, diag, cases[i].second, "first here");
        }
        Str text = str_of(print(arena, &diags, &sources, 80));
        Str want = arena_printf(arena, "%s%s", cases[i].want,
                                cases[i].first.source ? "1 error in 1 file\n" : "1 error\n");
        if (!str_eq(text, want)) {
            fail_msg("%s:\n%s\nwanted:\n%s", cases[i].name, text.s, want.s);
        }
        arena_close(arena);
    }
}

/* A long line is shown around the place, and each place of it somewhere. */
static void test_long_line(void **state) {
    (void)state;
    Arena *arena = arena_open(0);
    Sources sources;
    sources_init(&sources, arena);
    char *line = arena_array(arena, char, 1001);
    memset(line, '.', 1000);
    memset(line + 500, 'A', 3);
    memset(line + 900, 'B', 3);
    sources_add(&sources, STR("x.xml"), (Str){line, 1000}, ORIGIN_INPUT);
    Diags diags;
    diags_init(&diags, arena);
    Diag *diag = diag_error(&diags, (Loc){1, 501, 1, 3}, "wrong");
    diag_place(&diags, diag, (Loc){1, 901, 1, 3}, "other");
    static const char want[] = "error: wrong\n"
                               " --> x.xml:1:501\n"
                               "  |\n"
                               "1 | .............AAA....................\n"
                               "  |              ^^^\n"
                               "1 | .............BBB....................\n"
                               "  |              --- other\n\n"
                               "1 error in 1 file\n";
    const char *text = print(arena, &diags, &sources, 40);
    assert_string_equal(text, want);
    arena_close(arena);
}

static void test_wrapped(void **state) {
    (void)state;
    Arena *arena = arena_open(0);
    Sources sources;
    sources_init(&sources, arena);
    sources_add(&sources, STR("x.yaml"), STR("name: value\n"), ORIGIN_INPUT);
    Diags diags;
    diags_init(&diags, arena);
    Diag *diag = diag_warning(&diags, (Loc){1, 7, 1, 5}, "a message that does not fit on one line");
    diag->label = STR("a label that is too long for what is left of it");
    diag_help(&diags, diag, "one two three four five six seven");
    static const char want[] = "warning: a message that does not fit on\n"
                               "  one line\n"
                               " --> x.yaml:1:7\n"
                               "  |\n"
                               "1 | name: value\n"
                               "  |       ^^^^^\n"
                               "  |       a label that is too long for\n"
                               "  |       what is left of it\n"
                               "  = help: one two three four five six\n"
                               "    seven\n\n"
                               "1 warning\n";
    assert_string_equal(print(arena, &diags, &sources, 40), want);
    arena_close(arena);
}

/* The rightmost label beside its mark if there is room, the others below theirs; marks that overlap
 * get rows of their own. */
static void test_marks_of_one_line(void **state) {
    (void)state;
    Arena *arena = arena_open(0);
    Sources sources;
    sources_init(&sources, arena);
    sources_add(&sources, STR("x.yaml"), STR("a: [bb, cc, dd]   # end\n"), ORIGIN_INPUT);
    Diags diags;
    diags_init(&diags, arena);
    Diag *diag = diag_error(&diags, (Loc){1, 5, 1, 2}, "wrong");
    diag->label = STR("first");
    diag_place(&diags, diag, (Loc){1, 13, 1, 2}, "a third that needs two rows");
    diag_place(&diags, diag, (Loc){1, 9, 1, 2}, "second");
    diag_place(&diags, diag, (Loc){1, 4, 1, 12}, "list");
    static const char want[] = "error: wrong\n"
                               " --> x.yaml:1:5\n"
                               "  |\n"
                               "1 | a: [bb, cc, dd]   # end\n"
                               "  |    ------------ list\n"
                               "  |     ^^  --  --\n"
                               "  |     |   |   |\n"
                               "  |     |   |   a third that needs\n"
                               "  |     |   |   two rows\n"
                               "  |     |   second\n"
                               "  |     first\n\n"
                               "1 error in 1 file\n";
    assert_string_equal(print(arena, &diags, &sources, 36), want);
    arena_close(arena);
}

static void test_counts(void **state) {
    (void)state;
    Arena *arena = arena_open(0);
    Sources sources;
    sources_init(&sources, arena);
    SourceId book = sources_add(&sources, STR("b.xlsx"), STR("PK"), ORIGIN_INPUT);
    SourceId one = sources_add_sheet(&sources, book, STR("vInfo"));
    SourceId two = sources_add_sheet(&sources, book, STR("vHost"));
    Diags diags;
    diags_init(&diags, arena);
    assert_string_equal(print(arena, &diags, &sources, 80), "");
    diag_error(&diags, (Loc){2, 63, one, 0}, "first");
    diag_error(&diags, (Loc){3, 1, two, 0}, "second");
    static const char want[] = "error: first\n   --> b.xlsx, sheet vInfo, cell BK2\n\n"
                               "error: second\n  --> b.xlsx, sheet vHost, cell A3\n\n"
                               "2 errors in 1 file\n";
    assert_string_equal(print(arena, &diags, &sources, 80), want);
    arena_close(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_snippets), cmocka_unit_test(test_long_line),
        cmocka_unit_test(test_wrapped),  cmocka_unit_test(test_marks_of_one_line),
        cmocka_unit_test(test_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
