/* Counted, immutable text. A Str that came from an arena has a NUL behind its last byte, so that
 * its `s` can go to a C library; slices and Strs from a reader do not. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/compiler.h"

typedef struct Str {
    const char *s;
    size_t n;
} Str;

/* A Str of a string literal; also usable in static initialisers as STR_INIT. */
#define STR(literal) ((Str){(literal), sizeof(literal) - 1})
#define STR_INIT(literal)                                                                          \
    { (literal), sizeof(literal) - 1 }
#define STR_NONE ((Str){"", 0})

/* For "%.*s". */
#define STR_ARG(x) (int)(x).n, (x).s

/* A Str of a NUL-terminated text; the empty Str for NULL. */
Str str_of(const char *z);

static inline bool str_eq(Str a, Str b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, a.n) == 0);
}

/* Byte order, shorter first where one is a prefix of the other: < 0, 0, > 0. */
int str_cmp(Str a, Str b);

/* Equal but for the case of ASCII letters. */
bool str_eq_nocase(Str a, Str b);

bool str_starts(Str text, Str prefix);
bool str_ends(Str text, Str suffix);

/* The bytes from..to-1, both cut to the text. */
Str str_slice(Str text, size_t from, size_t to);

/* Without blanks, tabs and line ends at both ends. */
Str str_trim(Str text);

/* Position of the first `c` at or behind `from`; SIZE_MAX if there is none. */
size_t str_find(Str text, char c, size_t from);

/* Position of the first occurrence of `part`; SIZE_MAX if there is none. */
size_t str_find_str(Str text, Str part);

/* Cuts the text up to the next `separator` off `*rest` and returns it; `*rest` is what follows the
 * separator. False when `rest` was exhausted (its `s` is then NULL). */
bool str_cut(Str *rest, char separator, Str *ret_part);

/* The next "{name}" at or behind `*at`: its name, what stands before it, and `*at` behind it. False
 * if there is none; then the rest stands in `*ret_before`. */
bool str_placeholder(Str text, size_t *at, Str *ret_before, Str *ret_name);

/* The whole text as a decimal integer with an optional '-'. False on anything else and on
 * overflow. */
bool str_to_int(Str text, int64_t *ret_value);

/* Order in which people read names: runs of digits compare as numbers ("DB-2" < "DB-10"), all else
 * bytewise; a tie is broken bytewise. */
int str_cmp_natural(Str a, Str b);

/* FNV-1a, 64 bits. */
uint64_t str_hash(Str text);

#endif
