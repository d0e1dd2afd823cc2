#include "base/diag.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

void diags_init(Diags *diags, Arena *arena) {
    *diags = (Diags){.arena = arena};
}

PRINTF_LIKE(2, 0)
static Str format_text(Arena *arena, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    size_t n = length > 0 ? (size_t)length : 0;
    char *text = arena_array(arena, char, n + 1);
    vsnprintf(text, n + 1, format, args);
    return (Str){text, n};
}

PRINTF_LIKE(4, 0)
static Diag *add(Diags *diags, DiagLevel level, Loc loc, const char *format, va_list args) {
    diags->errors += level == DIAG_ERROR;
    diags->warnings += level == DIAG_WARNING;
    if (diags->count >= LIMIT_DIAGNOSTICS) {
        diags->dropped++;
        return NULL;
    }
    Diag diag = {.level = level, .loc = loc, .message = format_text(diags->arena, format, args)};
    vec_push(diags->arena, diags, diag);
    return &diags->items[diags->count - 1];
}

Diag *diag_error(Diags *diags, Loc loc, const char *format, ...) {
    va_list args;
    va_start(args, format);
    Diag *diag = add(diags, DIAG_ERROR, loc, format, args);
    va_end(args);
    return diag;
}

Diag *diag_warning(Diags *diags, Loc loc, const char *format, ...) {
    va_list args;
    va_start(args, format);
    Diag *diag = add(diags, DIAG_WARNING, loc, format, args);
    va_end(args);
    return diag;
}

Diag *diag_note(Diags *diags, Loc loc, const char *format, ...) {
    va_list args;
    va_start(args, format);
    Diag *diag = add(diags, DIAG_NOTE, loc, format, args);
    va_end(args);
    return diag;
}

void diag_help(Diags *diags, Diag *diag, const char *format, ...) {
    if (diag) {
        va_list args;
        va_start(args, format);
        diag->help = format_text(diags->arena, format, args);
        va_end(args);
    }
}

void diag_place(Diags *diags, Diag *diag, Loc loc, const char *format, ...) {
    if (!diag) {
        return;
    }
    va_list args;
    va_start(args, format);
    DiagPlace *places = arena_array(diags->arena, DiagPlace, diag->other_count + 1);
    if (diag->other_count) {
        memcpy(places, diag->others, diag->other_count * sizeof *places);
    }
    places[diag->other_count] = (DiagPlace){loc, format_text(diags->arena, format, args)};
    diag->others = places;
    diag->other_count++;
    va_end(args);
}

/* Insertion into runs would do; a merge sort keeps equal places in order without a context for
 * qsort. */
static void merge_sort(Diag *items, Diag *scratch, size_t n, const Sources *sources) {
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t from = 0; from < n; from += 2 * width) {
            size_t middle = from + width < n ? from + width : n;
            size_t to = middle + width < n ? middle + width : n;
            size_t i = from;
            size_t j = middle;
            for (size_t k = from; k < to; k++) {
                bool left =
                    j >= to || (i < middle && loc_cmp(sources, items[i].loc, items[j].loc) <= 0);
                scratch[k] = left ? items[i++] : items[j++];
            }
        }
        memcpy(items, scratch, n * sizeof *items);
    }
}

void diags_sort(Diags *diags, const Sources *sources) {
    if (diags->count > 1) {
        Diag *scratch = arena_array(diags->arena, Diag, diags->count);
        merge_sort(diags->items, scratch, diags->count, sources);
    }
}
