/* Recovery mechanisms over small designs: where each is active, and what comes of two on one
 * server. */
#include "builtin.h"

#define HA "enabled: true, host_monitoring: true, restart_priority: medium"
#define RESPECTED                                                                                  \
    "version: '5.5', ha: {" HA ", failover_level: 1, advanced_options: "                           \
    "[{name: das.respectVmVmAntiAffinityRules, value: 'true'}]}"
#define HOSTS "hosts: [{name: H1, cluster: C1}, {name: H2, cluster: C1}, {name: H3, cluster: C1}]\n"
#define RULE "rules: [{name: apart, type: anti-affinity, vms: [N1, N2]}]"

/* Two members and a witness on hosts of one cluster; what the cluster says, and more. */
#define DAG_ON(cluster, version, witness_host, os)                                                 \
    "exchange_organizations: [{name: O, version: '" version "'}]\n"                                \
    "vsphere_clusters: [{name: C1, " cluster "}]\n" HOSTS "servers:\n"                             \
    "  - {name: N1, roles: [mailbox], os: " os ", vm: {host: H1}}\n"                               \
    "  - {name: N2, roles: [mailbox], os: " os ", vm: {host: H2}}\n"                               \
    "  - {name: F1, vm: {host: " witness_host "}}\n"                                               \
    "dags: [{name: D1, members: [N1, N2], witness: {server: F1}}]\n"

#define OLD "Windows Server 2008 R2"
#define NEW "Windows Server 2019"

static void test_active(void **state) {
    (void)state;
    static const Asked cases[] = {
        {"host HA and a DAG",
         "vsphere_clusters: [{name: C1, ha: {" HA "}, drs: {enabled: true, automation_level: "
         "partially-automated}}]\nhosts: [{name: H1, cluster: C1}, {name: H9, cluster: C1}]\n"
         "servers: [{name: N1, vm: {host: H1}}, {name: N2, vm: none}]\n"
         "dags: [{name: D1, members: [N1, N2]}]\n",
         "SELECT mechanism, subject, workload, scope, holds FROM protection ORDER BY 1, 3",
         "exchange-dag N1 N1 D1 1; exchange-dag N2 N2 D1 1; vsphere-ha-restart N1 N1 C1 1"},
        {"not stated whether HA is on",
         "vsphere_clusters: [{name: C1, ha: {host_monitoring: true}, drs: {enabled: false}}]\n"
         "hosts: [{name: H1, cluster: C1}, {name: H9, cluster: C1}]\nservers: [{name: N1, vm: "
         "{host: H1}}]\n",
         "SELECT mechanism, workload, holds FROM protection WHERE mechanism = 'vsphere-ha-restart'",
         "vsphere-ha-restart N1 -"},
        {"HA that is off decides alone",
         "vsphere_clusters: [{name: C1, ha: {enabled: false, vm_monitoring: vm-only}}]\n"
         "hosts: [{name: H1, cluster: C1}, {name: H9, cluster: C1}]\nservers: [{name: N1, vm: "
         "{host: H1}}]\n",
         "SELECT mechanism FROM protection WHERE mechanism IN ('vsphere-ha-restart', "
         "'vsphere-ha-isolation', 'vm-monitoring', 'vmcp-apd-pdl')",
         ""},
        {"a host alone in its cluster has nowhere to restart or move to",
         "vsphere_clusters: [{name: C1, ha: {" HA "}, drs: {enabled: true}}]\n"
         "hosts: [{name: H1, cluster: C1}]\nservers: [{name: N1, vm: {host: H1}}]\n",
         "SELECT mechanism FROM protection", ""},
        {"an export that says how many hosts there are",
         "partial: true\nvsphere_clusters: [{name: C1, host_count: 2, ha: {" HA
         "}, drs: {enabled: false}}, {name: C2, host_count: 1, ha: {" HA
         "}, drs: {enabled: true}}, {name: C3, ha: {" HA "}, drs: {enabled: false}}]\n"
         "hosts: [{name: H1, cluster: C1}, {name: H2, cluster: C2}, {name: H3, cluster: C3}]\n"
         "servers: [{name: N1, vm: {host: H1}}, {name: N2, vm: {host: H2}}, {name: N3, vm: {host: "
         "H3}}]\n",
         "SELECT workload, holds FROM protection ORDER BY 1", "N1 1; N3 -"},
        {"an override of the restart priority",
         "vsphere_clusters: [{name: C1, ha: {" HA
         "}}]\nhosts: [{name: H1, cluster: C1}, {name: H9, cluster: C1}]\n"
         "servers: [{name: N1, vm: {host: H1, restart_priority: disabled}}, {name: N2, vm: {host: "
         "H1}}]\n",
         "SELECT workload FROM protection WHERE mechanism = 'vsphere-ha-restart'", "N2"},
        {"a cluster that disables all, and an override that enables one",
         "vsphere_clusters: [{name: C1, ha: {enabled: true, restart_priority: disabled}}]\n"
         "hosts: [{name: H1, cluster: C1}, {name: H9, cluster: C1}]\n"
         "servers: [{name: N1, vm: {host: H1}}, {name: N2, vm: {host: H1, restart_priority: "
         "high}}]\n",
         "SELECT workload FROM protection WHERE mechanism = 'vsphere-ha-restart'", "N2"},
        {"isolation response, VM monitoring and component protection",
         "vsphere_clusters: [{name: C1, version: '6.7', ha: {" HA
         ", isolation_response: power-off, "
         "vm_monitoring: vm-only, component_protection: true, apd_response: "
         "restart-conservative}, drs: {enabled: false}}]\nhosts: [{name: H1, cluster: C1}, {name: "
         "H9, cluster: C1}]\n"
         "servers: [{name: N1, vm: {host: H1}}]\n",
         "SELECT mechanism, holds FROM protection ORDER BY 1",
         "vm-monitoring 1; vmcp-apd-pdl 1; vsphere-ha-isolation 1; vsphere-ha-restart 1"},
        {"no component protection before 6.0",
         "vsphere_clusters: [{name: C1, version: '5.5', ha: {" HA ", component_protection: true, "
         "apd_response: restart-conservative}, drs: {enabled: false}}]\nhosts: [{name: H1, "
         "cluster: C1}, {name: H9, cluster: C1}]\n"
         "servers: [{name: N1, vm: {host: H1}}]\n",
         "SELECT mechanism FROM protection ORDER BY 1", "vsphere-ha-restart"},
        {"Hyper-V: restart, saved state and live migration",
         "servers: [{name: V1, vm: none}, {name: V2, vm: none}, {name: N1, vm: {name: N1VM}}]\n"
         "failover_clusters: [{name: HV, hyperv_hosts: true, nodes: [V1, V2], groups: [{name: G1, "
         "type: virtual-machine, vm: N1VM, migration: live}]}]\n",
         "SELECT mechanism, workload, scope FROM protection ORDER BY 1",
         "hyperv-cluster-restart N1 HV; hyperv-live-migration N1 HV; hyperv-offline-action N1 HV"},
        {"availability group and failback",
         "servers: [{name: N1, vm: none}, {name: N2, vm: none}]\n"
         "failover_clusters: [{name: SQL, nodes: [N1, N2], groups: [{name: AG, type: "
         "sql-availability-group, failback: immediate}]}]\n",
         "SELECT mechanism, subject, workload FROM protection ORDER BY 1, 3",
         "sql-ag AG N1; sql-ag AG N2; wsfc-auto-failback AG N1; wsfc-auto-failback AG N2; "
         "wsfc-group-failover N1 N1; wsfc-group-failover N2 N2"},
        {"front ends, paths and uplinks",
         "storage_arrays: [{name: A1, controllers: 2, switches: [W1, W2]}]\n"
         "switches: [{name: W1}, {name: W2}]\nhosts: [{name: H1, switches: [W1, W2]}]\n"
         "servers: [{name: S1, nlb: true, vm: none}, {name: S2, vm: none}, {name: P1, vm: none}, "
         "{name: P2, vm: none}]\n"
         "adfs_farms: [{name: sts.example, nodes: [S1, S2], proxies: [P1, P2]}]\n"
         "load_balancers: [{name: LB, virtual_services: [{name: web, members: [S2], probe: "
         "http}]}]\n"
         "dns_records: [{name: a.example, type: A, data: 192.0.2.1}, {name: a.example, type: A, "
         "data: 192.0.2.2}, {name: b.example, type: A, data: 192.0.2.3}]\n",
         "SELECT mechanism, count(*) FROM protection GROUP BY mechanism ORDER BY 1",
         "adfs-farm 2; array-controller-failover 1; dns-round-robin 2; lb-health-check 1; "
         "mpio-psp 1; nic-teaming 1; wap 2; wnlb 1"},
        {"a single member, node, proxy and domain controller protect nothing",
         "sites: [{name: HQ}]\nservers: [{name: N1, site: HQ, roles: [domain-controller], vm: "
         "none}]\n"
         "dags: [{name: D1, members: [N1]}]\nfailover_clusters: [{name: F, nodes: [N1]}]\n"
         "adfs_farms: [{name: sts.example, nodes: [N1], proxies: [N1]}]\n",
         "SELECT mechanism FROM protection", ""},
    };
    BUILTIN_CHECK(cases);
}

#define NAMED(lower_id)                                                                            \
    "SELECT s.name, c.class, c.holds FROM conflict c JOIN server s ON s.id = c.workload_id "       \
    "WHERE c.lower = '" lower_id "' AND c.upper IN ('exchange-dag', 'wsfc-group-failover') "       \
    "ORDER BY s.name"

static void test_conflicts(void **state) {
    (void)state;
    static const Asked cases[] = {
        {"2010 RTM is excluded", DAG_ON("version: '4.1', ha: {" HA "}", "14.0", "H3", OLD),
         NAMED("vsphere-ha-restart"), "N1 UNSUP 1; N2 UNSUP 1"},
        {"2010 SP1 is not, and nothing keeps them apart",
         DAG_ON("version: '4.1', ha: {" HA "}", "14.1", "H3", OLD), NAMED("vsphere-ha-restart"),
         "N1 COLOC 1; N2 COLOC 1"},
        {"a rule that HA respects", DAG_ON(RESPECTED ", " RULE, "14.1", "H3", OLD),
         NAMED("vsphere-ha-restart"), "N1 NOOP 1; N2 NOOP 1"},
        {"a rule that this version ignores",
         DAG_ON("version: '4.1', ha: {" HA "}, " RULE, "14.1", "H3", OLD),
         NAMED("vsphere-ha-restart"), "N1 COLOC 1; N2 COLOC 1"},
        {"the witness beside a member: quorum first",
         DAG_ON("version: '4.1', ha: {" HA "}", "14.1", "H1", OLD), NAMED("vsphere-ha-restart"),
         "N1 QUORUM 1; N2 COLOC 1"},
        {"quorum first, also where a rule keeps the members apart",
         DAG_ON(RESPECTED ", " RULE, "14.1", "H1", OLD), NAMED("vsphere-ha-restart"),
         "N1 QUORUM 1; N2 NOOP 1"},
        {"not stated whether HA is on", DAG_ON("version: '4.1'", "14.1", "H3", OLD),
         NAMED("vsphere-ha-restart"), "N1 COLOC -; N2 COLOC -"},
        {"the rules are not listed completely",
         "partial: [vsphere_cluster.rules]\n" DAG_ON(RESPECTED, "14.1", "H3", OLD),
         NAMED("vsphere-ha-restart"), "N1 - 1; N2 - 1"},
        {"excluded from HA: one mechanism",
         "vsphere_clusters: [{name: C1, ha: {enabled: true, restart_priority: disabled}}]\n" HOSTS
         "servers: [{name: N1, vm: {host: H1}}, {name: N2, vm: {host: H2}}]\n"
         "dags: [{name: D1, members: [N1, N2], witness: none}]\n",
         NAMED("vsphere-ha-restart"), ""},
        {"live migration with a window of 5 s",
         DAG_ON("version: '4.1', drs: {enabled: true, automation_level: fully-automated}", "14.1",
                "H3", OLD),
         NAMED("drs-vmotion"), "N1 FLAP 1; N2 FLAP 1"},
        {"live migration with a window of 20 s",
         DAG_ON("version: '6.7', drs: {enabled: true, automation_level: fully-automated}", "15.2",
                "H3", NEW),
         NAMED("drs-vmotion"), "N1 COLOC 1; N2 COLOC 1"},
        {"live migration, kept apart",
         DAG_ON("version: '6.7', drs: {enabled: true, automation_level: fully-automated}, " RULE,
                "15.2", "H3", NEW),
         NAMED("drs-vmotion"), "N1 NOOP 1; N2 NOOP 1"},
        {"a saved state is old when it comes back; a live migration is not",
         "exchange_organizations: [{name: O, version: '15.2'}]\n"
         "servers: [{name: V1, vm: none}, {name: V2, vm: none}, {name: N1, roles: [mailbox], "
         "os: " NEW ", vm: {name: N1VM}}, {name: N2, os: " NEW
         ", vm: none}, {name: F1, vm: none}]\n"
         "dags: [{name: D1, members: [N1, N2], witness: {server: F1}}]\n"
         "failover_clusters: [{name: HV, hyperv_hosts: true, nodes: [V1, V2], groups: [{name: G1, "
         "type: virtual-machine, vm: N1VM, migration: live}]}]\n",
         "SELECT lower, class FROM conflict WHERE lower LIKE 'hyperv-%' AND lower <> "
         "'hyperv-cluster-restart' ORDER BY 1",
         "hyperv-live-migration NOOP; hyperv-offline-action STALE"},
        {"a machine that is shut down instead of saved",
         "servers: [{name: V1, vm: none}, {name: V2, vm: none}, {name: N1, vm: {name: N1VM}}, "
         "{name: N2, vm: none}]\ndags: [{name: D1, members: [N1, N2], witness: none}]\n"
         "failover_clusters: [{name: HV, hyperv_hosts: true, nodes: [V1, V2], groups: [{name: G1, "
         "type: virtual-machine, vm: N1VM, offline_action: shutdown}]}]\n",
         "SELECT holds FROM conflict WHERE lower = 'hyperv-offline-action'", ""},
        {"a snapshot may be reverted",
         "servers: [{name: N1, vm: {snapshots: [{name: s}]}}, {name: N2, vm: none}]\n"
         "dags: [{name: D1, members: [N1, N2], witness: none}]\n",
         "SELECT class FROM conflict WHERE lower = 'vm-snapshot-revert'", "STALE"},
        {"VM monitoring resets while the cluster moves",
         DAG_ON("ha: {" HA ", vm_monitoring: vm-only}", "14.1", "H3", OLD), NAMED("vm-monitoring"),
         "N1 ORDER 1; N2 ORDER 1"},
        {"VM monitoring that waits",
         DAG_ON("ha: {" HA ", vm_monitoring: vm-only, failure_interval: 120s}", "14.1", "H3", OLD),
         NAMED("vm-monitoring"), "N1 NOOP 1; N2 NOOP 1"},
        {"Fault Tolerance and NLB are excluded",
         "servers: [{name: N1, nlb: true, vm: {fault_tolerance: true}}, {name: N2, vm: none}]\n"
         "failover_clusters: [{name: SQL, nodes: [N1, N2]}]\n",
         "SELECT lower, upper, class FROM conflict WHERE upper <> 'sql-ag' AND class = 'UNSUP' "
         "ORDER BY 1",
         "vsphere-ft wsfc-group-failover UNSUP; wsfc-group-failover wnlb UNSUP"},
        {"automatic failback under host HA",
         "vsphere_clusters: [{name: C1, " RESPECTED ", " RULE "}]\n" HOSTS
         "servers: [{name: N1, vm: {host: H1}}, {name: N2, vm: {host: H2}}, {name: F1, vm: none}]\n"
         "failover_clusters: [{name: SQL, nodes: [N1, N2], witness: {type: file-share, server: "
         "F1}, "
         "groups: [{name: G, type: sql-server, failback: immediate}]}]\n",
         "SELECT DISTINCT class FROM conflict WHERE lower = 'vsphere-ha-restart' AND upper = "
         "'wsfc-auto-failback'",
         "ORDER"},
        {"servers in no guest cluster have no conflict",
         "vsphere_clusters: [{name: C1, ha: {" HA "}}]\n" HOSTS
         "servers: [{name: N1, nlb: true, vm: {host: H1}}]\n",
         "SELECT count(*) FROM conflict", "0"},
    };
    BUILTIN_CHECK(cases);
}

#define GROUPS(more, one, two)                                                                     \
    "servers: [{name: N1, vm: {name: V1}}, {name: N2, vm: {name: V2}}]\n"                          \
    "dags: [{name: D1, members: [N1, N2], witness: none}]\n"                                       \
    "failover_clusters: [{name: HV, hyperv_hosts: true" more ", groups: [{name: G1, vm: V1" one    \
    "}, {name: G2, vm: V2" two "}]}]\n"
#define CLASS(name) ", anti_affinity_class: " name
#define MEET "SELECT classed, enforced, meet FROM guest_in_hyperv"

/* What keeps members apart, or is said of it. */
static void test_apart(void **state) {
    (void)state;
    static const Asked cases[] = {
        {"groups of one class are kept apart where possible, which is no promise",
         GROUPS("", CLASS("A"), CLASS("A")), MEET, "1 0 -"},
        {"enforced, it is one", GROUPS(", enforced_anti_affinity: true", CLASS("A"), CLASS("A")),
         MEET, "1 1 0"},
        {"two classes keep nobody apart", GROUPS("", CLASS("A"), CLASS("B")), MEET, "0 0 1"},
        {"nor does none, twice", GROUPS("", CLASS("none"), CLASS("none")), MEET, "0 0 1"},
        {"classes that are not stated", GROUPS("", CLASS("A"), ""), MEET, "- 0 -"},
        {"an export that names a rule beside both",
         "partial: true\nvsphere_clusters: [{name: C1, version: '6.0', ha: {" HA "}}]\n" HOSTS
         "servers: [{name: N1, vm: {host: H1, cluster_rule_names: [R, Q]}}, {name: N2, vm: {host: "
         "H2, "
         "cluster_rule_names: [R]}}]\ndags: [{name: D1, members: [N1, N2]}]\n",
         "SELECT words FROM separation",
         "an export names the rule R beside 2 of them; what it does is not in it"},
        {"an export that names none",
         "partial: true\nvsphere_clusters: [{name: C1, version: '6.0', ha: {" HA "}}]\n" HOSTS
         "servers: [{name: N1, vm: {host: H1}}, {name: N2, vm: {host: H2}}]\n"
         "dags: [{name: D1, members: [N1, N2]}]\n",
         "SELECT words FROM separation",
         "neither a rule over them is stated nor that there is none"},
        {"replicas, mirrors and the stop action of a host",
         "datastores: [{name: L, replication: synchronous}, {name: K, replication: asynchronous}]\n"
         "servers: [{name: N1, vm: {name: V1, datastores: [L, K], replication: hyperv-replica, "
         "automatic_stop_action: save}}, {name: N2, vm: {name: V2, datastores: [], replication: "
         "none, "
         "automatic_stop_action: shut-down}}]\n",
         "SELECT mechanism, workload FROM protection WHERE holds = 1 ORDER BY 1",
         "hyperv-stop-action N1; replica-failover N1; storage-mirror N1; storage-replication N1"},
    };
    BUILTIN_CHECK(cases);
}

/* Every mechanism says where it acts and when, and marks what no source confirms. */
static void test_described(void **state) {
    (void)state;
    Fixture f;
    builtin_open(&f, "sites: [{name: HQ}]\n");
    Str bad = builtin_ask(&f, "SELECT mechanism FROM mechanism WHERE layer IS NULL OR authority IS "
                              "NULL OR arbiter IS NULL OR layer NOT BETWEEN 1 AND 8");
    assert_int_equal(bad.n, 0);
    Str marked =
        builtin_ask(&f, "SELECT unverified FROM mechanism WHERE mechanism = 'exchange-dag'");
    assert_true(str_eq(marked, STR("act_s")));
    size_t sourceless = 0;
    for (size_t i = 0; i < f.packs.count; i++) {
        for (size_t j = 0; j < f.packs.items[i].mechanism_count; j++) {
            sourceless += !f.packs.items[i].mechanisms[j].source_count ||
                          !f.packs.items[i].mechanisms[j].active.n;
        }
    }
    assert_int_equal(sourceless, 0);
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_active), cmocka_unit_test(test_conflicts),
        cmocka_unit_test(test_apart), cmocka_unit_test(test_described)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
