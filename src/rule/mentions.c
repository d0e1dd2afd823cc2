#include "rule/mentions.h"

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The next identifier at or behind `*at`; false at the end. */
static bool next_word(Str sql, size_t *at, Str *ret_word) {
    size_t from = *at;
    while (from < sql.n && !is_word(sql.s[from])) {
        from++;
    }
    size_t to = from;
    while (to < sql.n && is_word(sql.s[to])) {
        to++;
    }
    *at = to;
    *ret_word = str_slice(sql, from, to);
    return to > from;
}

static const SqlView *find_view(const Packs *packs, Str name) {
    for (size_t i = 0; i < packs->count; i++) {
        for (size_t j = 0; j < packs->items[i].view_count; j++) {
            if (str_eq_nocase(packs->items[i].views[j].name, name)) {
                return &packs->items[i].views[j];
            }
        }
    }
    return NULL;
}

static size_t count_views(const Packs *packs) {
    size_t count = 0;
    for (size_t i = 0; i < packs->count; i++) {
        count += packs->items[i].view_count;
    }
    return count;
}

static bool holds(const SqlClosure *closure, Str sql) {
    for (size_t i = 0; i < closure->count; i++) {
        if (closure->items[i].s == sql.s) {
            return true;
        }
    }
    return false;
}

SqlClosure sql_closure(const Packs *packs, Arena *arena, Str sql) {
    size_t views = count_views(packs);
    SqlClosure closure = {arena_array(arena, Str, views + 1), 1};
    closure.items[0] = sql;
    for (size_t i = 0; i < closure.count; i++) {
        size_t at = 0;
        Str word;
        while (next_word(closure.items[i], &at, &word)) {
            const SqlView *view = find_view(packs, word);
            if (view && !holds(&closure, view->sql)) {
                closure.items[closure.count++] = view->sql;
            }
        }
    }
    return closure;
}

bool sql_mentions(const SqlClosure *closure, Str word) {
    for (size_t i = 0; i < closure->count; i++) {
        size_t at = 0;
        Str found;
        while (next_word(closure->items[i], &at, &found)) {
            if (str_eq_nocase(found, word)) {
                return true;
            }
        }
    }
    return false;
}

/* Words that stand where a table can: behind FROM or JOIN, and behind a comma of that clause. */
typedef struct TableScan {
    Str sql;
    size_t at;
    bool in_from, expected;
} TableScan;

static bool is_one_of(Str word, const char *const *words) {
    for (; *words; words++) {
        if (str_eq_nocase(word, str_of(*words))) {
            return true;
        }
    }
    return false;
}

static bool behind_comma(Str sql, Str word) {
    size_t start = (size_t)(word.s - sql.s);
    while (start && (sql.s[start - 1] == ' ' || sql.s[start - 1] == '\n')) {
        start--;
    }
    return start && sql.s[start - 1] == ',';
}

static bool next_table(TableScan *scan, Str *ret_name) {
    static const char *const begin[] = {"from", "join", NULL};
    static const char *const end[] = {"select", "where", "on",    "using", "group", "order",
                                      "having", "union", "limit", "case",  NULL};
    Str word;
    while (next_word(scan->sql, &scan->at, &word)) {
        bool table = scan->expected || (scan->in_from && behind_comma(scan->sql, word));
        scan->expected = is_one_of(word, begin);
        scan->in_from = scan->expected || (scan->in_from && !is_one_of(word, end));
        if (table && scan->in_from) {
            *ret_name = word;
            return true;
        }
    }
    return false;
}

bool sql_mentions_table(const SqlClosure *closure, Str name) {
    for (size_t i = 0; i < closure->count; i++) {
        TableScan scan = {.sql = closure->items[i]};
        Str found;
        while (next_table(&scan, &found)) {
            if (str_eq_nocase(found, name)) {
                return true;
            }
        }
    }
    return false;
}

bool sql_mentions_ending(const SqlClosure *closure, Str ending) {
    for (size_t i = 0; i < closure->count; i++) {
        size_t at = 0;
        Str found;
        while (next_word(closure->items[i], &at, &found)) {
            if (str_ends(found, ending)) {
                return true;
            }
        }
    }
    return false;
}

bool sql_mentions_beginning(const SqlClosure *closure, Str beginning) {
    for (size_t i = 0; i < closure->count; i++) {
        size_t at = 0;
        Str found;
        while (next_word(closure->items[i], &at, &found)) {
            if (str_starts(found, beginning)) {
                return true;
            }
        }
    }
    return false;
}

void sql_mark_views(const SqlView *views, size_t count, Str sql, bool *marks) {
    TableScan scan = {.sql = sql};
    Str name;
    while (next_table(&scan, &name)) {
        for (size_t i = 0; i < count; i++) {
            marks[i] = marks[i] || str_eq_nocase(views[i].name, name);
        }
    }
}
