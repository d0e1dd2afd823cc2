/* Workbooks: what spreadsheet programs write, and what must be refused. */
#include "event_log.h"
#include "read/xlsx_zip.h"

#define RELATION(id, type, target)                                                                 \
    "<Relationship Id='" id "' Type='" OFFICE_NS "/" type "' Target='" target "'/>"
#define RELATIONS(list) "<Relationships xmlns='" RELS_NS "'>" list "</Relationships>"
#define PACKAGE                                                                                    \
    { "_rels/.rels", RELATIONS(RELATION("a", "officeDocument", "/xl/workbook.xml")) }
#define BOOK(sheets)                                                                               \
    {                                                                                              \
        "xl/workbook.xml", "<workbook xmlns='" MAIN_NS "' xmlns:r='" OFFICE_NS "'><sheets>" sheets \
                           "</sheets></workbook>"                                                  \
    }
#define BOOK_RELS(list)                                                                            \
    { "xl/_rels/workbook.xml.rels", RELATIONS(list) }
#define SHEET(rows)                                                                                \
    {                                                                                              \
        "xl/worksheets/sheet1.xml",                                                                \
            "<worksheet xmlns='" MAIN_NS "'><sheetData>" rows "</sheetData></worksheet>"           \
    }
#define ONE_SHEET                                                                                  \
    PACKAGE, BOOK("<sheet name='vInfo' r:id='r1'/>"),                                              \
        BOOK_RELS(RELATION("r1", "worksheet", "worksheets/sheet1.xml"))
#define HEADINGS "<row r='1'><c r='A1' t='str'><v>VM</v></c><c r='B1' t='str'><v>Host</v></c></row>"

typedef struct Case {
    const char *name;
    Part parts[8];
    const char *want, *error; /* one of them */
} Case;

static const Case cases[] = {
    {"shared texts: runs joined, readings left out, blanks kept",
     {PACKAGE,
      BOOK("<sheet name='a&amp;b' r:id='r1'/>"),
      BOOK_RELS(RELATION("r1", "worksheet", "/xl/worksheets/sheet1.xml")
                    RELATION("r2", "sharedStrings", "sharedStrings.xml")),
      {"xl/sharedStrings.xml",
       "<sst xmlns='" MAIN_NS "'><si><t>VM</t></si><si><r><t>ex</t></r><r><t xml:space='preserve"
       "'>-&lt;01&gt; </t></r><rPh sb='0' eb='1'><t>reading</t></rPh></si></sst>"},
      SHEET("<row r='1'><c r='A1' t='s'><v>0</v></c></row><row r='2'><c r='A2' "
            "t='s'><v>1</v></c></row>"
            "<row r='3'><c r='A3' t='s'><v>99</v></c></row>")},
     "[a&b\n2:1 VM=ex-<01> \n]\n",
     NULL},
    {"places may be left out",
     {ONE_SHEET,
      SHEET("<row><c t='str'><v>VM</v></c><c t='str'><v>N</v></c></row><row><c "
            "t='str'><v>a</v></c><c><v>4</v></c></row>"
            "<row r='7'><c/><c t='n'><v>5.5</v></c></row><row><c t='str'><v>b</v></c></row>")},
     "[vInfo\n2:1 VM=a\n2:2 N=#4\n7:2 N=#5.5\n8:1 VM=b\n]\n",
     NULL},
    {"booleans, formulas, errors, inline text",
     {ONE_SHEET,
      SHEET(HEADINGS
            "<row r='2'><c r='A2' t='inlineStr'><is><t>a</t><rPh><t>x</t></rPh></is></c><c r='B2' "
            "t='b'><v>1</v></c></row>"
            "<row r='3'><c r='A3' t='str'><f>A2&amp;1</f><v>a1</v></c><c r='B3' "
            "t='e'><v>#N/A</v></c></row>")},
     "[vInfo\n2:1 VM=a\n2:2 Host=TRUE\n3:1 VM=a1\n3:2 Host=#N/A\n]\n",
     NULL},
    {"headings in the first row with text, far columns, blank cells",
     {ONE_SHEET, SHEET("<row r='1'><c r='A1' s='1'/></row><row r='3'><c r='B3' t='str'><v> VM "
                       "</v></c><c r='XFD3' t='str'><v>End</v></c></row>"
                       "<row r='1048576'><c r='A1048576' t='str'><v>no heading</v></c><c "
                       "r='B1048576' t='str'><v>a</v></c><c r='XFD1048576'><v>1</v></c></row>")},
     "[vInfo\n1048576:2 VM=a\n1048576:16384 End=#1\n]\n",
     NULL},
    {"a chart sheet, a sheet without rows",
     {PACKAGE, BOOK("<sheet name='c' r:id='r2'/><sheet name='vInfo' r:id='r1'/>"),
      BOOK_RELS(RELATION("r1", "worksheet", "worksheets/sheet1.xml")
                    RELATION("r2", "chartsheet", "c.xml")),
      SHEET("")},
     "[vInfo\n]\n",
     NULL},
    {"no workbook inside", {{"readme.txt", "hello"}}, NULL, "this zip archive holds no workbook"},
    {"no sheets", {PACKAGE, BOOK(""), BOOK_RELS("")}, NULL, "this file has no sheets"},
    {"a sheet that is not there",
     {ONE_SHEET},
     NULL,
     "this workbook lacks its part xl/worksheets/sheet1.xml"},
    {"a sheet without relation",
     {PACKAGE, BOOK("<sheet name='vInfo' r:id='r9'/>"), BOOK_RELS("")},
     NULL,
     "sheet 'vInfo' of this workbook has no content"},
    {"two sheets of one name",
     {PACKAGE, BOOK("<sheet name='vInfo' r:id='r1'/><sheet name='VINFO' r:id='r1'/>"),
      BOOK_RELS(RELATION("r1", "worksheet", "worksheets/sheet1.xml")), SHEET("")},
     NULL,
     "two sheets of this workbook have the name 'VINFO'"},
    {"broken XML",
     {ONE_SHEET,
      {"xl/worksheets/sheet1.xml", "<worksheet>\n<sheetData><row></sheetData></worksheet>"}},
     NULL,
     "xl/worksheets/sheet1.xml in this workbook is no XML: Opening and ending tag mismatch: row "
     "line 2 and sheetData (line 2)"},
    {"cut off XML",
     {ONE_SHEET, {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>"}},
     NULL,
     "xl/worksheets/sheet1.xml in this workbook is no XML: Premature end of data in tag sheetData "
     "line 1 (line 1)"},
    {"a document type",
     {ONE_SHEET,
      {"xl/worksheets/sheet1.xml", "<!DOCTYPE worksheet [<!ENTITY a 'b'>]><worksheet/>"}},
     NULL,
     "xl/worksheets/sheet1.xml in this workbook has a document type declaration, which no workbook "
     "has"},
    {"a cell elsewhere",
     {ONE_SHEET, SHEET(HEADINGS "<row r='2'><c r='A3' t='str'><v>a</v></c></row>")},
     NULL,
     "a cell of sheet 'vInfo' says that it is 'A3', in row 2"},
    {"no such cell",
     {ONE_SHEET, SHEET("<row r='1'><c r='7' t='str'><v>a</v></c></row>")},
     NULL,
     "a cell of sheet 'vInfo' says that it is '7', in row 1"},
    {"too many columns",
     {ONE_SHEET, SHEET("<row r='1'><c r='XFE1' t='str'><v>a</v></c></row>")},
     NULL,
     "sheet 'vInfo' has more than 16384 columns"},
};

static size_t part_count(const Case *test) {
    size_t count = 0;
    while (count < 8 && test->parts[count].name) {
        count++;
    }
    return count;
}

static void test_cases(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        EventLog log;
        log_open(&log);
        Str bytes = zip_parts(log.arena, cases[i].parts, part_count(&cases[i]));
        bool good = log_read(&log, read_xlsx, "book.xlsx", bytes);
        if (!cases[i].error) {
            check_log(&log, cases[i].name, cases[i].want);
        } else if (good || !str_eq(log.diags.items[0].message, str_of(cases[i].error))) {
            fail_msg("%s: got \"%s\"", cases[i].name, good ? "" : log.diags.items[0].message.s);
        }
        log_close(&log);
    }
}

static Str small_book(Arena *arena) {
    Part parts[] = {ONE_SHEET, SHEET(HEADINGS "<row r='2'><c r='A2' t='str'><v>a</v></c></row>")};
    return zip_parts(arena, parts, sizeof parts / sizeof *parts);
}

static void check_refused(Str bytes, const char *start) {
    EventLog log;
    log_open(&log);
    assert_false(log_read(&log, read_xlsx, "book.xlsx", bytes));
    const Diag *diag = &log.diags.items[0];
    if (!str_starts(diag->message, str_of(start))) {
        fail_msg("got \"%s\", want \"%s\"", diag->message.s, start);
    }
    assert_true(diag->help.n > 0);
    assert_string_equal(source_of(&log.sources, diag->loc.source)->path.s, "book.xlsx");
    log_close(&log);
}

static void test_no_workbook(void **state) {
    (void)state;
    check_refused(STR(""), "this is no workbook");
    check_refused(STR("topolint: 1\n"), "this is no workbook");
    check_refused(STR("PK\x03\x04 and no more"), "this workbook is damaged or cut off: ");
    check_refused(STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W\0o\0r\0k\0b\0o\0o\0k\0"),
                  "this is no workbook in .xlsx form but an older Office file");
    check_refused(
        STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
        "this workbook is protected by a password");
}

/* Every prefix of a workbook, and every workbook with one byte changed, is read or refused. */
static void test_damaged(void **state) {
    (void)state;
    Arena *arena = arena_open(0);
    Str book = small_book(arena);
    for (size_t n = 4; n < book.n; n++) {
        check_refused(str_slice(book, 0, n), "this workbook is damaged or cut off: ");
    }
    size_t refused = 0;
    for (size_t i = 0; i < book.n; i++) {
        EventLog log;
        log_open(&log);
        Str copy = arena_copy(log.arena, book);
        char *bytes = arena_array(log.arena, char, copy.n);
        memcpy(bytes, copy.s, copy.n);
        bytes[i] = (char)(bytes[i] ^ 0x55);
        refused += !log_read(&log, read_xlsx, "book.xlsx", (Str){bytes, copy.n});
        log_close(&log);
    }
    assert_true(refused > book.n / 2);
    arena_close(arena);
}

static void test_encrypted_part(void **state) {
    (void)state;
    Arena *arena = arena_open(0);
    Str book = small_book(arena);
    char *bytes = arena_array(arena, char, book.n);
    memcpy(bytes, book.s, book.n);
    for (size_t i = 0; i + 10 < book.n; i++) { /* flag bit 0 of each header: encrypted */
        bool local = memcmp(bytes + i, "PK\x03\x04", 4) == 0;
        bool central = memcmp(bytes + i, "PK\x01\x02", 4) == 0;
        if (local || central) {
            bytes[i + (local ? 6 : 8)] |= 1;
        }
    }
    check_refused((Str){bytes, book.n}, "_rels/.rels in this workbook cannot be read: ");
    arena_close(arena);
}

static bool ignore_start(void *context, Str name, XlsxAttributes attributes) {
    (void)context, (void)name, (void)attributes;
    return true;
}

static bool ignore_end(void *context, Str name) {
    (void)context, (void)name;
    return true;
}

/* What counts is what comes out, over all parts and readings; not what the directory says. */
static void test_inflated_size(void **state) {
    (void)state;
    EventLog log;
    log_open(&log);
    enum { SIZE = 300000 };
    char *text = arena_array(log.arena, char, SIZE + 1);
    memset(text, ' ', SIZE);
    memcpy(text, "<a>", 3);
    memcpy(text + SIZE - 4, "</a>", 4);
    Part part = {"a.xml", text};
    Str bytes = zip_parts(log.arena, &part, 1);
    assert_true(bytes.n < 2000);
    ReadContext context = {&log.sources, &log.diags, log.arena};
    SourceId source = sources_add(&log.sources, STR("bomb.xlsx"), bytes, ORIGIN_INPUT);
    XlsxHandler handler = {ignore_start, ignore_end, NULL, NULL};
    XlsxZip zip;
    assert_true(xlsx_zip_open(&zip, &context, source, 2 * SIZE + SIZE / 2));
    assert_true(xlsx_zip_parse(&zip, STR("a.xml"), &handler));
    assert_true(xlsx_zip_parse(&zip, STR("A.XML"), &handler));
    assert_int_equal(zip.budget, SIZE / 2);
    assert_false(xlsx_zip_parse(&zip, STR("a.xml"), &handler));
    assert_string_equal(log.diags.items[0].message.s,
                        "this workbook inflates to more than 1024 MB");
    assert_int_equal(log.diags.count, 1);
    xlsx_zip_close(&zip);
    log_close(&log);
}

static void test_too_many_parts(void **state) {
    (void)state;
    Arena *arena = arena_open(0);
    Part *parts = arena_array(arena, Part, LIMIT_ZIP_ENTRIES + 1);
    for (size_t i = 0; i <= LIMIT_ZIP_ENTRIES; i++) {
        parts[i] = (Part){arena_printf(arena, "p%zu", i).s, ""};
    }
    check_refused(zip_parts(arena, parts, LIMIT_ZIP_ENTRIES + 1), "more than 4096 parts");
    arena_close(arena);
}

/* Sheets are sources of their own, made once; a sheet that is not wanted is passed over. */
static void test_sources(void **state) {
    (void)state;
    EventLog log;
    log_open(&log);
    const SheetText sheets[] = {{"vHost", "Host|# Cores\nh|=8"}, {"vInfo", "VM\na"}};
    Str bytes = workbook(log.arena, sheets, 2);
    log.skip = "vHost";
    assert_true(log_read(&log, read_xlsx, "book.xlsx", bytes));
    check_log(&log, "skip", "[vHost\n]\n[vInfo\n2:1 VM=a\n]\n");
    assert_int_equal(log.sources.count, 4);
    assert_string_equal(source_of(&log.sources, 1)->as_of.s, "2024-03-02");
    const Source *sheet = source_of(&log.sources, 3);
    assert_int_equal(sheet->file, 1);
    assert_string_equal(sheet->sheet.s, "vInfo");
    assert_int_equal(sheet->heading_count, 1);
    ReadContext context = {&log.sources, &log.diags, log.arena};
    EventSink sink = {log_event, &log};
    assert_true(read_xlsx(&context, 1, &sink));
    assert_int_equal(log.sources.count, 4);
    log_close(&log);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),         cmocka_unit_test(test_no_workbook),
        cmocka_unit_test(test_damaged),       cmocka_unit_test(test_encrypted_part),
        cmocka_unit_test(test_inflated_size), cmocka_unit_test(test_too_many_parts),
        cmocka_unit_test(test_sources),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
