#include "report/page.h"

#include <assert.h>

#include "base/fold.h"

Page page_of(const ReportOptions *options, Buf *out) {
    return (Page){
        .out = out, .width = options->width, .colour = options->colour, .ascii = options->ascii};
}

void page_style(const Page *page, Style style) {
    static const char *const codes[] = {
        [STYLE_PLAIN] = "\033[0m",   [STYLE_ERROR] = "\033[1;31m", [STYLE_WARNING] = "\033[1;33m",
        [STYLE_INFO] = "\033[1;36m", [STYLE_BOLD] = "\033[1m",     [STYLE_GUTTER] = "\033[1;34m",
        [STYLE_QUIET] = "\033[2m",
    };
    if (page->colour) {
        buf_addz(page->out, codes[style]);
    }
}

/* Characters that reorder, hide or break a line, or have no width of their own to point at. */
static bool is_hidden(uint32_t code) {
    return utf8_is_control(code) || utf8_is_bidi(code) || code == '\n' || code == 0x200B ||
           code == 0xFEFF || code == 0x2028 || code == 0x2029 || code == 0xAD ||
           (code >= 0xE0000 && code < 0xE1000);
}

int page_char(const Page *page, uint32_t code, Str raw, Buf *out) {
    if (code == '\t' || code == '\n') {
        if (out) {
            buf_addz(out, code == '\t' ? "\\t" : "\\n");
        }
        return 2;
    }
    if (is_hidden(code) || (page->ascii && code >= 0x7F)) {
        char text[16];
        int n = snprintf(text, sizeof text, "\\u{%x}", (unsigned)code);
        if (out) {
            buf_addz(out, text);
        }
        return n;
    }
    if (out) {
        /* A byte that is no UTF-8 is shown as the replacement character. */
        buf_add(out, code == 0xFFFD && raw.n == 1 ? STR("\xEF\xBF\xBD") : raw);
    }
    return utf8_width(code);
}

static int put(const Page *page, Str text, Buf *out) {
    int columns = 0;
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        columns += page_char(page, code, str_slice(text, from, at), out);
    }
    return columns;
}

void page_text(const Page *page, Str text) {
    put(page, text, page->out);
}

void page_styled(const Page *page, Style style, Str text) {
    page_style(page, style);
    page_text(page, text);
    page_style(page, STYLE_PLAIN);
}

int page_text_width(const Page *page, Str text) {
    return put(page, text, NULL);
}

int page_wrap(const Page *page, Str text, int at, int indent) {
    bool first = true;
    Str rest = text;
    Str word;
    while (str_cut(&rest, ' ', &word)) {
        int columns = page_text_width(page, word);
        bool command = str_starts(word, STR("::")); /* CI would obey it where a line begins */
        if (!first && !command && page->width > 0 && at + 1 + columns > page->width) {
            buf_addc(page->out, '\n');
            buf_repeat(page->out, ' ', (size_t)indent);
            at = indent;
        } else if (!first) {
            buf_addc(page->out, ' ');
            at++;
        }
        page_text(page, word);
        at += columns;
        first = false;
    }
    return at;
}

typedef struct Prose {
    const Page *page;
    int indent, hang;
    int at; /* column reached in an open line, -1 if none is open */
    bool gap;
} Prose;

static void close_line(Prose *prose) {
    if (prose->at >= 0) {
        buf_addc(prose->page->out, '\n');
    }
    prose->at = -1;
}

static void open_line(Prose *prose) {
    close_line(prose);
    if (prose->gap) {
        buf_addc(prose->page->out, '\n');
    }
    prose->gap = false;
    buf_repeat(prose->page->out, ' ', (size_t)prose->indent);
    prose->at = prose->indent;
}

static void fill(Prose *prose, Str words) {
    const Page *page = prose->page;
    Str first = str_slice(words, 0, str_find(words, ' ', 0));
    if (page->width > 0 && prose->at + 1 + page_text_width(page, first) > page->width) {
        buf_addc(page->out, '\n');
        buf_repeat(page->out, ' ', (size_t)prose->hang);
        prose->at = prose->hang;
    } else {
        buf_addc(page->out, ' ');
        prose->at++;
    }
    prose->at = page_wrap(page, words, prose->at, prose->hang);
}

void page_prose(const Page *page, Str text, int indent) {
    Prose prose = {.page = page, .indent = indent, .hang = indent, .at = -1};
    bool any = false;
    Str rest = text;
    Str line;
    while (str_cut(&rest, '\n', &line)) {
        Str words = str_trim(line);
        bool literal = str_starts(line, STR("    "));
        bool item = str_starts(words, STR("- ")) || str_starts(words, STR("* "));
        if (!words.n) {
            close_line(&prose);
            prose.gap = any;
        } else if (literal || item || prose.at < 0) {
            open_line(&prose);
            prose.hang = indent + (item ? 2 : 0);
            if (literal) {
                page_text(page, line);
                close_line(&prose);
            } else {
                prose.at = page_wrap(page, words, prose.at, prose.hang);
            }
        } else {
            fill(&prose, words);
        }
        any = any || words.n;
    }
    close_line(&prose);
}

void page_block(const Page *page, Str text, int indent) {
    Str rest = text;
    Str line;
    while (str_cut(&rest, '\n', &line)) {
        if (!rest.s && !line.n) {
            break;
        }
        if (line.n) {
            buf_repeat(page->out, ' ', (size_t)indent);
            page_text(page, line);
        }
        buf_addc(page->out, '\n');
    }
}

Style severity_style(Severity severity) {
    switch (severity) {
    case SEVERITY_ERROR:
        return STYLE_ERROR;
    case SEVERITY_WARNING:
        return STYLE_WARNING;
    case SEVERITY_INFO:
        return STYLE_INFO;
    case SEVERITY_NONE:
        return STYLE_BOLD;
    }
    assert(false);
    return STYLE_PLAIN;
}
