/* Native YAML: block mappings, flow lists of values, quotes only where a plain scalar would read as
 * something else. */
#include "model/emit.h"
#include "model/write.h"

static void indent(Emitter *emitter) {
    buf_repeat(emitter->out, ' ', (size_t)emitter->depth * 2);
}

static bool is_plain_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '/' || c == '+' || c == '@' || (unsigned char)c >= 0x80;
}

/* U+2028 and U+2029: to YAML they end a line. */
static bool is_line_separator(Str text) {
    return str_starts(text, STR("\xE2\x80\xA8")) || str_starts(text, STR("\xE2\x80\xA9"));
}

/* What YAML or a reader of it could take for another type, or for syntax, is quoted. */
static bool is_plain(Str text) {
    static const char *const words[] = {"yes", "no", "on", "off", "null", "y", "n", NULL};
    if (!text.n || !is_plain_char(text.s[0]) || text.s[text.n - 1] == ' ') {
        return false;
    }
    for (size_t i = 0; i < text.n; i++) {
        bool fits = is_plain_char(text.s[i]) || text.s[i] == '-' || text.s[i] == ' ';
        if (!fits || is_line_separator(str_slice(text, i, text.n))) {
            return false;
        }
    }
    for (size_t i = 0; words[i]; i++) {
        if (str_eq_nocase(text, str_of(words[i]))) {
            return false;
        }
    }
    return true;
}

void yaml_add_quoted(Buf *out, Str text) {
    buf_addc(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.s[i];
        if (c == '"' || c == '\\') {
            buf_printf(out, "\\%c", c);
        } else if (c == '\n') {
            buf_addz(out, "\\n");
        } else if (c == '\t') {
            buf_addz(out, "\\t");
        } else if (is_line_separator(str_slice(text, i, text.n))) {
            buf_addz(out, (unsigned char)text.s[i + 2] == 0xA8 ? "\\L" : "\\P");
            i += 2;
        } else {
            buf_addc(out, text.s[i]);
        }
    }
    buf_addc(out, '"');
}

static void add_value(Buf *out, Str text) {
    bool number_like = text.n && ((text.s[0] >= '0' && text.s[0] <= '9') || text.s[0] == '-');
    bool dotted = number_like && str_find(text, '.', 0) != SIZE_MAX;
    bool share = number_like && str_ends(text, STR("%"));
    bool word =
        str_eq(text, STR("true")) || str_eq(text, STR("false")) || str_eq(text, STR("none"));
    if (word || share || (is_plain(text) && !dotted)) {
        buf_add(out, text);
    } else {
        yaml_add_quoted(out, text);
    }
}

static void begin(Emitter *emitter) {
    emitter->depth = 0;
}

static void end(Emitter *emitter) {
    (void)emitter;
}

/* The first line of an item stands behind its dash; else a new line begins. */
static void begin_line(Emitter *emitter) {
    Str text = buf_str(emitter->out);
    if (str_ends(text, STR("-"))) {
        buf_addc(emitter->out, ' ');
    } else {
        if (str_ends(text, STR(":"))) {
            buf_addc(emitter->out, '\n');
        }
        indent(emitter);
    }
}

static void open_map(Emitter *emitter, Str name, bool item) {
    if (item) {
        indent(emitter);
        buf_addc(emitter->out, '-');
    } else {
        begin_line(emitter);
        buf_printf(emitter->out, "%.*s:", STR_ARG(name));
    }
    emitter->depth++;
}

static void fields_done(Emitter *emitter, bool more) {
    (void)emitter;
    (void)more;
}

static void close_map(Emitter *emitter, Str name, bool more) {
    (void)name;
    (void)more;
    Str text = buf_str(emitter->out);
    if (str_ends(text, STR("-")) || str_ends(text, STR(":"))) {
        buf_addz(emitter->out, " {}\n");
    }
    emitter->depth--;
}

static void open_list(Emitter *emitter, Str name) {
    if (!emitter->depth && emitter->out->size) {
        buf_addc(emitter->out, '\n');
    }
    begin_line(emitter);
    buf_printf(emitter->out, "%.*s:\n", STR_ARG(name));
    emitter->depth++;
}

static void close_list(Emitter *emitter, Str name, bool any) {
    (void)name;
    if (!any) {
        buf_cut(emitter->out, emitter->out->size - 1);
        buf_addz(emitter->out, " []\n");
    }
    emitter->depth--;
}

static void scalar(Emitter *emitter, Str name, Str value) {
    begin_line(emitter);
    buf_printf(emitter->out, "%.*s: ", STR_ARG(name));
    add_value(emitter->out, value);
    buf_addc(emitter->out, '\n');
}

static void values(Emitter *emitter, Str name, Str item, const Str *list, size_t count) {
    (void)item;
    begin_line(emitter);
    buf_printf(emitter->out, "%.*s: [", STR_ARG(name));
    for (size_t i = 0; i < count; i++) {
        buf_addz(emitter->out, i ? ", " : "");
        add_value(emitter->out, list[i]);
    }
    buf_addz(emitter->out, "]\n");
}

void write_yaml(const Inventory *inventory, Buf *out) {
    static const EmitFormat format = {begin,     end,        open_map, fields_done, close_map,
                                      open_list, close_list, scalar,   values};
    emit_inventory(inventory, &format, out);
}
