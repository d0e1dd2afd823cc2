#include "report/snippet_line.h"

#include "base/fold.h"

/* A label keeps to the page if at least so many columns are left for it. */
enum { LABEL_ROOM = 20, MIN_LINE = 20, TAB_WIDTH = 4 };

static int room_of(const Snippet *snippet) {
    int room = snippet->page->width ? snippet->page->width - snippet->gutter - 3 : INT32_MAX;
    return room < MIN_LINE ? MIN_LINE : room;
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
    int room = room_of(snippet);
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

/* ---- marks ---- */

/* A mark of the line that is printed: columns counted from the line's first one. */
typedef struct Spot {
    const Mark *mark;
    int start, columns;
} Spot;

static Spot spot_of(const Snippet *snippet, const Window *window, const Mark *mark) {
    size_t start = line_offset(window->line, mark->loc.column);
    while (!mark->loc.column && start < window->to && window->line.s[start] == ' ') {
        start++;
    }
    start = start < window->from ? window->from : start;
    Str rest = str_slice(window->line, start, window->to);
    size_t end = start + line_offset(rest, (uint32_t)mark->loc.length + 1);
    int before = columns_between(snippet, window, window->from, start) + (window->from ? 3 : 0);
    int columns = columns_between(snippet, window, start, end);
    return (Spot){mark, before, columns ? columns : 1};
}

static Style style_of(const Snippet *snippet, const Spot *spot) {
    return spot->mark->primary ? snippet->style : STYLE_GUTTER;
}

/* Opens a row with a bar at each of the spots; returns the columns taken. */
static int open_row(const Snippet *snippet, const Spot *spots, size_t count) {
    const Page *page = snippet->page;
    snippet_edge(snippet, STR_NONE, " |");
    int at = -1; /* the blank behind the edge belongs to what follows: no row ends with one */
    for (size_t i = 0; i < count; i++) {
        buf_repeat(page->out, ' ', (size_t)(spots[i].start - at));
        page_styled(page, style_of(snippet, &spots[i]), STR("|"));
        at = spots[i].start + 1;
    }
    return at;
}

/* As many words of `rest` as `room` columns hold, at least one. */
static Str cut_words(const Page *page, Str *rest, int room) {
    Str line = STR_NONE;
    while (rest->n) {
        size_t end = str_find(*rest, ' ', line.n ? line.n + 1 : 0);
        Str longer = str_slice(*rest, 0, end == SIZE_MAX ? rest->n : end);
        if (line.n && page_text_width(page, longer) > room) {
            break;
        }
        line = longer;
        if (line.n == rest->n) {
            break;
        }
    }
    *rest = str_slice(*rest, line.n + (line.n < rest->n), rest->n);
    return line;
}

/* Below its mark; further left, but not before `least`, if that saves a row or gives the words
 * room. */
static int label_start(int start, int least, int width, int room) {
    bool one_row = least + width <= room;
    if (start + width <= room || (!one_row && room - start >= LABEL_ROOM)) {
        return start;
    }
    int moved = room - (one_row ? width : LABEL_ROOM);
    moved = moved < least ? least : moved;
    return moved < start ? moved : start;
}

/* The label of spots[last] on rows of its own, between the bars of those before it. */
static void print_below(const Snippet *snippet, const Spot *spots, size_t last) {
    const Page *page = snippet->page;
    const Spot *spot = &spots[last];
    int width = page_text_width(page, spot->mark->label);
    int room = room_of(snippet);
    int least = last ? spots[last - 1].start + 2 : 0;
    int start = label_start(spot->start, least, width, room);
    room = room - start < LABEL_ROOM ? LABEL_ROOM : room - start;
    for (Str rest = spot->mark->label; rest.n;) {
        int at = open_row(snippet, spots, last);
        buf_repeat(page->out, ' ', (size_t)(start - at));
        page_styled(page, style_of(snippet, spot), cut_words(page, &rest, room));
        buf_addc(page->out, '\n');
    }
}

/* Labels of spots (all have one), the rightmost first. One that stands alone needs no bar. */
static void print_labels(const Snippet *snippet, const Spot *spots, size_t count, bool alone) {
    if (count && !alone) {
        open_row(snippet, spots, count);
        buf_addc(snippet->page->out, '\n');
    }
    while (count) {
        print_below(snippet, spots, --count);
    }
}

/* Spots that do not overlap, on one row, and their labels. */
static void print_spots(const Snippet *snippet, Spot *spots, size_t count) {
    const Page *page = snippet->page;
    snippet_edge(snippet, STR_NONE, " | ");
    int at = 0;
    for (size_t i = 0; i < count; i++) {
        buf_repeat(page->out, ' ', (size_t)(spots[i].start - at));
        page_style(page, style_of(snippet, &spots[i]));
        buf_repeat(page->out, spots[i].mark->primary ? '^' : '-', (size_t)spots[i].columns);
        page_style(page, STYLE_PLAIN);
        at = spots[i].start + spots[i].columns;
    }
    Str last = spots[count - 1].mark->label;
    bool beside = last.n && page_text_width(page, last) <= room_of(snippet) - at - 1;
    if (beside) {
        buf_addc(page->out, ' ');
        page_styled(page, style_of(snippet, &spots[count - 1]), last);
    }
    buf_addc(page->out, '\n');
    size_t below = 0;
    for (size_t i = 0; i + beside < count; i++) {
        if (spots[i].mark->label.n) {
            spots[below++] = spots[i];
        }
    }
    print_labels(snippet, spots, below, count == 1);
}

static void print_marks(const Snippet *snippet, const Window *window, const Mark *marks,
                        size_t count) {
    ArenaMark mark = arena_mark(snippet->scratch);
    Spot *spots = arena_array(snippet->scratch, Spot, count);
    size_t row = 0;
    for (size_t i = 0; i < count; i++) {
        Spot spot = spot_of(snippet, window, &marks[i]);
        if (row && spot.start <= spots[row - 1].start + spots[row - 1].columns) {
            print_spots(snippet, spots, row);
            row = 0;
        }
        spots[row++] = spot;
    }
    print_spots(snippet, spots, row);
    arena_release(snippet->scratch, mark);
}

void snippet_line(const Snippet *snippet, Str number, Str line, const Mark *marks, size_t count) {
    for (size_t i = 0; i < count;) {
        Window window = window_of(snippet, line, line_offset(line, marks[i].loc.column));
        snippet_edge(snippet, number, " | ");
        print_window(snippet, &window);
        size_t n = 1;
        while (i + n < count && line_offset(line, marks[i + n].loc.column) < window.to) {
            n++;
        }
        print_marks(snippet, &window, marks + i, n);
        i += n;
    }
}
