/* The parts of a workbook: XML files in a zip archive in memory. Sizes in the archive's directory
 * are claims; what counts is what comes out. For src/read alone. */
#ifndef READ_XLSX_ZIP_H
#define READ_XLSX_ZIP_H

#include "read/event.h"

struct zip;

typedef struct XlsxZip {
    struct zip *zip;
    const ReadContext *context;
    SourceId source;
    size_t budget; /* bytes that may still be inflated */
} XlsxZip;

/* Opens the archive that the source's text is. On false an error was added. */
bool xlsx_zip_open(XlsxZip *zip, const ReadContext *context, SourceId source, size_t budget);
void xlsx_zip_close(XlsxZip *zip);

bool xlsx_zip_has(const XlsxZip *zip, Str part);

/* The day a part was packed, YYYY-MM-DD; empty if the archive does not tell (1980 is no answer). */
Str xlsx_zip_day(const XlsxZip *zip, Str part, Arena *arena);

/* Attributes of an element, as libxml2 hands them over. */
typedef struct XlsxAttributes {
    const unsigned char **items;
    int count;
} XlsxAttributes;

/* By local name; empty if it is not there. Valid during the call of `start`. */
Str xlsx_attribute(XlsxAttributes attributes, const char *name);

/* What a part's elements mean; names are local names. Each returns false to stop. Text may come in
 * several pieces. */
typedef struct XlsxHandler {
    bool (*start)(void *context, Str name, XlsxAttributes attributes);
    bool (*end)(void *context, Str name);
    bool (*text)(void *context, Str text); /* may be NULL */
    void *context;
} XlsxHandler;

/* Inflates and parses a part. False if it cannot be read (an error was added) or the handler
 * stopped. */
bool xlsx_zip_parse(XlsxZip *zip, Str part, const XlsxHandler *handler);

/* Adds an error about the workbook and returns false. */
bool xlsx_error(const XlsxZip *zip, const char *help, const char *format, ...) PRINTF_LIKE(3, 4);

#endif
