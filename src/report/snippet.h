/* Places of a message, shown with the lines they stand in. */
#ifndef REPORT_SNIPPET_H
#define REPORT_SNIPPET_H

#include "report/page.h"

typedef struct Mark {
    Loc loc;
    Str label; /* may be empty */
    Str text;  /* the value, for inputs that are no text; may be empty */
    bool primary;
} Mark;

/* A message with its places; `width` is that of the numbers at the left. */
typedef struct Snippet {
    const Page *page;
    const Sources *sources;
    Arena *scratch;
    Style style; /* of the primary mark */
    int gutter;
} Snippet;

/* Columns for the numbers of these places. */
int snippet_gutter(const Sources *sources, Arena *scratch, const Mark *marks, size_t count);

/* Prints all places; marks[0] is the primary one. Those of one file stand together, in its order;
 * the primary's file first. */
void snippet_print(const Snippet *snippet, const Mark *marks, size_t count);

/* "   = name: text", wrapped. */
void snippet_note(const Snippet *snippet, const char *name, Str text);

/* "file:line:column", or file, sheet, cell and column heading. Unescaped, in the arena. */
Str place_text(Arena *arena, const Sources *sources, Loc loc);

/* The cell of a sheet ("BK7"); empty for a place in a text. */
Str place_cell(Arena *arena, const Sources *sources, Loc loc);

/* The text at the place as it was written; empty where the source is no text. */
Str place_excerpt(const Sources *sources, Loc loc);

/* Byte offset of a column (code points from 1) in a line. */
size_t line_offset(Str line, uint32_t column);

#endif
