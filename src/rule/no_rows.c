#include "rule/no_rows.h"

#include <stdlib.h>

#include "query/sql_lexer.h"

enum { DEPTH_MAX = 16 }; /* views in views, subqueries in FROM */

void no_rows_init(NoRows *check, Arena *arena, const Catalog *catalog) {
    *check =
        (NoRows){.catalog = catalog, .views = arena_array(arena, signed char, catalog->view_count)};
}

/* ---- tables ---- */

/* The kind whose table or list the name is; NO_KIND if there is none. */
static KindId kind_behind(const Schema *schema, Str name) {
    for (size_t i = 0; i < schema->kind_count; i++) {
        const Kind *kind = &schema->kinds[i];
        Str of = sym_text(schema->interner, kind->name);
        if (str_eq_nocase(of, name)) {
            return (KindId)i;
        }
        if (name.n <= of.n + 1 || name.s[of.n] != '_' ||
            !str_eq_nocase(of, str_slice(name, 0, of.n))) {
            continue;
        }
        ColumnId column =
            kind_find_column(kind, schema->interner, str_slice(name, of.n + 1, name.n));
        if (column != NO_COLUMN && kind->columns[column].field->type == TYPE_LIST) {
            return (KindId)i;
        }
    }
    return NO_KIND;
}

static bool view_is_empty(NoRows *check, size_t view) {
    signed char *known = &check->views[view];
    if (!*known) {
        *known = -1; /* also while it is being looked at: a view that uses itself */
        *known = has_no_rows(check, check->catalog->views[view].sql) ? 1 : -1;
    }
    return *known > 0;
}

static size_t find_view(const Catalog *catalog, Str name) {
    size_t at = 0;
    while (at < catalog->view_count && !str_eq_nocase(catalog->views[at].name, name)) {
        at++;
    }
    return at;
}

/* Rows of a table that is no view; SIZE_MAX if it is not known here. Of a list: of its kind. */
static size_t table_rows(const Catalog *catalog, Str name) {
    for (size_t i = 0; i < catalog->table_count; i++) {
        if (str_eq_nocase(str_of(catalog->tables[i]->name), name)) {
            return catalog->tables[i]->row_count;
        }
    }
    KindId kind = kind_behind(inventory_schema(catalog->inventory), name);
    return kind == NO_KIND ? SIZE_MAX : inventory_row_count(catalog->inventory, kind);
}

static bool table_is_empty(NoRows *check, Str name) {
    size_t view = find_view(check->catalog, name);
    return view < check->catalog->view_count ? view_is_empty(check, view)
                                             : !table_rows(check->catalog, name);
}

/* ---- one SELECT ---- */

typedef struct Reading {
    NoRows *check;
    Str sql;
    size_t at;
    SqlToken token; /* the last one that was read */
} Reading;

static bool is_word(const SqlToken *token, const char *word) {
    return token->type == SQL_WORD && str_eq_nocase(token->text, str_of(word));
}

static bool is_one_of(const SqlToken *token, const char *const *words) {
    for (; *words; words++) {
        if (is_word(token, *words)) {
            return true;
        }
    }
    return false;
}

static bool is_sign(const SqlToken *token, char sign) {
    return token->type == SQL_OTHER && token->text.n == 1 && token->text.s[0] == sign;
}

static bool next(Reading *reading) {
    return sql_next(reading->sql, &reading->at, &reading->token);
}

/* Behind an opening parenthesis: up to the one that closes it. What stands between them; false if
 * there is none. */
static bool skip_parentheses(Reading *reading, Str *ret_inside) {
    size_t from = reading->at;
    for (size_t depth = 1; next(reading);) {
        if (is_sign(&reading->token, '(')) {
            depth++;
        } else if (is_sign(&reading->token, ')') && --depth == 0) {
            *ret_inside = str_slice(reading->sql, from, reading->token.at);
            return true;
        }
    }
    return false;
}

/* The next token that stands in no parentheses; false at the end. */
static bool next_outside(Reading *reading) {
    Str inside;
    while (next(reading)) {
        if (!is_sign(&reading->token, '(')) {
            return true;
        }
        if (!skip_parentheses(reading, &inside)) {
            return false;
        }
    }
    return false;
}

/* Without GROUP BY there is one row of these over no rows. */
static bool is_aggregate(const SqlToken *token) {
    static const char *const names[] = {
        "count",        "sum",      "total",    "avg",       "min",          "max", "having",
        "group_concat", "any_true", "all_true", "all_equal", "count_stated", NULL};
    return is_one_of(token, names);
}

/* From SELECT up to FROM; false if there is none. */
static bool skip_columns(Reading *reading, bool *ret_aggregates) {
    bool distinct = false; /* of IS DISTINCT FROM */
    for (size_t depth = 0; next(reading);) {
        depth += is_sign(&reading->token, '(');
        depth -= depth && is_sign(&reading->token, ')');
        *ret_aggregates = *ret_aggregates || is_aggregate(&reading->token);
        if (!depth && !distinct && is_word(&reading->token, "from")) {
            return true;
        }
        distinct = is_word(&reading->token, "distinct");
    }
    return false;
}

/* The table at this place: a name or a subquery. */
static bool read_table(Reading *reading) {
    if (!next(reading)) {
        return false;
    }
    Str inside;
    if (is_sign(&reading->token, '(')) {
        return skip_parentheses(reading, &inside) && has_no_rows(reading->check, inside);
    }
    Str name = reading->token.value;
    size_t at = reading->at;
    SqlToken behind = {.text = STR_NONE};
    bool plain =
        sql_is_name(&reading->token) &&
        !(sql_next(reading->sql, &at, &behind) && (is_sign(&behind, '.') || is_sign(&behind, '(')));
    return plain && table_is_empty(reading->check, name);
}

/* From behind FROM: true if some table that is not joined from the left has no rows. The token is
 * then the first word behind the clause. */
static bool read_from(Reading *reading, bool *ret_more) {
    static const char *const ends[] = {"where", "group",  "having", "order",     "limit",
                                       "union", "window", "except", "intersect", NULL};
    static const char *const outer[] = {"right", "full", NULL};
    bool empty = read_table(reading);
    bool left = false;
    bool known = true;
    while ((*ret_more = next_outside(reading)) && !is_one_of(&reading->token, ends)) {
        left = left || is_word(&reading->token, "left");
        known = known && !is_one_of(&reading->token, outer);
        if (is_sign(&reading->token, ',') || is_word(&reading->token, "join")) {
            bool none = read_table(reading);
            empty = empty || (none && !left);
            left = false;
        }
    }
    return empty && known;
}

/* One SELECT up to its end or to UNION; `*ret_more` if there is another one. */
static bool part_is_empty(Reading *reading, bool *ret_more) {
    bool aggregates = false;
    *ret_more = false;
    if (!next(reading) || !is_word(&reading->token, "select") ||
        !skip_columns(reading, &aggregates)) {
        return false;
    }
    bool more;
    bool empty = read_from(reading, &more);
    bool groups = false;
    for (; empty && more; more = next_outside(reading)) {
        groups = groups || is_word(&reading->token, "group");
        aggregates = aggregates || is_aggregate(&reading->token);
        empty = !is_word(&reading->token, "except") && !is_word(&reading->token, "intersect");
        if (is_word(&reading->token, "union")) {
            *ret_more = true;
            break;
        }
    }
    return empty && (groups || !aggregates);
}

bool has_no_rows(NoRows *check, Str sql) {
    if (check->depth == DEPTH_MAX) {
        return false;
    }
    check->depth++;
    Reading reading = {.check = check, .sql = sql};
    bool more = true;
    bool empty = true;
    while (empty && more) {
        empty = part_is_empty(&reading, &more);
        size_t at = reading.at;
        if (more && next(&reading) && !is_word(&reading.token, "all")) {
            reading.at = at;
        }
    }
    check->depth--;
    return empty;
}

/* ---- cost ---- */

static size_t rows_of(NoRows *check, Str name) {
    size_t view = find_view(check->catalog, name);
    if (view < check->catalog->view_count) {
        return rows_to_visit(check, check->catalog->views[view].sql);
    }
    size_t rows = table_rows(check->catalog, name);
    return rows == SIZE_MAX ? 0 : rows;
}

size_t rows_to_visit(NoRows *check, Str sql) {
    Reading reading = {.check = check, .sql = sql};
    bool found = check->depth < DEPTH_MAX;
    bool aggregates = false;
    while (found && (found = next_outside(&reading)) && !is_word(&reading.token, "select")) {
    }
    Str inside;
    size_t rows = 0;
    check->depth++;
    if (found && skip_columns(&reading, &aggregates) && next(&reading)) {
        if (sql_is_name(&reading.token)) {
            rows = rows_of(check, reading.token.value);
        } else if (is_sign(&reading.token, '(') && skip_parentheses(&reading, &inside)) {
            rows = rows_to_visit(check, inside);
        }
    }
    check->depth--;
    return rows;
}

typedef struct Weighed {
    size_t place, weight;
} Weighed;

static int compare_weighed(const void *a, const void *b) {
    const Weighed *x = a;
    const Weighed *y = b;
    if (x->weight != y->weight) {
        return x->weight > y->weight ? -1 : 1;
    }
    return (x->place > y->place) - (x->place < y->place);
}

size_t *heaviest_first(Arena *arena, const size_t *weights, size_t count) {
    Weighed *weighed = arena_array(arena, Weighed, count);
    for (size_t i = 0; i < count; i++) {
        weighed[i] = (Weighed){i, weights[i]};
    }
    if (count) {
        qsort(weighed, count, sizeof *weighed, compare_weighed);
    }
    size_t *places = arena_array(arena, size_t, count);
    for (size_t i = 0; i < count; i++) {
        places[i] = weighed[i].place;
    }
    return places;
}
