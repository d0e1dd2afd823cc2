#include "report/snippet.h"

#include "base/fold.h"
#include "report/snippet_line.h"

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

void snippet_edge(const Snippet *snippet, Str number, const char *bar) {
    Buf *out = snippet->page->out;
    page_style(snippet->page, STYLE_GUTTER);
    buf_add(out, number);
    size_t width = (size_t)snippet->gutter;
    buf_repeat(out, ' ', number.n < width ? width - number.n : 0);
    buf_addz(out, bar);
    page_style(snippet->page, STYLE_PLAIN);
}

static void empty_row(const Snippet *snippet) {
    snippet_edge(snippet, STR_NONE, " |");
    buf_addc(snippet->page->out, '\n');
}

void snippet_note(const Snippet *snippet, const char *name, Str text) {
    const Page *page = snippet->page;
    snippet_edge(snippet, STR_NONE, " = ");
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

/* A cell of a sheet: its value stands where a line would. */
static void print_cell(const Snippet *snippet, const Mark *mark) {
    Mark shown = *mark;
    shown.loc.column = 1;
    shown.loc.length = (uint16_t)utf8_length(str_slice(mark->text, 0, UINT16_MAX));
    snippet_line(snippet, number_text(snippet, mark->loc), mark->text, &shown, 1);
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
    empty_row(snippet);
    for (size_t i = 0; i < count;) {
        size_t same = 1;
        while (i + same < count && marks[i + same].loc.line == marks[i].loc.line) {
            same++;
        }
        if (i && marks[i].loc.line > marks[i - 1].loc.line + 1) {
            snippet_edge(snippet, STR("..."), "\n");
        }
        Str line = source_line(snippet->sources, marks[i].loc.source, marks[i].loc.line);
        snippet_line(snippet, number_text(snippet, marks[i].loc), line, marks + i, same);
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
                empty_row(snippet);
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
