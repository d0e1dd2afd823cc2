/* Native XML: scalars as attributes, lists, groups and children as elements. */
#include "model/emit.h"
#include "model/write.h"

static void indent(Emitter *emitter) {
    buf_repeat(emitter->out, ' ', (size_t)emitter->depth * 2);
}

static void add_escaped(Buf *out, Str text) {
    for (size_t i = 0; i < text.n; i++) {
        char c = text.s[i];
        if (c == '\n' || c == '\t') { /* an attribute would take them for blanks */
            buf_printf(out, "&#%d;", c);
        } else {
            buf_add_xml(out, c);
        }
    }
}

static void begin(Emitter *emitter) {
    buf_addz(emitter->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<inventory");
    emitter->depth = 1;
}

static void end(Emitter *emitter) {
    buf_addz(emitter->out, "</inventory>\n");
}

static void open_map(Emitter *emitter, Str name, bool item) {
    (void)item;
    indent(emitter);
    buf_printf(emitter->out, "<%.*s", STR_ARG(name));
    emitter->depth++;
}

static void fields_done(Emitter *emitter, bool more) {
    buf_addz(emitter->out, more ? ">\n" : "/>\n");
}

static void close_map(Emitter *emitter, Str name, bool more) {
    emitter->depth--;
    if (more) {
        indent(emitter);
        buf_printf(emitter->out, "</%.*s>\n", STR_ARG(name));
    }
}

static void open_list(Emitter *emitter, Str name) {
    indent(emitter);
    buf_printf(emitter->out, "<%.*s>\n", STR_ARG(name));
    emitter->depth++;
}

static void close_list(Emitter *emitter, Str name, bool any) {
    (void)any;
    emitter->depth--;
    indent(emitter);
    buf_printf(emitter->out, "</%.*s>\n", STR_ARG(name));
}

static void scalar(Emitter *emitter, Str name, Str value) {
    buf_printf(emitter->out, " %.*s=\"", STR_ARG(name));
    add_escaped(emitter->out, value);
    buf_addc(emitter->out, '"');
}

static void values(Emitter *emitter, Str name, Str item, const Str *list, size_t count) {
    indent(emitter);
    if (!count) {
        buf_printf(emitter->out, "<%.*s/>\n", STR_ARG(name));
        return;
    }
    buf_printf(emitter->out, "<%.*s>", STR_ARG(name));
    for (size_t i = 0; i < count; i++) {
        buf_printf(emitter->out, "<%.*s>", STR_ARG(item));
        add_escaped(emitter->out, list[i]);
        buf_printf(emitter->out, "</%.*s>", STR_ARG(item));
    }
    buf_printf(emitter->out, "</%.*s>\n", STR_ARG(name));
}

void write_xml(const Inventory *inventory, Buf *out) {
    static const EmitFormat format = {begin,     end,        open_map, fields_done, close_map,
                                      open_list, close_list, scalar,   values};
    emit_inventory(inventory, &format, out);
}
