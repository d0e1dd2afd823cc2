#include "base/source.h"

#include <openssl/evp.h>
#include <string.h>

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
    Source source = {.path = arena_copy(sources->arena, path),
                     .text = text,
                     .file = id,
                     .origin = origin};
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

Str source_line(const Sources *sources, SourceId id, uint32_t line) {
    Str text = source_of(sources, id)->text;
    size_t at = 0;
    for (uint32_t i = 1; i < line; i++) {
        size_t end = str_find(text, '\n', at);
        if (end == SIZE_MAX) {
            return STR_NONE;
        }
        at = end + 1;
    }
    size_t end = str_find(text, '\n', at);
    Str found = line ? str_slice(text, at, end) : STR_NONE;
    if (str_ends(found, STR("\r"))) {
        found.n--;
    }
    return found;
}

void source_digest(Sources *sources, SourceId id) {
    Source *source = source_of(sources, id);
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (!EVP_Digest(source->text.s, source->text.n, digest, &size, EVP_sha256(), NULL)) {
        return;
    }
    char *hex = arena_array(sources->arena, char, 2 * (size_t)size + 1);
    for (unsigned int i = 0; i < size; i++) {
        static const char digits[] = "0123456789abcdef";
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    source->sha256 = (Str){hex, 2 * (size_t)size};
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
