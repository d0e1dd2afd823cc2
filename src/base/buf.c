#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void buf_init(Buf *buf, size_t maximum) {
    *buf = (Buf){.maximum = maximum};
}

void buf_clear(Buf *buf) {
    free(buf->data);
    buf_init(buf, buf->maximum);
}

/* Room for `n` more bytes and a NUL; false when the maximum does not allow them. */
static bool reserve(Buf *buf, size_t n) {
    if (buf->truncated || n > buf->maximum - buf->size) {
        buf->truncated = true;
        return false;
    }
    size_t need = buf->size + n + 1;
    if (need > buf->capacity) {
        size_t capacity = buf->capacity ? buf->capacity : 256;
        while (capacity < need) {
            capacity *= 2;
        }
        buf->data = memory_grow(buf->data, capacity, 1);
        buf->capacity = capacity;
    }
    return true;
}

void buf_add(Buf *buf, Str text) {
    if (reserve(buf, text.n) && text.n) {
        memcpy(buf->data + buf->size, text.s, text.n);
        buf->size += text.n;
        buf->data[buf->size] = 0;
    }
}

void buf_addz(Buf *buf, const char *text) {
    buf_add(buf, str_of(text));
}

void buf_addc(Buf *buf, char c) {
    buf_add(buf, (Str){&c, 1});
}

void buf_add_xml(Buf *buf, char c) {
    switch (c) {
    case '&':
        buf_addz(buf, "&amp;");
        break;
    case '<':
        buf_addz(buf, "&lt;");
        break;
    case '>':
        buf_addz(buf, "&gt;");
        break;
    case '"':
        buf_addz(buf, "&quot;");
        break;
    default:
        buf_addc(buf, c);
    }
}

void buf_repeat(Buf *buf, char c, size_t n) {
    if (reserve(buf, n)) {
        memset(buf->data + buf->size, c, n);
        buf->size += n;
        buf->data[buf->size] = 0;
    }
}

void buf_printf(Buf *buf, const char *format, ...) {
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length > 0 && reserve(buf, (size_t)length)) {
        vsnprintf(buf->data + buf->size, (size_t)length + 1, format, again);
        buf->size += (size_t)length;
    }
    va_end(again);
}

void buf_cut(Buf *buf, size_t size) {
    if (size < buf->size) {
        buf->size = size;
        buf->data[size] = 0;
    }
}

Str buf_str(const Buf *buf) {
    return buf->data ? (Str){buf->data, buf->size} : STR_NONE;
}
