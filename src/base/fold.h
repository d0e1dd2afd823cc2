/* The one comparison key of names: NFC and simple case folding, as Windows compares names. */
#ifndef BASE_FOLD_H
#define BASE_FOLD_H

#include "base/arena.h"

/* The key, in the arena; `text` itself where nothing changes. Bytes that are no UTF-8 stay. */
Str fold_key(Arena *arena, Str text);

/* Offset of the first byte that is not valid UTF-8, SIZE_MAX if all is well. */
size_t utf8_invalid_at(Str text);

/* Code points, bytes that continue none counted as one each. */
size_t utf8_length(Str text);

/* Reads the code point at `*at` and moves on; U+FFFD for a bad byte. `*at` must be < n. */
uint32_t utf8_next(Str text, size_t *at);

/* True for a control character that no name or text may hold: C0 and C1 but TAB and LF, DEL,
 * surrogates, U+FFFE, U+FFFF (XML 1.0 Char, without C1). */
bool utf8_is_control(uint32_t code);

/* True for the characters that reorder text on a terminal (U+202A..202E, U+2066..2069, U+200E,
 * U+200F, U+061C). */
bool utf8_is_bidi(uint32_t code);

/* Columns on a terminal: 0 for marks, 2 for wide characters. */
int utf8_width(uint32_t code);

#endif
