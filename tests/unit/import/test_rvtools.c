/* RVTools exports: joined, named, dated; what they cannot show stays unknown. */
#include "../model/model_fixture.h"
#include "../workbook.h"

#include "base/platform.h"
#include "import/rvtools.h"
#include "model/value.h"

static const Node *mapping_of(Fixture *fixture) {
    ReadContext context = {&fixture->sources, &fixture->diags, fixture->arena};
    for (size_t i = 0; i < embedded_file_count; i++) {
        if (str_eq(str_of(embedded_files[i].name), STR("schemas/import/rvtools.yaml"))) {
            Str text = {embedded_files[i].data, embedded_files[i].size};
            SourceId source =
                sources_add(&fixture->sources, STR("rvtools.yaml"), text, ORIGIN_EMBEDDED);
            return tree_read_yaml(&context, source, fixture->arena);
        }
    }
    fail_msg("there is no mapping");
    return NULL;
}

typedef struct File {
    const char *path;
    Str bytes;
} File;

static bool import(Fixture *fixture, const File *files, size_t count) {
    ReadContext context = {&fixture->sources, &fixture->diags, fixture->arena};
    const Node *mapping = mapping_of(fixture);
    SourceId sources[8];
    for (size_t i = 0; i < count; i++) {
        assert_true(rvtools_recognise(str_of(files[i].path), files[i].bytes));
        sources[i] =
            sources_add(&fixture->sources, str_of(files[i].path), files[i].bytes, ORIGIN_INPUT);
    }
    return rvtools_import(fixture->inventory, &context, sources, count, mapping);
}

static bool import_book(Fixture *fixture, const SheetText *sheets, size_t count) {
    File file = {"rvtools.xlsx", workbook(fixture->arena, sheets, count)};
    return import(fixture, &file, 1);
}

#define SHEETS(...)                                                                                \
    (const SheetText[]){__VA_ARGS__}, sizeof((const SheetText[]){__VA_ARGS__}) / sizeof(SheetText)

/* The cell as text, "?" if it is not stated, "none" for a reference to nothing. */
static const char *cell(Fixture *fixture, const char *kind, const char *name, const char *column) {
    KindId id = schema_find_kind(&fixture->schema, str_of(kind));
    const Kind *of = schema_kind(&fixture->schema, id);
    RowId row = inventory_find(fixture->inventory, id, str_of(name));
    ColumnId at = kind_find_column(of, fixture->interner, str_of(column));
    if (row == NO_ROW || at == NO_COLUMN) {
        return "no such record";
    }
    int64_t value;
    if (!inventory_cell(fixture->inventory, id, at, row, &value)) {
        return "?";
    }
    const Field *field = of->columns[at].field;
    if (field->type == TYPE_REF) {
        return value ? inventory_name(fixture->inventory, (EntityId)value).s : "none";
    }
    if (field->type == TYPE_SIZE || field->type == TYPE_LIST || field->type == TYPE_CHILD) {
        return arena_printf(fixture->arena, "%lld", (long long)value).s;
    }
    Buf text;
    buf_init(&text, LIMIT_TEXT_BYTES);
    value_print(&text, fixture->interner, field, field->type, value);
    Str copy = arena_copy(fixture->arena, buf_str(&text));
    buf_clear(&text);
    return copy.s;
}

#define check_cell(fixture, kind, name, column, want)                                              \
    assert_string_equal(cell(fixture, kind, name, column), want)

static size_t records(const Fixture *fixture, const char *kind) {
    return inventory_row_count(fixture->inventory,
                               schema_find_kind(&fixture->schema, str_of(kind)));
}

static void check_warning(const Fixture *fixture, size_t at, uint32_t line, uint32_t column,
                          const char *message) {
    assert_true(at < fixture->diags.count);
    const Diag *diag = &fixture->diags.items[at];
    if (!str_eq(diag->message, str_of(message)) || diag->loc.line != line ||
        diag->loc.column != column) {
        fail_msg("got %u:%u \"%s\"", diag->loc.line, diag->loc.column, diag->message.s);
    }
}

static void check_quiet(const Fixture *fixture) {
    for (size_t i = 0; i < fixture->diags.count; i++) {
        if (fixture->diags.items[i].level != DIAG_NOTE) {
            fail_msg("%s", fixture->diags.items[i].message.s);
        }
    }
}

#define INFO                                                                                       \
    "VM|Powerstate|Template|SRM Placeholder|DNS Name|CPUs|Memory|Cluster|Host|Path|VM ID|VI SDK "  \
    "Server\n"

/* The tabs in any order; joined on the id where a name is mistyped; templates, placeholders and
 * totals. */
static void test_join(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture);
    assert_true(import_book(
        &fixture,
        SHEETS({"vDisk", "VM|Path|VM ID\nEX-VM|[L1] a\nXE-VM|[L2] b|vm-1\nfree|[L3] c"},
               {"vMemory", "VM|Size MiB|Reservation|Limit|VM ID\nEX-VM|=65536|=1024|=-1|vm-1"},
               {"vSnapshot", "VM|Name|Date / time|VM ID\nEX-VM|before|=45352.8|vm-1"},
               {"notes", "VM|Host\nnobody|nowhere"},
               {"vInfo", INFO
                "EX-VM|poweredOn|False|False|ex01.corp.example|=8|=65536|C1|esx1|[L1] x|vm-1|vc\n"
                "free|poweredOff|False|False||=2|=4096|C1|esx1|[L3] x|vm-2|vc\n"
                "tmpl|poweredOff|True|False||=2|=4096|C1|esx1||vm-3|vc\n"
                "srm|poweredOff|False|True||=2|=4096|C1|esx1||vm-4|vc\n"
                "|||||=14|=77824\n"},
               {"vMetaData", "RVTools version|xlsx creation datetime\n4.7.1|=45345.25"})));
    assert_true(fixture_finish(&fixture));
    check_quiet(&fixture);
    assert_int_equal(records(&fixture, "vm"), 4);
    assert_int_equal(records(&fixture, "server"), 2);
    assert_int_equal(records(&fixture, "host"), 1); /* a stub: there is no vHost */
    check_cell(&fixture, "vm", "EX-VM", "datastores", "2");
    check_cell(&fixture, "vm", "EX-VM", "memory_mb", "65536");
    check_cell(&fixture, "vm", "EX-VM", "memory_reservation_mb", "1024");
    check_cell(&fixture, "vm", "EX-VM", "memory_limit_mb", "?");
    check_cell(&fixture, "vm", "EX-VM", "snapshots", "1");
    check_cell(&fixture, "vm", "free", "snapshots", "0");
    check_cell(&fixture, "vm", "tmpl", "template", "true");
    check_cell(&fixture, "server", "ex01", "fqdn", "ex01.corp.example");
    check_cell(&fixture, "server", "EX-VM", "vm", "1");             /* by the machine's name */
    check_cell(&fixture, "server", "ex01.corp.example", "vm", "1"); /* by the full name */
    check_cell(&fixture, "vsphere_cluster", "C1", "rules", "?");
    KindId vm = schema_find_kind(&fixture.schema, STR("vm"));
    assert_true(inventory_is_complete(fixture.inventory, vm));
    assert_false(
        inventory_is_complete(fixture.inventory, schema_find_kind(&fixture.schema, STR("host"))));
    assert_string_equal(
        source_of(&fixture.sources,
                  inventory_loc(fixture.inventory, inventory_id(fixture.inventory, vm, 0)).source)
            ->as_of.s,
        "2024-02-23");
    fixture_close(&fixture);
}

/* A row about a disk says where its machine lies as well; each path of a LUN counts. */
static void test_disks_and_paths(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture);
    assert_true(import_book(
        &fixture,
        SHEETS({"vInfo", "VM|Host\na|esx1\nb|esx1"},
               {"vDisk", "VM|Disk|Path|Thin|Disk Mode|Raw Comp. Mode|Shared Bus|Sharing mode\n"
                         "a|Hard disk 1|[L1] a/a.vmdk|True|persistent||noSharing|sharingNone\n"
                         "a|Hard disk 2|[L2] a/b.vmdk|False|independent_nonpersistent|virtualMode|"
                         "physicalSharing|sharingMultiWriter"},
               {"vHost", "Host\nesx1"},
               {"vMultiPath", "Host|Disk|Datastore|Policy|Path 1|Path 1 state|Path 2|Path 2 state|"
                              "Path 3|Path 3 state\n"
                              "esx1|naa.6001|L1|VMW_PSP_RR|vmhba1:C0:T0:L1|active|vmhba2:C0:T0:L1|"
                              "active|vmhba1:C0:T1:L1|dead\n"
                              "esx1|naa.6002|L2|VMW_PSP_RR|vmhba1:C0:T0:L2|dead"})));
    assert_true(fixture_finish(&fixture));
    check_quiet(&fixture);
    check_cell(&fixture, "vm", "a", "datastores", "2");
    check_cell(&fixture, "vm", "a", "disks", "2");
    check_cell(&fixture, "vm", "b", "disks", "?");
    check_cell(&fixture, "vm_disk", "Hard disk 1", "datastore", "L1");
    check_cell(&fixture, "vm_disk", "Hard disk 1", "bus_sharing", "none");
    check_cell(&fixture, "vm_disk", "Hard disk 2", "mode", "independent-nonpersistent");
    check_cell(&fixture, "vm_disk", "Hard disk 2", "raw_compatibility", "virtual");
    check_cell(&fixture, "vm_disk", "Hard disk 2", "multi_writer", "true");
    check_cell(&fixture, "host_lun", "naa.6001", "paths_in_all", "3");
    check_cell(&fixture, "host_lun", "naa.6001", "working_paths", "2");
    check_cell(&fixture, "host_lun", "naa.6002", "working_paths", "0");
    fixture_close(&fixture);
}

/* Without the tab nothing is known of snapshots; columns of version 3; unknown spellings are
 * warnings. */
static void test_old_and_partial(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture);
    assert_true(import_book(
        &fixture,
        SHEETS(
            {"vInfo",
             "Host|VM|HW version|FT State|HA Restart Priority|HA Isolation Response|Host\n"
             "esx1|a|vmx-09|notConfigured|clusterRestartPriority|clusterIsolationResponse|twice\n"
             "esx1|b||enabled|disabled|powerOff\nesx1|c|||soon"},
            {"vMemory", "VM|Size MB\na|16,384"},
            {"vCluster", "Name|NumHosts|HA enabled|Host monitoring|DRS default VM behavior|VM "
                         "Monitoring|Failure Interval\n"
                         "C1|=3|?1|enabled|=2|vmMonitoringOnly|=30"},
            {"vHost", "Host|ESX Version|# Memory|in Maintenance Mode\nesx1|VMware ESXi 5.5.0 "
                      "build-1|=262109|False"},
            {"vDatastore", "Name|Type|Capacity MB|# Hosts\nL1|NFS41|1,024|=2"},
            {"vTools", "VM|Sync time\nb|True"})));
    assert_true(fixture_finish(&fixture));
    assert_int_equal(fixture.diags.count, 1);
    check_warning(&fixture, 0, 4, 5,
                  "'soon' is no value for 'HA Restart Priority': read as not stated");
    assert_string_equal(
        fixture.diags.items[0].help.s,
        "expected a word for one of: cluster, disabled, lowest, low, medium, high, highest");
    check_cell(&fixture, "vm", "a", "snapshots", "?");
    check_cell(&fixture, "vm", "a", "memory_mb", "16384");
    check_cell(&fixture, "vm", "a", "hardware_version", "9");
    check_cell(&fixture, "vm", "a", "fault_tolerance", "false");
    check_cell(&fixture, "vm", "b", "fault_tolerance", "true");
    check_cell(&fixture, "vm", "a", "restart_priority", "cluster");
    check_cell(&fixture, "vm", "b", "restart_priority", "disabled");
    check_cell(&fixture, "vm", "b", "isolation_response", "power-off");
    check_cell(&fixture, "vm", "b", "sync_time", "true");
    check_cell(&fixture, "vm", "c", "restart_priority", "?");
    check_cell(&fixture, "vm", "a", "host", "esx1");
    check_cell(&fixture, "vsphere_cluster", "C1", "ha_enabled", "true");
    check_cell(&fixture, "vsphere_cluster", "C1", "host_count", "3");
    check_cell(&fixture, "vsphere_cluster", "C1", "ha_host_monitoring", "true");
    check_cell(&fixture, "vsphere_cluster", "C1", "drs_automation_level", "fully-automated");
    check_cell(&fixture, "vsphere_cluster", "C1", "ha_vm_monitoring", "vm-only");
    check_cell(&fixture, "vsphere_cluster", "C1", "ha_failure_interval", "30s");
    check_cell(&fixture, "vsphere_cluster", "C1", "ha_advanced_options", "?");
    check_cell(&fixture, "host", "esx1", "version", "5.5.0");
    check_cell(&fixture, "host", "esx1", "maintenance_mode", "false");
    check_cell(&fixture, "host", "esx1", "cluster", "?"); /* a blank cell states nothing */
    check_cell(&fixture, "datastore", "L1", "type", "nfs");
    check_cell(&fixture, "datastore", "L1", "capacity_mb", "1024");
    fixture_close(&fixture);
}

/* Names that two use are nobody's. */
static void test_names(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture);
    assert_true(import_book(
        &fixture, SHEETS({"vInfo", "VM|DNS Name|VM ID\n"
                                   "web|app.corp.example|vm-1\n" /* named by its DNS name ... */
                                   "app||vm-2\n" /* ... which is the name of this machine */
                                   "c1|clone.a.example|vm-3\n"
                                   "c2|CLONE.b.example|vm-4\n" /* one host name, two machines */
                                   "same||vm-5\nsame||vm-6\n"  /* one name, in two folders */
                                   "l|localhost.localdomain|vm-7\n"
                                   "i|10.0.0.7|vm-8\n"
                                   "db.corp.example||vm-9\n"})));
    assert_true(fixture_finish(&fixture));
    check_quiet(&fixture);
    assert_int_equal(records(&fixture, "server"), 9);
    assert_int_equal(records(&fixture, "vm"), 9);
    check_cell(&fixture, "server", "app", "fqdn", "app.corp.example");
    check_cell(&fixture, "server", "web", "fqdn", "app.corp.example");
    check_cell(&fixture, "server", "app (vm-2)", "vm", "1");
    check_cell(&fixture, "server", "c1", "fqdn", "clone.a.example");
    check_cell(&fixture, "server", "c2", "fqdn", "CLONE.b.example");
    check_cell(&fixture, "server", "clone", "vm", "no such record");
    check_cell(&fixture, "server", "same (vm-5)", "vm", "1");
    check_cell(&fixture, "server", "same (vm-6)", "vm", "1");
    check_cell(&fixture, "server", "l", "vm", "1");
    check_cell(&fixture, "server", "i", "vm", "1");
    check_cell(&fixture, "server", "db.corp.example", "vm", "1");
    check_cell(&fixture, "server", "db", "vm", "1");
    fixture_close(&fixture);
}

/* Without ids a name is all that there is. */
static void test_twice(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture);
    assert_true(import_book(
        &fixture, SHEETS({"vInfo", "VM|CPUs\na|=2\nA|=4"}, {"vHost", "Host|# Cores\nh|=0\nh|=8"})));
    assert_true(fixture_finish(&fixture));
    check_warning(&fixture, 0, 2, 2, "'0' is no value for '# Cores': read as not stated");
    assert_string_equal(fixture.diags.items[0].help.s, "expected a number of 1 to 10000");
    check_warning(&fixture, 1, 3, 1, "host 'h' stands here twice; the first is taken");
    check_warning(&fixture, 2, 3, 1, "server 'A' stands here twice; the first is taken");
    assert_int_equal(fixture.diags.count, 3);
    assert_int_equal(records(&fixture, "server"), 1);
    assert_int_equal(records(&fixture, "vm"), 1);
    check_cell(&fixture, "vm", "a", "vcpus", "2");
    fixture_close(&fixture);
}

/* A short name that two hosts answer to says nothing. */
static void test_ambiguous(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture);
    assert_true(import_book(&fixture, SHEETS({"vInfo", "VM|Host\na|esx1\nb|esx2"},
                                             {"vHost", "Host\nesx1.a\nesx1.b\nesx2.a"})));
    assert_true(fixture_finish(&fixture));
    assert_int_equal(fixture.diags.count, 1);
    check_warning(&fixture, 0, 2, 2, "'esx1' names several host records: read as not stated");
    check_cell(&fixture, "vm", "a", "host", "?");
    check_cell(&fixture, "vm", "b", "host", "esx2.a");
    fixture_close(&fixture);
}

/* Two vCenters: one name is two clusters, one id is two machines. */
static void check_two_vcenters(Fixture *fixture) {
    assert_true(fixture_finish(fixture));
    check_quiet(fixture);
    assert_int_equal(records(fixture, "vm"), 2);
    assert_int_equal(records(fixture, "server"), 2);
    assert_int_equal(records(fixture, "vsphere_cluster"), 2);
    assert_int_equal(records(fixture, "host"), 2);
    assert_int_equal(records(fixture, "datastore"), 3);
    check_cell(fixture, "vm", "a", "cluster", "PROD (vc1)");
    check_cell(fixture, "vm", "b", "cluster", "PROD (vc2)");
    check_cell(fixture, "host", "esx2", "cluster", "PROD (vc2)");
    check_cell(fixture, "vsphere_cluster", "PROD (vc1)", "ha_enabled", "true");
    check_cell(fixture, "vsphere_cluster", "PROD (vc2)", "ha_enabled", "false");
    check_cell(fixture, "vsphere_cluster", "PROD", "ha_enabled", "no such record"); /* which? */
    check_cell(fixture, "vm", "a", "memory_mb", "1024");
    check_cell(fixture, "vm", "b", "memory_mb", "2048");
}

#define SCOPED_INFO "VM|Cluster|Host|Path|VM ID|VI SDK Server\n"

static void test_two_vcenters_in_one_book(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture);
    assert_true(import_book(
        &fixture,
        SHEETS({"vInfo", SCOPED_INFO "a|PROD|esx1|[ds] a|vm-1|vc1\nb|PROD|esx2|[ds] b|vm-1|vc2"},
               {"vMemory", "VM|Size MiB|VM ID|VI SDK Server\nb|=2048|vm-1|vc2\na|=1024|vm-1|vc1"},
               {"vHost", "Host|Cluster|VI SDK Server\nesx1|PROD|vc1\nesx2|PROD|vc2"},
               {"vCluster", "Name|HA enabled|VI SDK Server\nPROD|True|vc1\nPROD|False|vc2"},
               {"vDatastore", "Name|VI SDK Server\nds|vc1\nds|vc2\nother|vc2"})));
    check_two_vcenters(&fixture);
    fixture_close(&fixture);
}

static void test_two_vcenters_in_two_books(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture);
    const SheetText first[] = {{"vInfo", SCOPED_INFO "a|PROD|esx1|[ds] a|vm-1|vc1"},
                               {"vMemory", "VM|Size MiB|VM ID|VI SDK Server\na|=1024|vm-1|vc1"},
                               {"vCluster", "Name|HA enabled|VI SDK Server\nPROD|True|vc1"},
                               {"vDatastore", "Name|VI SDK Server\nds|vc1"}};
    const SheetText second[] = {{"vInfo", SCOPED_INFO "b|PROD|esx2|[ds] b|vm-1|vc2"},
                                {"vMemory", "VM|Size MiB|VM ID\nb|=2048|vm-1"},
                                {"vHost", "Host|Cluster|VI SDK Server\nesx2|PROD|vc2"},
                                {"vCluster", "Name|HA enabled|VI SDK Server\nPROD|False|vc2"},
                                {"vDatastore", "Name|VI SDK Server\nds|vc2\nother|vc2"}};
    const File files[] = {{"one.xlsx", workbook(fixture.arena, first, 4)},
                          {"two.xlsx", workbook(fixture.arena, second, 5)}};
    assert_true(import(&fixture, files, 2));
    check_two_vcenters(&fixture);
    fixture_close(&fixture);
}

/* The CSV files of one folder are one export, whatever their order. */
static void test_csv_set(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture);
    const File files[] = {
        {"x/RVTools_tabvDisk.csv", STR("VM;Path;VM ID\nelse;[L1] a;vm-1\nlost;[L2] b;vm-9\n")},
        {"x/RVTools_tabvFileInfo.csv", STR("Friendly Path Name\na\n")},
        {"x/rvtools_tabvinfo.csv", STR("VM;VM ID;CPUs\na;vm-1;many\n")},
        {"x/RVTools_tabvMetaData.csv", STR("xlsx creation datetime\n2024/03/02 06:15:00\n")},
        {"y/vInfo.csv", STR("VM,VM ID\nb,vm-1\n")},
    };
    assert_true(import(&fixture, files, 5));
    assert_true(fixture_finish(&fixture));
    assert_int_equal(records(&fixture, "vm"), 2);
    check_cell(&fixture, "vm", "a", "datastores", "1");
    check_cell(&fixture, "vm", "b", "datastores", "?");
    assert_int_equal(fixture.diags.count, 3);
    check_warning(&fixture, 0, 0, 0, "nothing is read from this sheet of RVTools");
    check_warning(&fixture, 1, 2, 3, "'many' is no value for 'CPUs': read as not stated");
    check_warning(&fixture, 2, 3, 3,
                  "1 row of this sheet, this one first, belongs to no vm of this export: left out");
    for (size_t i = 0; i < fixture.sources.count; i++) {
        const Source *source = source_of(&fixture.sources, (SourceId)i);
        if (str_starts(source->path, STR("x/"))) {
            assert_string_equal(source->as_of.s, "2024-03-02");
        }
    }
    fixture_close(&fixture);
}

/* Two tabs that differ: neither is believed. */
static void test_tabs_differ(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture);
    assert_true(import_book(&fixture, SHEETS({"vInfo", "VM|Memory|CPUs\na|=1024|=2"},
                                             {"vCPU", "VM|CPUs\na|=2"},
                                             {"vMemory", "VM|Size MiB\na|=2048"})));
    assert_true(fixture_finish(&fixture));
    check_warning(
        &fixture, 0, 2, 2,
        "'Size MiB' is stated with another value elsewhere in this export: read as not stated");
    assert_int_equal(fixture.diags.items[0].other_count, 1);
    check_cell(&fixture, "vm", "a", "memory_mb", "?");
    check_cell(&fixture, "vm", "a", "vcpus", "2");
    fixture_close(&fixture);
}

/* What is wrong in many cells is shown a few times and counted. */
static void test_many_faults(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture);
    Buf rows;
    buf_init(&rows, 1 << 20);
    buf_addz(&rows, "VM,CPUs,OS according to the VMware Tools\n");
    for (int i = 0; i < 2000; i++) {
        buf_printf(&rows, "vm%d,many,\n", i);
    }
    const File file = {"vInfo.csv", buf_str(&rows)};
    assert_true(import(&fixture, &file, 1));
    assert_true(fixture_load(&fixture, "overlay.yaml",
                             STR("topolint: 1\nservers: [{name: vm7, roles: [mailbox]}]\n"),
                             false));
    assert_true(fixture_finish(&fixture));
    assert_int_equal(fixture.diags.count, 4);
    check_warning(&fixture, 2, 4, 2, "'many' is no value for 'CPUs': read as not stated");
    check_warning(&fixture, 3, 0, 0, "1997 more cells of 'CPUs' like these: read as not stated");
    check_cell(&fixture, "server", "vm7", "roles", "1");
    buf_clear(&rows);
    fixture_close(&fixture);
}

/* An overlay in YAML merges by any of a server's names. */
static void test_overlay(void **state) {
    (void)state;
    static const char *const names[] = {"ex01", "EX01", "EX-VM", "ex01.corp.example"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        Fixture fixture;
        fixture_open(&fixture);
        assert_true(import_book(
            &fixture, SHEETS({"vInfo", "VM|DNS Name|VM ID\nEX-VM|ex01.corp.example|vm-1"})));
        Str text =
            arena_printf(fixture.arena,
                         "topolint: 1\npartial: true\nservers: [{name: %s, roles: [mailbox]}]\n"
                         "dags: [{name: D, members: [%s]}]\n",
                         names[i], names[i]);
        assert_true(fixture_load(&fixture, "overlay.yaml", text, false));
        assert_true(fixture_finish(&fixture));
        check_quiet(&fixture);
        assert_int_equal(records(&fixture, "server"), 1);
        check_cell(&fixture, "server", names[i], "roles", "1");
        check_cell(&fixture, "server", names[i], "vm", "1");
        fixture_close(&fixture);
    }
}

static void check_no_export(const SheetText *sheets, size_t count) {
    Fixture fixture;
    fixture_open(&fixture);
    assert_false(import_book(&fixture, sheets, count));
    assert_int_equal(fixture.diags.errors, 1);
    assert_string_equal(fixture.diags.items[0].message.s, "this is no export of RVTools");
    assert_string_equal(fixture.diags.items[0].help.s,
                        "expected one of these sheets with its column: vInfo (VM ID or VM), "
                        "vHost (Host), vCluster (Name or Cluster), vDatastore (Name)");
    assert_string_equal(source_of(&fixture.sources, fixture.diags.items[0].loc.source)->path.s,
                        "rvtools.xlsx");
    fixture_close(&fixture);
}

static void test_foreign(void **state) {
    (void)state;
    check_no_export(SHEETS({"Sheet1", "VM|Host\na|b"}));
    check_no_export(SHEETS({"vInfo", "Title|Owner\na|b"}));
    check_no_export(SHEETS({"vInfo", ""}));
    check_no_export(SHEETS({"vDisk", "VM|Path\na|[b] c"}));
    assert_false(rvtools_recognise(STR("Servers.csv"), STR("Name\n")));
    assert_false(rvtools_recognise(STR("views.csv"), STR("Name\n")));
    assert_false(rvtools_recognise(STR("a.yaml"), STR("topolint: 1\n")));
    assert_true(rvtools_recognise(STR("dvPort.csv"), STR("Port\n")));
    assert_true(rvtools_recognise(STR("book.xlsx"), STR("no zip")));
}

/* Text that no record may hold is replaced, once with a warning. */
static void test_bad_characters(void **state) {
    (void)state;
    Fixture fixture;
    fixture_open(&fixture);
    const File file = {"vInfo.csv", STR("VM,Host\na\xFF,h\x01\nb\xFF,\n")};
    assert_true(import(&fixture, &file, 1));
    assert_true(fixture_finish(&fixture));
    assert_int_equal(fixture.diags.count, 1);
    check_warning(&fixture, 0, 2, 1,
                  "characters that no text may hold were replaced, here and perhaps further on");
    check_cell(&fixture, "vm", "a\xEF\xBF\xBD", "host", "h\xEF\xBF\xBD");
    fixture_close(&fixture);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_join),
        cmocka_unit_test(test_disks_and_paths),
        cmocka_unit_test(test_old_and_partial),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_twice),
        cmocka_unit_test(test_ambiguous),
        cmocka_unit_test(test_two_vcenters_in_one_book),
        cmocka_unit_test(test_two_vcenters_in_two_books),
        cmocka_unit_test(test_csv_set),
        cmocka_unit_test(test_tabs_differ),
        cmocka_unit_test(test_many_faults),
        cmocka_unit_test(test_overlay),
        cmocka_unit_test(test_foreign),
        cmocka_unit_test(test_bad_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
