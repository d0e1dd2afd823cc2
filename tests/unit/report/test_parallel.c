/* One thread and several say the same, byte for byte: packs, graph and rules over the examples and
 * over designs with several of everything. */
#include "../rule/builtin.h"

#include "base/platform.h"
#include "report/report.h"

/* The whole report as JSON; in the fixture's arena. */
static Str report_on(Fixture *f, Str text, int threads) {
    fixture_open(f);
    assert_true(builtin_read(f) && fixture_inventory(f, text.s));
    f->lint = lint_open_on(threads, f->arena, &f->packs, f->inventory, &f->diags);
    assert_non_null(f->lint);
    LintOptions options = {.threads = threads, .version = STR("1")};
    const Report *report = lint_run(f->lint, &options);
    assert_int_equal(report->failure_count, 0);
    Buf buf;
    buf_init(&buf, LIMIT_REPORT_BYTES);
    report_json(report, &(ReportOptions){0}, &buf);
    Str json = arena_copy(f->arena, buf_str(&buf));
    buf_clear(&buf);
    return json;
}

static void compare(Str text) {
    enum { THREADS = 5 };
    Fixture one;
    Str serial = report_on(&one, text, 1);
    assert_true(str_find_str(serial, STR("\"findings\"")) != SIZE_MAX);
    for (int i = 0; i < 2; i++) {
        Fixture many;
        Str parallel = report_on(&many, text, THREADS);
        assert_int_equal(serial.n, parallel.n);
        assert_true(str_eq(serial, parallel));
        fixture_close(&many);
    }
    fixture_close(&one);
}

static void test_examples(void **state) {
    (void)state;
    Arena *arena = arena_open(0);
    Str *files = NULL;
    size_t count = 0;
    assert_false(folder_list(arena, TEST_SOURCE_DIR "/examples", &files, &count).failed);
    size_t compared = 0;
    for (size_t i = 0; i < count; i++) {
        if (str_ends(files[i], STR(".yaml"))) {
            Str path = arena_printf(arena, "%s/examples/%.*s", TEST_SOURCE_DIR, STR_ARG(files[i]));
            Str text;
            assert_false(file_read(arena, path.s, LIMIT_INPUT_BYTES, &text).failed);
            compare(text);
            compared++;
        }
    }
    assert_true(compared >= 4);
    arena_close(arena);
}

/* Sites with hosts, members, databases and contracts: every pack has rows, many rules have
 * findings. */
static void test_estate(void **state) {
    (void)state;
    enum { SITES = 12 };
    Buf buf;
    buf_init(&buf, LIMIT_TEXT_BYTES);
    buf_addz(&buf, "topolint: 1\nname: Estate\nas_of: 2020-01-01\n"
                   "exchange_organizations: [{name: O, version: '15.1'}]\nsites:\n");
    for (int i = 0; i < SITES; i++) {
        buf_printf(&buf, "  - {name: S%d}\n", i);
    }
    buf_addz(&buf, "vsphere_clusters:\n");
    for (int i = 0; i < SITES; i++) {
        buf_printf(&buf, "  - {name: C%d, site: S%d, ha: {enabled: true}}\n", i, i);
    }
    buf_addz(&buf, "hosts:\n");
    for (int i = 0; i < 2 * SITES; i++) {
        buf_printf(&buf, "  - {name: H%d, cluster: C%d}\n", i, i / 2);
    }
    buf_addz(&buf, "servers:\n");
    for (int i = 0; i < 2 * SITES; i++) {
        buf_printf(&buf,
                   "  - {name: M%d, roles: [mailbox], vm: {host: H%d}}\n"
                   "  - {name: D%d, roles: [domain-controller, dns], reboot: {pending: true}, vm: "
                   "{host: H%d, fault_tolerance: true}}\n",
                   i, i, i, i / 2 * 2);
    }
    buf_addz(&buf, "dags:\n");
    for (int i = 0; i < SITES; i++) {
        buf_printf(&buf, "  - {name: G%d, members: [M%d, M%d]}\n", i, 2 * i, 2 * i + 1);
    }
    buf_addz(&buf, "mailbox_databases:\n");
    for (int i = 0; i < SITES; i++) {
        buf_printf(&buf, "  - {name: X%d, dag: G%d, copies: [{server: M%d}, {server: M%d}]}\n", i,
                   i, 2 * i, 2 * i + 1);
    }
    buf_addz(&buf, "services:\n");
    for (int i = 0; i < SITES; i++) {
        buf_printf(&buf, "  - {name: directory@S%d, must_survive: [any host, 2 any server]}\n", i);
    }
    Arena *arena = arena_open(0);
    compare(arena_copy(arena, buf_str(&buf)));
    buf_clear(&buf);
    arena_close(arena);
}

/* The text report writes many findings side by side: each is there, once and in its place. */
static void test_text_order(void **state) {
    (void)state;
    enum { CERTIFICATES = 300 };
    Buf buf;
    buf_init(&buf, LIMIT_TEXT_BYTES);
    buf_addz(&buf, "topolint: 1\nname: Many\nas_of: 2020-01-01\ncertificates:\n");
    for (int i = 0; i < CERTIFICATES; i++) {
        buf_printf(&buf, "  - {name: C%d, not_after: 2019-01-01}\n", i);
    }
    Fixture f;
    fixture_open(&f);
    assert_true(builtin_read(&f) && fixture_inventory(&f, buf_str(&buf).s));
    f.lint = lint_open_on(1, f.arena, &f.packs, f.inventory, &f.diags);
    LintOptions options = {.threads = 1, .version = STR("1")};
    const Report *report = lint_run(f.lint, &options);
    assert_true(report->finding_count >= CERTIFICATES);
    Buf text;
    buf_init(&text, LIMIT_REPORT_BYTES);
    report_text(report, &(ReportOptions){0}, &text);
    Str rest = buf_str(&text);
    for (size_t i = 0; i < report->finding_count; i++) {
        Str head = arena_printf(f.arena, "] %zu: ", i + 1);
        size_t at = str_find_str(rest, STR("] "));
        while (at != SIZE_MAX && !str_starts(str_slice(rest, at, rest.n), head)) {
            Str line = str_slice(rest, at + 2, rest.n);
            assert_false(line.n && line.s[0] >= '0' && line.s[0] <= '9'); /* another finding */
            rest = line;
            at = str_find_str(rest, STR("] "));
        }
        assert_true(at != SIZE_MAX);
        rest = str_slice(rest, at + head.n, rest.n);
    }
    buf_clear(&text);
    buf_clear(&buf);
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_examples),
                                       cmocka_unit_test(test_estate),
                                       cmocka_unit_test(test_text_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
