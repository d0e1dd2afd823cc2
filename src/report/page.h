/* A page of a terminal: text is escaped, styled and wrapped on its way to the buffer.
 * Names from clients are text: control characters, bidi overrides and characters without a width
 * are shown as \u{202e}, tabs as \t, line ends as \n. */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "report/report.h"

typedef enum Style {
    STYLE_PLAIN,
    STYLE_ERROR,
    STYLE_WARNING,
    STYLE_INFO,
    STYLE_BOLD,
    STYLE_GUTTER,
    STYLE_QUIET,
} Style;

typedef struct Page {
    Buf *out;
    int width; /* 0 = do not wrap */
    bool colour, ascii;
} Page;

Page page_of(const ReportOptions *options, Buf *out);

/* Styles do not nest; STYLE_PLAIN ends the one before. */
void page_style(const Page *page, Style style);

/* Escaped text on one line. */
void page_text(const Page *page, Str text);
void page_styled(const Page *page, Style style, Str text);

/* Columns that `text` takes when escaped. */
int page_text_width(const Page *page, Str text);

/* Escapes the code point `code` (its bytes are `raw`) as the page shows it; returns its columns.
 * With a null `out` only measures. */
int page_char(const Page *page, uint32_t code, Str raw, Buf *out);

/* Words of `text`, the first at column `at` (from 0), wrapped; further lines begin at `indent`.
 * Ends without a line end and returns the column reached. */
int page_wrap(const Page *page, Str text, int at, int indent);

/* A block of prose, indented: blank lines part paragraphs; a line that begins with a blank or a
 * list mark starts anew; all else is filled. Ends with a line end. */
void page_prose(const Page *page, Str text, int indent);

/* Lines as they are, escaped, indented. */
void page_block(const Page *page, Str text, int indent);

Style severity_style(Severity severity);

#endif
