#include "report/escape.h"

#include <string.h>

#include "base/fold.h"

/* A character as it is; what reorders or breaks a text, and a byte that is no text, as \u{1b}. */
static void add_shown(Buf *out, uint32_t code, Str bytes) {
    bool bad = code == 0xFFFD && bytes.n == 1;
    if (bad || utf8_is_control(code) || utf8_is_bidi(code)) {
        buf_printf(out, "\\u{%x}", (unsigned)code);
    } else {
        buf_add(out, bytes);
    }
}

void escape_hidden(Buf *out, Str text) {
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        bool blank = code == '\n' || code == '\t';
        add_shown(out, blank ? ' ' : code, blank ? STR(" ") : str_slice(text, from, at));
    }
}

void escape_xml(Buf *out, Str text) {
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        if (code == '&' || code == '<' || code == '>' || code == '"') {
            buf_add_xml(out, (char)code);
        } else if (code == '\n' || code == '\t') {
            buf_printf(out, "&#%u;", (unsigned)code);
        } else {
            add_shown(out, code, str_slice(text, from, at));
        }
    }
}

void escape_markdown(Buf *out, Str text) {
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        if (code == '\n' || code == '\t') {
            buf_addc(out, ' ');
        } else if (code == '<' || code == '&') {
            buf_add_xml(out, (char)code);
        } else if (code < 0x80 && code >= ' ' && strchr("\\`*_[]|>#~!@", (int)code)) {
            buf_addc(out, '\\');
            buf_addc(out, (char)code);
        } else {
            add_shown(out, code, str_slice(text, from, at));
        }
    }
}

static size_t longest_run(Str text, char c) {
    size_t longest = 0;
    size_t run = 0;
    for (size_t i = 0; i < text.n; i++) {
        run = text.s[i] == c ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

void escape_code(Buf *out, Str text) {
    size_t ticks = longest_run(text, '`') + 1;
    buf_repeat(out, '`', ticks);
    buf_addz(out, ticks > 1 ? " " : "");
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        if (code == '\n' || code == '\t') {
            buf_addc(out, ' ');
        } else if (code == '|') {
            buf_addz(out, "\\|");
        } else {
            add_shown(out, code, str_slice(text, from, at));
        }
    }
    buf_addz(out, ticks > 1 ? " " : "");
    buf_repeat(out, '`', ticks);
}
