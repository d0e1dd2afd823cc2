/* What is wrong with a suggestion: rules that do not exist, placeholders without a column, a query
 * without the columns that every edit has. What the overlay states is for the loader to say. */
#include "base/suggest.h"
#include "rule/check_packs.h"

static void check_text(const Check *check, const ResultColumns *columns, Str text, Loc loc) {
    Str before;
    Str name;
    for (size_t at = 0; str_placeholder(text, &at, &before, &name);) {
        bool found = false;
        Suggest suggest;
        suggest_init(&suggest, name);
        for (size_t i = 0; i < columns->count; i++) {
            Str column = check_full_name(check, &columns->items[i]);
            found = found || str_eq(column, name);
            suggest_try(&suggest, column);
        }
        if (!found) {
            Diag *diag =
                diag_error(check->diags, loc, "{%.*s} is no column of the query", STR_ARG(name));
            if (suggest.best.n) {
                diag_help(check->diags, diag, "did you mean {%.*s}?", STR_ARG(suggest.best));
            }
        }
    }
}

static void check_node(const Check *check, const ResultColumns *columns, const Node *node) {
    if (node->type == NODE_SCALAR) {
        check_text(check, columns, node->text, node->loc);
    }
    for (size_t i = 0; i < node->count; i++) {
        check_node(check, columns, &node->items[i]);
    }
}

void check_suggestion(const Check *check, const SuggestRule *rule) {
    for (size_t i = 0; i < rule->rule_count; i++) {
        if (!packs_find_rule(check->lint->packs, rule->rules[i])) {
            diag_error(check->diags, rule->loc, "suggestion %.*s: there is no rule `%.*s`",
                       STR_ARG(rule->id), STR_ARG(rule->rules[i]));
        }
    }
    ResultColumns columns;
    Str what = arena_printf(check->arena, "suggestion %.*s", STR_ARG(rule->id));
    if (!check_prepare(check, rule->query, rule->query_loc, what, &columns)) {
        return;
    }
    static const char *const needed[] = {"entity", "edit"};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (columns_find(&columns, str_of(needed[i])) == NO_RESULT) {
            diag_error(check->diags, rule->query_loc, "%.*s: the statement has no column `%s`",
                       STR_ARG(what), needed[i]);
        }
    }
    check_text(check, &columns, rule->title, rule->loc);
    if (rule->overlay) {
        check_node(check, &columns, rule->overlay);
    }
}
