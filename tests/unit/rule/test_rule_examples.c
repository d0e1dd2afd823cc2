/* Every example of every built-in rule, and every statement of every built-in pack. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/embedded.h"
#include "fixture.h"
#include "rule/rule_test.h"

static bool read_embedded(Fixture *f) {
    SourceId *schemas = arena_array(f->arena, SourceId, embedded_file_count);
    SourceId *rules = arena_array(f->arena, SourceId, embedded_file_count);
    size_t schema_count = 0;
    size_t rule_count = 0;
    for (size_t i = 0; i < embedded_file_count; i++) {
        const EmbeddedFile *file = &embedded_files[i];
        Str name = str_of(file->name);
        if (!str_ends(name, STR(".yaml")) || str_starts(name, STR("schemas/import/"))) {
            continue;
        }
        SourceId id =
            sources_add(&f->sources, name, (Str){file->data, file->size}, ORIGIN_EMBEDDED);
        if (str_starts(name, STR("rules/"))) {
            rules[rule_count++] = id;
        } else {
            schemas[schema_count++] = id;
        }
    }
    return schema_read(&f->schema, &f->context, schemas, schema_count) &&
           packs_read(&f->packs, &f->context, rules, rule_count);
}

static void test_statements(void **state) {
    (void)state;
    Fixture f;
    fixture_open(&f);
    bool good = read_embedded(&f);
    good = fixture_inventory(&f, "topolint: 1\nname: Empty\nsites: [{name: HQ}]\n") &&
           fixture_lint(&f) && lint_check_packs(f.lint, &f.diags) && good;
    if (!good) {
        fixture_print(&f);
    }
    fixture_close(&f);
    assert_true(good);
}

static void test_examples(void **state) {
    (void)state;
    Fixture f;
    fixture_open(&f);
    bool good = read_embedded(&f);
    size_t count = 0;
    size_t examples = 0;
    const Rule **rules = packs_rules(&f.packs, f.arena, &count);
    RuleTest test = {&f.packs, &f.schema, &f.context};
    for (size_t i = 0; i < count; i++) {
        rule_test(&test, rules[i], &examples);
    }
    good = good && f.diags.errors == 0;
    if (!good) {
        fixture_print(&f);
    }
    fixture_close(&f);
    assert_true(good);
    assert_true(examples >= 2 * count);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_statements),
                                       cmocka_unit_test(test_examples)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
