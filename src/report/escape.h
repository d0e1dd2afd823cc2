/* Client text inside the markup of a format. */
#ifndef REPORT_ESCAPE_H
#define REPORT_ESCAPE_H

#include "base/buf.h"

/* One line that is shown as it is: line ends as blanks, other controls and bidi controls as
 * \u{1b}. */
void escape_hidden(Buf *out, Str text);

/* XML text and attribute values: & < > " and line ends as references, what XML cannot hold and
 * bidi controls as \u{1b}. */
void escape_xml(Buf *out, Str text);

/* Markdown, also in a table cell: nothing in the text is read as markup or HTML; one line. */
void escape_markdown(Buf *out, Str text);

/* A code span that holds any text, also in a table cell. */
void escape_code(Buf *out, Str text);

#endif
