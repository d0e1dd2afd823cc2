#include "rule/sql_place.h"

#include "base/fold.h"

static bool is_block(const Sources *sources, Loc loc) {
    Str line = source_line(sources, loc.source, loc.line);
    size_t at = loc.column ? loc.column - 1 : 0; /* what precedes a bar is ASCII: a key */
    return at < line.n && line.s[at] == '|';
}

static size_t indentation(Str line) {
    size_t n = 0;
    while (n < line.n && line.s[n] == ' ') {
        n++;
    }
    return n;
}

/* Indentation of a literal block: that of its first line with text. */
static size_t block_indentation(const Sources *sources, Loc loc) {
    for (uint32_t i = 1; i < 100; i++) {
        Str line = source_line(sources, loc.source, loc.line + i);
        if (str_trim(line).n) {
            return indentation(line);
        }
    }
    return 0;
}

/* A statement in one line; where it was folded or holds escapes, its start will do. */
static Loc loc_in_line(const Sources *sources, Loc loc, Str sql, size_t at) {
    Str line = source_line(sources, loc.source, loc.line);
    size_t start = str_find_str(line, sql);
    if (start == SIZE_MAX) {
        return loc;
    }
    uint32_t column = (uint32_t)utf8_length(str_slice(line, 0, start + at));
    return (Loc){loc.line, column + 1, loc.source, 0};
}

Loc sql_loc(const Inventory *inventory, Loc loc, Str sql, long offset) {
    const Sources *sources = inventory_sources(inventory);
    size_t at = offset < 0 ? 0 : (size_t)offset;
    if (!loc.source || at > sql.n) {
        return loc;
    }
    if (!is_block(sources, loc)) {
        return loc_in_line(sources, loc, sql, at);
    }
    uint32_t lines = 0;
    size_t start = 0;
    for (size_t i = 0; i < at; i++) {
        if (sql.s[i] == '\n') {
            lines++;
            start = i + 1;
        }
    }
    uint32_t line = loc.line + 1 + lines;
    size_t indent = block_indentation(sources, loc);
    Str written = source_line(sources, loc.source, line);
    Str meant = str_slice(sql, start, str_find(sql, '\n', start));
    if (!str_eq(str_slice(written, indent, written.n), meant)) {
        return loc; /* a statement of ours about the view that stands there */
    }
    uint32_t column = (uint32_t)utf8_length(str_slice(sql, start, at));
    return (Loc){line, (uint32_t)indent + column + 1, loc.source, 0};
}

Loc sql_text_loc(const Inventory *inventory, Loc loc, Str text, size_t offset) {
    if (!loc.source) {
        return loc;
    }
    Str line = source_line(inventory_sources(inventory), loc.source, loc.line);
    size_t at = str_find_str(line, text);
    if (at == SIZE_MAX || utf8_length(str_slice(line, 0, at)) + 1 < loc.column) {
        return loc;
    }
    uint32_t column = (uint32_t)utf8_length(str_slice(line, 0, at + offset)) + 1;
    return (Loc){loc.line, column, loc.source, 0};
}

void sql_error(Diags *diags, const Inventory *inventory, Loc loc, Str sql, Str what,
               const QueryError *error) {
    Diag *diag = diag_error(diags, sql_loc(inventory, loc, sql, error->offset), "%.*s: %.*s",
                            STR_ARG(what), STR_ARG(error->message));
    if (error->help.n) {
        diag_help(diags, diag, "%.*s", STR_ARG(error->help));
    }
}
