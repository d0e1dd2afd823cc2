/* Dependencies of the built-in packs over small designs: quorum, copies, roles by version, targets,
 * declared services, what is not stated. */
#include "builtin.h"

#define VOTES(node)                                                                                \
    "SELECT DISTINCT at_least, of FROM needs WHERE node = '" node "' AND gate = 'votes'"
#define VOTERS(node)                                                                               \
    "SELECT provider FROM needs WHERE node = '" node "' AND gate = 'votes' ORDER BY provider"
#define PHYSICAL(name) "{name: " name ", vm: none}"
#define WINDOWS(name) "{name: " name ", os: Windows Server 2012 R2, vm: none}"
/* Three nodes of 2012 R2 and a file share, with further settings of the quorum. */
#define THREE_AND_SHARE(quorum)                                                                    \
    "servers: [" WINDOWS("A") ", " WINDOWS("B") ", " WINDOWS("C") ", " PHYSICAL(                   \
        "D") "]\n"                                                                                 \
             "failover_clusters: [{name: F, nodes: [A, B, C], quorum: {" quorum                    \
             "model: node-and-file-share-majority}, witness: {type: file-share, server: D}}]\n"
#define FOUR                                                                                       \
    "servers: [" PHYSICAL("A") ", " PHYSICAL("B") ", " PHYSICAL("C") ", " PHYSICAL("D") "]\n"

static void test_quorum(void **state) {
    (void)state;
    static const Asked cases[] = {
        {"two members and a witness",
         FOUR "dags: [{name: G, members: [A, B], witness: {server: C}}]\n", VOTES("quorum@G"),
         "2 3"},
        {"the witness votes", FOUR "dags: [{name: G, members: [A, B], witness: {server: C}}]\n",
         VOTERS("quorum@G"), "A; B; C"},
        {"two members, stated without witness",
         FOUR "dags: [{name: G, members: [A, B], witness: none}]\n", VOTES("quorum@G"), "2 2"},
        {"a witness that is not told of is none", FOUR "dags: [{name: G, members: [A, B]}]\n",
         VOTES("quorum@G"), "2 2"},
        {"three members need no witness",
         FOUR "dags: [{name: G, members: [A, B, C], witness: {server: D}}]\n", VOTES("quorum@G"),
         "2 3"},
        {"and the one that is configured does not vote",
         FOUR "dags: [{name: G, members: [A, B, C], witness: {server: D}}]\n", VOTERS("quorum@G"),
         "A; B; C"},
        {"four members and a witness",
         "servers: [" PHYSICAL("A") ", " PHYSICAL("B") ", " PHYSICAL("C") ", " PHYSICAL(
             "D") ", " PHYSICAL("W") "]\n"
                                     "dags: [{name: G, members: [A, B, C, D], witness: {server: "
                                     "W}}]\n",
         VOTES("quorum@G"), "3 5"},
        {"four members without", FOUR "dags: [{name: G, members: [A, B, C, D]}]\n",
         VOTES("quorum@G"), "3 4"},
        {"not known whether a witness votes",
         "partial: true\n" FOUR "dags: [{name: G, members: [A, B]}]\n",
         "SELECT provider, certain FROM needs WHERE node = 'quorum@G' ORDER BY 1", "- -; A 1; B 1"},
        {"a cloud witness never fails: one node of two is enough",
         FOUR "failover_clusters: [{name: F, nodes: [A, B], witness: {type: cloud}}]\n",
         VOTES("quorum@F"), "1 2"},
        {"so does a quorum model that says so",
         FOUR "failover_clusters: [{name: F, nodes: [A, B], quorum: {model: cloud-witness}}]\n",
         VOTES("quorum@F"), "1 2"},
        {"node majority: the witness that stands by has no vote",
         FOUR
         "failover_clusters: [{name: F, nodes: [A, B], quorum: {model: node-majority}, witness: "
         "{type: file-share, server: C}}]\n",
         VOTERS("quorum@F"), "A; B"},
        {"a disk witness stands on its datastore",
         FOUR
         "datastores: [{name: L}]\nfailover_clusters: [{name: F, nodes: [A, B], witness: {type: "
         "disk, datastore: L}}]\n",
         VOTERS("quorum@F"), "A; B; L"},
        {"the cluster below a DAG has no quorum of its own",
         FOUR "dags: [{name: G, members: [A, B]}]\nfailover_clusters: [{name: F, dag: G, nodes: "
              "[A, B]}, "
              "{name: E, nodes: [A, B]}, {name: V, hyperv_hosts: true, nodes: [C, D]}]\n",
         "SELECT name FROM quorum", "quorum@G"},
        {"a member without a vote is no voter, nor counted",
         FOUR
         "dags: [{name: G, members: [A, B, C], nonvoting_members: [C], witness: {server: D}}]\n",
         VOTERS("quorum@G"), "A; B; D"},
        {"what its cluster uses decides, not what is configured",
         FOUR "dags: [{name: G, members: [A, B], quorum: {model: node-majority}, witness: {server: "
              "C}}]\n",
         VOTERS("quorum@G"), "A; B"},
        {"so does the cluster below that is described apart",
         FOUR
         "dags: [{name: G, members: [A, B, C], witness: {server: D}}]\n"
         "failover_clusters: [{name: F, dag: G, quorum: {model: node-and-file-share-majority}}]\n",
         VOTES("quorum@G"), "3 4"},
        {"from 2012 R2 on the vote of the witness is adjusted", THREE_AND_SHARE(""),
         VOTERS("quorum@F"), "A; B; C"},
        {"unless dynamic quorum is off", THREE_AND_SHARE("dynamic: false, "), VOTERS("quorum@F"),
         "A; B; C; D"},
        {"one node of three may be lost, one of two without witness may not",
         FOUR "dags: [{name: G, members: [A, B, C]}, {name: H, members: [D]}]\n"
              "mailbox_databases: [{name: X, dag: G, copies: [{server: A}, {server: B}]}]\n",
         "SELECT component FROM spof WHERE service = 'mailbox-database@X' AND phase = 'settled'",
         ""},
        {"losing either of two",
         FOUR "dags: [{name: G, members: [A, B]}]\n"
              "mailbox_databases: [{name: X, dag: G, copies: [{server: A}, {server: B}]}]\n",
         "SELECT component, certain FROM spof WHERE service = 'mailbox-database@X' AND phase = "
         "'settled' ORDER BY 1",
         "A 1; B 1"},
        {"losing the witness of two only costs the second loss",
         FOUR "dags: [{name: G, members: [A, B], witness: {server: C}}]\n"
              "mailbox_databases: [{name: X, dag: G, copies: [{server: A}, {server: B}]}]\n",
         "SELECT component FROM spof WHERE service = 'mailbox-database@X'", ""},
    };
    BUILTIN_CHECK(cases);
}

#define SITE "sites: [{name: HQ}]\n"
#define ORG(version) "exchange_organizations: [{name: O, version: '" version "'}]\n"
#define DC "{name: D1, site: HQ, roles: [domain-controller, global-catalog], vm: none}"
#define BOX(name, roles) "{name: " name ", site: HQ, roles: [" roles "], vm: none}"
#define DB(copies) "mailbox_databases: [{name: X, mailboxes: 5, copies: [" copies "]}]\n"
#define GATE(node, label)                                                                          \
    "SELECT provider FROM needs WHERE node = '" node "' AND gate = '" label "' ORDER BY 1"

static void test_exchange(void **state) {
    (void)state;
    static const Asked cases[] = {
        {"services of a site with mailboxes",
         SITE ORG("14.1") "servers: [" DC ", " BOX("M", "mailbox") "]\n" DB("{server: M}"),
         "SELECT name FROM service ORDER BY name",
         "client-access@HQ; directory@HQ; mailbox-database@X; transport@HQ"},
        {"no mailboxes, no services",
         SITE ORG("14.1") "servers: [" BOX("M", "mailbox, client-access, hub-transport") "]\n",
         "SELECT name FROM service", ""},
        {"a database that is empty serves nobody",
         SITE ORG("14.1") "servers: [" BOX(
             "M",
             "mailbox") "]\nmailbox_databases: [{name: X, mailboxes: 0, copies: [{server: M}]}]\n",
         "SELECT name FROM service", "mailbox-database@X"},
        {"2010: client access by its role",
         SITE ORG("14.1") "servers: [" BOX("M", "mailbox") ", " BOX(
             "C", "client-access, hub-transport") "]\n" DB("{server: M}"),
         GATE("client-access@HQ", "client access servers"), "C"},
        {"2010: transport by its role",
         SITE ORG("14.1") "servers: [" BOX("M", "mailbox, hub-transport") ", " BOX(
             "C", "client-access") "]\n" DB("{server: M}"),
         GATE("transport@HQ", "transport servers"), "M"},
        {"2013: mailbox servers transport",
         SITE ORG("15.0") "servers: [" BOX("M", "mailbox") ", " BOX("C", "client-access") "]\n" DB(
             "{server: M}"),
         GATE("transport@HQ", "transport servers"), "M"},
        {"2016: every mailbox server does both",
         SITE ORG("15.1") "servers: [" BOX("M", "mailbox") ", " BOX("N", "mailbox") "]\n" DB(
             "{server: M}"),
         GATE("client-access@HQ", "client access servers"), "M; N"},
        {"no version and no role but mailbox: open",
         SITE "servers: [" BOX("M", "mailbox") "]\n" DB("{server: M}"),
         "SELECT provider, certain FROM needs WHERE node = 'client-access@HQ' AND gate = 'client "
         "access servers'",
         "M -"},
        {"a copy that lags, one that is suspended and one that is blocked do not count",
         "servers: [{name: A, vm: none}, {name: B, vm: none}, {name: C, vm: none}, {name: E, vm: "
         "none, exchange: {activation_policy: blocked}}]\n"
         "mailbox_databases: [{name: X, copies: [{server: A, activation_preference: 1}, {server: "
         "B, activation_preference: 2, replay_lag: 7d}, "
         "{server: C, activation_preference: 3, activation_suspended: true}, {server: E, "
         "activation_preference: 4}]}]\n",
         GATE("mailbox-database@X", "copies"), "A"},
        {"nor does one in another site where only the site may activate, nor one of a stopped "
         "server",
         "sites: [{name: S}, {name: T}]\nservers: [{name: A, site: S, vm: none}, {name: B, site: "
         "S, "
         "vm: none, exchange: {activation_policy: intrasite-only}}, {name: C, site: T, vm: none, "
         "exchange: {activation_policy: intrasite-only}}, {name: E, site: S, vm: none}]\n"
         "dags: [{name: G, members: [A, B, C, E], stopped_members: [E]}]\n"
         "mailbox_databases: [{name: X, copies: [{server: A, activation_preference: 1}, {server: "
         "B, activation_preference: 2}, {server: C, activation_preference: 3}, {server: E, "
         "activation_preference: 4}]}]\n",
         GATE("mailbox-database@X", "copies"), "A; B"},
        {"the build tells 2019 and SE apart, as numbers",
         "servers: [{name: A, roles: [mailbox], exchange: {version: '15.2.986.5'}}, {name: B, "
         "roles: "
         "[mailbox], exchange: {version: '15.2.2562.17'}}]\n",
         "SELECT product FROM exchange_server ORDER BY server_id", "Exchange 2019; Exchange SE"},
        {"a copy on a datastore of its own needs that and its server",
         "datastores: [{name: L}]\nservers: [{name: A, vm: none}, {name: B, vm: none}]\n"
         "mailbox_databases: [{name: X, copies: [{server: A, datastore: L}, {server: B}]}]\n",
         "SELECT n.gate, n.provider FROM needs n JOIN database_copy c ON c.id = n.node_id ORDER BY "
         "1",
         "server A; storage L"},
        {"the directory of another site where the own has none",
         "sites: [{name: HQ}, {name: B}]\n" ORG(
             "15.1") "servers: [{name: D2, site: B, roles: [domain-controller, global-catalog], "
                     "vm: none}, " BOX("M", "mailbox") "]\n" DB("{server: M}"),
         GATE("client-access@HQ", "directory"), "directory@B"},
        {"the directory of any site where several have one",
         "sites: [{name: HQ}, {name: B}]\n" ORG(
             "15.1") "servers: [{name: D2, site: B, roles: [domain-controller, global-catalog], "
                     "vm: none}, " BOX("D1", "domain-controller, global-catalog") ", " BOX(
                         "M", "mailbox") "]\n" DB("{server: M}"),
         "SELECT node, provider FROM needs WHERE edge = 'run' AND gate IN ('directory', 'sites') "
         "AND node NOT LIKE "
         "'mail%' ORDER BY 1, 2",
         "client-access@HQ directory@any-site; directory@any-site directory@B; "
         "directory@any-site directory@HQ; transport@HQ directory@any-site"},
        {"no directory is described: open",
         SITE ORG("15.1") "servers: [" BOX("M", "mailbox") "]\n" DB("{server: M}"),
         "SELECT provider, certain FROM needs WHERE node = 'client-access@HQ' AND gate = "
         "'directory'",
         "- -"},
        {"read-only domain controllers and such without catalog do not serve",
         SITE "servers: [" BOX("D1", "domain-controller, global-catalog") ", " BOX(
             "D2",
             "domain-controller") ", " BOX("D3",
                                           "read-only-domain-controller, global-catalog") "]\n",
         GATE("directory@HQ", "domain controllers"), "D1"},
        {"where nothing is said of catalogs, all that can be written do",
         SITE "servers: [" BOX("D1", "domain-controller") ", " BOX("D2", "domain-controller") "]\n",
         GATE("directory@HQ", "domain controllers"), "D1; D2"},
    };
    BUILTIN_CHECK(cases);
}

#define TWO_SITES "sites: [{name: HQ}, {name: B}]\n"
#define PAIR                                                                                       \
    "servers: [{name: D1, site: HQ, roles: [domain-controller], vm: none}, {name: D2, site: HQ, "  \
    "roles: [domain-controller], vm: none}]\n"
#define ONE "servers: [{name: D1, site: HQ, roles: [domain-controller], vm: none}]\n"
#define SUBJECTS "SELECT subject, phase FROM spof_subject ORDER BY 1"

static void test_targets(void **state) {
    (void)state;
    static const Asked cases[] = {
        {"high availability is asked by default", SITE ONE, SUBJECTS, "D1 settled"},
        {"a site is not judged then", SITE PAIR, SUBJECTS, ""},
        {"but the table of all losses has it", SITE PAIR,
         "SELECT component, phase FROM spof ORDER BY 1, 2", "HQ early; HQ settled"},
        {"single for the inventory", "availability: single\n" SITE ONE, SUBJECTS, ""},
        {"site-resilient for the inventory", "availability: site-resilient\n" SITE PAIR, SUBJECTS,
         "HQ settled"},
        {"the site says more than the inventory",
         "availability: single\nsites: [{name: HQ, availability: ha}]\n" ONE, SUBJECTS,
         "D1 settled"},
        {"the site asks for more", "sites: [{name: HQ, availability: site-resilient}]\n" PAIR,
         SUBJECTS, "HQ settled"},
        {"the service says more than both",
         "availability: site-resilient\nsites: [{name: HQ, availability: ha}]\n" ONE
         "services: [{name: directory@HQ, availability: single}]\n",
         SUBJECTS, ""},
        {"the service asks for more",
         SITE PAIR "services: [{name: directory@HQ, availability: site-resilient}]\n", SUBJECTS,
         "HQ settled"},
        {"and only for itself",
         TWO_SITES "servers: [{name: D1, site: HQ, roles: [domain-controller], vm: none}, {name: "
                   "D2, site: B, roles: [domain-controller], vm: none}]\n"
                   "services: [{name: directory@HQ, availability: ha}]\n",
         SUBJECTS, "D1 settled"},
        {"the directory of a site is not asked where another site has one",
         TWO_SITES "servers: [{name: D1, site: HQ, roles: [domain-controller], vm: none}, {name: "
                   "D2, site: B, roles: [domain-controller], vm: none}]\n",
         SUBJECTS, ""},
        {"HA boots the server elsewhere: early only",
         SITE "vsphere_clusters: [{name: C1, ha: {enabled: true, host_monitoring: true, "
              "restart_priority: medium}}]\n"
              "hosts: [{name: H1, cluster: C1}, {name: H2, cluster: C1}]\n"
              "servers: [{name: D1, site: HQ, roles: [domain-controller], vm: {host: H1, "
              "datastores: []}}]\n",
         "SELECT subject, phase, defeats FROM spof_subject ORDER BY 1", "D1 settled 0; H1 early 0"},
        {"one host under both defeats a redundancy",
         SITE "vsphere_clusters: [{name: C1, ha: {enabled: true, host_monitoring: true, "
              "restart_priority: medium}}]\n"
              "hosts: [{name: H1, cluster: C1}, {name: H2, cluster: C1}]\n"
              "servers: [{name: D1, site: HQ, roles: [domain-controller], vm: {host: H1, "
              "datastores: []}}, "
              "{name: D2, site: HQ, roles: [domain-controller], vm: {host: H1, datastores: []}}]\n",
         "SELECT subject, phase, defeats FROM spof_subject", "H1 early 1"},
        {"without HA it is for good",
         SITE "vsphere_clusters: [{name: C1, ha: {enabled: false}}]\n"
              "hosts: [{name: H1, cluster: C1}, {name: H2, cluster: C1}]\n"
              "servers: [{name: D1, site: HQ, roles: [domain-controller], vm: {host: H1, "
              "datastores: []}}, "
              "{name: D2, site: HQ, roles: [domain-controller], vm: {host: H1, datastores: []}}]\n",
         "SELECT subject, phase, defeats FROM spof_subject", "H1 settled 1"},
    };
    BUILTIN_CHECK(cases);
}

#define HOSTED(name, host) "{name: " name ", vm: {host: " host ", cluster: none, datastores: []}}"

static void test_declared(void **state) {
    (void)state;
    static const Asked cases[] = {
        {"all needs, and one of the alternatives",
         FOUR "services: [{name: s, needs: ['server:A', 'server:B'], any_of: ['server:C', "
              "'server:D']}]\n",
         "SELECT label, k, n FROM gate WHERE node = 's' ORDER BY 1",
         "declared alternatives 1 2; declared needs 2 2"},
        {"its single points of failure",
         FOUR "services: [{name: s, needs: ['server:A', 'server:B'], any_of: ['server:C', "
              "'server:D']}]\n",
         SUBJECTS, "A settled; B settled"},
        {"a declared service on a derived one, which keeps its own needs",
         SITE PAIR "services: [{name: portal, needs: ['service:directory@HQ']}]\n",
         "SELECT node, provider FROM needs WHERE node IN ('portal', 'directory@HQ') ORDER BY 1, 2",
         "directory@HQ D1; directory@HQ D2; portal directory@HQ"},
        {"a declared record of a derived service's name is one with it",
         SITE PAIR "services: [{name: directory@HQ, needs: ['server:D1'], title: Sign-in}]\n",
         "SELECT v.name, v.title, v.type, v.site FROM service v",
         "directory@HQ Sign-in directory HQ"},
        {"and needs both", SITE PAIR "services: [{name: directory@HQ, needs: ['server:D1']}]\n",
         "SELECT label, k, n FROM gate WHERE node = 'directory@HQ' ORDER BY 1",
         "declared needs 1 1; domain controllers 1 2"},
        {"in another spelling as well",
         SITE PAIR "services: [{name: Directory@hq, needs: ['server:D1']}]\n",
         "SELECT count(*) FROM service", "1"},
        {"services that need each other",
         FOUR "services: [{name: s, needs: ['service:t', 'server:A']}, {name: t, needs: "
              "['service:s']}]\n",
         "SELECT cycle, node FROM cycle ORDER BY 2", "1 s; 1 t"},
        {"hold each other up, until what both need is lost",
         FOUR "services: [{name: s, needs: ['service:t', 'server:A']}, {name: t, needs: "
              "['service:s']}]\n",
         "SELECT DISTINCT service, component FROM spof ORDER BY 1", "s A; t A"},
        {"a service that needs nothing cannot fail", "services: [{name: s}]\n" SITE,
         "SELECT count(*) FROM spof", "0"},
        {"contracts of one and of several losses",
         "hosts: [{name: H1}, {name: H2}]\nservers: [" HOSTED("A", "H1") ", " HOSTED(
             "B", "H2") "]\n"
                        "services: [{name: s, any_of: ['server:A', 'server:B'], must_survive: [any "
                        "host, 2 any host, any server + any host, any rack]}]\n",
         "SELECT term, holds, problem FROM contract WHERE phase = 'settled' ORDER BY 1",
         "2 any host 0 -; any host 1 -; any rack - the inventory describes fewer of them; any "
         "server + any host 0 -"},
        {"what breaks them",
         "hosts: [{name: H1}, {name: H2}]\nservers: [" HOSTED("A", "H1") ", " HOSTED(
             "B", "H2") "]\n"
                        "services: [{name: s, any_of: ['server:A', 'server:B'], must_survive: [2 "
                        "any host, any server + any host]}]\n",
         "SELECT term, position, component FROM contract_loss WHERE phase = 'settled' ORDER BY 1, "
         "2",
         "2 any host 1 H1; 2 any host 2 H2; any server + any host 1 A; any server + any host 2 H2"},
    };
    BUILTIN_CHECK(cases);
}

#define SPOFS "SELECT component, certain FROM spof WHERE phase = 'settled' ORDER BY 1"
#define UNSURE "SELECT DISTINCT service FROM unsure"
#define DCS(one, two)                                                                              \
    "servers: [{name: D1, site: HQ, roles: [domain-controller]" one "}, {name: D2, site: HQ, "     \
    "roles: [domain-controller]" two "}]\n"

static void test_open(void **state) {
    (void)state;
    static const Asked cases[] = {
        {"stated as physical: nothing open", SITE DCS(", vm: none", ", vm: none"), UNSURE, ""},
        {"not stated whether they are virtual: they could share one machine's fate",
         SITE DCS("", ""), UNSURE, "directory@HQ"},
        {"only one is not known: it could be any, but no other unknown shares it",
         SITE DCS(", vm: none", ""), UNSURE, ""},
        {"hosts that are not known in one cluster may be one host",
         SITE "vsphere_clusters: [{name: C1, ha: {enabled: false}}]\n" DCS(
             ", vm: {cluster: C1, datastores: []}", ", vm: {cluster: C1, datastores: []}"),
         UNSURE, "directory@HQ"},
        {"those of two clusters are not",
         SITE "vsphere_clusters: [{name: C1, ha: {enabled: false}}, {name: C2, ha: {enabled: "
              "false}}]\n" DCS(", vm: {cluster: C1, datastores: []}",
                               ", vm: {cluster: C2, datastores: []}"),
         UNSURE, ""},
        {"one host for both, HA not stated: settled it is open",
         SITE "vsphere_clusters: [{name: C1, ha: {host_monitoring: true}}]\nhosts: [{name: H1, "
              "cluster: C1}, {name: H2, cluster: C1}]\n" DCS(", vm: {host: H1, datastores: []}",
                                                             ", vm: {host: H1, datastores: []}"),
         SPOFS, "H1 -; HQ 1"},
        {"and early it is certain",
         SITE "vsphere_clusters: [{name: C1, ha: {host_monitoring: true}}]\nhosts: [{name: H1, "
              "cluster: C1}, {name: H2, cluster: C1}]\n" DCS(", vm: {host: H1, datastores: []}",
                                                             ", vm: {host: H1, datastores: []}"),
         "SELECT component, certain FROM spof WHERE phase = 'early' ORDER BY 1", "H1 1; HQ 1"},
        {"a role that may be there is an open alternative",
         SITE "servers: [" BOX("M", "mailbox") ", " BOX("N", "mailbox") "]\n" DB(
             "{server: M}, {server: N}"),
         "SELECT component, certain FROM spof WHERE service = 'client-access@HQ' AND phase = "
         "'settled' ORDER BY 1",
         "HQ -; M -"},
        {"a server that is named, not described, counts as open below",
         "availability: ha\npartial: true\nservices: [{name: s, any_of: ['server:A', "
         "'server:B']}]\nservers: [{name: B, vm: none}]\n",
         "SELECT provider, certain FROM needs WHERE node = 's' ORDER BY 1", "A 1; B 1"},
    };
    BUILTIN_CHECK(cases);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quorum), cmocka_unit_test(test_exchange),
        cmocka_unit_test(test_targets), cmocka_unit_test(test_declared),
        cmocka_unit_test(test_open)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
