#include "base/source.h"

#include <string.h>

#include "base/digest.h"
#include "base/limits.h"

void sources_init(Sources *sources, Arena *arena) {
    *sources = (Sources){.arena = arena};
    vec_push(arena, sources, ((Source){.path = STR("")}));
}

SourceId sources_add(Sources *sources, Str path, Str text, SourceOrigin origin) {
    if (sources->count >= LIMIT_SOURCES) {
        return 0;
    }
    SourceId id = (SourceId)sources->count;
    Source source = {
        .path = arena_copy(sources->arena, path), .text = text, .file = id, .origin = origin};
    vec_push(sources->arena, sources, source);
    return id;
}

SourceId sources_add_sheet(Sources *sources, SourceId file, Str sheet) {
    Source of = *source_of(sources, file);
    SourceId id = sources_add(sources, of.path, STR_NONE, of.origin);
    if (id) {
        Source *source = source_of(sources, id);
        source->sheet = arena_copy(sources->arena, sheet);
        source->format = of.format;
        source->as_of = of.as_of;
        source->file = file;
    }
    return id;
}

bool source_is_table(const Source *source) {
    return source->sheet.n ||
           (source->path.n > 4 &&
            str_eq_nocase(STR(".csv"),
                          str_slice(source->path, source->path.n - 4, source->path.n)));
}

static void index_lines(Arena *arena, Source *source) {
    Str text = source->text;
    size_t count = 1;
    for (size_t at = 0; (at = str_find(text, '\n', at)) != SIZE_MAX; at++) {
        count++;
    }
    uint32_t *starts = arena_array(arena, uint32_t, count);
    size_t line = 1;
    starts[0] = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
    for (size_t at = 0; (at = str_find(text, '\n', at)) != SIZE_MAX; at++) {
        starts[line++] = (uint32_t)(at + 1);
    }
    source->line_starts = starts;
    source->line_count = count;
}

Str source_line(const Sources *sources, SourceId id, uint32_t line) {
    Source *source = source_of(sources, id);
    if (!source->line_starts) {
        index_lines(sources->arena, source);
    }
    if (line == 0 || line > source->line_count) {
        return STR_NONE;
    }
    size_t from = source->line_starts[line - 1];
    size_t to = line < source->line_count ? source->line_starts[line] - 1 : source->text.n;
    Str found = str_slice(source->text, from, to);
    if (str_ends(found, STR("\r"))) {
        found.n--;
    }
    return found;
}

void source_digest(Sources *sources, SourceId id) {
    Source *source = source_of(sources, id);
    source->sha256 = digest_sha256(sources->arena, source->text);
}

int loc_cmp(const Sources *sources, Loc a, Loc b) {
    if (a.source != b.source) {
        const Source *x = source_of(sources, a.source);
        const Source *y = source_of(sources, b.source);
        int order = str_cmp(x->path, y->path);
        order = order ? order : str_cmp(x->sheet, y->sheet);
        if (order) {
            return order;
        }
    }
    if (a.line != b.line) {
        return a.line < b.line ? -1 : 1;
    }
    return (a.column > b.column) - (a.column < b.column);
}

Str sheet_column_letters(Arena *arena, uint32_t column) {
    char letters[8];
    size_t n = 0;
    for (; column && n < sizeof letters; column = (column - 1) / 26) {
        letters[n++] = (char)('A' + (column - 1) % 26);
    }
    char *text = arena_array(arena, char, n + 1);
    for (size_t i = 0; i < n; i++) {
        text[i] = letters[n - 1 - i];
    }
    return (Str){text, n};
}
