/* Text, glyphs and badges. */
#include "draw/dot.h"

#include "base/fold.h"

static bool is_unsafe(uint32_t code) {
    return code == 0xFFFD || utf8_is_control(code) || utf8_is_bidi(code);
}

static void add_code(Buf *out, uint32_t code, Str bytes) {
    switch (code) {
    case '&':
    case '<':
    case '>':
    case '"':
        buf_add_xml(out, (char)code);
        break;
    case '\\': /* \N and the like are replaced in labels of any kind */
        buf_addz(out, "&#92;");
        break;
    case '\n':
    case '\t':
        buf_addc(out, ' ');
        break;
    default:
        if (is_unsafe(code)) {
            buf_addz(out, "\xEF\xBF\xBD");
        } else {
            buf_add(out, bytes);
        }
    }
}

void dot_text(Buf *out, Str text) {
    size_t size = out->size;
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        add_code(out, code, str_slice(text, from, at));
    }
    if (out->size == size) {
        buf_addz(out, "&#160;");
    }
}

void dot_string(Buf *out, Str text) {
    buf_addc(out, '"');
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        if (code == '"' || code == '\\') {
            buf_printf(out, "\\%c", (int)code);
        } else if (code == '&') {
            buf_addz(out, "&amp;");
        } else if (code < 0x20 || is_unsafe(code)) {
            buf_addc(out, ' ');
        } else {
            buf_add(out, str_slice(text, from, at));
        }
    }
    buf_addc(out, '"');
}

void dot_ink(Buf *out, Ink ink, Str text) {
    buf_printf(out, "<FONT POINT-SIZE=\"%d\" COLOR=\"%s\">%s", ink.size, ink.colour,
               ink.bold ? "<B>" : "");
    dot_text(out, text);
    buf_printf(out, "%s</FONT>", ink.bold ? "</B>" : "");
}

Str dot_glyph(bool ascii, const Tone *tone) {
    return str_of(ascii ? tone->ascii : tone->glyph);
}

static void dot_badge(Buf *out, bool ascii, const Badge *badge) {
    const Tone *tone = tone_of_severity(badge->severity);
    const char *ink = badge->related ? tone->on_tint : tone->on_fill;
    buf_printf(out, "<TD HREF=\"#finding-%u\" BGCOLOR=\"%s\"", badge->number,
               badge->related ? "white" : tone->fill);
    if (badge->related) {
        buf_printf(out, " BORDER=\"1\" COLOR=\"%s\"", tone->fill);
    }
    buf_printf(out,
               " STYLE=\"ROUNDED\" CELLPADDING=\"2\"><FONT COLOR=\"%s\" POINT-SIZE=\"10\"><B>&#160;"
               "%.*s&#160;%u&#160;</B></FONT></TD>",
               ink, STR_ARG(dot_glyph(ascii, tone)), badge->number);
}

void dot_badges(Buf *out, bool ascii, const BadgeList *badges) {
    for (size_t i = 0; i < badges->count; i++) {
        buf_addz(out, "<TD WIDTH=\"3\" CELLPADDING=\"0\"></TD>");
        dot_badge(out, ascii, &badges->items[i]);
    }
}
