/* The only part that touches the operating system: files, terminal, clock, addresses. */
#ifndef BASE_PLATFORM_H
#define BASE_PLATFORM_H

#include <stdio.h>

#include "base/arena.h"
#include "base/status.h"

/* The whole file ("-" is standard input), at most `limit` bytes, with a NUL behind. */
Status file_read(Arena *arena, const char *path, size_t limit, Str *ret_bytes);

/* A hint for memory that will be used from end to end: fewer page faults where the system has large
 * pages. Nothing else changes. */
void memory_prefer_large_pages(void *memory, size_t bytes);

/* Replaces `path` by the bytes ("-" is standard output); a short write is a failure. */
Status file_write(Arena *arena, const char *path, Str bytes);

/* Names of the entries of a folder, sorted bytewise, without "." and "..". */
Status folder_list(Arena *arena, const char *path, Str **ret_names, size_t *ret_count);
bool path_is_folder(const char *path);
bool path_exists(const char *path);

/* The path with '/' as separator, relative to the working directory where it lies below it. */
Str path_display(Arena *arena, const char *path);

bool stream_is_terminal(FILE *stream);

/* Columns of the terminal behind the stream, 80 if it is none. */
int stream_width(FILE *stream);

/* Today in UTC as YYYY-MM-DD, or the day of SOURCE_DATE_EPOCH. */
Str clock_today(Arena *arena);

/* The day of a time in seconds since 1970, in the local zone; empty if it cannot be told. */
Str clock_local_day(Arena *arena, int64_t seconds);

/* Monotonic time in nanoseconds. */
uint64_t clock_monotonic_ns(void);

/* The 4 or 16 bytes of an IPv4 address (four numbers without leading zeros) or IPv6 address
 * (RFC 4291 section 2.2); false if the text is none. */
bool ip4_parse(Str text, uint8_t *ret_bytes);
bool ip6_parse(Str text, uint8_t *ret_bytes);

#endif
