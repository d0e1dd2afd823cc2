#include "report/snippet.h"

#include <string.h>

#include "base/fold.h"

Str place_cell(Arena *arena, const Sources *sources, Loc loc) {
    if (!loc.line || !source_is_table(source_of(sources, loc.source))) {
        return STR_NONE;
    }
    Str letters = sheet_column_letters(arena, loc.column);
    return arena_printf(arena, "%.*s%u", STR_ARG(letters), loc.line);
}

static Str table_text(Arena *arena, const Sources *sources, Loc loc) {
    const Source *source = source_of(sources, loc.source);
    Str text = source->path;
    if (source->sheet.n) {
        text = arena_printf(arena, "%.*s, sheet %.*s", STR_ARG(text), STR_ARG(source->sheet));
    }
    if (!loc.line) {
        return text;
    }
    if (!loc.column) {
        return arena_printf(arena, "%.*s, row %u", STR_ARG(text), loc.line);
    }
    Str cell = place_cell(arena, sources, loc);
    text = arena_printf(arena, "%.*s, cell %.*s", STR_ARG(text), STR_ARG(cell));
    if (loc.column <= source->heading_count && source->headings[loc.column - 1].n) {
        Str heading = source->headings[loc.column - 1];
        text = arena_printf(arena, "%.*s, column \"%.*s\"", STR_ARG(text), STR_ARG(heading));
    }
    return text;
}

Str place_text(Arena *arena, const Sources *sources, Loc loc) {
    const Source *source = source_of(sources, loc.source);
    if (source_is_table(source)) {
        return table_text(arena, sources, loc);
    }
    if (!loc.line) {
        return source->path;
    }
    if (!loc.column) {
        return arena_printf(arena, "%.*s:%u", STR_ARG(source->path), loc.line);
    }
    return arena_printf(arena, "%.*s:%u:%u", STR_ARG(source->path), loc.line, loc.column);
}

/* Bytes of `word` that begin a code point: all but 10xxxxxx. */
static unsigned count_starts(uint64_t word) {
    uint64_t continues = (word >> 7) & (~word >> 6) & 0x0101010101010101u;
    return 8 - (unsigned)((continues * 0x0101010101010101u) >> 56);
}

/* Eight bytes at a time: a document may be one line of megabytes. */
size_t line_offset(Str line, uint32_t column) {
    size_t at = 0;
    uint32_t left = column ? column - 1 : 0;
    uint64_t word;
    while (left >= sizeof word && line.n - at >= sizeof word) {
        memcpy(&word, line.s + at, sizeof word);
        left -= count_starts(word);
        at += sizeof word;
    }
    while (at < line.n && (left || ((unsigned char)line.s[at] & 0xC0) == 0x80)) {
        left -= ((unsigned char)line.s[at] & 0xC0) != 0x80;
        at++;
    }
    return at;
}

Str place_excerpt(const Sources *sources, Loc loc) {
    if (!loc.line || !loc.column || !loc.length ||
        source_is_table(source_of(sources, loc.source))) {
        return STR_NONE;
    }
    Str line = source_line(sources, loc.source, loc.line);
    size_t from = line_offset(line, loc.column);
    Str rest = str_slice(line, from, line.n);
    return str_slice(rest, 0, line_offset(rest, (uint32_t)loc.length + 1));
}
