#include "read/csv_text.h"

#include <string.h>

static size_t put_utf8(char *to, uint32_t code) {
    if (code < 0x80) {
        to[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        to[0] = (char)(0xC0 | code >> 6);
        to[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        to[0] = (char)(0xE0 | code >> 12);
        to[1] = (char)(0x80 | (code >> 6 & 0x3F));
        to[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    to[0] = (char)(0xF0 | code >> 18);
    to[1] = (char)(0x80 | (code >> 12 & 0x3F));
    to[2] = (char)(0x80 | (code >> 6 & 0x3F));
    to[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

static uint32_t unit_at(Str bytes, size_t i, bool big_endian) {
    unsigned a = (unsigned char)bytes.s[i];
    unsigned b = (unsigned char)bytes.s[i + 1];
    return big_endian ? a << 8 | b : b << 8 | a;
}

/* An unpaired surrogate becomes U+FFFD. */
static Str from_utf16(Arena *arena, Str bytes, bool big_endian) {
    char *text = arena_array(arena, char, bytes.n / 2 * 3 + 1);
    size_t n = 0;
    for (size_t i = 2; i + 1 < bytes.n; i += 2) {
        uint32_t code = unit_at(bytes, i, big_endian);
        if (code >= 0xD800 && code < 0xE000) {
            uint32_t low = code < 0xDC00 && i + 3 < bytes.n ? unit_at(bytes, i + 2, big_endian) : 0;
            bool pair = low >= 0xDC00 && low < 0xE000;
            code = pair ? 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00) : 0xFFFD;
            i += pair ? 2 : 0;
        }
        n += put_utf8(text + n, code);
    }
    return (Str){text, n};
}

/* CR LF and CR become LF, so that rows can be counted. */
static Str plain_line_ends(Arena *arena, Str text) {
    if (str_find(text, '\r', 0) == SIZE_MAX) {
        return text;
    }
    char *plain = arena_array(arena, char, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        bool pair = text.s[i] == '\r' && i + 1 < text.n && text.s[i + 1] == '\n';
        if (!pair) {
            plain[n++] = text.s[i] == '\r' ? '\n' : text.s[i];
        }
    }
    return (Str){plain, n};
}

Str csv_text(Arena *arena, Str bytes) {
    bool big_endian = str_starts(bytes, STR("\xFE\xFF"));
    if (big_endian || str_starts(bytes, STR("\xFF\xFE"))) {
        bytes = from_utf16(arena, bytes, big_endian);
    } else if (str_starts(bytes, STR("\xEF\xBB\xBF"))) {
        bytes = str_slice(bytes, 3, bytes.n);
    }
    return plain_line_ends(arena, bytes);
}

char csv_delimiter(Str text) {
    static const char candidates[] = ",;\t";
    size_t counts[3] = {0};
    bool quoted = false;
    for (size_t i = 0; i < text.n && (quoted || text.s[i] != '\n'); i++) {
        quoted ^= text.s[i] == '"';
        const char *found = text.s[i] ? strchr(candidates, text.s[i]) : NULL;
        if (found && !quoted) {
            counts[found - candidates]++;
        }
    }
    size_t best = 0;
    for (size_t i = 1; i < 3; i++) {
        best = counts[i] > counts[best] ? i : best;
    }
    return candidates[best];
}
