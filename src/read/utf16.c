/* UTF-16 to UTF-8, for files that Windows tools write. */
#include "read/read_text.h"

typedef struct Units {
    Str bytes;
    size_t at;
    bool big; /* the high byte comes first */
} Units;

static uint32_t unit_at(const Units *units, size_t at) {
    uint32_t first = (unsigned char)units->bytes.s[at];
    uint32_t second = (unsigned char)units->bytes.s[at + 1];
    return units->big ? first << 8 | second : second << 8 | first;
}

/* The next code point; U+FFFD and `*ret_bad` for half a pair of surrogates or half a unit. */
static uint32_t next_code(Units *units, bool *ret_bad) {
    *ret_bad = false;
    if (units->at + 2 > units->bytes.n) {
        units->at = units->bytes.n;
        *ret_bad = true;
        return 0xFFFD;
    }
    uint32_t high = unit_at(units, units->at);
    units->at += 2;
    if (high < 0xD800 || high > 0xDFFF) {
        return high;
    }
    uint32_t low = units->at + 2 <= units->bytes.n ? unit_at(units, units->at) : 0;
    if (high > 0xDBFF || low < 0xDC00 || low > 0xDFFF) {
        *ret_bad = true;
        return 0xFFFD;
    }
    units->at += 2;
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

static size_t put_utf8(char *out, uint32_t code) {
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t tail = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3; /* bytes behind the first */
    static const unsigned lead[] = {0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(lead[tail] | code >> (6 * tail));
    for (size_t i = 1; i <= tail; i++) {
        out[i] = (char)(0x80 | (code >> (6 * (tail - i)) & 0x3F));
    }
    return tail + 1;
}

bool text_is_utf16(Str bytes) {
    return str_starts(bytes, (Str){"\xFF\xFE", 2}) || str_starts(bytes, (Str){"\xFE\xFF", 2}) ||
           (bytes.n >= 2 && (bytes.s[0] == '\0') != (bytes.s[1] == '\0'));
}

Str text_from_utf16(Arena *arena, Str bytes, size_t *ret_bad) {
    Units units = {bytes, 0, bytes.s[0] == '\0' || (unsigned char)bytes.s[0] == 0xFE};
    char *text = arena_array(arena, char, bytes.n / 2 * 3 + 4);
    size_t n = 0;
    *ret_bad = SIZE_MAX;
    while (units.at < bytes.n) {
        bool bad;
        uint32_t code = next_code(&units, &bad);
        if (bad && *ret_bad == SIZE_MAX) {
            *ret_bad = n;
        }
        n += put_utf8(text + n, code);
    }
    text[n] = '\0';
    return (Str){text, n};
}
