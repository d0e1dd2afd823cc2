#include "base/str.h"

#include <string.h>

Str str_of(const char *z) {
    return z ? (Str){z, strlen(z)} : STR_NONE;
}

int str_cmp(Str a, Str b) {
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.s, b.s, n) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool str_eq_nocase(Str a, Str b) {
    if (a.n != b.n) {
        return false;
    }
    for (size_t i = 0; i < a.n; i++) {
        if (lower(a.s[i]) != lower(b.s[i])) {
            return false;
        }
    }
    return true;
}

bool str_starts(Str text, Str prefix) {
    return text.n >= prefix.n && str_eq((Str){text.s, prefix.n}, prefix);
}

bool str_ends(Str text, Str suffix) {
    return text.n >= suffix.n && str_eq((Str){text.s + (text.n - suffix.n), suffix.n}, suffix);
}

Str str_slice(Str text, size_t from, size_t to) {
    to = to < text.n ? to : text.n;
    from = from < to ? from : to;
    return (Str){text.s ? text.s + from : text.s, to - from};
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

Str str_trim(Str text) {
    while (text.n && is_blank(text.s[0])) {
        text.s++;
        text.n--;
    }
    while (text.n && is_blank(text.s[text.n - 1])) {
        text.n--;
    }
    return text;
}

size_t str_find(Str text, char c, size_t from) {
    if (from >= text.n) {
        return SIZE_MAX;
    }
    const char *at = memchr(text.s + from, c, text.n - from);
    return at ? (size_t)(at - text.s) : SIZE_MAX;
}

size_t str_find_str(Str text, Str part) {
    if (!part.n) {
        return 0;
    }
    size_t at = str_find(text, part.s[0], 0);
    while (at != SIZE_MAX && !str_starts(str_slice(text, at, text.n), part)) {
        at = str_find(text, part.s[0], at + 1);
    }
    return at;
}

bool str_cut(Str *rest, char separator, Str *ret_part) {
    if (!rest->s) {
        return false;
    }
    size_t at = str_find(*rest, separator, 0);
    if (at == SIZE_MAX) {
        *ret_part = *rest;
        *rest = (Str){NULL, 0};
        return true;
    }
    *ret_part = str_slice(*rest, 0, at);
    *rest = str_slice(*rest, at + 1, rest->n);
    return true;
}

bool str_placeholder(Str text, size_t *at, Str *ret_before, Str *ret_name) {
    size_t open = str_find(text, '{', *at);
    size_t close = open == SIZE_MAX ? SIZE_MAX : str_find(text, '}', open);
    if (close == SIZE_MAX) {
        *ret_before = str_slice(text, *at, text.n);
        return false;
    }
    *ret_before = str_slice(text, *at, open);
    *ret_name = str_slice(text, open + 1, close);
    *at = close + 1;
    return true;
}

bool str_to_int(Str text, int64_t *ret_value) {
    bool negative = text.n && text.s[0] == '-';
    size_t i = negative ? 1 : 0;
    if (i == text.n) {
        return false;
    }
    uint64_t limit = (uint64_t)INT64_MAX + (negative ? 1 : 0);
    uint64_t value = 0;
    for (; i < text.n; i++) {
        if (text.s[i] < '0' || text.s[i] > '9') {
            return false;
        }
        uint64_t digit = (uint64_t)(text.s[i] - '0');
        if (value > (limit - digit) / 10) {
            return false;
        }
        value = value * 10 + digit;
    }
    *ret_value = negative ? (int64_t)(0 - value) : (int64_t)value;
    return true;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static Str digit_run(Str text, size_t from) {
    size_t to = from;
    while (to < text.n && is_digit(text.s[to])) {
        to++;
    }
    while (from + 1 < to && text.s[from] == '0') {
        from++;
    }
    return str_slice(text, from, to);
}

static size_t skip_digits(Str text, size_t from) {
    while (from < text.n && is_digit(text.s[from])) {
        from++;
    }
    return from;
}

int str_cmp_natural(Str a, Str b) {
    size_t i = 0;
    size_t j = 0;
    while (i < a.n && j < b.n) {
        if (is_digit(a.s[i]) && is_digit(b.s[j])) {
            Str x = digit_run(a, i);
            Str y = digit_run(b, j);
            int order = x.n != y.n ? (x.n > y.n) - (x.n < y.n) : str_cmp(x, y);
            if (order) {
                return order;
            }
            i = skip_digits(a, i);
            j = skip_digits(b, j);
        } else if (a.s[i] != b.s[j]) {
            return (unsigned char)a.s[i] < (unsigned char)b.s[j] ? -1 : 1;
        } else {
            i++;
            j++;
        }
    }
    if (i < a.n || j < b.n) {
        return i < a.n ? 1 : -1;
    }
    return str_cmp(a, b);
}

uint64_t str_hash(Str text) {
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < text.n; i++) {
        hash = (hash ^ (unsigned char)text.s[i]) * 1099511628211u;
    }
    return hash;
}
