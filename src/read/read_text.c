#include "read/read_text.h"

#include <string.h>

#include "base/fold.h"
#include "base/limits.h"

#define EACH_BYTE(b) (UINT64_MAX / 255 * (b))

/* True if all eight bytes at `s` are printable ASCII. */
static bool is_plain_word(const char *s) {
    uint64_t word;
    memcpy(&word, s, sizeof word);
    uint64_t del = word ^ EACH_BYTE(0x7F);
    uint64_t odd = word | (word - EACH_BYTE(0x20)) | (del - EACH_BYTE(1));
    return !(odd & EACH_BYTE(0x80));
}

static bool is_plain(char c) {
    return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t';
}

/* Length of the run of printable ASCII, line ends and tabs at `at`. */
static size_t plain_run(Str text, size_t at) {
    size_t from = at;
    for (;;) {
        while (at + 8 <= text.n && is_plain_word(text.s + at)) {
            at += 8;
        }
        size_t word_end = at + 8 < text.n ? at + 8 : text.n;
        while (at < word_end && is_plain(text.s[at])) {
            at++;
        }
        if (at < word_end || at == text.n) {
            return at - from;
        }
    }
}

static bool is_refused(uint32_t code, bool carriage_returns) {
    return utf8_is_control(code) && !(code == '\r' && carriage_returns);
}

size_t text_bad_at(Str text, bool carriage_returns) {
    size_t at = 0;
    while ((at += plain_run(text, at)) < text.n) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        bool broken = code == 0xFFFD && at - from == 1;
        if (broken || is_refused(code, carriage_returns)) {
            return from;
        }
    }
    return SIZE_MAX;
}

Str text_clean(Arena *arena, Str text, bool *ret_replaced) {
    size_t at = text_bad_at(text, false);
    if (at == SIZE_MAX) {
        return text;
    }
    char *clean = arena_array(arena, char, 3 * text.n + 1);
    memcpy(clean, text.s, at);
    size_t n = at;
    while (at < text.n) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        if (code == '\r') {
            bool pair = at < text.n && text.s[at] == '\n';
            clean[n] = '\n';
            n += !pair;
        } else if (is_refused(code, false) || (code == 0xFFFD && at - from == 1)) {
            memcpy(clean + n, "\xEF\xBF\xBD", 3);
            n += 3;
            *ret_replaced = true;
        } else {
            memcpy(clean + n, text.s + from, at - from);
            n += at - from;
        }
    }
    clean[n] = '\0';
    return (Str){clean, n};
}

TextCursor text_cursor(Str text) {
    size_t at = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
    return (TextCursor){.text = text, .at = at, .line = 1, .column = 1};
}

void text_cursor_move(TextCursor *cursor, size_t at) {
    if (at < cursor->at) {
        *cursor = text_cursor(cursor->text);
    }
    size_t end = at < cursor->text.n ? at : cursor->text.n;
    for (; cursor->at < end; cursor->at++) {
        unsigned char c = (unsigned char)cursor->text.s[cursor->at];
        if (c == '\n') {
            cursor->line++;
            cursor->column = 1;
        } else {
            cursor->column += (c & 0xC0) != 0x80;
        }
    }
}

Loc text_cursor_loc(const TextCursor *cursor, SourceId source, size_t length) {
    return (Loc){.line = cursor->line,
                 .column = cursor->column,
                 .source = source,
                 .length = (uint16_t)(length < UINT16_MAX ? length : UINT16_MAX)};
}

Loc text_loc(Str text, SourceId source, size_t at) {
    TextCursor cursor = text_cursor(text);
    text_cursor_move(&cursor, at);
    return text_cursor_loc(&cursor, source, 1);
}

bool text_check_name(Diags *diags, Str name, Loc loc) {
    if (name.n <= LIMIT_NAME_BYTES) {
        return true;
    }
    diag_error(diags, loc, "a name of %zu bytes; at most %d are allowed", name.n, LIMIT_NAME_BYTES);
    return false;
}

bool text_check_value(Diags *diags, Str value, Loc loc) {
    size_t at = text_bad_at(value, false);
    if (at == SIZE_MAX) {
        return true;
    }
    uint32_t code = utf8_next(value, &at);
    diag_error(diags, loc, "control character U+%04X in a value", (unsigned)code);
    return false;
}
