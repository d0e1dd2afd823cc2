#include "report/ways.h"

#include "base/buf.h"
#include "base/limits.h"

static Str text_of(const Node *row, const char *key) {
    const Node *node = tree_get(row, key);
    return node ? node->text : STR_NONE;
}

/* "Get-Cluster Name": two words, the second the name of a property. */
static bool split_property(Str part, Str *ret_first, Str *ret_property) {
    Str rest = part;
    str_cut(&rest, ' ', ret_first);
    *ret_property = rest;
    bool good = rest.n > 0;
    for (size_t i = 0; good && i < rest.n; i++) {
        char c = rest.s[i];
        good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
    return good;
}

static bool fits(const Node *row, Str kind, Str part) {
    Str first;
    Str property;
    Str of = text_of(row, "kind");
    return str_starts(part, text_of(row, "begins")) && (!of.n || str_eq(of, kind)) &&
           (!tree_get(row, "property") || split_property(part, &first, &property));
}

static Str filled(const Node *row, Str part, Arena *arena) {
    Str first = STR_NONE;
    Str property = STR_NONE;
    split_property(part, &first, &property);
    const struct {
        Str name, value;
    } words[] = {{STR_INIT("{rest}"), str_slice(part, text_of(row, "begins").n, part.n)},
                 {STR_INIT("{all}"), part},
                 {STR_INIT("{first}"), first},
                 {STR_INIT("{property}"), property}};
    Str command = text_of(row, "command");
    Buf out;
    buf_init(&out, LIMIT_TEXT_BYTES);
    for (size_t at = 0; at < command.n;) {
        size_t i = 0;
        size_t count = sizeof words / sizeof *words;
        while (i < count && !str_starts(str_slice(command, at, command.n), words[i].name)) {
            i++;
        }
        if (i < count) {
            buf_add(&out, words[i].value);
            at += words[i].name.n;
        } else {
            buf_addc(&out, command.s[at++]);
        }
    }
    Str text = arena_copy(arena, buf_str(&out));
    buf_clear(&out);
    return text;
}

static Way way_of(const Node *rows, Str kind, Str part, Arena *arena) {
    for (size_t i = 0; rows && i < rows->count; i++) {
        const Node *row = &rows->items[i];
        if (fits(row, kind, part)) {
            return (Way){text_of(row, "tool"), filled(row, part, arena)};
        }
    }
    return (Way){STR_NONE, part};
}

Way *field_ways(const Node *file, Str kind, const Field *field, Arena *arena, size_t *ret_count) {
    const Node *rows = tree_get(file, "ways");
    VEC(Way) ways = {0};
    Str rest = field->source;
    Str part;
    while (rest.n && str_cut(&rest, ';', &part)) {
        Way way = way_of(rows, kind, str_trim(part), arena);
        if (way.command.n) {
            vec_push(arena, &ways, way);
        }
    }
    *ret_count = ways.count;
    return ways.items;
}
