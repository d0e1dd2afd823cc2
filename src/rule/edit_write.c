/* The overlay of an edit: the template with its placeholders filled.
 *
 * A scalar takes the values of the first row in hand; where one is not stated, its key is left out,
 * and an item of a list whose first key is. An item is written once for each different filling of
 * its own scalars, and the lists in it from the rows that fill it so. */
#include "base/fold.h"
#include "base/limits.h"
#include "model/value.h"
#include "rule/edit.h"

typedef struct Rows {
    const Str *const *items;
    size_t count;
} Rows;

typedef struct Writer {
    const Edit *edit;
    Arena *scratch;
    Buf *out;
} Writer;

/* The column that `{name}` means; SIZE_MAX if there is none (refused when the pack was checked). */
static size_t find_column(const Edit *edit, Str name) {
    size_t i = 0;
    while (i < edit->column_count && !str_eq(edit->columns[i], name)) {
        i++;
    }
    return i < edit->column_count ? i : SIZE_MAX;
}

/* False if a value is not stated. `*ret_fixed`: the text has no placeholder. */
static bool fill(const Edit *edit, Arena *arena, Str text, const Str *row, Str *ret_text,
                 bool *ret_fixed) {
    Str filled = STR_NONE;
    Str before;
    Str name;
    *ret_fixed = true;
    for (size_t at = 0; str_placeholder(text, &at, &before, &name);) {
        size_t column = find_column(edit, name);
        if (column == SIZE_MAX || !row[column].s) {
            return false;
        }
        filled = arena_printf(arena, "%.*s%.*s%.*s", STR_ARG(filled), STR_ARG(before),
                              STR_ARG(row[column]));
        *ret_fixed = false;
    }
    *ret_text = arena_printf(arena, "%.*s%.*s", STR_ARG(filled), STR_ARG(before));
    return true;
}

Str edit_title(const Edit *edit, Arena *arena) {
    Str text = edit->rule->title;
    bool fixed;
    return fill(edit, arena, text, edit->rows[0], &text, &fixed) ? text : edit->rule->title;
}

/* ---- scalars ---- */

static bool is_plain(Str text) {
    for (size_t i = 0; i < text.n; i++) {
        char c = text.s[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool other = (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (!letter && (!other || !i)) {
            return false;
        }
    }
    return text.n > 3; /* the words that YAML takes for something else are short, */
}

static bool is_word(Str text) {
    static const char *const words[] = {"true", "false", "none", "null", NULL}; /* or these */
    for (size_t i = 0; words[i]; i++) {
        if (str_eq_nocase(text, str_of(words[i]))) {
            return true;
        }
    }
    return false;
}

static void add_quoted(Buf *out, Str text) {
    buf_addc(out, '"');
    for (size_t at = 0; at < text.n;) {
        uint32_t code = utf8_next(text, &at);
        if (code == '"' || code == '\\') {
            buf_printf(out, "\\%c", (char)code);
        } else if (code < ' ' || code > '~') {
            buf_printf(out, code > 0xFFFF ? "\\U%08x" : "\\u%04x", (unsigned)code);
        } else {
            buf_addc(out, (char)code);
        }
    }
    buf_addc(out, '"');
}

/* False, and nothing written, if a value is not stated. What the template says itself stands as it
 * is there. */
static bool add_scalar(const Writer *writer, const Node *node, const Str *row) {
    Str text;
    bool fixed;
    if (!fill(writer->edit, writer->scratch, node->text, row, &text, &fixed)) {
        return false;
    }
    if (fixed ? !node->quoted : is_plain(text) && !is_word(text)) {
        buf_add(writer->out, text);
    } else {
        add_quoted(writer->out, text);
    }
    return true;
}

/* ---- lists ---- */

/* The scalars of an item, filled, without those in lists below; NULL if it is one that is not
 * stated. */
static Str filling(const Writer *writer, const Node *node, const Str *row) {
    Str all = STR("");
    if (node->type == NODE_SCALAR) {
        bool fixed;
        return fill(writer->edit, writer->scratch, node->text, row, &all, &fixed) ? all
                                                                                  : (Str){NULL, 0};
    }
    for (size_t i = 0; node->type == NODE_MAP && i < node->count; i++) {
        all = arena_printf(writer->scratch, "%.*s\n%.*s", STR_ARG(all),
                           STR_ARG(filling(writer, &node->items[i], row)));
    }
    return all;
}

typedef struct Filling {
    Str text;
    VEC(const Str *) rows;
} Filling;

typedef VEC(Filling) Fillings;

static void group_rows(const Writer *writer, const Node *item, Rows rows, Fillings *ret) {
    *ret = (Fillings){0};
    for (size_t i = 0; i < rows.count; i++) {
        bool named = item->type != NODE_MAP || !item->count ||
                     filling(writer, &item->items[0], rows.items[i]).s;
        Str text = named ? filling(writer, item, rows.items[i]) : (Str){NULL, 0};
        size_t at = 0;
        while (at < ret->count && !str_eq(ret->items[at].text, text)) {
            at++;
        }
        if (text.s && at == ret->count) {
            vec_push(writer->scratch, ret, (Filling){.text = text});
        }
        if (text.s) {
            vec_push(writer->scratch, &ret->items[at].rows, rows.items[i]);
        }
    }
}

static void write_map(const Writer *writer, const Node *map, Rows rows, int depth, bool item);

static void write_records(const Writer *writer, const Node *list, Rows rows, int depth) {
    for (size_t i = 0; i < list->count; i++) {
        Fillings all;
        group_rows(writer, &list->items[i], rows, &all);
        for (size_t k = 0; k < all.count; k++) {
            Rows of = {all.items[k].rows.items, all.items[k].rows.count};
            buf_repeat(writer->out, ' ', (size_t)depth * 2);
            buf_addz(writer->out, "- ");
            write_map(writer, &list->items[i], of, depth + 1, true);
        }
    }
}

/* "[A, B]"; false, and nothing written, if it came out empty. */
static bool write_values(const Writer *writer, const Node *list, Rows rows) {
    size_t written = 0;
    for (size_t i = 0; i < list->count; i++) {
        Fillings all;
        group_rows(writer, &list->items[i], rows, &all);
        for (size_t k = 0; k < all.count; k++) {
            buf_addz(writer->out, written++ ? ", " : " [");
            add_scalar(writer, &list->items[i], all.items[k].rows.items[0]);
        }
    }
    buf_addz(writer->out, written ? "]\n" : "");
    return written > 0;
}

/* What stands behind "key:"; false if nothing does. */
static bool write_value(const Writer *writer, const Node *node, Rows rows, int depth) {
    size_t before = writer->out->size;
    switch (node->type) {
    case NODE_SCALAR:
        buf_addc(writer->out, ' ');
        if (!add_scalar(writer, node, rows.items[0])) {
            return false;
        }
        buf_addc(writer->out, '\n');
        return true;
    case NODE_MAP:
        buf_addc(writer->out, '\n');
        write_map(writer, node, rows, depth + 1, false);
        return writer->out->size > before + 1;
    case NODE_LIST:
        if (node->count && node->items[0].type == NODE_SCALAR) {
            return write_values(writer, node, rows);
        }
        buf_addc(writer->out, '\n');
        write_records(writer, node, rows, depth + 1);
        return writer->out->size > before + 1;
    }
    return false;
}

/* The first line of an item stands behind its dash. */
static void write_map(const Writer *writer, const Node *map, Rows rows, int depth, bool item) {
    for (size_t i = 0; i < map->count; i++) {
        size_t before = writer->out->size;
        buf_repeat(writer->out, ' ', item ? 0 : (size_t)depth * 2);
        buf_printf(writer->out, "%.*s:", STR_ARG(map->items[i].key));
        if (write_value(writer, &map->items[i], rows, depth)) {
            item = false;
        } else {
            buf_cut(writer->out, before);
        }
    }
}

void edit_write(const Edit *edit, Str as_of, Buf *out) {
    Arena *scratch = arena_open(0);
    Writer writer = {edit, scratch, out};
    buf_addz(out, "topolint: 1\npartial: true\n");
    if (as_of.n) {
        buf_printf(out, "as_of: %.*s\n", STR_ARG(as_of));
    }
    write_map(&writer, edit->rule->overlay, (Rows){edit->rows, edit->row_count}, 0, false);
    arena_close(scratch);
}
