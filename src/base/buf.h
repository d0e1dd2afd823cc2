/* Text that grows, up to a stated maximum. What does not fit is dropped and `truncated` is set: the
 * writer of a report checks it once at the end. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

typedef struct Buf {
    char *data; /* NUL behind the last byte once something was added */
    size_t size, capacity, maximum;
    bool truncated;
} Buf;

void buf_init(Buf *buf, size_t maximum);
void buf_clear(Buf *buf); /* gives the memory back; the maximum stays */

void buf_add(Buf *buf, Str text);
void buf_addz(Buf *buf, const char *text);
void buf_addc(Buf *buf, char c);
void buf_add_xml(Buf *buf, char c); /* & < > and " as references, all others as they are */
void buf_repeat(Buf *buf, char c, size_t n);
void buf_printf(Buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);

/* Forget everything behind `size`. */
void buf_cut(Buf *buf, size_t size);

/* A view, valid until the next change. */
Str buf_str(const Buf *buf);

#endif
