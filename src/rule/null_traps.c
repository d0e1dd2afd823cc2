#include "rule/null_traps.h"

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* True if the word stands at `at`, without case. */
static bool word_at(Str sql, size_t at, Str word) {
    bool starts = at == 0 || !is_word(sql.s[at - 1]);
    bool ends = at + word.n >= sql.n || !is_word(sql.s[at + word.n]);
    return starts && ends && str_eq_nocase(str_slice(sql, at, at + word.n), word);
}

static size_t skip_blanks(Str sql, size_t at) {
    while (at < sql.n && (sql.s[at] == ' ' || sql.s[at] == '\n' || sql.s[at] == '\t')) {
        at++;
    }
    return at;
}

/* The last `AS fails`: the select list that the engine reads comes before it. */
static size_t find_fails(Str sql) {
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < sql.n; i++) {
        if (word_at(sql, i, STR("as")) && word_at(sql, skip_blanks(sql, i + 2), STR("fails"))) {
            found = i;
        }
    }
    return found;
}

/* Start of the select item that ends at `end`: behind a comma or SELECT at its own depth. */
static size_t item_start(Str sql, size_t end) {
    int depth = 0;
    for (size_t i = end; i-- > 0;) {
        char c = sql.s[i];
        depth += c == ')';
        depth -= c == '(';
        if (depth < 0 || (depth == 0 && (c == ',' || word_at(sql, i, STR("select"))))) {
            return i + 1;
        }
    }
    return 0;
}

/* True if the call whose '(' stands at `open` has one argument that is a value: count(*) and the
 * scalar min(a, b) are no traps. */
static bool takes_one_value(Str sql, size_t open) {
    int depth = 0;
    size_t first = skip_blanks(sql, open + 1);
    if (first < sql.n && sql.s[first] == '*') {
        return false;
    }
    for (size_t i = open; i < sql.n; i++) {
        depth += sql.s[i] == '(';
        depth -= sql.s[i] == ')';
        if (depth == 1 && sql.s[i] == ',') {
            return false;
        }
        if (depth == 0) {
            return true;
        }
    }
    return true;
}

static bool is_trap(Str sql, size_t at, Str *ret_trap) {
    static const Str aggregates[] = {STR_INIT("min"),   STR_INIT("max"),   STR_INIT("sum"),
                                     STR_INIT("count"), STR_INIT("total"), STR_INIT("avg")};
    if (word_at(sql, at, STR("not")) && word_at(sql, skip_blanks(sql, at + 3), STR("exists"))) {
        *ret_trap = STR("NOT EXISTS");
        return true;
    }
    for (size_t i = 0; i < sizeof aggregates / sizeof *aggregates; i++) {
        size_t open = skip_blanks(sql, at + aggregates[i].n);
        if (word_at(sql, at, aggregates[i]) && open < sql.n && sql.s[open] == '(' &&
            takes_one_value(sql, open)) {
            *ret_trap = aggregates[i];
            return true;
        }
    }
    return false;
}

Str null_trap(Str sql, size_t *ret_at) {
    size_t end = find_fails(sql);
    if (end == SIZE_MAX) {
        return STR_NONE;
    }
    for (size_t i = item_start(sql, end); i < end; i++) {
        Str trap;
        if (is_trap(sql, i, &trap)) {
            *ret_at = i;
            return trap;
        }
    }
    return STR_NONE;
}
