/* Workbooks (ECMA-376, transitional and strict): zip by libzip, XML by libxml2. Sheets come in the
 * order of their tabs; values as stored, without number formats: a date is its day number. */
#include "base/buf.h"
#include "read/sheet_rows.h"
#include "read/xlsx_book.h"

enum { CELL_BYTES_MAX = 1024 * 1024 }; /* a spreadsheet program writes 32,767 characters at most */

typedef enum CellType { CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_BOOL } CellType;

typedef struct SheetReader {
    XlsxBook *book;
    SheetRows rows;
    uint32_t row, column; /* of the cell that is read; both may be left out in the file */
    CellType type;
    bool in_cell, in_value;
    size_t phonetic;
    Buf value;
} SheetReader;

/* "BK7": column 63, row 7. False if it is no such name. */
static bool parse_reference(Str text, uint32_t *ret_row, uint32_t *ret_column) {
    size_t i = 0;
    uint32_t column = 0;
    for (; i < text.n && i < 3 && text.s[i] >= 'A' && text.s[i] <= 'Z'; i++) {
        column = column * 26 + (uint32_t)(text.s[i] - 'A') + 1;
    }
    int64_t row;
    if (!i || !str_to_int(str_slice(text, i, text.n), &row) || row < 1 || row > 1048576) {
        return false;
    }
    *ret_row = (uint32_t)row;
    *ret_column = column;
    return true;
}

static void start_row(SheetReader *reader, XlsxAttributes attributes) {
    int64_t number;
    bool given = str_to_int(xlsx_attribute(attributes, "r"), &number);
    reader->row =
        given && number > reader->row && number <= 1048576 ? (uint32_t)number : reader->row + 1;
    reader->column = 0;
}

static CellType cell_type(Str type) {
    if (str_eq(type, STR("s"))) {
        return CELL_SHARED;
    }
    if (str_eq(type, STR("b"))) {
        return CELL_BOOL;
    }
    return !type.n || str_eq(type, STR("n")) ? CELL_NUMBER : CELL_TEXT;
}

static bool start_cell(SheetReader *reader, XlsxAttributes attributes) {
    Str reference = xlsx_attribute(attributes, "r");
    uint32_t row = reader->row;
    uint32_t column = reader->column + 1;
    if (reference.n && (!parse_reference(reference, &row, &column) || row != reader->row)) {
        return xlsx_error(&reader->book->zip, "open and save it with a spreadsheet program",
                          "a cell of sheet '%.*s' says that it is '%.*s', in row %u",
                          STR_ARG(source_of(reader->rows.sources, reader->rows.source)->sheet),
                          STR_ARG(str_slice(reference, 0, 20)), reader->row);
    }
    if (column > LIMIT_SHEET_COLUMNS) {
        return xlsx_error(&reader->book->zip, "leave out the columns behind it",
                          "sheet '%.*s' has more than %d columns",
                          STR_ARG(source_of(reader->rows.sources, reader->rows.source)->sheet),
                          LIMIT_SHEET_COLUMNS);
    }
    reader->column = column;
    reader->type = cell_type(xlsx_attribute(attributes, "t"));
    reader->in_cell = true;
    buf_cut(&reader->value, 0);
    reader->value.truncated = false;
    return true;
}

static bool on_start(void *context, Str name, XlsxAttributes attributes) {
    SheetReader *reader = context;
    reader->in_value = false;
    if (!reader->in_cell) {
        if (str_eq(name, STR("row"))) {
            start_row(reader, attributes);
        } else if (str_eq(name, STR("c"))) {
            return start_cell(reader, attributes);
        }
        return true;
    }
    reader->phonetic += str_eq(name, STR("rPh"));
    reader->in_value = !reader->phonetic && (str_eq(name, STR("v")) || str_eq(name, STR("t")));
    return true;
}

static bool on_text(void *context, Str text) {
    SheetReader *reader = context;
    if (reader->in_value) {
        buf_add(&reader->value, text);
    }
    return true;
}

static bool emit_cell(SheetReader *reader) {
    Str value = buf_str(&reader->value);
    int64_t number;
    switch (reader->type) {
    case CELL_SHARED:
        value = str_to_int(str_trim(value), &number) && number >= 0
                    ? xlsx_text(&reader->book->texts, (size_t)number)
                    : STR_NONE;
        break;
    case CELL_BOOL:
        value = str_eq(value, STR("1")) ? STR("TRUE") : STR("FALSE");
        break;
    case CELL_NUMBER:
    case CELL_TEXT:
        break;
    }
    SheetCell cell = {reader->row, reader->column, value, reader->type == CELL_NUMBER};
    return sheet_rows_take(&reader->rows, &cell);
}

static bool on_end(void *context, Str name) {
    SheetReader *reader = context;
    reader->in_value = false;
    if (reader->in_cell && str_eq(name, STR("c"))) {
        reader->in_cell = false;
        reader->phonetic = 0;
        return !reader->value.size || emit_cell(reader);
    }
    reader->phonetic -= reader->phonetic && str_eq(name, STR("rPh"));
    return true;
}

static bool read_cells(XlsxBook *book, const XlsxSheet *sheet, SourceId source,
                       const EventSink *sink) {
    SheetReader reader = {.book = book, .rows = sheet_rows(book->zip.context, source, sink)};
    XlsxHandler handler = {on_start, on_end, on_text, &reader};
    buf_init(&reader.value, CELL_BYTES_MAX);
    bool good = xlsx_zip_parse(&book->zip, sheet->part, &handler) && sheet_rows_end(&reader.rows);
    buf_clear(&reader.value);
    return good;
}

/* The source of a sheet; made once, though a workbook may be read several times. */
static SourceId sheet_source(const ReadContext *context, SourceId file, Str name) {
    for (size_t i = file + 1u; i < context->sources->count; i++) {
        const Source *source = &context->sources->items[i];
        if (source->file == file && str_eq(source->sheet, name)) {
            return (SourceId)i;
        }
    }
    return sources_add_sheet(context->sources, file, name);
}

static bool read_sheet(XlsxBook *book, const XlsxSheet *sheet, const EventSink *sink) {
    SourceId source = sheet_source(book->zip.context, book->zip.source, sheet->name);
    if (!source) {
        return xlsx_error(&book->zip, "give fewer files at once", "more than %d files and sheets",
                          LIMIT_SOURCES - 1);
    }
    bool skip;
    if (!sheet_open(sink, source, sheet->name, &skip)) {
        return false;
    }
    if (!skip) {
        bool texts = book->texts.ends.count || xlsx_book_read_texts(book);
        if (!texts || !read_cells(book, sheet, source, sink)) {
            return false;
        }
    }
    return sheet_close(sink);
}

bool read_xlsx(const ReadContext *context, SourceId source, const EventSink *sink) {
    XlsxBook book;
    bool skip;
    bool good = xlsx_book_open(&book, context, source);
    if (good && !source_of(context->sources, source)->as_of.n) {
        Str day = arena_copy(context->sources->arena, xlsx_book_day(&book));
        source_of(context->sources, source)->as_of = day;
    }
    good = good && sheet_open(sink, source, STR_NONE, &skip);
    for (size_t i = 0; good && i < book.sheets.count; i++) {
        good = read_sheet(&book, &book.sheets.items[i], sink);
    }
    good = good && sheet_close(sink);
    xlsx_book_close(&book);
    return good;
}
