#include "base/fold.h"

#include <stdlib.h>
#include <utf8proc.h>

static bool is_ascii(Str text) {
    for (size_t i = 0; i < text.n; i++) {
        if ((unsigned char)text.s[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

static Str fold_ascii(Arena *arena, Str text) {
    size_t first = 0;
    while (first < text.n && !(text.s[first] >= 'A' && text.s[first] <= 'Z')) {
        first++;
    }
    if (first == text.n) {
        return text;
    }
    char *key = arena_array(arena, char, text.n + 1);
    for (size_t i = 0; i < text.n; i++) {
        char c = text.s[i];
        key[i] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
    }
    return (Str){key, text.n};
}

Str fold_key(Arena *arena, Str text) {
    if (is_ascii(text)) {
        return fold_ascii(arena, text);
    }
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t size =
        utf8proc_map((const utf8proc_uint8_t *)text.s, (utf8proc_ssize_t)text.n, &mapped,
                     UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    if (size < 0) {
        return text;
    }
    Str key = arena_copy(arena, (Str){(const char *)mapped, (size_t)size});
    free(mapped);
    return key;
}

size_t utf8_invalid_at(Str text) {
    size_t at = 0;
    while (at < text.n) {
        if ((unsigned char)text.s[at] < 0x80) {
            at++;
            continue;
        }
        utf8proc_int32_t code = 0;
        utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text.s + at,
                                              (utf8proc_ssize_t)(text.n - at), &code);
        if (n <= 0) {
            return at;
        }
        at += (size_t)n;
    }
    return SIZE_MAX;
}

size_t utf8_length(Str text) {
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        n += ((unsigned char)text.s[i] & 0xC0) != 0x80;
    }
    return n;
}

uint32_t utf8_next(Str text, size_t *at) {
    unsigned char first = (unsigned char)text.s[*at];
    if (first < 0x80) {
        (*at)++;
        return first;
    }
    utf8proc_int32_t code = 0;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text.s + *at,
                                          (utf8proc_ssize_t)(text.n - *at), &code);
    if (n <= 0) {
        (*at)++;
        return 0xFFFD;
    }
    *at += (size_t)n;
    return (uint32_t)code;
}

bool utf8_is_control(uint32_t code) {
    return (code < 0x20 && code != '\t' && code != '\n') || (code >= 0x7F && code < 0xA0) ||
           (code >= 0xD800 && code < 0xE000) || code == 0xFFFE || code == 0xFFFF;
}

bool utf8_is_bidi(uint32_t code) {
    return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) ||
           code == 0x200E || code == 0x200F || code == 0x061C;
}

int utf8_width(uint32_t code) {
    return code < 0x7F ? 1 : utf8proc_charwidth((utf8proc_int32_t)code);
}
