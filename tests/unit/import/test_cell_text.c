/* Foreign cells as our own spelling. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "import/cell_text.h"

typedef struct Case {
    FieldType type;
    bool number;
    const char *cell, *want;
} Case;

static const Case cases[] = {
    {TYPE_INT, false, "8", "8"},
    {TYPE_INT, false, "16,384", "16384"},
    {TYPE_INT, false, "16.384", "16384"},
    {TYPE_INT, false, "1'048'576", "1048576"},
    {TYPE_INT, false,
     "16\xC2\xA0"
     "384",
     "16384"},
    {TYPE_INT, false, "16 384", "16384"},
    {TYPE_INT, false, "16384.0", "16384"},
    {TYPE_INT, false, "16384,00", "16384"},
    {TYPE_INT, false, "-1", "-1"},
    {TYPE_INT, false, "2.5", "2.5"}, /* no integer: left as it is, so that the message shows it */
    {TYPE_INT, false, "four", "four"},
    {TYPE_INT, true, "2.375", "2.375"}, /* a number: the point is a decimal point */
    {TYPE_INT, true, "8", "8"},
    {TYPE_SIZE, true, "16384.125", "16384"},
    {TYPE_SIZE, false, "1,234.56", "1234"},
    {TYPE_SIZE, false, "1.234,56", "1234"},
    {TYPE_DURATION, false, "30", "30"},
    {TYPE_BOOL, false, "True", "true"},
    {TYPE_BOOL, false, "FALSE", "false"},
    {TYPE_BOOL, false, "Wahr", "true"},
    {TYPE_BOOL, false, "No", "false"},
    {TYPE_BOOL, true, "1", "true"},
    {TYPE_BOOL, false, "perhaps", "perhaps"},
    {TYPE_DATE, true, "45563.5550115741", "2024-09-28"},
    {TYPE_DATE, true, "43831", "2020-01-01"},
    {TYPE_DATE, false, "2018/10/05 12:22:47", "2018-10-05"},
    {TYPE_DATE, false, "2018-10-05T12:22:47Z", "2018-10-05"},
    {TYPE_DATE, false, "5.10.2018 12:22", "2018-10-05"},
    {TYPE_DATE, false, "10/25/2018 1:02:03 PM", "2018-10-25"},
    {TYPE_DATE, false, "25/10/2018", "2018-10-25"},
    {TYPE_DATE, false, "7/7/2018", "2018-07-07"},
    {TYPE_DATE, false, "5/10/2018", "5/10/2018"}, /* 5 October or 10 May: nobody knows */
    {TYPE_DATE, false, "yesterday", "yesterday"},
    {TYPE_NAME, false, "n/a", ""},
    {TYPE_NAME, false, "#N/A", ""},
    {TYPE_NAME, false, "Not set", ""},
    {TYPE_NAME, false, "esx01", "esx01"},
};

static void test_cells(void **state) {
    (void)state;
    Buf buf;
    buf_init(&buf, LIMIT_TEXT_BYTES);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Field field = {.type = cases[i].type};
        ColumnMap map = {0};
        Str got = cell_text(NULL, &field, &map, str_of(cases[i].cell), cases[i].number, &buf);
        if (!str_eq(got, str_of(cases[i].want))) {
            fail_msg("%s: got \"%.*s\", want \"%s\"", cases[i].cell, STR_ARG(got), cases[i].want);
        }
    }
    buf_clear(&buf);
}

static void check_take(TakePart take, const char *cell, const char *want) {
    ColumnMap map = {.take = take};
    Str got = cell_take(&map, str_of(cell));
    if (!str_eq(got, str_of(want))) {
        fail_msg("%s: got \"%.*s\", want \"%s\"", cell, STR_ARG(got), want);
    }
}

static void test_parts(void **state) {
    (void)state;
    check_take(TAKE_DATASTORE, "[LUN 01] vm/vm.vmdk", "LUN 01");
    check_take(TAKE_DATASTORE, "vm/vm.vmdk", "");
    check_take(TAKE_VERSION, "VMware ESXi 6.0.0 build-4192238", "6.0.0");
    check_take(TAKE_VERSION, "none", "");
    check_take(TAKE_NUMBER, "vmx-09", "09");
    check_take(TAKE_NUMBER, "21", "21");
    check_take(TAKE_FQDN, "ex01", "");
    check_take(TAKE_FQDN, "ex01.corp.example", "ex01.corp.example");
    check_take(TAKE_ALL, "  x ", "x");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
