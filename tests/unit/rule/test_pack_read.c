#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fixture.h"

#define PACK(name, requires)                                                                       \
    "topolint-pack: 1\nname: " name "\nversion: 1\nrequires: [" requires "]\ndoc: A pack.\n"

#define RULE(id)                                                                                   \
    "id: " id "\n"                                                                                 \
    "title: A title\n"                                                                             \
    "severity: warning\n"                                                                          \
    "layer: service\n"                                                                             \
    "message: \"{entity} is bad\"\n"                                                               \
    "query: |\n"                                                                                   \
    "  SELECT 1 AS entity\n"                                                                       \
    "explanation: Why.\n"                                                                          \
    "fix: How.\n"                                                                                  \
    "sources:\n"                                                                                   \
    "  - {text: a book, strength: derived}\n"

#define EXAMPLES                                                                                   \
    "examples:\n"                                                                                  \
    "  - {name: bad, expect: {fail: [A]}, inventory: {}}\n"                                        \
    "  - {name: good, expect: {pass: [A]}, inventory: {}}\n"

/* Every mistake of every file is reported in one run. */
static void test_mistakes(void **state) {
    (void)state;
    static const struct {
        const char *name;
        File files[4];
        const char *said;
    } cases[] = {
        {"good",
         {{"rules/a/pack.yaml", PACK("a", "")}, {"rules/a/r1.yaml", RULE("r1") EXAMPLES}},
         NULL},
        {"unknown key", {{"rules/a/pack.yaml", PACK("a", "") "nam: x\n"}}, "nam"},
        {"wrong folder", {{"rules/a/pack.yaml", PACK("b", "")}}, "stands in the folder"},
        {"missing pack",
         {{"rules/a/pack.yaml", PACK("a", "bse")}, {"rules/base/pack.yaml", PACK("base", "")}},
         "did you mean \"base\""},
        {"ring",
         {{"rules/a/pack.yaml", PACK("a", "b")}, {"rules/b/pack.yaml", PACK("b", "a")}},
         "requires itself"},
        {"other file name",
         {{"rules/a/r2.yaml", RULE("r1") EXAMPLES}},
         "stands in the file r2.yaml"},
        {"no examples", {{"rules/a/r1.yaml", RULE("r1")}}, "no failing example"},
        {"no passing example",
         {{"rules/a/r1.yaml",
           RULE("r1") "examples:\n  - {name: bad, expect: {fail: [A]}, inventory: {}}\n"}},
         "no passing example"},
        {"twice",
         {{"rules/a/r1.yaml", RULE("r1") EXAMPLES}, {"rules/b/r1.yaml", RULE("r1") EXAMPLES}},
         "is there twice"},
        {"supersedes",
         {{"rules/a/reboot.yaml", RULE("reboot") EXAMPLES "supersedes: [rebot]\n"}},
         "did you mean \"reboot\""},
        {"severity",
         {{"rules/a/r1.yaml", RULE("r1") EXAMPLES "profiles: {vendor: warnin}\n"}},
         "did you mean \"warning\""},
        {"format",
         {{"rules/a/pack.yaml", "topolint-pack: 2\nname: a\nversion: 1\ndoc: A.\n"}},
         "pack format 2"},
        {"table row",
         {{"rules/a/tables/t.yaml",
           "table: t\ndoc: D.\nsource: S\ncolumns: {a: int, b: text}\nrows:\n  - [1]\n"}},
         "has 2 values"},
        {"table cell",
         {{"rules/a/tables/t.yaml",
           "table: t\ndoc: D.\nsource: S\ncolumns: {a: int}\nrows:\n  - [x]\n"}},
         "no integer"},
        {"because",
         {{"rules/a/dependencies.yaml", "needs:\n  - {id: n, doc: D., query: SELECT 1}\n"}},
         "`because` is missing"},
        {"field",
         {{"rules/a/dependencies.yaml",
           "needs:\n  - {id: n, doc: D., field: server.site, gate: g, at_least: -5}\n"}},
         "`at_least` is a number of providers"},
        {"mechanism",
         {{"rules/a/mechanisms.yaml",
           "mechanisms:\n  - {id: m, title: M, acts: acts, glyph: hypervisr, subject: vm, action: "
           "restart, state: cold, triggers: [x], sources: [S]}\n"}},
         "did you mean \"hypervisor\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Fixture f;
        fixture_open(&f);
        bool good = fixture_packs(&f, cases[i].files, ORIGIN_EMBEDDED);
        bool as_wanted = cases[i].said ? !good && fixture_said(&f, cases[i].said) : good;
        if (!as_wanted) {
            fprintf(stderr, "case: %s\n", cases[i].name);
            fixture_print(&f);
        }
        fixture_close(&f);
        assert_true(as_wanted);
    }
}

static void test_order(void **state) {
    (void)state;
    static const File files[] = {{"rules/a/pack.yaml", PACK("a", "c")},
                                 {"rules/b/pack.yaml", PACK("b", "")},
                                 {"rules/c/pack.yaml", PACK("c", "b")},
                                 {"rules/b/r1.yaml", RULE("r1") "formerly: [old-name]\n" EXAMPLES},
                                 {NULL, NULL}};
    Fixture f;
    fixture_open(&f);
    assert_true(fixture_packs(&f, files, ORIGIN_EMBEDDED));
    assert_int_equal(f.packs.count, 3);
    assert_true(str_eq(f.packs.items[0].name, STR("b")));
    assert_true(str_eq(f.packs.items[1].name, STR("c")));
    assert_true(str_eq(f.packs.items[2].name, STR("a")));
    const Rule *rule = packs_find_rule(&f.packs, STR("old-name"));
    assert_non_null(rule);
    assert_ptr_equal(rule, packs_find_rule(&f.packs, STR("r1")));
    assert_null(packs_find_rule(&f.packs, STR("r2")));
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_mistakes),
                                       cmocka_unit_test(test_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
