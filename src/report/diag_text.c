/* Mistakes in inputs, settings and rules: the same picture as findings. */
#include "report/snippet.h"
#include "report/words.h"

static const char *level_name(DiagLevel level) {
    switch (level) {
    case DIAG_ERROR:
        return "error";
    case DIAG_WARNING:
        return "warning";
    case DIAG_NOTE:
        return "note";
    }
    return "";
}

static Style level_style(DiagLevel level) {
    static const Style styles[] = {STYLE_ERROR, STYLE_WARNING, STYLE_INFO};
    return styles[level];
}

static void write_diag(const Page *page, const Sources *sources, Arena *scratch, const Diag *diag) {
    size_t count = diag->other_count + 1;
    Mark *marks = arena_array(scratch, Mark, count);
    marks[0] = (Mark){.loc = diag->loc, .label = diag->label, .primary = true};
    for (size_t i = 1; i < count; i++) {
        marks[i] = (Mark){.loc = diag->others[i - 1].loc, .label = diag->others[i - 1].label};
    }
    Snippet snippet = {.page = page,
                       .sources = sources,
                       .scratch = scratch,
                       .style = level_style(diag->level),
                       .gutter = snippet_gutter(sources, scratch, marks, count)};
    const char *level = level_name(diag->level);
    page_styled(page, level_style(diag->level), str_of(level));
    buf_addz(page->out, ": ");
    page_style(page, STYLE_BOLD);
    page_wrap(page, diag->message, (int)str_of(level).n + 2, 2);
    page_style(page, STYLE_PLAIN);
    buf_addc(page->out, '\n');
    snippet_print(&snippet, marks, count);
    if (diag->help.n) {
        snippet_note(&snippet, "help", diag->help);
    }
    buf_addc(page->out, '\n');
}

/* Files with an error; a workbook's sheets count as one file. */
static size_t files_with_errors(const Diags *diags, const Sources *sources, Arena *scratch) {
    bool *seen = arena_array(scratch, bool, sources->count);
    size_t count = 0;
    for (size_t i = 0; i < diags->count; i++) {
        SourceId file = source_of(sources, diags->items[i].loc.source)->file;
        if (diags->items[i].level == DIAG_ERROR && file && !seen[file]) {
            seen[file] = true;
            count++;
        }
    }
    return count;
}

void report_diags(const Diags *diags, const Sources *sources, const ReportOptions *options,
                  Buf *out) {
    if (!diags->count) {
        return;
    }
    Page page = page_of(options, out);
    Arena *scratch = arena_open(0);
    for (size_t i = 0; i < diags->count; i++) {
        ArenaMark mark = arena_mark(scratch);
        write_diag(&page, sources, scratch, &diags->items[i]);
        arena_release(scratch, mark);
    }
    size_t files = files_with_errors(diags, sources, scratch);
    if (diags->errors) {
        words_count(out, diags->errors, "error");
    }
    if (diags->warnings) {
        buf_addz(out, diags->errors ? ", " : "");
        words_count(out, diags->warnings, "warning");
    }
    if (files) {
        buf_addz(out, " in ");
        words_count(out, files, "file");
    }
    if (diags->dropped) {
        buf_printf(out, "; %zu of them not shown", diags->dropped);
    }
    buf_addz(out, diags->errors || diags->warnings ? "\n" : "");
    arena_close(scratch);
}
