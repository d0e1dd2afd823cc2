/* CSV files through libcsv: one sheet, named as the file without its folder and ending. Rows are
 * counted as a spreadsheet program shows them: blank lines count, line ends inside quotes do not.
 */
#include <csv.h>

#include "read/csv_text.h"
#include "read/sheet_rows.h"

typedef struct CsvReader {
    const ReadContext *context;
    SourceId source;
    SheetRows rows;
    uint32_t row, column;
    bool stopped;
} CsvReader;

static void stop(CsvReader *reader) {
    reader->stopped = true;
}

static void on_field(void *text, size_t size, void *context) {
    CsvReader *reader = context;
    reader->column++;
    if (reader->stopped) {
        return;
    }
    if (reader->column > LIMIT_SHEET_COLUMNS) {
        diag_error(reader->context->diags, (Loc){.source = reader->source, .line = reader->row},
                   "more than %d columns", LIMIT_SHEET_COLUMNS);
        stop(reader);
        return;
    }
    SheetCell cell = {.row = reader->row, .column = reader->column, .value = {text, size}};
    if (size && !sheet_rows_take(&reader->rows, &cell)) {
        stop(reader);
    }
}

static void on_row(int end, void *context) {
    (void)end;
    CsvReader *reader = context;
    reader->row++;
    reader->column = 0;
}

static bool parse(CsvReader *reader, Str text) {
    struct csv_parser parser;
    csv_init(&parser, CSV_REPALL_NL);
    csv_set_delim(&parser, (unsigned char)csv_delimiter(text));
    enum { PIECE = 64 * 1024 };
    bool good = true;
    for (size_t at = 0; good && !reader->stopped && at < text.n; at += PIECE) {
        Str piece = str_slice(text, at, at + PIECE);
        good = csv_parse(&parser, piece.s, piece.n, on_field, on_row, reader) == piece.n;
    }
    /* Quotes inside a value are taken as they are; one that never ends is not. */
    csv_set_opts(&parser, CSV_STRICT | CSV_STRICT_FINI);
    good = good && (reader->stopped || !csv_fini(&parser, on_field, on_row, reader));
    csv_free(&parser);
    if (!good) {
        Diag *diag =
            diag_error(reader->context->diags, (Loc){.source = reader->source, .line = reader->row},
                       "a quote in this row has no end");
        diag_help(reader->context->diags, diag,
                  "the file may be cut off: expected a CSV file whose "
                  "quoted values end with '\"'");
    }
    return good && !reader->stopped;
}

static Str sheet_name(Str path) {
    size_t from = 0;
    for (size_t i = 0; i < path.n; i++) {
        from = path.s[i] == '/' ? i + 1 : from;
    }
    Str name = str_slice(path, from, path.n);
    bool ending = name.n > 4 && str_eq_nocase(str_slice(name, name.n - 4, name.n), STR(".csv"));
    return ending ? str_slice(name, 0, name.n - 4) : name;
}

bool read_csv(const ReadContext *context, SourceId source, const EventSink *sink) {
    Arena *arena = arena_open(0);
    Str text = csv_text(arena, source_of(context->sources, source)->text);
    CsvReader reader = {
        .context = context, .source = source, .row = 1, .rows = sheet_rows(context, source, sink)};
    bool skip;
    bool good =
        sheet_open(sink, source, STR_NONE, &skip) &&
        sheet_open(sink, source, sheet_name(source_of(context->sources, source)->path), &skip);
    if (good && str_find(text, '\0', 0) != SIZE_MAX) {
        Diag *diag = diag_error(context->diags, (Loc){.source = source},
                                "this is no CSV file: it "
                                "holds bytes that no text has");
        diag_help(context->diags, diag,
                  "expected text in UTF-8, or in UTF-16 with a byte order mark");
        good = false;
    }
    if (good && !skip) {
        good = parse(&reader, text) && sheet_rows_end(&reader.rows);
    }
    good = good && sheet_close(sink) && sheet_close(sink);
    arena_close(arena);
    return good;
}
