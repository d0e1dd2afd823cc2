#include "rule/rule_test.h"

#include "rule/pack_file.h"
#include "rule/run.h"

/* One example with what its run found. */
typedef struct Example {
    const RuleTest *test;
    const Rule *rule;
    const Node *node, *expect;
    Arena *arena;
    Inventory *inventory;
    Lint *lint;
    const Report *report;
    Str name;
} Example;

static Diags *diags_of(const Example *example) {
    return example->test->context->diags;
}

static EntityId find_entity(const Example *example, const Node *item, Str text) {
    bool several;
    EntityId id = inventory_find_entity(example->inventory, text, &several);
    if (!id) {
        diag_error(diags_of(example), item->loc, "%s \"%.*s\" in the example's inventory",
                   several ? "several records are called" : "there is no", STR_ARG(text));
    }
    return id;
}

static bool lists(const Example *example, const Node *list, EntityId id) {
    for (size_t i = 0; list && i < list->count; i++) {
        bool several;
        if (inventory_find_entity(example->inventory, list->items[i].text, &several) == id) {
            return true;
        }
    }
    return false;
}

static const Finding *finding_of(const Example *example, EntityId id) {
    for (size_t i = 0; i < example->report->finding_count; i++) {
        if (example->report->findings[i]->subject == id) {
            return example->report->findings[i];
        }
    }
    return NULL;
}

static bool is_unknown(const Example *example, EntityId id) {
    for (size_t i = 0; i < example->report->not_assessed_count; i++) {
        const NotAssessed *set = &example->report->not_assessed[i];
        for (size_t j = 0; j < set->entity_count; j++) {
            if (set->entities[j] == id) {
                return true;
            }
        }
    }
    return false;
}

static Str label_of(const Example *example, EntityId id) {
    const Schema *schema = inventory_schema(example->inventory);
    RowId row;
    KindId kind = inventory_kind_of(example->inventory, id, &row);
    Str name = inventory_name(example->inventory, id);
    Str kind_name = sym_text(schema->interner, schema_kind(schema, kind)->name);
    return arena_printf(example->arena, "%.*s:%.*s", STR_ARG(kind_name), STR_ARG(name));
}

static void mistake(const Example *example, const Node *node, EntityId id, const char *what) {
    Str label = label_of(example, id);
    diag_error(diags_of(example), node->loc, "%.*s, example \"%.*s\": %.*s %s",
               STR_ARG(example->rule->id), STR_ARG(example->name), STR_ARG(label), what);
}

/* What was found must be expected. */
static void check_found(const Example *example) {
    const Report *report = example->report;
    for (size_t i = 0; i < report->finding_count; i++) {
        const Finding *finding = report->findings[i];
        if (!lists(example, tree_get(example->expect, "fail"), finding->subject)) {
            mistake(example, example->expect, finding->subject, "fails unexpectedly");
        }
    }
    for (size_t i = 0; i < report->not_assessed_count; i++) {
        for (size_t j = 0; j < report->not_assessed[i].entity_count; j++) {
            EntityId id = report->not_assessed[i].entities[j];
            if (!lists(example, tree_get(example->expect, "unknown"), id)) {
                mistake(example, example->expect, id, "is unknown unexpectedly");
            }
        }
    }
    for (size_t i = 0; i < report->failure_count; i++) {
        diag_error(diags_of(example), report->failures[i].loc, "%.*s, example \"%.*s\": %.*s",
                   STR_ARG(example->rule->id), STR_ARG(example->name),
                   STR_ARG(report->failures[i].reason));
    }
}

/* True if the rule's query has a row about the entity. */
static bool is_judged(const Example *example, EntityId id) {
    Arena *arena = arena_open(0);
    Database *database;
    bool found = false;
    if (!database_open(arena, lint_catalog(example->lint), &database).failed) {
        Query *query;
        QueryError error;
        Str sql = arena_printf(arena, "SELECT 1 FROM (%.*s\n) WHERE entity = %u",
                               STR_ARG(example->rule->query), id);
        if (query_prepare(database, sql, &query, &error)) {
            found = query_step(query, &error) == QUERY_ROW;
            query_close(query);
        }
        database_close(database);
    }
    arena_close(arena);
    return found;
}

/* What is expected must have been found. */
static void check_expected(const Example *example) {
    static const char *const keys[] = {"fail", "unknown", "pass"};
    for (size_t k = 0; k < 3; k++) {
        const Node *list = tree_get(example->expect, keys[k]);
        for (size_t i = 0; list && i < list->count; i++) {
            const Node *item = &list->items[i];
            EntityId id = find_entity(example, item, item->text);
            if (!id) {
                continue;
            }
            bool fails = finding_of(example, id) != NULL;
            bool unknown = is_unknown(example, id);
            if (k == 0 && !fails) {
                mistake(example, item, id, unknown ? "is unknown, not fail" : "does not fail");
            } else if (k == 1 && !unknown) {
                mistake(example, item, id, fails ? "fails, is not unknown" : "is not unknown");
            } else if (k == 2 && !fails && !unknown && !is_judged(example, id)) {
                mistake(example, item, id, "does not pass: the rule is not about it");
            }
        }
    }
}

static void check_severities(const Example *example) {
    const Node *map = tree_get(example->expect, "severity");
    for (size_t i = 0; map && i < map->count; i++) {
        const Node *item = &map->items[i];
        EntityId id = find_entity(example, item, item->key);
        const Finding *finding = id ? finding_of(example, id) : NULL;
        Severity wanted;
        if (!id || !severity_parse(item->text, &wanted)) {
            continue;
        }
        Severity found = finding ? finding->severity : SEVERITY_NONE;
        if (found != wanted) {
            Str name = severity_name(found);
            mistake(example, item, id,
                    arena_printf(example->arena, "has severity %.*s", STR_ARG(name)).s);
        }
    }
}

static ProfileId profile_of(const Example *example) {
    Str name = tree_text(diags_of(example), example->node, "profile");
    for (size_t i = 0; i < PROFILE_COUNT; i++) {
        if (str_eq(profile_name((ProfileId)i), name)) {
            return (ProfileId)i;
        }
    }
    return PROFILE_DEFAULT;
}

static void run_example(Example *example) {
    const RuleTest *test = example->test;
    Diags *diags = diags_of(example);
    size_t errors = diags->errors;
    const Node *inventory = tree_get(example->node, "inventory");
    LoadOptions load = {0};
    load.as_of = STR_NONE;
    load_tree(example->inventory, test->context, inventory->loc.source, inventory);
    if (diags->errors != errors || !inventory_finish(example->inventory, diags, &load)) {
        return;
    }
    example->lint = lint_open(example->arena, test->packs, example->inventory, diags);
    if (!example->lint) {
        return;
    }
    LintOptions options = {.profile = profile_of(example),
                           .only = &example->rule,
                           .only_count = 1,
                           .threads = 1,
                           .version = STR_NONE};
    example->report = lint_run(example->lint, &options);
    check_found(example);
    check_expected(example);
    check_severities(example);
    lint_close(example->lint);
}

bool rule_test(const RuleTest *test, const Rule *rule, size_t *ret_count) {
    Diags *diags = test->context->diags;
    size_t errors = diags->errors;
    for (size_t i = 0; rule->examples && i < rule->examples->count; i++) {
        const Node *node = &rule->examples->items[i];
        Example example = {.test = test,
                           .rule = rule,
                           .node = node,
                           .expect = tree_get(node, "expect"),
                           .arena = arena_open(0),
                           .name = tree_text(diags, node, "name")};
        interner_thaw(test->schema->interner);
        example.inventory = inventory_open(test->schema, test->context->sources);
        run_example(&example);
        inventory_close(example.inventory);
        arena_close(example.arena);
        (*ret_count)++;
    }
    return diags->errors == errors;
}
