/* The loader: what it takes, what it refuses and with which words; merging; writing back. */
#include "model_fixture.h"

#include "base/buf.h"
#include "base/platform.h"

#define HEAD "topolint: 1\n"

typedef struct Case {
    const char *name, *text, *want; /* "line:column: message", or "" */
} Case;

static const Case cases[] = {
    {"unknown kind", HEAD "serverz: []\n", "2:1: unknown kind 'serverz'"},
    {"unknown field", HEAD "servers:\n  - name: A\n    sitte: HQ\n",
     "4:5: unknown field 'sitte' of server"},
    {"unknown group field", HEAD "vsphere_clusters: [{name: A, ha: {enable: true}}]\n",
     "2:35: unknown field 'enable' of vsphere_cluster.ha"},
    {"enum", HEAD "servers: [{name: A, roles: [mailbxo]}]\n", "2:29: 'roles' cannot be 'mailbxo'"},
    {"bool", HEAD "servers: [{name: A, nlb: yes}]\n", "2:26: 'nlb' cannot be 'yes'"},
    {"integer", HEAD "hosts: [{name: A, cores: many}]\n", "2:26: 'cores' cannot be 'many'"},
    {"range", HEAD "vsphere_clusters: [{name: A, ha: {failover_level: 40}}]\n",
     "2:51: failover_level: 40 is outside 0..31"},
    {"date", HEAD "as_of: 2015-02-30\nhosts: [{name: A}]\n", "2:8: 'as_of' cannot be '2015-02-30'"},
    {"given twice", HEAD "servers: [{name: A, os: x, os: y}]\n", "2:28: 'os' is given twice"},
    {"kind given twice", HEAD "hosts: [{name: A}]\nhosts: [{name: B}]\n",
     "3:1: 'hosts' is given twice"},
    {"duplicate record", HEAD "hosts: [{name: A}, {name: a}]\n",
     "2:27: host 'a' is described twice"},
    {"missing key", HEAD "hosts:\n  - cores: 4\n", "3:5: a host needs 'name'"},
    {"dangling reference", HEAD "hosts: [{name: H1}]\nservers: [{name: A, vm: {host: H2}}]\n",
     "3:32: there is no host 'H2'"},
    {"no version", "hosts: [{name: A}]\n", "1:1: this is no inventory: 'topolint' is missing"},
    {"newer version", "topolint: 2\nhosts: [{name: A}]\n",
     "1:11: format version 2: this topolint reads version 1"},
    {"empty", "", "1:1: the file is empty"},
    {"no records", HEAD, "1:1: no records: there is nothing to check"},
    {"no value", HEAD "servers:\n  - name: A\n    os:\n", "4:8: 'os' has no value"},
    {"scalar for a list", HEAD "servers: [{name: A, roles: mailbox}]\n",
     "2:28: 'roles' cannot be a single value"},
    {"list for a scalar", HEAD "servers: [{name: [A]}]\n", "2:18: 'name' cannot be a list"},
    {"map for records", HEAD "servers: {name: A}\n", "2:10: 'servers' is a list of records"},
    {"listed twice", HEAD "servers: [{name: A, roles: [dns, dns]}]\n",
     "2:34: 'dns' is listed twice"},
    {"not a mapping", "- a\n", "1:1: an inventory is a mapping"},
    {"broken syntax", HEAD "hosts: [{name: A]\n", "2:17: YAML: did not find expected ',' or '}'"},
    {"bad UTF-8", HEAD "hosts: [{name: \xff}]\n", "2:16: byte 0xFF is not UTF-8"},
    {"x- keys are kept out", HEAD "x-mine: 1\nhosts: [{name: A, x-owner: me}]\n", ""},
    {"alias and merge",
     HEAD "x-base: &b {cores: 4}\nhosts: [{name: A, <<: *b, cores: 8}, {name: B, <<: *b}]\n", ""},
    {"a stub where the kind is not listed", HEAD "servers: [{name: A, vm: {host: H9}}]\n", ""},
    {"none for a reference", HEAD "hosts: [{name: H1, cluster: none}]\n", ""},
    {"unknown partial", HEAD "partial: [serverz]\nhosts: [{name: A}]\n",
     "2:11: partial: there is no 'serverz'"},
};

static void check_case(const Case *test) {
    Fixture fixture;
    fixture_open(&fixture);
    if (fixture_load(&fixture, "in.yaml", str_of(test->text), false)) {
        fixture_finish(&fixture);
    }
    char got[256] = "";
    if (fixture.diags.count) {
        const Diag *diag = &fixture.diags.items[0];
        snprintf(got, sizeof got, "%u:%u: %s", diag->loc.line, diag->loc.column, diag->message.s);
    }
    if (strcmp(got, test->want) != 0) {
        fail_msg("%s: got \"%s\", want \"%s\"", test->name, got, test->want);
    }
    fixture_close(&fixture);
}

static void test_messages(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_case(&cases[i]);
    }
}

static int64_t cell(const Fixture *fixture, const char *kind, const char *name, const char *column,
                    bool *ret_stated) {
    KindId id = schema_find_kind(&fixture->schema, str_of(kind));
    RowId row = inventory_find(fixture->inventory, id, str_of(name));
    assert_int_not_equal(row, NO_ROW);
    ColumnId at =
        kind_find_column(schema_kind(&fixture->schema, id), fixture->interner, str_of(column));
    assert_int_not_equal(at, NO_COLUMN);
    int64_t value = 0;
    *ret_stated = inventory_cell(fixture->inventory, id, at, row, &value);
    return value;
}

static void test_merge_of_inputs(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture);
    assert_true(fixture_load(&fixture, "a.yaml",
                             STR(HEAD "servers: [{name: EX1, roles: [mailbox], vm: {vcpus: 4}}]\n"),
                             false));
    assert_true(fixture_load(&fixture, "b.yaml",
                             STR(HEAD "servers: [{name: ex1, roles: [dns, mailbox], nlb: false, "
                                      "vm: {memory_gb: 16}}]\n"),
                             false));
    assert_true(fixture_finish(&fixture));
    bool stated;
    assert_int_equal(cell(&fixture, "server", "EX1", "roles", &stated), 2);
    assert_int_equal(cell(&fixture, "server", "ex1", "nlb", &stated), 0);
    assert_true(stated);
    assert_int_equal(cell(&fixture, "vm", "EX1", "vcpus", &stated), 4);
    assert_int_equal(cell(&fixture, "vm", "EX1", "memory_mb", &stated), 16384);
    assert_int_equal(
        inventory_row_count(fixture.inventory, schema_find_kind(&fixture.schema, STR("vm"))), 1);
    fixture_close(&fixture);
}

static void test_conflict_shows_both(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture);
    fixture_load(&fixture, "a.yaml", STR(HEAD "hosts: [{name: H, cores: 8}]\n"), false);
    fixture_load(&fixture, "b.yaml", STR(HEAD "hosts: [{name: H, cores: 16}]\n"), false);
    assert_false(fixture_finish(&fixture));
    assert_int_equal(fixture.diags.errors, 1);
    assert_int_equal(fixture.diags.items[0].other_count, 1);
    fixture_close(&fixture);
}

static void test_absence(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture);
    fixture_load(
        &fixture, "a.yaml",
        STR(HEAD "vsphere_clusters: [{name: C1}, {name: C2, rules: [{name: r, type: affinity}]}]\n"
                 "servers: [{name: S1}, {name: S2, vm: none}]\n"),
        false);
    assert_true(fixture_finish(&fixture));
    bool stated;
    assert_int_equal(cell(&fixture, "vsphere_cluster", "C1", "rules", &stated), 0);
    assert_true(stated); /* left out of a native inventory: none */
    assert_int_equal(cell(&fixture, "vsphere_cluster", "C2", "rules", &stated), 1);
    cell(&fixture, "server", "S1", "vm", &stated);
    assert_false(stated);
    assert_int_equal(cell(&fixture, "server", "S2", "vm", &stated), 0);
    assert_true(stated);
    fixture_close(&fixture);
}

static void test_short_names(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture);
    fixture_load(
        &fixture, "a.yaml",
        STR(HEAD "hosts: [{name: esx1.corp.example}]\nservers: [{name: S, vm: {host: ESX1}}]\n"),
        false);
    assert_true(fixture_finish(&fixture));
    assert_int_equal(inventory_stub_count(fixture.inventory), 0);
    fixture_close(&fixture);
}

/* YAML -> inventory -> YAML gives the same file again once it is canonical; so does XML. */
static void round_trip(const char *path) {
    Arena *arena = arena_open(0);
    Str text;
    assert_false(file_read(arena, path, 1 << 20, &text).failed);
    Buf first, second;
    buf_init(&first, 1 << 20);
    buf_init(&second, 1 << 20);
    for (int round = 0; round < 2; round++) {
        Fixture fixture;
        fixture_open(&fixture);
        Str in = round ? buf_str(&first) : text;
        if (!fixture_load(&fixture, path, in, false) || !fixture_finish(&fixture)) {
            fail_msg("%s round %d: %s\n%.*s", path, round, fixture.diags.items[0].message.s,
                     (int)in.n, in.s);
        }
        write_yaml(fixture.inventory, round ? &second : &first);
        fixture_close(&fixture);
    }
    assert_true(first.size > 100);
    assert_string_equal(first.data, second.data);
    buf_clear(&first);
    buf_clear(&second);
    arena_close(arena);
}

static void test_round_trip(void **state) {
    (void)state;
    round_trip(TEST_SOURCE_DIR "/examples/stacked-redundancy.yaml");
    round_trip(TEST_SOURCE_DIR "/examples/federated-sign-in.yaml");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_messages),
        cmocka_unit_test(test_merge_of_inputs),
        cmocka_unit_test(test_conflict_shows_both),
        cmocka_unit_test(test_absence),
        cmocka_unit_test(test_short_names),
        cmocka_unit_test(test_round_trip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
