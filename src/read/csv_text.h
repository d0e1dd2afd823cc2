/* The bytes of a CSV file as plain text; for src/read alone. */
#ifndef READ_CSV_TEXT_H
#define READ_CSV_TEXT_H

#include "base/arena.h"

/* UTF-8 without a byte order mark, each line end one LF. UTF-16 is known by its byte order mark. In
 * the arena, or the bytes themselves where nothing changes. */
Str csv_text(Arena *arena, Str bytes);

/* Comma, semicolon or TAB: what occurs most in the first line, outside of quotes. */
char csv_delimiter(Str text);

#endif
