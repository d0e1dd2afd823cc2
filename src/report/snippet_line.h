/* One line of a source with what is marked in it:
 *
 *   58 |     vm: {host: ESX-01, datastores: [LUN-EXCHANGE]}
 *      |                ^^^^^^               ------------ the last label stands beside its mark
 *      |                |
 *      |                the others below theirs, the rightmost first
 */
#ifndef REPORT_SNIPPET_LINE_H
#define REPORT_SNIPPET_LINE_H

#include "report/snippet.h"

/* Marks of the line, sorted by column. A line wider than the page is cut around its marks; those
 * that do not fit into one cut get a further one. */
void snippet_line(const Snippet *snippet, Str number, Str line, const Mark *marks, size_t count);

/* The left edge of a row: the number, or blanks, and a bar. */
void snippet_edge(const Snippet *snippet, Str number, const char *bar);

#endif
