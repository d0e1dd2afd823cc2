/* ECMA-376: the package's relationships name the workbook, the workbook names its sheets by the ids
 * of its own relationships. */
#include "read/xlsx_book.h"

#include "base/limits.h"

/* ---- relationships ---- */

typedef struct Relationship {
    Str id, type, target;
} Relationship;

typedef struct Relationships {
    Arena *arena;
    VEC(Relationship) list;
} Relationships;

static bool start_relationship(void *context, Str name, XlsxAttributes attributes) {
    Relationships *all = context;
    if (str_eq(name, STR("Relationship"))) {
        Relationship one = {arena_copy(all->arena, xlsx_attribute(attributes, "Id")),
                            arena_copy(all->arena, xlsx_attribute(attributes, "Type")),
                            arena_copy(all->arena, xlsx_attribute(attributes, "Target"))};
        vec_push(all->arena, &all->list, one);
    }
    return true;
}

static bool ignore_end(void *context, Str name) {
    (void)context, (void)name;
    return true;
}

static Str folder_of(Str part) {
    size_t end = 0;
    for (size_t i = 0; i < part.n; i++) {
        end = part.s[i] == '/' ? i + 1 : end;
    }
    return str_slice(part, 0, end);
}

/* The relationships of a part ("" = of the package). True if it has none. */
static bool read_relationships(XlsxBook *book, Str part, Relationships *ret) {
    Str folder = folder_of(part);
    Str name = arena_printf(book->arena, "%.*s_rels/%.*s.rels", STR_ARG(folder),
                            STR_ARG(str_slice(part, folder.n, part.n)));
    XlsxHandler handler = {start_relationship, ignore_end, NULL, ret};
    *ret = (Relationships){.arena = book->arena};
    return !xlsx_zip_has(&book->zip, name) || xlsx_zip_parse(&book->zip, name, &handler);
}

/* The part that a target means, seen from the folder of the part that names it. */
static Str resolve_target(const XlsxBook *book, Str from, Str target) {
    if (str_starts(target, STR("/"))) {
        return str_slice(target, 1, target.n);
    }
    Str folder = folder_of(from);
    while (str_starts(target, STR("../")) && folder.n) {
        target = str_slice(target, 3, target.n);
        folder = folder_of(str_slice(folder, 0, folder.n - 1));
    }
    target = str_starts(target, STR("./")) ? str_slice(target, 2, target.n) : target;
    return arena_printf(book->arena, "%.*s%.*s", STR_ARG(folder), STR_ARG(target));
}

/* Types end alike in the transitional and the strict form of the format. */
static const Relationship *find_type(const Relationships *all, Str end) {
    for (size_t i = 0; i < all->list.count; i++) {
        if (str_ends(all->list.items[i].type, end)) {
            return &all->list.items[i];
        }
    }
    return NULL;
}

static const Relationship *find_id(const Relationships *all, Str id) {
    for (size_t i = 0; i < all->list.count; i++) {
        if (str_eq(all->list.items[i].id, id)) {
            return &all->list.items[i];
        }
    }
    return NULL;
}

/* ---- sheets ---- */

typedef struct SheetFinder {
    XlsxBook *book;
    const Relationships *relationships;
} SheetFinder;

static bool has_sheet(const XlsxBook *book, Str name) {
    for (size_t i = 0; i < book->sheets.count; i++) {
        if (str_eq_nocase(book->sheets.items[i].name, name)) {
            return true;
        }
    }
    return false;
}

static bool start_sheet(void *context, Str name, XlsxAttributes attributes) {
    SheetFinder *finder = context;
    XlsxBook *book = finder->book;
    if (!str_eq(name, STR("sheet"))) {
        return true;
    }
    Str title = str_slice(xlsx_attribute(attributes, "name"), 0, LIMIT_NAME_BYTES);
    const Relationship *to = find_id(finder->relationships, xlsx_attribute(attributes, "id"));
    if (to && !str_ends(to->type, STR("/worksheet"))) {
        return true; /* a chart or a macro sheet */
    }
    if (!to || has_sheet(book, title)) {
        return xlsx_error(&book->zip, "open and save it with a spreadsheet program",
                          to ? "two sheets of this workbook have the name '%.*s'"
                             : "sheet '%.*s' of this workbook has no content",
                          STR_ARG(title));
    }
    XlsxSheet sheet = {arena_copy(book->arena, title),
                       resolve_target(book, book->part, to->target)};
    vec_push(book->arena, &book->sheets, sheet);
    return true;
}

static bool find_sheets(XlsxBook *book) {
    Relationships package;
    Relationships own;
    if (!read_relationships(book, STR_NONE, &package)) {
        return false;
    }
    const Relationship *office = find_type(&package, STR("/officeDocument"));
    book->part = office ? resolve_target(book, STR_NONE, office->target) : STR("xl/workbook.xml");
    if (!xlsx_zip_has(&book->zip, book->part)) {
        return xlsx_error(&book->zip, "expected a workbook (.xlsx)",
                          "this zip archive holds no workbook");
    }
    if (!read_relationships(book, book->part, &own)) {
        return false;
    }
    const Relationship *texts = find_type(&own, STR("/sharedStrings"));
    book->texts_part = texts ? resolve_target(book, book->part, texts->target) : STR_NONE;
    SheetFinder finder = {book, &own};
    XlsxHandler handler = {start_sheet, ignore_end, NULL, &finder};
    if (!xlsx_zip_parse(&book->zip, book->part, &handler)) {
        return false;
    }
    return book->sheets.count || xlsx_error(&book->zip, "expected a workbook (.xlsx) with sheets",
                                            "this file has no sheets");
}

bool xlsx_book_open(XlsxBook *book, const ReadContext *context, SourceId source) {
    *book = (XlsxBook){.arena = arena_open(0)};
    buf_init(&book->texts.text, LIMIT_INFLATED_BYTES);
    return xlsx_zip_open(&book->zip, context, source, LIMIT_INFLATED_BYTES) && find_sheets(book);
}

void xlsx_book_close(XlsxBook *book) {
    buf_clear(&book->texts.text);
    xlsx_zip_close(&book->zip);
    arena_close(book->arena);
}

/* ---- shared texts ---- */

typedef struct TextReader {
    XlsxBook *book;
    bool in_text;
    size_t phonetic; /* depth inside readings of the text, which are not part of it */
} TextReader;

static bool start_text(void *context, Str name, XlsxAttributes attributes) {
    (void)attributes;
    TextReader *reader = context;
    reader->phonetic += str_eq(name, STR("rPh"));
    reader->in_text = !reader->phonetic && str_eq(name, STR("t"));
    return true;
}

static bool end_text(void *context, Str name) {
    TextReader *reader = context;
    XlsxTexts *texts = &reader->book->texts;
    reader->in_text = false;
    reader->phonetic -= reader->phonetic && str_eq(name, STR("rPh"));
    if (str_eq(name, STR("si"))) {
        vec_push(reader->book->arena, &texts->ends, texts->text.size);
    }
    return true;
}

static bool take_text(void *context, Str text) {
    TextReader *reader = context;
    if (reader->in_text) {
        buf_add(&reader->book->texts.text, text);
    }
    return true;
}

bool xlsx_book_read_texts(XlsxBook *book) {
    if (!book->texts_part.n || !xlsx_zip_has(&book->zip, book->texts_part)) {
        return true;
    }
    TextReader reader = {.book = book};
    XlsxHandler handler = {start_text, end_text, take_text, &reader};
    return xlsx_zip_parse(&book->zip, book->texts_part, &handler);
}

Str xlsx_text(const XlsxTexts *texts, size_t number) {
    if (number >= texts->ends.count) {
        return STR_NONE;
    }
    size_t from = number ? texts->ends.items[number - 1] : 0;
    return str_slice(buf_str(&texts->text), from, texts->ends.items[number]);
}

/* ---- the day ---- */

typedef struct DayReader {
    Arena *arena;
    bool inside;
    Str day;
} DayReader;

static bool start_day(void *context, Str name, XlsxAttributes attributes) {
    (void)attributes;
    DayReader *reader = context;
    reader->inside = str_eq(name, STR("modified"));
    return true;
}

static bool end_day(void *context, Str name) {
    (void)name;
    DayReader *reader = context;
    reader->inside = false;
    return true;
}

static bool take_day(void *context, Str text) {
    DayReader *reader = context;
    if (reader->inside && !reader->day.n && text.n >= 10) {
        reader->day = arena_copy(reader->arena, str_slice(text, 0, 10));
    }
    return true;
}

Str xlsx_book_day(XlsxBook *book) {
    Str day = xlsx_zip_day(&book->zip, book->part, book->arena);
    DayReader reader = {.arena = book->arena};
    XlsxHandler handler = {start_day, end_day, take_day, &reader};
    if (!day.n && xlsx_zip_has(&book->zip, STR("docProps/core.xml")) &&
        xlsx_zip_parse(&book->zip, STR("docProps/core.xml"), &handler)) {
        return reader.day;
    }
    return day;
}
