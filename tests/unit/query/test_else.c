/* What holds where a reference is not stated: `else` in a schema, `_effective_id` in SQL. */
#include <stdio.h>

#include "query_fixture.h"

#define NAMED "title: T\ndoc: D.\nfields:\n  name: {type: name, doc: Name.}\n"
#define SITE "kind: site\nplural: sites\nrank: 1\n" NAMED
#define HOST                                                                                       \
    "kind: host\nplural: hosts\nrank: 2\n" NAMED                                                   \
    "  site: {type: ref, to: site, doc: Site.}\n  size: {type: int, doc: Size.}\n"
#define VM "kind: vm\nplural: vms\nrank: 3\n" NAMED "  host: {type: ref, to: host, doc: Host.}\n"

static const char *const schemas[] = {
    "kind: inventory\nhead: true\nrank: 0\ntitle: T\ndoc: D.\nfields:\n"
    "  topolint: {type: int, doc: F.}\n",
    SITE, HOST, VM "  site: {type: ref, to: site, else: host.site, doc: Site.}\n"};

static const char inventory_text[] = "topolint: 1\n"
                                     "sites: [{name: A}, {name: B}]\n"
                                     "hosts: [{name: H1, site: A}, {name: H2, site: none},\n"
                                     "        {name: H3}]\n"
                                     "vms:\n"
                                     "  - {name: V1, host: H1, site: B}\n"
                                     "  - {name: V2, host: H1}\n"
                                     "  - {name: V3, host: H1, site: none}\n"
                                     "  - {name: V4, host: H2}\n"
                                     "  - {name: V5, host: H3}\n"
                                     "  - {name: V6, host: none}\n"
                                     "  - {name: V7}\n";

/* Absent cells that a statement reads, as "kind.column of record". */
static const char *absent(Fixture *f, const char *sql) {
    database_record(f->database, true);
    fixture_rows(f, sql);
    database_record(f->database, false);
    size_t count;
    const CellRef *cells = database_absent_cells(f->database, &count);
    buf_cut(&f->out, 0);
    buf_addz(&f->out, "");
    for (size_t i = 0; i < count; i++) {
        const Kind *kind = schema_kind(&f->schema, cells[i].kind);
        buf_printf(&f->out, "%s%.*s.%.*s of %.*s", i ? ", " : "",
                   STR_ARG(sym_text(f->interner, kind->name)),
                   STR_ARG(sym_text(f->interner, kind->columns[cells[i].column].name)),
                   STR_ARG(inventory_name(f->inventory, cells[i].entity)));
    }
    return f->out.data;
}

static void test_values(void **state) {
    (void)state;
    Fixture f;
    fixture_init(&f);
    fixture_load(&f, schemas, sizeof schemas / sizeof *schemas, inventory_text);
    fixture_connect(&f);
    assert_rows(&f,
                "SELECT v.name, s.name, v.site_effective_id = 0 FROM vm v"
                " LEFT JOIN site s ON s.id = v.site_effective_id",
                "V1|B|0;V2|A|0;V3|-|1;V4|-|1;V5|-|-;V6|-|-;V7|-|-");
    assert_rows(&f, "SELECT v.name FROM vm v JOIN site s ON v.site_effective_id = s.id ORDER BY 1",
                "V1;V2");
    static const char *const wanted[] = {
        "",
        "vm.site of V2",
        "",
        "vm.site of V4",
        "vm.site of V5, host.site of H3",
        "vm.site of V6",
        "vm.site of V7, vm.host of V7",
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        char sql[80];
        snprintf(sql, sizeof sql, "SELECT site_effective_id FROM vm WHERE name = 'V%zu'", i + 1);
        assert_string_equal(absent(&f, sql), wanted[i]);
    }
    fixture_close(&f);
}

static void test_mistakes(void **state) {
    (void)state;
    static const char *const fields[] = {
        "  site: {type: ref, to: site, else: site, doc: D.}\n",
        "  site: {type: ref, to: site, else: hust.site, doc: D.}\n",
        "  site: {type: ref, to: site, else: host.size, doc: D.}\n",
        "  site: {type: ref, to: site, else: host.nothing, doc: D.}\n",
        "  site: {type: ref, to: host, else: host.site, doc: D.}\n",
        "  site: {type: ref, to: site, else: any.site, doc: D.}\n"
        "  any: {type: ref, to: any, doc: D.}\n",
        "  site: {type: int, else: host.size, doc: D.}\n",
        "  site: {type: ref, to: site, else: [host, site], doc: D.}\n",
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        Fixture f;
        fixture_init(&f);
        ReadContext context = {&f.sources, &f.diags, f.arena};
        const char *texts[] = {SITE, HOST, arena_printf(f.arena, VM "%s", fields[i]).s};
        SourceId ids[3];
        for (size_t k = 0; k < 3; k++) {
            ids[k] = sources_add(&f.sources, STR("s.yaml"), str_of(texts[k]), ORIGIN_SETTINGS);
        }
        assert_false(schema_read(&f.schema, &context, ids, 3));
        assert_int_equal(f.diags.count, 1);
        assert_true(str_starts(f.diags.items[0].message, STR("'else' of a reference is")));
        interner_close(f.interner);
        buf_clear(&f.out);
        arena_close(f.arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_values),
                                       cmocka_unit_test(test_mistakes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
