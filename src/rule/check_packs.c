/* What is wrong with the SQL of packs, before any of it decides something: every statement is
 * prepared, every name that a rule file uses is looked up. */
#include "rule/check_packs.h"
#include "base/suggest.h"
#include "rule/null_traps.h"
#include "rule/sql_place.h"

bool check_prepare(const Check *check, Str sql, Loc loc, Str what, ResultColumns *ret_columns) {
    Query *query;
    QueryError error;
    if (!sql.n) {
        return false; /* reported when the file was read */
    }
    if (!query_prepare(check->database, sql, &query, &error)) {
        sql_error(check->diags, check->lint->inventory, loc, sql, what, &error);
        return false;
    }
    columns_read(check->arena, query, ret_columns);
    query_close(query);
    return true;
}

Str check_full_name(const Check *check, const ResultColumn *column) {
    bool id = column->is_entity && !str_eq(column->name, STR("entity"));
    return id ? arena_printf(check->arena, "%.*s_id", STR_ARG(column->name)) : column->name;
}

/* Columns must be among the NULL-terminated `known`; the first `needed` must be there. */
static void check_columns(const Check *check, const ResultColumns *columns, Loc loc, Str what,
                          const char *const *known, size_t needed) {
    for (size_t k = 0; k < needed; k++) {
        bool found = false;
        for (size_t i = 0; i < columns->count && !found; i++) {
            found = str_eq(check_full_name(check, &columns->items[i]), str_of(known[k]));
        }
        if (!found) {
            diag_error(check->diags, loc, "%.*s: the statement has no column `%s`", STR_ARG(what),
                       known[k]);
        }
    }
    for (size_t i = 0; i < columns->count; i++) {
        Str name = check_full_name(check, &columns->items[i]);
        Suggest suggest;
        suggest_init(&suggest, name);
        bool found = false;
        for (size_t k = 0; known[k] && !found; k++) {
            found = str_eq(name, str_of(known[k]));
            suggest_try(&suggest, str_of(known[k]));
        }
        if (!found) {
            Diag *diag = diag_error(check->diags, loc, "%.*s: unknown column `%.*s`", STR_ARG(what),
                                    STR_ARG(name));
            if (suggest.best.n) {
                diag_help(check->diags, diag, "did you mean `%.*s`?", STR_ARG(suggest.best));
            }
        }
    }
}

static bool field_exists(const Schema *schema, Str name, Suggest *suggest) {
    for (size_t k = 0; k < schema->kind_count; k++) {
        const Kind *kind = &schema->kinds[k];
        for (size_t c = 0; c < kind->column_count; c++) {
            Str column = sym_text(schema->interner, kind->columns[c].name);
            if (str_eq(column, name)) {
                return true;
            }
            suggest_try(suggest, column);
        }
    }
    return false;
}

static void check_field(const Check *check, Str field, Loc loc) {
    Suggest suggest;
    suggest_init(&suggest, field);
    if (!field.n || field_exists(inventory_schema(check->lint->inventory), field, &suggest)) {
        return;
    }
    Diag *diag = diag_error(check->diags, loc, "no kind has a field `%.*s`", STR_ARG(field));
    if (suggest.best.n) {
        diag_help(check->diags, diag, "did you mean `%.*s`?", STR_ARG(suggest.best));
    }
}

/* "kind.column" of `facts:`. */
static void check_facts(const Check *check, const Str *facts, size_t count, Loc loc) {
    const Schema *schema = inventory_schema(check->lint->inventory);
    for (size_t i = 0; i < count; i++) {
        Str column = facts[i];
        Str kind_name;
        str_cut(&column, '.', &kind_name);
        KindId kind = schema_find_kind(schema, kind_name);
        if (kind == NO_KIND ||
            kind_find_column(schema_kind(schema, kind), schema->interner, column) == NO_COLUMN) {
            diag_error(check->diags, loc, "facts: no kind and column `%.*s`", STR_ARG(facts[i]));
        }
    }
}

static void check_result(const Check *check, const ResultColumns *columns, Str name, Loc loc,
                         const char *where) {
    if (columns_find(columns, name) != NO_RESULT) {
        return;
    }
    Suggest suggest;
    suggest_init(&suggest, name);
    for (size_t i = 0; i < columns->count; i++) {
        suggest_try(&suggest, columns->items[i].name);
    }
    Diag *diag = diag_error(check->diags, loc, "%s: the query has no column `%.*s` or `%.*s_id`",
                            where, STR_ARG(name), STR_ARG(name));
    if (suggest.best.n) {
        diag_help(check->diags, diag, "did you mean `%.*s`?", STR_ARG(suggest.best));
    }
}

/* {placeholders} of a text. */
static void check_text(const Check *check, const ResultColumns *columns, Str text, Loc loc,
                       const char *where) {
    for (size_t at = str_find(text, '{', 0); at != SIZE_MAX; at = str_find(text, '{', at + 1)) {
        size_t close = str_find(text, '}', at);
        if (close == SIZE_MAX) {
            diag_error(check->diags, loc, "%s: a placeholder is not closed", where);
            return;
        }
        Str name = str_slice(text, at + 1, close);
        if (str_ends(name, STR(".count"))) {
            name = str_slice(name, 0, name.n - 6);
        }
        Loc place = sql_text_loc(check->lint->inventory, loc, text, at + 1);
        check_result(check, columns, name, place, where);
    }
}

static void check_place(const Check *check, const ResultColumns *columns, const PlaceRule *place) {
    check_result(check, columns, place->of, place->loc, "place");
    int of = columns_find(columns, place->of);
    if (of != NO_RESULT && !columns->items[of].is_entity) {
        diag_error(check->diags, place->loc, "place: column `%.*s` holds no id; it is `%.*s_id`",
                   STR_ARG(place->of), STR_ARG(place->of));
    }
    const Str others[] = {place->item, place->at, place->length};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (others[i].n) {
            check_result(check, columns, others[i], place->loc, "place");
        }
    }
    check_field(check, place->field, place->loc);
    check_text(check, columns, place->label, place->loc, "label");
}

static void check_traps(const Check *check, const Rule *rule) {
    size_t at = 0;
    Str trap = rule->null_safe.n ? STR_NONE : null_trap(rule->query, &at);
    if (trap.n) {
        Diag *diag = diag_error(
            check->diags, sql_loc(check->lint->inventory, rule->query_loc, rule->query, (long)at),
            "%.*s in `fails` reads an absent fact as if it were stated", STR_ARG(trap));
        diag_help(
            check->diags, diag,
            "any_true, all_true, all_equal or count_stated; or `null_safe:` with the reason why "
            "it is right here");
    }
}

static void check_rule(const Check *check, const Rule *rule) {
    ResultColumns columns;
    Str what = arena_printf(check->arena, "rule %.*s", STR_ARG(rule->id));
    if (!check_prepare(check, rule->query, rule->query_loc, what, &columns)) {
        return;
    }
    if (columns.entity == NO_RESULT) {
        diag_error(check->diags, rule->query_loc, "%.*s: the query has no column `entity`",
                   STR_ARG(what));
    }
    check_text(check, &columns, rule->message, rule->message_loc, "message");
    check_text(check, &columns, rule->fix, rule->fix_loc, "fix");
    for (size_t i = 0; i < rule->place_count; i++) {
        check_place(check, &columns, &rule->places[i]);
    }
    for (size_t i = 0; i < rule->identity_count; i++) {
        check_result(check, &columns, rule->identity[i], rule->loc, "identity");
    }
    for (size_t i = 0; i < PROFILE_COUNT; i++) {
        if (rule->profiles[i].column.n) {
            check_result(check, &columns, rule->profiles[i].column, rule->loc, "profiles");
        }
    }
    check_facts(check, rule->facts, rule->facts_count, rule->loc);
    check_traps(check, rule);
    static const char *const about_columns[] = {"decided", NULL};
    if (rule->about.n && check_prepare(check, rule->about, rule->about_loc, what, &columns)) {
        check_columns(check, &columns, rule->about_loc, what, about_columns, 1);
    }
}

static void check_statements(const Check *check, const Pack *pack) {
    static const char *const needs_columns[] = {"node_id", "gate",  "provider_id",  "at_least",
                                                "phase",   "holds", "container_id", NULL};
    static const char *const capacity_columns[] = {"node_id", "resource",  "role",
                                                   "amount",  "member_id", NULL};
    static const char *const active_columns[] = {"subject_id", "workload_id", "scope_id", "holds",
                                                 NULL};
    ResultColumns columns;
    for (size_t i = 0; i < pack->derive_count; i++) {
        const DeriveRule *rule = &pack->derives[i];
        check_prepare(check, rule->query, rule->query_loc,
                      arena_printf(check->arena, "derive %.*s", STR_ARG(rule->id)), &columns);
    }
    for (size_t i = 0; i < pack->needs_count; i++) {
        const NeedsRule *rule = &pack->needs[i];
        check_facts(check, rule->facts, rule->facts_count, rule->because_loc);
        Str what = arena_printf(check->arena, "needs %.*s", STR_ARG(rule->id));
        if (!rule->field.n && check_prepare(check, rule->query, rule->query_loc, what, &columns)) {
            check_columns(check, &columns, rule->query_loc, what, needs_columns, 3);
        }
        check_field(check, rule->because_field, rule->because_loc);
    }
    for (size_t i = 0; i < pack->capacity_count; i++) {
        const CapacityRule *rule = &pack->capacities[i];
        Str what = arena_printf(check->arena, "capacity %.*s", STR_ARG(rule->id));
        if (check_prepare(check, rule->query, rule->query_loc, what, &columns)) {
            check_columns(check, &columns, rule->query_loc, what, capacity_columns, 5);
        }
        check_facts(check, rule->facts, rule->facts_count, rule->query_loc);
    }
    for (size_t i = 0; i < pack->suggest_count; i++) {
        check_suggestion(check, &pack->suggests[i]);
    }
    for (size_t i = 0; i < pack->mechanism_count; i++) {
        const Mechanism *mechanism = &pack->mechanisms[i];
        Str what = arena_printf(check->arena, "mechanism %.*s", STR_ARG(mechanism->id));
        if (check_prepare(check, mechanism->active, mechanism->active_loc, what, &columns)) {
            check_columns(check, &columns, mechanism->active_loc, what, active_columns, 2);
        }
    }
}

static void check_pack(const Check *check, const Pack *pack) {
    static const char *const not_seen_columns[] = {"missing", NULL};
    ResultColumns columns;
    for (size_t i = 0; i < pack->view_count; i++) {
        const SqlView *view = &pack->views[i];
        check_prepare(check, view->sql, pack->view_locs[i],
                      arena_printf(check->arena, "view %.*s", STR_ARG(view->name)), &columns);
    }
    for (size_t i = 0; i < pack->fault_set_count; i++) {
        const FaultSet *set = &pack->fault_sets[i];
        check_prepare(check, set->query, set->query_loc,
                      arena_printf(check->arena, "fault set %.*s", STR_ARG(set->name)), &columns);
    }
    for (size_t i = 0; i < pack->not_seen_count; i++) {
        const NotSeen *ask = &pack->not_seen[i];
        Str what = arena_printf(check->arena, "not_seen %.*s", STR_ARG(ask->layer));
        if (check_prepare(check, ask->query, ask->query_loc, what, &columns)) {
            check_columns(check, &columns, ask->query_loc, what, not_seen_columns, 1);
        }
    }
    check_statements(check, pack);
    for (size_t i = 0; i < pack->rule_count; i++) {
        check_rule(check, pack->rules[i]);
    }
}

bool lint_check_packs(Lint *lint, Diags *diags) {
    size_t errors = diags->errors;
    Check check = {.lint = lint, .arena = arena_open(0), .diags = diags};
    Status status = database_open(check.arena, &lint->catalogs[SHOW_ALL], &check.database);
    if (status.failed) {
        diag_error(diags, (Loc){0}, "%.*s", STR_ARG(status.reason));
    } else {
        for (size_t i = 0; i < lint->packs->count; i++) {
            check_pack(&check, &lint->packs->items[i]);
        }
        database_close(check.database);
    }
    arena_close(check.arena);
    return diags->errors == errors;
}
