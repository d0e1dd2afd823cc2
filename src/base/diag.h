/* What is wrong with an input, schema or rule file. Readers and loaders add, cli prints: library
 * code never prints. Findings about the infrastructure are another thing (rule/finding.h). */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdarg.h>

#include "base/source.h"

typedef enum DiagLevel { DIAG_ERROR, DIAG_WARNING, DIAG_NOTE } DiagLevel;

typedef struct DiagPlace {
    Loc loc;
    Str label;
} DiagPlace;

typedef struct Diag {
    DiagLevel level;
    Loc loc;
    Str message; /* one sentence without a full stop: what is wrong, in the user's words */
    Str label;   /* under the place; may be empty */
    Str help;    /* what was expected, "did you mean"; may be empty */
    const DiagPlace *others; /* further places: the first statement of a value given twice ... */
    size_t other_count;
} Diag;

typedef struct Diags {
    Arena *arena;
    Diag *items;
    size_t count, capacity;
    size_t errors, warnings; /* all, also those beyond LIMIT_DIAGNOSTICS */
    size_t dropped;
} Diags;

void diags_init(Diags *diags, Arena *arena);

/* Adds a message at a place and returns it, so that help and further places can be added; NULL
 * behind the limit. */
Diag *diag_error(Diags *diags, Loc loc, const char *format, ...) PRINTF_LIKE(3, 4);
Diag *diag_warning(Diags *diags, Loc loc, const char *format, ...) PRINTF_LIKE(3, 4);
Diag *diag_note(Diags *diags, Loc loc, const char *format, ...) PRINTF_LIKE(3, 4);

/* These accept the NULL that a full list returns. */
void diag_help(Diags *diags, Diag *diag, const char *format, ...) PRINTF_LIKE(3, 4);
void diag_place(Diags *diags, Diag *diag, Loc loc, const char *format, ...) PRINTF_LIKE(4, 5);

/* Sorts by place; equal places keep the order in which they were added. */
void diags_sort(Diags *diags, const Sources *sources);

#endif
