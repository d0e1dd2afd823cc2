/* What stands in a workbook beside its sheets: which there are, where, and the shared texts. For
 * src/read alone. */
#ifndef READ_XLSX_BOOK_H
#define READ_XLSX_BOOK_H

#include "base/buf.h"
#include "read/xlsx_zip.h"

typedef struct XlsxSheet {
    Str name, part;
} XlsxSheet;

typedef struct XlsxTexts {
    Buf text;         /* all, one after the other */
    VEC(size_t) ends; /* of each in `text` */
} XlsxTexts;

typedef struct XlsxBook {
    XlsxZip zip;
    Arena *arena;
    Str part; /* the workbook itself, e.g. "xl/workbook.xml" */
    VEC(XlsxSheet) sheets;
    Str texts_part; /* empty if the workbook has none */
    XlsxTexts texts;
} XlsxBook;

/* Finds the sheets. False if this is no workbook (an error was added). In either case
 * xlsx_book_close() afterwards. */
bool xlsx_book_open(XlsxBook *book, const ReadContext *context, SourceId source);
void xlsx_book_close(XlsxBook *book);

/* Reads the shared texts, which cells name by number. */
bool xlsx_book_read_texts(XlsxBook *book);
Str xlsx_text(const XlsxTexts *texts, size_t number); /* empty if there is none of that number */

/* The day the workbook was packed or, where that is not told, last changed; empty if unknown. */
Str xlsx_book_day(XlsxBook *book);

#endif
