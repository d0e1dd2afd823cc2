/* Every rule file's examples, run; and the statements of all packs, prepared. */
#include "../model/model_fixture.h"

#include "rule/rule_test.h"

static void print_diags(const Fixture *fixture) {
    for (size_t i = 0; i < fixture->diags.count; i++) {
        const Diag *diag = &fixture->diags.items[i];
        print_message("%s:%u:%u: %s %.*s\n", source_of(&fixture->sources, diag->loc.source)->path.s,
                      diag->loc.line, diag->loc.column, diag->message.s, (int)diag->help.n, diag->help.s);
    }
}

static void read_packs(Fixture *fixture, Packs *packs) {
    ReadContext context = {&fixture->sources, &fixture->diags, fixture->arena};
    *packs = (Packs){.arena = fixture->arena, .interner = fixture->interner};
    SourceId *files = arena_array(fixture->arena, SourceId, embedded_file_count);
    size_t count = 0;
    for (size_t i = 0; i < embedded_file_count; i++) {
        if (str_starts(str_of(embedded_files[i].name), STR("rules/"))) {
            Str text = {embedded_files[i].data, embedded_files[i].size};
            files[count++] = sources_add(&fixture->sources, str_of(embedded_files[i].name), text, ORIGIN_EMBEDDED);
        }
    }
    if (!packs_read(packs, &context, files, count)) {
        print_diags(fixture);
        fail_msg("the packs do not load");
    }
}

static void test_examples(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture);
    Packs packs;
    read_packs(&fixture, &packs);
    ReadContext context = {&fixture.sources, &fixture.diags, fixture.arena};
    RuleTest test = {&packs, &fixture.schema, &context};
    size_t rule_count;
    size_t examples = 0;
    size_t failed = 0;
    const Rule **rules = packs_rules(&packs, fixture.arena, &rule_count);
    for (size_t i = 0; i < rule_count; i++) {
        if (!rule_test(&test, rules[i], &examples)) {
            print_message("%.*s: an example fails\n", (int)rules[i]->id.n, rules[i]->id.s);
            failed++;
        }
    }
    print_diags(&fixture);
    print_message("%zu rules, %zu examples\n", rule_count, examples);
    assert_int_equal(failed, 0);
    assert_true(examples >= 2 * rule_count);
    fixture_close(&fixture);
}

static void test_statements(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture);
    Packs packs;
    read_packs(&fixture, &packs);
    fixture_load(&fixture, "in.yaml", STR("topolint: 1\nsites: [{name: HQ}]\n"), false);
    LoadOptions options = {.as_of = STR("2020-01-01")};
    assert_true(inventory_finish(fixture.inventory, &fixture.diags, &options));
    Lint *lint = lint_open(fixture.arena, &packs, fixture.inventory, &fixture.diags);
    if (!lint || !lint_check_packs(lint, &fixture.diags)) {
        print_diags(&fixture);
        fail_msg("a statement of a pack is wrong");
    }
    lint_close(lint);
    fixture_close(&fixture);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_statements),
                                       cmocka_unit_test(test_examples)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
