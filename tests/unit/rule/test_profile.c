/* What statements cost is counted, and is the same twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fixture.h"
#include "rule/profile.h"

static const File schemas[] = {
    {"schemas/inventory.yaml",
     "kind: inventory\ntitle: Head\ndoc: Head.\nrank: 0\nfault: none\nhead: true\nfields:\n"
     "  topolint: {type: int, doc: Version.}\n  name: {type: name, doc: Name.}\n"},
    {"schemas/server.yaml",
     "kind: server\nplural: servers\ntitle: Server\ndoc: A server.\nrank: 1\nfault: node\nfields:\n"
     "  name: {type: name, doc: Name.}\n  up: {type: bool, doc: It runs.}\n"},
    {NULL, NULL}};

static const File packs[] = {
    {"rules/own/pack.yaml", "topolint-pack: 1\nname: own\nversion: 1\n"},
    {"rules/own/views.yaml", "views:\n  - name: pair\n    kept: true\n    doc: Pairs.\n"
                             "    query: |\n      SELECT a.id AS a_id, b.id AS b_id FROM server a "
                             "JOIN server b\n"},
    {"rules/own/all.yaml",
     "id: all\ntitle: All\nseverity: info\nlayer: service\nmessage: \"{entity}\"\n"
     "query: |\n  SELECT s.id AS entity, s.name = text('x') AS fails FROM server s\n"},
    {"rules/own/pairs.yaml",
     "id: pairs\ntitle: Pairs\nseverity: info\nlayer: service\nmessage: \"{entity}\"\n"
     "query: |\n  SELECT p.a_id AS entity, p.a_id = 0 AS fails FROM pair p\n"},
    {"rules/own/unknown.yaml",
     "id: unknown\ntitle: Unknown\nseverity: info\nlayer: service\nmessage: \"{entity}\"\n"
     "query: |\n  SELECT s.id AS entity, NOT s.up AS fails FROM server s\n"},
    {NULL, NULL}};

static const StatementCost *cost_of(const StatementCosts *costs, const char *kind,
                                    const char *name) {
    for (size_t i = 0; i < costs->count; i++) {
        if (str_eq(str_of(costs->items[i].kind), str_of(kind)) &&
            str_eq(costs->items[i].name, str_of(name))) {
            return &costs->items[i];
        }
    }
    fail_msg("no cost of %s %s", kind, name);
    return NULL;
}

static void test_rows(void **state) {
    (void)state;
    Fixture f;
    fixture_open(&f);
    bool good = fixture_schema(&f, schemas) && fixture_packs(&f, packs, ORIGIN_SETTINGS) &&
                fixture_inventory(&f, "topolint: 1\nservers: [{name: A}, {name: B}, {name: C}, "
                                      "{name: D}]\n") &&
                fixture_lint(&f);
    if (!good) {
        fixture_print(&f);
    }
    assert_true(good);
    LintOptions options = {.threads = 1};
    StatementCosts costs = lint_profile(f.lint, &options, f.arena);
    assert_int_equal(costs.count, 4);
    /* Four servers, a look behind the last, and one row to see whether the rule is about anybody.
     */
    assert_int_equal(cost_of(&costs, "rule", "all")->rows, 6);
    /* The pairs were made once, which costs the view: 5 + 4 * 5. The rule reads what is kept. */
    assert_int_equal(cost_of(&costs, "view", "pair")->rows, 25);
    assert_int_equal(cost_of(&costs, "rule", "pairs")->rows, 18);
    /* Asking what is missing counts as well. */
    assert_true(cost_of(&costs, "rule", "unknown")->rows > 4);
    for (size_t i = 0; i < costs.count; i++) {
        const StatementCost *cost = &costs.items[i];
        assert_false(cost->failed);
        assert_true(cost->steps > 0);
        assert_true(!i ||
                    cost->steps + cost->rows <= costs.items[i - 1].steps + costs.items[i - 1].rows);
    }
    StatementCosts again = lint_profile(f.lint, &options, f.arena);
    for (size_t i = 0; i < costs.count; i++) {
        assert_true(str_eq(again.items[i].name, costs.items[i].name));
        assert_int_equal(again.items[i].steps, costs.items[i].steps);
        assert_int_equal(again.items[i].rows, costs.items[i].rows);
    }
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
