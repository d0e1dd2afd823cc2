#include "report/snippet.h"

#include "base/fold.h"

/* A label is put beside its mark if this many columns are left, else below it. */
enum { LABEL_ROOM = 30, MIN_LINE = 20, TAB_WIDTH = 4 };

static Str number_text(const Snippet *snippet, Loc loc) {
    Str cell = place_cell(snippet->scratch, snippet->sources, loc);
    return cell.n ? cell : arena_printf(snippet->scratch, "%u", loc.line);
}

int snippet_gutter(const Sources *sources, Arena *scratch, const Mark *marks, size_t count) {
    Snippet snippet = {.sources = sources, .scratch = scratch};
    size_t widest = 1;
    for (size_t i = 0; i < count; i++) {
        size_t n = marks[i].loc.line ? number_text(&snippet, marks[i].loc).n : 0;
        widest = n > widest ? n : widest;
    }
    return (int)widest;
}

/* The left edge of a line: its number, or blanks, and a bar. */
static void gutter(const Snippet *snippet, Str number, const char *bar) {
    Buf *out = snippet->page->out;
    page_style(snippet->page, STYLE_GUTTER);
    buf_add(out, number);
    size_t width = (size_t)snippet->gutter;
    buf_repeat(out, ' ', number.n < width ? width - number.n : 0);
    buf_addz(out, bar);
    page_style(snippet->page, STYLE_PLAIN);
}

void snippet_note(const Snippet *snippet, const char *name, Str text) {
    const Page *page = snippet->page;
    gutter(snippet, STR_NONE, " = ");
    int at = snippet->gutter + 3;
    if (*name) {
        page_style(page, STYLE_BOLD);
        buf_printf(page->out, "%s:", name);
        page_style(page, STYLE_PLAIN);
        buf_addc(page->out, ' ');
        at += (int)str_of(name).n + 2;
    }
    page_wrap(page, text, at, snippet->gutter + 3);
    buf_addc(page->out, '\n');
}

/* A part of a line that fits the page: bytes from..to-1. */
typedef struct Window {
    Str line;
    size_t from, to;
} Window;

/* Columns that a character of a source line takes; a tab in the indentation is blanks. */
static int line_char(const Snippet *snippet, const Window *window, size_t *at, Buf *out) {
    size_t from = *at;
    uint32_t code = utf8_next(window->line, at);
    if (code == '\t' && str_trim(str_slice(window->line, 0, from)).n == 0) {
        if (out) {
            buf_repeat(out, ' ', TAB_WIDTH);
        }
        return TAB_WIDTH;
    }
    return page_char(snippet->page, code, str_slice(window->line, from, *at), out);
}

static int columns_between(const Snippet *snippet, const Window *window, size_t from, size_t to) {
    int columns = 0;
    for (size_t at = from; at < to;) {
        columns += line_char(snippet, window, &at, NULL);
    }
    return columns;
}

static size_t step_back(Str line, size_t at) {
    do {
        at--;
    } while (at && ((unsigned char)line.s[at] & 0xC0) == 0x80);
    return at;
}

/* The whole line if it fits, else as much around byte `start` as fits; a third of the room stands
 * before it. Looks at no more of the line than it needs. */
static Window window_of(const Snippet *snippet, Str line, size_t start) {
    Window window = {.line = line};
    int room = snippet->page->width ? snippet->page->width - snippet->gutter - 3 : INT32_MAX;
    room = room < MIN_LINE ? MIN_LINE : room;
    int used = 0;
    size_t at = 0;
    while (at < line.n && used <= room) {
        used += line_char(snippet, &window, &at, NULL);
    }
    if (used <= room) {
        window.to = line.n;
        return window;
    }
    room -= 6; /* "..." at both ends */
    used = 0;
    window.from = start;
    while (window.from && used < room / 3) {
        window.from = step_back(line, window.from);
        at = window.from;
        used += line_char(snippet, &window, &at, NULL);
    }
    window.to = window.from;
    used = 0;
    while (window.to < line.n) {
        at = window.to;
        used += line_char(snippet, &window, &at, NULL);
        if (used > room) {
            break;
        }
        window.to = at;
    }
    return window;
}

static void print_window(const Snippet *snippet, const Window *window) {
    Buf *out = snippet->page->out;
    buf_addz(out, window->from ? "..." : "");
    for (size_t at = window->from; at < window->to;) {
        line_char(snippet, window, &at, out);
    }
    buf_addz(out, window->to < window->line.n ? "..." : "");
    buf_addc(out, '\n');
}

/* The marks below a line: where they begin and how wide they are, in columns. */
static void print_mark(const Snippet *snippet, const Mark *mark, int start, int columns) {
    const Page *page = snippet->page;
    Style style = mark->primary ? snippet->style : STYLE_GUTTER;
    gutter(snippet, STR_NONE, " | ");
    buf_repeat(page->out, ' ', (size_t)start);
    page_style(page, style);
    buf_repeat(page->out, mark->primary ? '^' : '-', (size_t)columns);
    page_style(page, STYLE_PLAIN);
    if (mark->label.n) {
        int left = snippet->gutter + 3;
        int at = left + start + columns + 1;
        int width = page_text_width(page, mark->label);
        int indent = at;
        if (page->width && at + width > page->width && page->width - at < LABEL_ROOM) {
            indent = left + start;
            if (page->width - indent < LABEL_ROOM) {
                indent = page->width - LABEL_ROOM > left ? page->width - LABEL_ROOM : left;
                indent = indent > left + start ? left + start : indent;
            }
            buf_addc(page->out, '\n');
            buf_repeat(page->out, ' ', (size_t)indent);
        } else {
            buf_addc(page->out, ' ');
        }
        page_style(page, style);
        page_wrap(page, mark->label, indent, indent);
        page_style(page, STYLE_PLAIN);
    }
    buf_addc(page->out, '\n');
}

static void mark_in_window(const Snippet *snippet, const Window *window, const Mark *mark) {
    size_t start = line_offset(window->line, mark->loc.column);
    while (!mark->loc.column && start < window->to && window->line.s[start] == ' ') {
        start++;
    }
    start = start < window->from ? window->from : start;
    Str rest = str_slice(window->line, start, window->to);
    size_t end = start + line_offset(rest, (uint32_t)mark->loc.length + 1);
    int before = columns_between(snippet, window, window->from, start) + (window->from ? 3 : 0);
    int columns = columns_between(snippet, window, start, end);
    print_mark(snippet, mark, before, columns ? columns : 1);
}

/* One line of a text with its marks (all of that line, sorted by column). Marks that do not fit
 * into one window get a further one. */
static void print_line(const Snippet *snippet, const Mark *marks, size_t count) {
    Str line = source_line(snippet->sources, marks[0].loc.source, marks[0].loc.line);
    Str number = number_text(snippet, marks[0].loc);
    for (size_t i = 0; i < count;) {
        size_t start = line_offset(line, marks[i].loc.column);
        Window window = window_of(snippet, line, start);
        gutter(snippet, number, " | ");
        print_window(snippet, &window);
        do {
            mark_in_window(snippet, &window, &marks[i++]);
        } while (i < count && line_offset(line, marks[i].loc.column) < window.to);
    }
}

/* A cell of a sheet: its value stands where a line would. */
static void print_cell(const Snippet *snippet, const Mark *mark) {
    Str value = mark->text;
    Mark shown = *mark;
    shown.loc.column = 1;
    shown.loc.length = (uint16_t)utf8_length(str_slice(value, 0, UINT16_MAX));
    Window window = window_of(snippet, value, 0);
    gutter(snippet, number_text(snippet, mark->loc), " | ");
    print_window(snippet, &window);
    mark_in_window(snippet, &window, &shown);
}

static bool same_source(const Mark *a, const Mark *b) {
    return a->loc.source == b->loc.source;
}

static bool has_line(const Snippet *snippet, const Mark *mark) {
    return mark->loc.line && !source_is_table(source_of(snippet->sources, mark->loc.source)) &&
           source_of(snippet->sources, mark->loc.source)->text.n;
}

static void header(const Snippet *snippet, const Mark *mark, bool first) {
    const Page *page = snippet->page;
    page_style(page, STYLE_GUTTER);
    buf_repeat(page->out, ' ', (size_t)snippet->gutter);
    buf_addz(page->out, first ? "--> " : "::: ");
    page_style(page, STYLE_PLAIN);
    int at = snippet->gutter + 4;
    Str text = place_text(snippet->scratch, snippet->sources, mark->loc);
    bool alone = !has_line(snippet, mark) && !mark->text.n;
    if (alone && mark->label.n) {
        text = arena_printf(snippet->scratch, "%.*s: %.*s", STR_ARG(text), STR_ARG(mark->label));
    }
    page_wrap(page, text, at, at);
    buf_addc(page->out, '\n');
}

/* Marks of one text, in order of their places. */
static void print_text_group(const Snippet *snippet, const Mark *marks, size_t count) {
    gutter(snippet, STR_NONE, " |\n");
    for (size_t i = 0; i < count;) {
        size_t same = 1;
        while (i + same < count && marks[i + same].loc.line == marks[i].loc.line) {
            same++;
        }
        if (i && marks[i].loc.line > marks[i - 1].loc.line + 1) {
            gutter(snippet, STR("..."), "\n");
        }
        print_line(snippet, marks + i, same);
        i += same;
    }
}

static bool mark_before(const Mark *a, const Mark *b) {
    return a->loc.line != b->loc.line ? a->loc.line < b->loc.line : a->loc.column < b->loc.column;
}

static void insert_sorted(Mark *group, size_t count, Mark mark) {
    size_t at = count;
    while (at && mark_before(&mark, &group[at - 1])) {
        group[at] = group[at - 1];
        at--;
    }
    group[at] = mark;
}

void snippet_print(const Snippet *snippet, const Mark *marks, size_t count) {
    Mark *group = arena_array(snippet->scratch, Mark, count);
    bool *done = arena_array(snippet->scratch, bool, count);
    for (size_t i = 0; i < count; i++) {
        if (done[i] || !marks[i].loc.source) {
            continue;
        }
        header(snippet, &marks[i], i == 0);
        if (!has_line(snippet, &marks[i])) {
            if (marks[i].loc.line && marks[i].text.n) {
                gutter(snippet, STR_NONE, " |\n");
                print_cell(snippet, &marks[i]);
            }
            continue;
        }
        size_t n = 0;
        for (size_t j = i; j < count; j++) {
            if (!done[j] && same_source(&marks[i], &marks[j]) && has_line(snippet, &marks[j])) {
                insert_sorted(group, n++, marks[j]);
                done[j] = true;
            }
        }
        print_text_group(snippet, group, n);
    }
}
