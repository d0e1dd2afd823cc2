/* CSV files: separators, encodings, rows as a spreadsheet counts them. */
#include "event_log.h"

typedef struct Case {
    const char *name;
    Str bytes;
    const char *want, *error;
} Case;

#define BYTES(literal) STR_INIT(literal)

static const Case cases[] = {
    {"comma", BYTES("VM,Host\na,h1\nb,\n"), "[vInfo\n2:1 VM=a\n2:2 Host=h1\n3:1 VM=b\n]\n", NULL},
    {"semicolon", BYTES("VM;Memory\r\na;\"16,384\"\r\n"),
     "[vInfo\n2:1 VM=a\n2:2 Memory=16,384\n]\n", NULL},
    {"tab", BYTES("VM\tHost\na\th,1\n"), "[vInfo\n2:1 VM=a\n2:2 Host=h,1\n]\n", NULL},
    {"byte order mark, quoted headings", BYTES("\xEF\xBB\xBF\"VM\",\"# Cores\"\na,4\n"),
     "[vInfo\n2:1 VM=a\n2:2 # Cores=4\n]\n", NULL},
    {"UTF-16, little end first", BYTES("\xFF\xFEV\0M\0\n\0\xE4\0\x3D\xD8\0\xDE\n\0"),
     "[vInfo\n2:1 VM=\xC3\xA4\xF0\x9F\x98\x80\n]\n", NULL},
    {"UTF-16, big end first, half a pair", BYTES("\xFE\xFF\0V\0M\0\n\xD8\x3D\0x"),
     "[vInfo\n2:1 VM=\xEF\xBF\xBDx\n]\n", NULL},
    {"blank lines count, line ends in quotes do not",
     BYTES("VM,Note\n\n\"a\",\"one\ntwo\"\nb,\"say \"\"x\"\"\"\n"),
     "[vInfo\n3:1 VM=a\n3:2 Note=one\ntwo\n4:1 VM=b\n4:2 Note=say \"x\"\n]\n", NULL},
    {"headings in the first row with text", BYTES(",,\nVM,Host\na,h\n"),
     "[vInfo\n3:1 VM=a\n3:2 Host=h\n]\n", NULL},
    {"cells without heading are left out", BYTES("VM,,Host\na,x,h,y\n"),
     "[vInfo\n2:1 VM=a\n2:3 Host=h\n]\n", NULL},
    {"CR alone", BYTES("VM\ra\rb"), "[vInfo\n2:1 VM=a\n3:1 VM=b\n]\n", NULL},
    {"a row of blanks", BYTES("VM,Host\n , \na,h"), "[vInfo\n3:1 VM=a\n3:2 Host=h\n]\n", NULL},
    {"nothing", BYTES(""), "[vInfo\n]\n", NULL},
    {"cut off in a quote", BYTES("VM,Host\na,\"h"), NULL, "a quote in this row has no end"},
    {"no text", BYTES("VM\0\1\2"), NULL, "this is no CSV file: it holds bytes that no text has"},
};

static void test_cases(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        EventLog log;
        log_open(&log);
        bool good = log_read(&log, read_csv, "exports/vInfo.csv", cases[i].bytes);
        if (cases[i].error) {
            assert_false(good);
            assert_string_equal(log.diags.items[0].message.s, cases[i].error);
        } else {
            check_log(&log, cases[i].name, cases[i].want);
        }
        log_close(&log);
    }
}

static void test_too_many_columns(void **state) {
    (void)state;
    EventLog log;
    log_open(&log);
    Buf row;
    buf_init(&row, 1 << 20);
    buf_repeat(&row, ',', LIMIT_SHEET_COLUMNS);
    assert_false(log_read(&log, read_csv, "vInfo.csv", buf_str(&row)));
    assert_string_equal(log.diags.items[0].message.s, "more than 16384 columns");
    buf_clear(&row);
    log_close(&log);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_too_many_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
