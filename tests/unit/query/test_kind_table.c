/* Kinds and lists as tables, over a small inventory in YAML. */
#include <sqlite3.h>

#include "query_fixture.h"

static const char *const schemas[] = {
    "kind: inventory\ntitle: Inventory\ndoc: The head.\nhead: true\nrank: 0\nfields:\n"
    "  topolint: {type: int, doc: Format.}\n  name: {type: name, doc: Name.}\n"
    "  as_of: {type: date, doc: Day.}\n",

    "kind: site\nplural: sites\ntitle: Site\ndoc: A site.\nrank: 1\nfault: site\nfields:\n"
    "  name: {type: name, doc: Name.}\n",

    "kind: cluster\nplural: clusters\ntitle: Cluster\ndoc: A cluster.\nrank: 2\nfields:\n"
    "  name: {type: name, doc: Name.}\n"
    "  site: {type: ref, to: site, doc: Site.}\n"
    "  version: {type: version, doc: Version.}\n"
    "  checked: {type: date, doc: Day of the last check.}\n"
    "  ha:\n    type: group\n    doc: HA.\n    fields:\n"
    "      enabled: {type: bool, doc: It is on.}\n"
    "      response: {type: enum, values: [none, power-off, shutdown], default: none,\n"
    "        default_source: The vendor., doc: What an isolated host does.}\n"
    "      priority: {type: enum, values: [low, medium, high], ordered: true,\n"
    "        default: medium, default_source: The vendor., doc: Priority.}\n"
    "  rules: {type: list, of: child, kind: rule, item: rule, absent: none, doc: Rules.}\n",

    "kind: rule\ntitle: Rule\ndoc: A rule.\nrank: 3\nchild_of: cluster\nfields:\n"
    "  keep: {type: enum, values: [apart, together], doc: What it does.}\n"
    "  hosts: {type: list, of: ref, to: host, item: host, set: true, doc: Hosts.}\n",

    "kind: host\nplural: hosts\ntitle: Host\ndoc: A host.\nrank: 4\nfault: node\n"
    "host_names: true\nfields:\n"
    "  name: {type: name, doc: Name.}\n"
    "  cluster: {type: ref, to: cluster, doc: Cluster.}\n"
    "  memory: {type: size, doc: Memory.}\n"
    "  labels: {type: list, of: name, item: label, set: true, doc: Labels.}\n"
    "  vm: {type: child, kind: vm, doc: A machine.}\n"
    "  aliases: {type: list, of: name, item: alias, set: true, doc: Other names.}\n",

    "kind: vm\nplural: vms\ntitle: VM\ndoc: A machine.\nrank: 5\nchild_of: host\nfields:\n"
    "  name: {type: name, doc: Name.}\n"
    "  boot: {type: duration, doc: Time to boot.}\n"
    "  share: {type: share, doc: Share.}\n",

    "kind: record\nplural: records\ntitle: Record\ndoc: A record.\nrank: 6\n"
    "key: [[name, type]]\nlabel: \"{name} {type}\"\nfields:\n"
    "  name: {type: name, doc: Name.}\n"
    "  type: {type: enum, values: [A, MX], doc: Type.}\n",
};

static const char inventory_text[] =
    "topolint: 1\n"
    "name: Sample\n"
    "as_of: 2015-03-13\n"
    "sites:\n"
    "  - name: HQ\n"
    "clusters:\n"
    "  - {name: C1, site: HQ, version: '14.10', checked: 2015-03-10,\n"
    "     ha: {enabled: true, response: shutdown, priority: high},\n"
    "     rules: [{keep: apart, hosts: [H2, H1]}, {keep: together, hosts: []}]}\n"
    "  - {name: C2, site: none, version: '14.2', ha: {enabled: false, priority: low}, rules: []}\n"
    "  - {name: C10, version: '14.2.0', ha: {priority: medium}}\n"
    "hosts:\n"
    "  - {name: H1, cluster: C1, memory_gb: 2, labels: [x, y], vm: {boot: 2m, share: 25%}}\n"
    "  - {name: H2, cluster: C1, labels: [], aliases: [Twin]}\n"
    "  - {name: H3.example, cluster: none}\n"
    "  - {name: H10}\n"
    "vms:\n"
    "  - {name: Alone}\n"
    "records:\n"
    "  - {name: example, type: A}\n"
    "  - {name: example, type: MX}\n";

enum { SCHEMAS = sizeof schemas / sizeof schemas[0] };

static int set_up(void **state) {
    Fixture *fixture = test_malloc(sizeof *fixture);
    fixture_init(fixture);
    fixture_load(fixture, schemas, SCHEMAS, inventory_text);
    fixture_connect(fixture);
    *state = fixture;
    return 0;
}

static int tear_down(void **state) {
    fixture_close(*state);
    test_free(*state);
    return 0;
}

typedef struct RowsCase {
    const char *sql, *want;
} RowsCase;

static void check(Fixture *fixture, const RowsCase *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *got = fixture_rows(fixture, cases[i].sql);
        if (strcmp(got, cases[i].want) != 0) {
            fail_msg("%s\n  want %s\n  got  %s", cases[i].sql, cases[i].want, got);
        }
    }
}

static void test_cells(void **state) {
    static const RowsCase cases[] = {
        {"SELECT * FROM site", "2|HQ"},
        {"SELECT * FROM cluster WHERE name = 'C1'",
         "3|C1|HQ|14.10|2015-03-10|1|shutdown|high|high|2"},
        {"SELECT name, memory_mb, labels, vm FROM host",
         "H1|2048|2|1;H2|-|0|-;H3.example|-|-|-;H10|-|-|-"},
        {"SELECT name, boot, share, host FROM vm", "Alone|-|-|-;H1|120|250|H1"},
        {"SELECT id, cluster, position, keep, hosts FROM rule", "6|C1|1|apart|2;7|C1|2|together|0"},
        {"SELECT name, type FROM record", "example|A;example|MX"},
        {"SELECT rules IS NULL, rules = 0 FROM cluster ORDER BY id", "0|0;0|1;0|1"},
        {"SELECT count(*) FROM cluster WHERE ha_enabled", "1"},
        {"SELECT name FROM cluster WHERE ha_enabled IS NULL", "C10"},
        {"SELECT name, name IS NOT NULL FROM rule WHERE position = 1", "C1 rule 1|1"},
    };
    check(*state, cases, sizeof cases / sizeof cases[0]);
}

/* Not stated, stated as none, stated. */
static void test_references(void **state) {
    static const RowsCase cases[] = {
        {"SELECT name, site, site_id FROM cluster", "C1|HQ|2;C2|none|0;C10|-|-"},
        {"SELECT name FROM cluster WHERE site_id = 0", "C2"},
        {"SELECT name FROM cluster WHERE site IS NULL", "C10"},
        {"SELECT c.name, s.name FROM cluster c LEFT JOIN site s ON s.id = c.site_id",
         "C1|HQ;C2|-;C10|-"},
        {"SELECT h.name FROM cluster c JOIN host h ON h.cluster_id = c.id", "H1;H2"},
        {"SELECT h.name FROM host h WHERE h.cluster_id = 3.0", "H1;H2"},
        {"SELECT h.name FROM host h WHERE h.cluster_id = '3'", "H1;H2"},
        {"SELECT h.name FROM host h WHERE h.cluster_id = 'x'", ""},
        {"SELECT h.name FROM host h WHERE h.cluster_id = 99999999999", ""},
        {"SELECT h.name FROM host h WHERE h.cluster_id = 0", "H3.example"},
        {"SELECT h.name FROM host h WHERE h.cluster_id IS NULL", "H10"},
        {"SELECT h.name FROM host h WHERE h.cluster_id IN (0, 3)", "H3.example;H1;H2"},
        {"SELECT v.name FROM host h JOIN vm v ON v.host_id = h.id", "H1"},
        {"SELECT r.position FROM cluster c JOIN rule r ON r.cluster_id = c.id WHERE c.name = 'C1'",
         "1;2"},
    };
    check(*state, cases, sizeof cases / sizeof cases[0]);
}

static void test_names(void **state) {
    static const RowsCase cases[] = {
        {"SELECT id FROM host WHERE name = 'H1'", "8"},
        {"SELECT id FROM host WHERE name = 'h1'", ""},
        {"SELECT id FROM host WHERE name = 'h1' COLLATE NOCASE", "8"},
        {"SELECT id FROM host WHERE name = 'h1' COLLATE FOLD", "8"},
        {"SELECT id FROM host WHERE name = 'Twin'", ""},
        {"SELECT id FROM host WHERE name = 'H3'", ""},
        {"SELECT id FROM host WHERE name = 'H3.example'", "10"},
        {"SELECT id FROM host WHERE name = 'H1   ' COLLATE RTRIM", "8"},
        {"SELECT type FROM record WHERE name = text('example')", "A;MX"},
        {"SELECT type FROM record WHERE name = 'example A'", ""},
        {"SELECT id FROM host WHERE name = NULL", ""},
        {"SELECT name FROM host WHERE id = 8", "H1"},
        {"SELECT name FROM host WHERE rowid = 8", "H1"},
        {"SELECT name FROM host WHERE id = 3", ""},
        {"SELECT name FROM host WHERE id IN (8, 11, -1, 0, 1e30)", "H1;H10"},
        {"SELECT name FROM host ORDER BY id DESC", "H10;H3.example;H2;H1"},
    };
    check(*state, cases, sizeof cases / sizeof cases[0]);
}

static void test_orders(void **state) {
    static const RowsCase cases[] = {
        {"SELECT name FROM cluster WHERE version < '14.10'", "C2;C10"},
        {"SELECT name FROM cluster WHERE version = '14.2'", "C2;C10"},
        {"SELECT name FROM cluster ORDER BY version DESC, id", "C1;C2;C10"},
        {"SELECT name FROM cluster ORDER BY ha_priority", "C2;C10;C1"},
        {"SELECT name FROM cluster WHERE ha_priority >= 'medium'", "C1;C10"},
        {"SELECT max(ha_priority) FROM cluster", "high"},
        {"SELECT name FROM cluster WHERE checked < '2015-03-13'", "C1"},
        {"SELECT days_between(checked, as_of(id)) FROM cluster", "3;-;-"},
    };
    check(*state, cases, sizeof cases / sizeof cases[0]);
}

static void test_effective(void **state) {
    static const RowsCase cases[] = {
        {"SELECT name, ha_response, ha_response_effective FROM cluster",
         "C1|shutdown|shutdown;C2|-|none;C10|-|none"},
        {"SELECT name FROM cluster WHERE ha_response_effective = 'none'", "C2;C10"},
        {"SELECT name FROM cluster WHERE ha_priority_effective > 'low'", "C1;C10"},
    };
    check(*state, cases, sizeof cases / sizeof cases[0]);
}

static void test_lists(void **state) {
    static const RowsCase cases[] = {
        {"SELECT * FROM host_labels", "H1|1|x;H1|2|y"},
        {"SELECT rule, position, host, host_id FROM rule_hosts",
         "C1 rule 1|1|H2|9;C1 rule 1|2|H1|8"},
        {"SELECT host FROM rule_hosts WHERE rule_id = 6", "H2;H1"},
        {"SELECT host FROM rule_hosts WHERE rule_id = 7", ""},
        {"SELECT rule_id, position FROM rule_hosts WHERE host_id = 8", "6|2"},
        {"SELECT rule_id FROM rule_hosts WHERE host_id = 11", ""},
        {"SELECT rule_id FROM rule_hosts WHERE host_id = 0", ""},
        {"SELECT rule_id FROM rule_hosts WHERE host_id = 8 AND rule_id = 7", ""},
        {"SELECT h.name, r.keep FROM host h JOIN rule_hosts m ON m.host_id = h.id "
         "JOIN rule r ON r.id = m.rule_id ORDER BY h.id",
         "H1|apart;H2|apart"},
    };
    check(*state, cases, sizeof cases / sizeof cases[0]);
}

static void test_entities(void **state) {
    static const RowsCase cases[] = {
        {"SELECT id, kind, name FROM entity WHERE id < 6",
         "2|site|HQ;3|cluster|C1;4|cluster|C2;5|cluster|C10"},
        {"SELECT name, file, line FROM entity WHERE kind = 'site'", "HQ|inventory.yaml|5"},
        {"SELECT name FROM entity WHERE kind = 'host' AND id > 8", "H2;H3.example;H10"},
        {"SELECT kind FROM entity WHERE id = 8", "host"},
        {"SELECT kind FROM entity WHERE id IN (0, 1, 99, -1)", ""},
        {"SELECT count(*), min(id), max(id) FROM entity", "14|2|15"},
        {"SELECT complete(text('host')), complete('site'), complete(NULL)",
         "error: complete() asks for a kind that there is not"},
        {"SELECT count(*) FROM kind k WHERE k.complete IS NOT complete(k.kind)", "0"},
        {"SELECT kind, records, complete, fault FROM kind",
         "site|1|1|site;cluster|3|1|none;rule|2|1|none;host|4|1|node;vm|2|1|none;record|2|1|none"},
        {"SELECT name FROM inventory", "Sample"},
    };
    check(*state, cases, sizeof cases / sizeof cases[0]);
}

static void test_literals(void **state) {
    static const struct {
        const char *sql, *help;
        long offset;
    } bad[] = {
        {"SELECT 1 FROM cluster WHERE ha_response = 'shutdwon'", "'shutdown'", 42},
        {"SELECT 1 FROM cluster c WHERE c.ha_response IN ('none', 'of')", "", 56},
        {"SELECT 1 FROM cluster c JOIN rule r WHERE c.ha_response <> 'none' AND r.keep = 'apert'",
         "'apart'", 79},
        {"SELECT kind FROM entity WHERE kind = 'hots'", "'host'", 37},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        QueryError error = fixture_refused(*state, bad[i].sql);
        assert_non_null(strstr(error.message.s, "is no value"));
        assert_non_null(strstr(error.help.s, bad[i].help));
        assert_int_equal(error.offset, bad[i].offset);
    }
    static const RowsCase good[] = {
        {"SELECT name FROM cluster WHERE ha_response = 'shutdown'", "C1"},
        {"SELECT name FROM cluster WHERE ha_response = text('shutdwon')", ""},
        {"SELECT 'kept' AS 'alias' FROM host WHERE id = 8", "kept"},
        {"SELECT name FROM cluster WHERE site = 'none'", "C2"},
        {"SELECT 'a b', 'A', 'it''s' FROM cluster WHERE ha_priority = 'high' -- 'x'", "a b|A|it's"},
        {"SELECT name FROM cluster WHERE ha_priority = 'high' AND ha_response <> 'power-off'",
         "C1"},
    };
    check(*state, good, sizeof good / sizeof good[0]);
    static const char *const words[] = {"error", NULL};
    Fixture *fixture = *state;
    fixture_refused(fixture, "SELECT 'error' FROM cluster WHERE ha_priority = 'high'");
    fixture_refused(fixture, "SELECT type FROM record WHERE name = 'example'");
    fixture->catalog.ad_hoc = true;
    assert_rows(fixture, "SELECT type FROM record WHERE name = 'example'", "A;MX");
    fixture_refused(fixture, "SELECT type FROM record WHERE name = 'exmaple'");
    fixture->catalog.ad_hoc = false;
    fixture->catalog.words = words;
    assert_rows(fixture, "SELECT 'error' FROM cluster WHERE ha_priority = 'high'", "error");
}

static void test_unknown_names(void **state) {
    QueryError error = fixture_refused(*state, "SELECT c.ha_restrat FROM cluster c");
    assert_int_equal(error.offset, 7);
    error = fixture_refused(*state, "SELECT c.ha_respnse FROM cluster c");
    assert_non_null(strstr(error.help.s, "'ha_response'"));
    error = fixture_refused(*state, "SELECT 1 FROM clutser");
    assert_non_null(strstr(error.help.s, "'cluster'"));
    assert_int_equal(error.offset, 14);
}

/* Rows that a statement visits: a look-up does not scan. */
static void test_look_ups(void **state) {
    Fixture *fixture = *state;
    static const struct {
        const char *fast, *slow;
    } cases[] = {
        {"SELECT name FROM host WHERE id = 8", "SELECT name FROM host WHERE +id = 8"},
        {"SELECT id FROM host WHERE name = 'H1'", "SELECT id FROM host WHERE +name = 'H1'"},
        {"SELECT id FROM host WHERE cluster_id = 4", "SELECT id FROM host WHERE +cluster_id = 4"},
        {"SELECT id FROM vm WHERE host_id = 9", "SELECT id FROM vm WHERE +host_id = 9"},
        {"SELECT 1 FROM rule_hosts WHERE host_id = 11",
         "SELECT 1 FROM rule_hosts WHERE +host_id = 11"},
        {"SELECT 1 FROM entity WHERE kind = 'site'", "SELECT 1 FROM entity WHERE +kind = 'site'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint64_t used[2];
        for (size_t k = 0; k < 2; k++) {
            Query *query;
            QueryError error;
            assert_true(query_prepare(fixture->database, str_of(k ? cases[i].slow : cases[i].fast),
                                      &query, &error));
            while (query_step(query, &error) == QUERY_ROW) {
            }
            used[k] = query_used(query);
            query_close(query);
        }
        if (used[0] >= used[1]) {
            fail_msg("%s", cases[i].fast);
        }
    }
}

/* Noted cells as "kind.column of id", in order. */
static const char *noted(Fixture *fixture, const CellRef *cells, size_t count) {
    Buf *out = &fixture->out;
    buf_cut(out, 0);
    buf_addz(out, "");
    for (size_t i = 0; i < count; i++) {
        const Kind *kind = schema_kind(&fixture->schema, cells[i].kind);
        Str column = sym_text(fixture->interner, kind->columns[cells[i].column].name);
        buf_printf(out, "%s%.*s.%.*s of %u", i ? ", " : "",
                   STR_ARG(sym_text(fixture->interner, kind->name)), STR_ARG(column),
                   cells[i].entity);
    }
    return out->size ? out->data : "";
}

static void test_recording(void **state) {
    static const struct {
        const char *sql, *absent, *assumed;
    } cases[] = {
        {"SELECT name FROM host", "", ""},
        {"SELECT memory_mb, memory_mb + 1 FROM host WHERE id IN (8, 9)", "host.memory_mb of 9", ""},
        {"SELECT ha_response FROM cluster WHERE id = 4", "cluster.ha_response of 4", ""},
        {"SELECT ha_response_effective FROM cluster", "",
         "cluster.ha_response of 4, cluster.ha_response of 5"},
        {"SELECT site FROM cluster WHERE id = 4", "", ""},
        {"SELECT s.name FROM cluster c LEFT JOIN site s ON s.id = c.site_id WHERE c.id = 5",
         "cluster.site of 5", ""},
        {"SELECT h.name, v.name FROM host h LEFT JOIN vm v ON v.host_id = h.id WHERE h.id = 9",
         "host.vm of 9", ""},
        {"SELECT h.name, l.label FROM host h LEFT JOIN host_labels l ON l.host_id = h.id "
         "WHERE h.id IN (9, 10)",
         "host.labels of 10", ""},
        {"SELECT count(*) FROM host WHERE cluster_id = 0", "", ""},
        {"SELECT 1 FROM cluster WHERE ha_enabled AND site IS NULL", "cluster.ha_enabled of 5", ""},
    };
    Fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t count;
        database_record(fixture->database, true);
        fixture_rows(fixture, cases[i].sql);
        database_record(fixture->database, false);
        const CellRef *cells = database_absent_cells(fixture->database, &count);
        assert_string_equal(noted(fixture, cells, count), cases[i].absent);
        cells = database_assumed_cells(fixture->database, &count);
        assert_string_equal(noted(fixture, cells, count), cases[i].assumed);
    }
    size_t count;
    fixture_rows(fixture, "SELECT memory_mb FROM host");
    database_absent_cells(fixture->database, &count);
    assert_int_equal(count, 1); /* what the last recording noted; off means off */
}

/* Many notes: the set grows and holds each cell once. */
static void test_many_notes(void **state) {
    Fixture *fixture = *state;
    size_t count;
    database_record(fixture->database, true);
    fixture_rows(fixture,
                 "WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT n + 1 FROM r WHERE n < 50) "
                 "SELECT h.memory_mb, h.cluster, c.checked, c.site, v.boot "
                 "FROM r, host h, cluster c, vm v");
    database_absent_cells(fixture->database, &count);
    assert_int_equal(count, 3 + 1 + 2 + 1 + 1);
    database_record(fixture->database, true);
    database_absent_cells(fixture->database, &count);
    assert_int_equal(count, 0);
}

static void test_views(void **state) {
    static const SqlView views[] = {
        {.name = STR_INIT("placed"),
         .sql = STR_INIT(
             "SELECT h.id AS host_id, c.id AS cluster_id, c.ha_response AS response FROM host h "
             "LEFT JOIN cluster c ON c.id = h.cluster_id"),
         .doc = STR_INIT("Hosts.")},
    };
    Fixture *fixture = *state;
    Catalog catalog = fixture->catalog;
    catalog.views = views;
    catalog.view_count = 1;
    Database *plain = fixture->database;
    Status status = database_open(fixture->arena, &catalog, &fixture->database);
    assert_false(status.failed);
    assert_rows(fixture, "SELECT host_id, cluster_id FROM placed WHERE host_id = 8", "8|3");
    QueryError error = fixture_refused(fixture, "SELECT 1 FROM placed WHERE response = 'non'");
    assert_non_null(strstr(error.help.s, "'none'"));
    database_close(fixture->database);
    fixture->database = plain;
}

static void test_tables(void **state) {
    Fixture *fixture = *state;
    TableInfo *tables;
    size_t count;
    database_tables(fixture->database, fixture->arena, &tables, &count);
    assert_int_equal(count, 7 + 3 + 3); /* kinds, lists, entity kind spf_terms */
    assert_string_equal(tables[2].name.s, "cluster");
    assert_string_equal(tables[2].columns[2].name.s, "site");
    assert_string_equal(tables[2].columns[2].type.s, "ref site");
    assert_string_equal(tables[2].columns[3].name.s, "site_id");
    assert_true(tables[2].columns[3].hidden);
    assert_string_equal(tables[4].name.s, "rule_hosts");
    assert_string_equal(tables[3].columns[1].name.s, "cluster");
}

/* The file opens in plain SQLite and holds every record. */
static void test_dump(void **state) {
    Fixture *fixture = *state;
    Str bytes;
    Status status = database_dump(fixture->database, fixture->arena, &bytes);
    assert_false(status.failed);
    Str again;
    assert_false(database_dump(fixture->database, fixture->arena, &again).failed);
    assert_true(str_eq(bytes, again));
    sqlite3 *file;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open(":memory:", &file), SQLITE_OK);
    unsigned char *copy = sqlite3_malloc64(bytes.n);
    memcpy(copy, bytes.s, bytes.n);
    assert_int_equal(sqlite3_deserialize(file, "main", copy, (sqlite3_int64)bytes.n,
                                         (sqlite3_int64)bytes.n, SQLITE_DESERIALIZE_FREEONCLOSE),
                     SQLITE_OK);
    static const char sql[] =
        "SELECT group_concat(h.name || '@' || c.name || c.ha_response_effective, ' '), "
        "(SELECT count(*) FROM entity), (SELECT count(*) FROM host WHERE cluster_id = 0), "
        "(SELECT group_concat(host) FROM rule_hosts) "
        "FROM (SELECT * FROM host ORDER BY id) h JOIN cluster c ON c.id = h.cluster_id";
    assert_int_equal(sqlite3_prepare_v2(file, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(statement, 0),
                        "H1@C1shutdown H2@C1shutdown");
    assert_int_equal(sqlite3_column_int(statement, 1), 14);
    assert_int_equal(sqlite3_column_int(statement, 2), 1);
    assert_string_equal((const char *)sqlite3_column_text(statement, 3), "H2,H1");
    sqlite3_finalize(statement);
    sqlite3_close(file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_cells, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_references, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_orders, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_effective, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_lists, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_entities, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_literals, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unknown_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_look_ups, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_recording, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_many_notes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_views, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tables, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_dump, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
