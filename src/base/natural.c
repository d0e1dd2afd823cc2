#include "base/natural.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* A run of digits becomes '0' (as a digit stands among other bytes), its length without leading
 * zeros, and the digits: longer numbers are larger. */
static size_t put_run(char *key, size_t n, Str text, size_t from, size_t to) {
    while (from + 1 < to && text.s[from] == '0') {
        from++;
    }
    size_t length = to - from;
    key[n++] = '0';
    key[n++] = (char)(unsigned char)(length >> 8);
    key[n++] = (char)(unsigned char)(length & 0xFF);
    for (size_t i = from; i < to; i++) {
        key[n++] = text.s[i];
    }
    return n;
}

Str natural_key(Arena *arena, Str text) {
    size_t runs = 0;
    for (size_t i = 0; i < text.n; i++) {
        runs += is_digit(text.s[i]) && (i == 0 || !is_digit(text.s[i - 1]));
    }
    if (!runs) {
        return text;
    }
    char *key = arena_array(arena, char, text.n + 3 * runs);
    size_t n = 0;
    for (size_t i = 0; i < text.n;) {
        size_t to = i;
        while (to < text.n && is_digit(text.s[to])) {
            to++;
        }
        if (to > i) {
            n = put_run(key, n, text, i, to);
            i = to;
        } else {
            key[n++] = text.s[i++];
        }
    }
    return (Str){key, n};
}
