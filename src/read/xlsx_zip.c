#include "read/xlsx_zip.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <zip.h>

#include "base/limits.h"
#include "base/platform.h"

#define EXPECTED "expected a workbook (.xlsx) without a password"

bool xlsx_error(const XlsxZip *zip, const char *help, const char *format, ...) {
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    Diag *diag = diag_error(zip->context->diags, (Loc){.source = zip->source}, "%s", text);
    diag_help(zip->context->diags, diag, "%s", help);
    return false;
}

/* ---- the archive ---- */

/* An OLE container: what Excel writes with a password, and the format of .xls. */
static bool refuse_ole(const XlsxZip *zip, Str bytes) {
    static const char stream[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    Str name = {stream, sizeof stream};
    if (str_find_str(bytes, name) != SIZE_MAX) {
        return xlsx_error(zip, "save it without a password as .xlsx",
                          "this workbook is protected by a password");
    }
    return xlsx_error(zip, "save it as .xlsx",
                      "this is no workbook in .xlsx form but an older "
                      "Office file");
}

bool xlsx_zip_open(XlsxZip *zip, const ReadContext *context, SourceId source, size_t budget) {
    *zip = (XlsxZip){.context = context, .source = source, .budget = budget};
    Str bytes = source_of(context->sources, source)->text;
    if (str_starts(bytes, STR("\xD0\xCF\x11\xE0"))) {
        return refuse_ole(zip, bytes);
    }
    if (!str_starts(bytes, STR("PK"))) {
        return xlsx_error(zip, EXPECTED, "this is no workbook");
    }
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *from = zip_source_buffer_create(bytes.s, bytes.n, 0, &error);
    zip->zip = from ? zip_open_from_source(from, ZIP_RDONLY, &error) : NULL;
    bool good = zip->zip != NULL;
    if (!good) {
        zip_source_free(from);
        xlsx_error(zip, EXPECTED, "this workbook is damaged or cut off: %s",
                   zip_error_strerror(&error));
    } else if (zip_get_num_entries(zip->zip, 0) > LIMIT_ZIP_ENTRIES) {
        good = xlsx_error(zip, EXPECTED, "more than %d parts in this workbook", LIMIT_ZIP_ENTRIES);
    }
    zip_error_fini(&error);
    return good;
}

void xlsx_zip_close(XlsxZip *zip) {
    if (zip->zip) {
        zip_discard(zip->zip);
        zip->zip = NULL;
    }
}

/* Names of parts compare without case (ECMA-376 part 2, 6.2.2.3). */
static int64_t find_part(const XlsxZip *zip, Str part) {
    char name[1024];
    if (part.n >= sizeof name) {
        return -1;
    }
    memcpy(name, part.s, part.n);
    name[part.n] = '\0';
    return zip_name_locate(zip->zip, name, ZIP_FL_NOCASE);
}

bool xlsx_zip_has(const XlsxZip *zip, Str part) {
    return find_part(zip, part) >= 0;
}

Str xlsx_zip_day(const XlsxZip *zip, Str part, Arena *arena) {
    int64_t index = find_part(zip, part);
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (index < 0 || zip_stat_index(zip->zip, (zip_uint64_t)index, 0, &stat) ||
        !(stat.valid & ZIP_STAT_MTIME)) {
        return STR_NONE;
    }
    Str day = clock_local_day(arena, (int64_t)stat.mtime);
    return str_starts(day, STR("1980-01")) ? STR_NONE : day;
}

/* ---- a part ---- */

typedef struct PartReader {
    XlsxZip *zip;
    Str part;
    const XlsxHandler *handler;
    zip_file_t *file;
    xmlParserCtxtPtr parser;
    bool failed;  /* an error was added */
    bool stopped; /* by the handler */
} PartReader;

static int read_bytes(void *context, char *buffer, int size) {
    PartReader *reader = context;
    XlsxZip *zip = reader->zip;
    zip_int64_t n = zip_fread(reader->file, buffer, (zip_uint64_t)size);
    if (n < 0) {
        reader->failed = true;
        xlsx_error(zip, EXPECTED, "%.*s in this workbook is damaged: %s", STR_ARG(reader->part),
                   zip_error_strerror(zip_file_get_error(reader->file)));
        return -1;
    }
    if ((size_t)n > zip->budget) {
        reader->failed = true;
        xlsx_error(zip, "a workbook whose parts are within this limit",
                   "this workbook inflates to more than %zu MB",
                   LIMIT_INFLATED_BYTES / (1024 * 1024));
        return -1;
    }
    zip->budget -= (size_t)n;
    return (int)n;
}

static int close_bytes(void *context) {
    (void)context;
    return 0;
}

static void stop(PartReader *reader) {
    reader->stopped = true;
    xmlStopParser(reader->parser);
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **ns, int attributes, int defaulted,
                     const xmlChar **items) {
    (void)prefix, (void)uri, (void)namespaces, (void)ns, (void)defaulted;
    PartReader *reader = context;
    XlsxAttributes list = {items, attributes};
    if (!reader->stopped && !reader->failed &&
        !reader->handler->start(reader->handler->context, str_of((const char *)name), list)) {
        stop(reader);
    }
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    (void)prefix, (void)uri;
    PartReader *reader = context;
    if (!reader->stopped && !reader->failed &&
        !reader->handler->end(reader->handler->context, str_of((const char *)name))) {
        stop(reader);
    }
}

static void on_text(void *context, const xmlChar *text, int size) {
    PartReader *reader = context;
    if (reader->handler->text && !reader->stopped && !reader->failed &&
        !reader->handler->text(reader->handler->context, (Str){(const char *)text, (size_t)size})) {
        stop(reader);
    }
}

static void refuse_doctype(void *context, const xmlChar *name, const xmlChar *external,
                           const xmlChar *system) {
    (void)name, (void)external, (void)system;
    PartReader *reader = context;
    reader->failed = true;
    xlsx_error(reader->zip, EXPECTED,
               "%.*s in this workbook has a document type declaration, which "
               "no workbook has",
               STR_ARG(reader->part));
    xmlStopParser(reader->parser);
}

static void on_error(void *context, xmlErrorPtr error) {
    PartReader *reader = context;
    if (reader->failed || reader->stopped || error->level < XML_ERR_ERROR) {
        return;
    }
    reader->failed = true;
    Str reason = str_trim(str_of(error->message));
    xlsx_error(reader->zip, EXPECTED, "%.*s in this workbook is no XML: %.*s (line %d)",
               STR_ARG(reader->part), STR_ARG(reason), error->line);
}

static bool open_part(PartReader *reader) {
    int64_t index = find_part(reader->zip, reader->part);
    if (index < 0) {
        return xlsx_error(reader->zip, EXPECTED, "this workbook lacks its part %.*s",
                          STR_ARG(reader->part));
    }
    reader->file = zip_fopen_index(reader->zip->zip, (zip_uint64_t)index, 0);
    if (!reader->file) {
        return xlsx_error(reader->zip, EXPECTED, "%.*s in this workbook cannot be read: %s",
                          STR_ARG(reader->part), zip_strerror(reader->zip->zip));
    }
    return true;
}

bool xlsx_zip_parse(XlsxZip *zip, Str part, const XlsxHandler *handler) {
    PartReader reader = {.zip = zip, .part = part, .handler = handler};
    if (!open_part(&reader)) {
        return false;
    }
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                         .startElementNs = on_start,
                         .endElementNs = on_end,
                         .characters = on_text,
                         .cdataBlock = on_text,
                         .internalSubset = refuse_doctype,
                         .serror = on_error};
    reader.parser = xmlCreateIOParserCtxt(&sax, &reader, read_bytes, close_bytes, &reader,
                                          XML_CHAR_ENCODING_NONE);
    if (reader.parser) {
        /* NOENT makes `&amp;` in attributes a plain '&'; there are no other entities without a
         * document type. */
        xmlCtxtUseOptions(reader.parser, XML_PARSE_NONET | XML_PARSE_NOENT);
        xmlParseDocument(reader.parser);
        bool well_formed = reader.parser->wellFormed;
        xmlFreeParserCtxt(reader.parser);
        if (!well_formed && !reader.failed && !reader.stopped) {
            reader.failed = true;
            xlsx_error(zip, EXPECTED, "%.*s in this workbook is no XML", STR_ARG(part));
        }
    } else if (!reader.failed) {
        reader.failed = true;
        xlsx_error(zip, EXPECTED, "%.*s in this workbook cannot be read", STR_ARG(part));
    }
    zip_fclose(reader.file);
    return !reader.failed && !reader.stopped;
}

Str xlsx_attribute(XlsxAttributes attributes, const char *name) {
    for (int i = 0; i < attributes.count; i++) {
        const unsigned char **item =
            attributes.items + (size_t)i * 5; /* name, prefix, URI, value, end */
        if (strcmp((const char *)item[0], name) == 0) {
            return (Str){(const char *)item[3], (size_t)(item[4] - item[3])};
        }
    }
    return STR_NONE;
}
