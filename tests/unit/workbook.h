/* Workbooks made in memory, for the tests of readers and importers. */
#ifndef TESTS_WORKBOOK_H
#define TESTS_WORKBOOK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <zip.h>

#include "base/buf.h"
#include "base/limits.h"
#include "read/event.h"

typedef struct Part {
    const char *name, *text;
} Part;

/* A sheet as text: a line a row, cells separated by '|'. "=7" is a number, "?1" a boolean, all else
 * text; an empty cell is left out. */
typedef struct SheetText {
    const char *name, *rows;
} SheetText;

#define RELS_NS "http://schemas.openxmlformats.org/package/2006/relationships"
#define OFFICE_NS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define MAIN_NS "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

static inline Str zip_parts(Arena *arena, const Part *parts, size_t count) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, &error);
    assert_non_null(memory);
    zip_source_keep(memory);
    zip_t *zip = zip_open_from_source(memory, ZIP_TRUNCATE, &error);
    assert_non_null(zip);
    for (size_t i = 0; i < count; i++) {
        zip_source_t *part = zip_source_buffer(zip, parts[i].text, strlen(parts[i].text), 0);
        zip_int64_t at = zip_file_add(zip, parts[i].name, part, 0);
        assert_true(at >= 0);
        zip_file_set_mtime(zip, (zip_uint64_t)at, 1709359200, 0); /* 2024-03-02 */
    }
    assert_int_equal(zip_close(zip), 0);
    assert_int_equal(zip_source_open(memory), 0);
    zip_source_seek(memory, 0, SEEK_END);
    size_t size = (size_t)zip_source_tell(memory);
    zip_source_seek(memory, 0, SEEK_SET);
    char *bytes = arena_array(arena, char, size + 1);
    assert_int_equal(zip_source_read(memory, bytes, size), (zip_int64_t)size);
    zip_source_close(memory);
    zip_source_free(memory);
    return (Str){bytes, size};
}

static inline void put_cell(Buf *out, Str cell) {
    if (str_starts(cell, STR("="))) {
        buf_printf(out, "<c><v>%.*s</v></c>", STR_ARG(str_slice(cell, 1, cell.n)));
    } else if (str_starts(cell, STR("?"))) {
        buf_printf(out, "<c t='b'><v>%.*s</v></c>", STR_ARG(str_slice(cell, 1, cell.n)));
    } else if (cell.n) {
        buf_printf(out, "<c t='inlineStr'><is><t>%.*s</t></is></c>", STR_ARG(cell));
    } else {
        buf_addz(out, "<c/>");
    }
}

static inline const char *sheet_xml(Arena *arena, const char *rows) {
    Buf out;
    buf_init(&out, LIMIT_REPORT_BYTES);
    buf_addz(&out, "<worksheet xmlns='" MAIN_NS "'><sheetData>");
    Str rest = str_of(rows);
    Str line;
    while (str_cut(&rest, '\n', &line)) {
        buf_addz(&out, "<row>");
        Str cell;
        while (str_cut(&line, '|', &cell)) {
            put_cell(&out, cell);
        }
        buf_addz(&out, "</row>");
    }
    buf_addz(&out, "</sheetData></worksheet>");
    Str text = arena_copy(arena, buf_str(&out));
    buf_clear(&out);
    return text.s;
}

static inline Str workbook(Arena *arena, const SheetText *sheets, size_t count) {
    Part parts[32] = {{"_rels/.rels",
                       "<Relationships xmlns='" RELS_NS "'><Relationship Id='a' Type='" OFFICE_NS
                       "/officeDocument' Target='xl/workbook.xml'/></Relationships>"}};
    Str list = STR_NONE;
    Str rels = STR_NONE;
    assert_true(count + 3 <= sizeof parts / sizeof *parts);
    for (size_t i = 0; i < count; i++) {
        list = arena_printf(arena, "%.*s<sheet name='%s' r:id='s%zu'/>", STR_ARG(list),
                            sheets[i].name, i);
        rels = arena_printf(arena,
                            "%.*s<Relationship Id='s%zu' Type='" OFFICE_NS
                            "/worksheet' Target='worksheets/sheet%zu.xml'/>",
                            STR_ARG(rels), i, i);
        parts[3 + i] = (Part){arena_printf(arena, "xl/worksheets/sheet%zu.xml", i).s,
                              sheet_xml(arena, sheets[i].rows)};
    }
    parts[1] =
        (Part){"xl/workbook.xml", arena_printf(arena,
                                               "<workbook xmlns='" MAIN_NS "' xmlns:r='" OFFICE_NS
                                               "'><sheets>%.*s</sheets></workbook>",
                                               STR_ARG(list))
                                      .s};
    parts[2] = (Part){"xl/_rels/workbook.xml.rels",
                      arena_printf(arena, "<Relationships xmlns='" RELS_NS "'>%.*s</Relationships>",
                                   STR_ARG(rels))
                          .s};
    return zip_parts(arena, parts, count + 3);
}

#endif
