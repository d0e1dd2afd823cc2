/* What the readers share about text; text_clean() serves importers as well. */
#ifndef READ_READ_TEXT_H
#define READ_READ_TEXT_H

#include "read/event.h"

/* Offset of the first byte of what no text may hold: bad UTF-8 or a control character other than
 * TAB and LF (and CR, if `carriage_returns`). SIZE_MAX if all is well. */
size_t text_bad_at(Str text, bool carriage_returns);

/* The text without what it may not hold: CR LF becomes LF, all else U+FFFD, which `*ret_replaced`
 * then says. The text itself where nothing changes, else in the arena. */
Str text_clean(Arena *arena, Str text, bool *ret_replaced);

/* True for a text in UTF-16, with a byte order mark or without. */
bool text_is_utf16(Str bytes);

/* The same in UTF-8, in the arena. `*ret_bad` is the offset, in the result, of the first U+FFFD
 * that stands for broken units; SIZE_MAX if all is well. */
Str text_from_utf16(Arena *arena, Str bytes, size_t *ret_bad);

/* A walk over a text that knows its line and column. */
typedef struct TextCursor {
    Str text;
    size_t at;
    uint32_t line, column; /* from 1; in code points */
} TextCursor;

/* At the first byte behind an optional byte order mark. */
TextCursor text_cursor(Str text);

/* Moves forward to a byte offset; an offset behind the cursor starts again from the front. */
void text_cursor_move(TextCursor *cursor, size_t at);

/* The place of `length` code points at the cursor. */
Loc text_cursor_loc(const TextCursor *cursor, SourceId source, size_t length);

/* The place of a byte offset, found from the front. */
Loc text_loc(Str text, SourceId source, size_t at);

/* Adds the error for a name that is longer than LIMIT_NAME_BYTES; true if the name is fine. */
bool text_check_name(Diags *diags, Str name, Loc loc);

/* Adds the error for a value that holds a control character (written as an escape); true if it is
 * fine. */
bool text_check_value(Diags *diags, Str value, Loc loc);

#endif
