#include "rule/rule_test.h"

#include "base/limits.h"
#include "model/write.h"
#include "rule/outline.h"
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

/* The run of one form of the example's inventory; false if it cannot be run. `ret_xml` gets the
 * other form; may be NULL. */
static bool lint_form(Example *example, bool good, Buf *ret_xml) {
    LoadOptions load = {.as_of = STR_NONE};
    Diags *diags = diags_of(example);
    if (!good || !inventory_finish(example->inventory, diags, &load)) {
        return false;
    }
    if (ret_xml) {
        write_xml(example->inventory, ret_xml);
    }
    example->lint =
        lint_open_on(1, example->arena, example->test->packs, example->inventory, diags);
    if (!example->lint) {
        return false;
    }
    LintOptions options = {.profile = profile_of(example),
                           .only = &example->rule,
                           .only_count = 1,
                           .threads = 1,
                           .version = STR_NONE};
    example->report = lint_run(example->lint, &options);
    return true;
}

static void open_form(Example *example) {
    interner_thaw(example->test->schema->interner);
    example->arena = arena_open(0);
    example->lint = NULL;
    example->inventory = inventory_open(example->test->schema, example->test->context->sources);
}

static void close_form(Example *example) {
    lint_close(example->lint);
    inventory_close(example->inventory);
    arena_close(example->arena);
}

/* As YAML, with all that is expected. */
static bool run_yaml(Example *example, Buf *ret_xml) {
    const Node *inventory = tree_get(example->node, "inventory");
    bool good =
        load_tree(example->inventory, example->test->context, inventory->loc.source, inventory);
    good = lint_form(example, good, ret_xml);
    if (good) {
        check_found(example);
        check_expected(example);
        check_severities(example);
    }
    return good;
}

/* As XML: but for places, the same comes out. */
static void run_xml(Example *example, Str xml, Str want) {
    const ReadContext *context = example->test->context;
    SourceId source =
        sources_add(context->sources,
                    arena_printf(context->sources->arena, "%.*s.xml", STR_ARG(example->rule->id)),
                    arena_copy(context->sources->arena, xml), ORIGIN_INPUT);
    if (!lint_form(example, load_native(example->inventory, context, source, read_xml, true),
                   NULL)) {
        return;
    }
    Buf got;
    buf_init(&got, LIMIT_REPORT_BYTES);
    report_outline(example->report, &got);
    if (!str_eq(buf_str(&got), want)) {
        diag_error(diags_of(example), example->node->loc,
                   "%.*s, example \"%.*s\": read as XML it reports\n%.*sinstead of\n%.*s",
                   STR_ARG(example->rule->id), STR_ARG(example->name), STR_ARG(buf_str(&got)),
                   STR_ARG(want));
    }
    buf_clear(&got);
}

static void run_example(Example *example) {
    Buf xml;
    Buf outline;
    buf_init(&xml, LIMIT_REPORT_BYTES);
    buf_init(&outline, LIMIT_REPORT_BYTES);
    open_form(example);
    bool good = run_yaml(example, &xml);
    if (good) {
        report_outline(example->report, &outline);
    }
    close_form(example);
    if (good) {
        open_form(example);
        run_xml(example, buf_str(&xml), buf_str(&outline));
        close_form(example);
    }
    buf_clear(&xml);
    buf_clear(&outline);
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
                           .name = tree_text(diags, node, "name")};
        run_example(&example);
        (*ret_count)++;
    }
    return diags->errors == errors;
}
