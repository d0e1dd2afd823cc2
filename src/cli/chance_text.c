#include "cli/chance_text.h"

#include <stdlib.h>

enum { MOST_COMPONENTS = 10 };

/* ---- shares of the time ---- */

static void add_time(Buf *out, double share) {
    double minutes = share * 365.25 * 24 * 60;
    if (minutes < 1) {
        buf_printf(out, "%.2g s", minutes * 60);
    } else if (minutes < 100) {
        buf_printf(out, "%.0f min", minutes);
    } else {
        buf_printf(out, minutes < 600 ? "%.1f h" : "%.0f h", minutes / 60);
    }
}

void chance_text_range(Buf *out, double least, double most) {
    buf_printf(out, "%.2g", least);
    if (most > least) {
        buf_printf(out, " to %.2g", most);
    }
    buf_addz(out, " of the time, ");
    add_time(out, least);
    if (most > least) {
        buf_addz(out, " to ");
        add_time(out, most);
    }
    buf_addz(out, " a year");
}

/* ---- importance ---- */

static int compare_shares(const void *a, const void *b) {
    const Importance *x = a;
    const Importance *y = b;
    if (x->fussell_vesely != y->fussell_vesely) {
        return x->fussell_vesely > y->fussell_vesely ? -1 : 1;
    }
    return (x->component > y->component) - (x->component < y->component);
}

void importance_text_add(Buf *out, const ImportanceText *text) {
    size_t count = text->probability->importance_count;
    if (!count) {
        return;
    }
    Arena *scratch = arena_open(0);
    Importance *sorted = arena_array(scratch, Importance, count);
    for (size_t i = 0; i < count; i++) {
        sorted[i] = text->probability->importance[i];
    }
    qsort(sorted, count, sizeof *sorted, compare_shares);
    buf_printf(out, "%sFussell-Vesely   Birnbaum  risk achievement\n", text->indent);
    for (size_t i = 0; i < count && i < MOST_COMPONENTS; i++) {
        double achievement = sorted[i].achievement;
        buf_printf(out, achievement < 10 ? "%s%14.2g %10.2g %17.1f  " : "%s%14.2g %10.2g %17.0f  ",
                   text->indent, sorted[i].fussell_vesely, sorted[i].birnbaum, achievement);
        buf_add(out, text->name(text->context, sorted[i].component));
        buf_addc(out, '\n');
    }
    if (count > MOST_COMPONENTS) {
        buf_printf(out, "%sand %zu more\n", text->indent, count - MOST_COMPONENTS);
    }
    arena_close(scratch);
}
