/* Writes a made-up estate: make_estate SERVERS yaml|xml FILE. The same arguments give the same
 * bytes.
 *
 * Per 500 servers one vSphere cluster of 25 hosts, in its site two arrays and four datastores, a
 * DAG of four members with eight databases of three copies, two domain controllers, a failover
 * cluster, a load balancer, five services. One cluster in twenty carries the usual mistakes. */
#include <stdlib.h>
#include <string.h>

#include "form.h"

enum {
    CLUSTER_SERVERS = 500,
    CLUSTER_HOSTS = 25,
    CLUSTERS_A_SITE = 20,
    CLUSTERS_AN_ARRAY = 5,
    DATASTORES = 4,
    MEMBERS = 4,
    DATABASES = 8,
    COPIES = 3,
    SERVICES = 5,
    RINGS = 8,
    MISTAKEN = 20, /* one cluster in so many */
    /* places of servers in their cluster */
    FIRST_DC = 0,
    FIRST_MEMBER = 2,
    WITNESS = 6,
    FIRST_NODE = 7,
    FIRST_BALANCER = 9,
    FIRST_APPLICATION = 11,
};

typedef char Text[FORM_ITEM_SIZE];

typedef struct Estate {
    Form form;
    unsigned servers, clusters, sites;
    unsigned long long random;
} Estate;

static unsigned draw(Estate *estate, unsigned n) {
    estate->random ^= estate->random << 13;
    estate->random ^= estate->random >> 7;
    estate->random ^= estate->random << 17;
    return (unsigned)((estate->random >> 11) % n);
}

/* ---- names ---- */

#define NAME(out, ...) (snprintf((out), FORM_ITEM_SIZE, __VA_ARGS__), (out))

static unsigned site_of(unsigned cluster) {
    return cluster / CLUSTERS_A_SITE;
}

static const char *site_name(Text out, unsigned site) {
    return NAME(out, "SITE-%02u", site + 1);
}

static const char *cluster_name(Text out, unsigned cluster) {
    return NAME(out, "VMC-%03u", cluster + 1);
}

static const char *host_name(Text out, unsigned cluster, unsigned host) {
    return NAME(out, "esx-%03u-%02u.corp.example", cluster + 1, host + 1);
}

static const char *datastore_name(Text out, unsigned cluster, unsigned number) {
    return NAME(out, "LUN-%03u-%c", cluster + 1, 'A' + (int)number);
}

static const char *array_name(Text out, unsigned cluster, unsigned side) {
    return NAME(out, "SAN-%02u-%c", cluster / CLUSTERS_AN_ARRAY + 1, 'A' + (int)side);
}

static const char *server_name(Text out, unsigned cluster, unsigned place) {
    return NAME(out,
                place < FIRST_MEMBER        ? "DC-%03u-%u"
                : place < WITNESS           ? "EXCHANGE-%03u-%u"
                : place < FIRST_NODE        ? "FS-%03u-%u"
                : place < FIRST_BALANCER    ? "SQL-%03u-%u"
                : place < FIRST_APPLICATION ? "LB-%03u-%u"
                                            : "APP-%03u-%03u",
                cluster + 1, place + 1);
}

/* ---- the parts ---- */

static void write_sites(Estate *estate) {
    Form *form = &estate->form;
    Text text;
    form_list(form, "sites");
    for (unsigned s = 0; s < estate->sites; s++) {
        form_record(form, "site", true);
        form_field(form, "name", "%s", site_name(text, s));
        form_close(form);
    }
    form_close(form);
    form_list(form, "power_feeds");
    for (unsigned i = 0; i < 2 * estate->sites; i++) {
        form_record(form, "power_feed", true);
        form_field(form, "name", "FEED-%02u-%c", i / 2 + 1, 'A' + (int)(i % 2));
        form_field(form, "site", "%s", site_name(text, i / 2));
        form_close(form);
    }
    form_close(form);
    form_list(form, "patch_rings");
    for (unsigned r = 0; r < RINGS; r++) {
        form_record(form, "patch_ring", true);
        form_field(form, "name", "RING-%u", r + 1);
        form_close(form);
    }
    form_close(form);
}

static void write_feeds(Estate *estate, unsigned cluster) {
    Text feeds[2];
    NAME(feeds[0], "FEED-%02u-A", site_of(cluster) + 1);
    NAME(feeds[1], "FEED-%02u-B", site_of(cluster) + 1);
    form_items(&estate->form, "power_feeds", "power_feed", feeds, 2);
}

static void write_racks(Estate *estate) {
    Form *form = &estate->form;
    Text text;
    form_list(form, "racks");
    for (unsigned c = 0; c < estate->clusters; c++) {
        form_record(form, "rack", true);
        form_field(form, "name", "RACK-%03u", c + 1);
        form_field(form, "site", "%s", site_name(text, site_of(c)));
        write_feeds(estate, c);
        form_close(form);
    }
    form_close(form);
    form_list(form, "switches");
    for (unsigned i = 0; i < 2 * estate->clusters; i++) {
        form_record(form, "switch", true);
        form_field(form, "name", "SW-%03u-%c", i / 2 + 1, 'A' + (int)(i % 2));
        form_field(form, "site", "%s", site_name(text, site_of(i / 2)));
        form_field(form, "rack", "RACK-%03u", i / 2 + 1);
        form_field(form, "fabric", "ethernet");
        write_feeds(estate, i / 2);
        form_close(form);
    }
    form_close(form);
}

static void write_storage(Estate *estate) {
    Form *form = &estate->form;
    Text text;
    form_list(form, "storage_arrays");
    for (unsigned c = 0; c < estate->clusters; c += CLUSTERS_AN_ARRAY) {
        for (unsigned side = 0; side < 2; side++) {
            form_record(form, "storage_array", true);
            form_field(form, "name", "%s", array_name(text, c, side));
            form_field(form, "site", "%s", site_name(text, site_of(c)));
            form_field(form, "controllers", "2");
            form_field(form, "protocol", "fibre-channel");
            form_close(form);
        }
    }
    form_close(form);
    form_list(form, "datastores");
    for (unsigned i = 0; i < DATASTORES * estate->clusters; i++) {
        form_record(form, "datastore", true);
        form_field(form, "name", "%s", datastore_name(text, i / DATASTORES, i % DATASTORES));
        form_field(form, "array", "%s", array_name(text, i / DATASTORES, i % 2));
        form_field(form, "type", "vmfs");
        form_close(form);
    }
    form_close(form);
}

static void write_rule(Estate *estate, unsigned cluster, const char *of, unsigned first,
                       unsigned count) {
    Text servers[MEMBERS];
    Form *form = &estate->form;
    form_record(form, "rule", true);
    form_field(form, "name", "AA-%s-%03u", of, cluster + 1);
    form_field(form, "type", "anti-affinity");
    form_field(form, "enabled", "true");
    for (unsigned i = 0; i < count; i++) {
        server_name(servers[i], cluster, first + i);
    }
    form_items(form, "vms", "vm", servers, count);
    form_close(form);
}

static void write_cluster(Estate *estate, unsigned cluster) {
    Form *form = &estate->form;
    bool mistaken = cluster % MISTAKEN == 0;
    Text text;
    form_record(form, "vsphere_cluster", false);
    form_field(form, "name", "%s", cluster_name(text, cluster));
    form_field(form, "site", "%s", site_name(text, site_of(cluster)));
    form_field(form, "version", "6.7");
    form_child(form, "ha");
    form_field(form, "enabled", "true");
    form_field(form, "host_monitoring", "true");
    form_field(form, "admission_control", mistaken ? "false" : "true");
    form_field(form, "failover_level", "2");
    form_field(form, "restart_priority", "medium");
    form_field(form, "vm_monitoring", "disabled");
    form_field(form, "isolation_response", "none");
    form_list(form, "advanced_options");
    form_close(form);
    form_close(form);
    form_child(form, "drs");
    form_field(form, "enabled", "true");
    form_field(form, "automation_level", "partially-automated");
    form_close(form);
    form_list(form, "rules");
    if (!mistaken) {
        write_rule(estate, cluster, "DC", FIRST_DC, 2);
        write_rule(estate, cluster, "DAG", FIRST_MEMBER, MEMBERS);
        write_rule(estate, cluster, "SQL", FIRST_NODE, 2);
        write_rule(estate, cluster, "LB", FIRST_BALANCER, 2);
    }
    form_close(form);
    form_close(form);
}

static void write_hosts(Estate *estate) {
    Form *form = &estate->form;
    Text text;
    form_list(form, "vsphere_clusters");
    for (unsigned c = 0; c < estate->clusters; c++) {
        write_cluster(estate, c);
    }
    form_close(form);
    form_list(form, "hosts");
    for (unsigned i = 0; i < CLUSTER_HOSTS * estate->clusters; i++) {
        unsigned cluster = i / CLUSTER_HOSTS;
        /* The hosts of a cluster stand in the racks of its site. */
        unsigned site_clusters = estate->clusters - site_of(cluster) * CLUSTERS_A_SITE;
        site_clusters = site_clusters < CLUSTERS_A_SITE ? site_clusters : CLUSTERS_A_SITE;
        unsigned rack = site_of(cluster) * CLUSTERS_A_SITE + (cluster + i) % site_clusters;
        Text switches[2];
        NAME(switches[0], "SW-%03u-A", rack + 1);
        NAME(switches[1], "SW-%03u-B", rack + 1);
        form_record(form, "host", true);
        form_field(form, "name", "%s", host_name(text, cluster, i % CLUSTER_HOSTS));
        form_field(form, "cluster", "%s", cluster_name(text, cluster));
        form_field(form, "rack", "RACK-%03u", rack + 1);
        form_field(form, "cores", "64");
        form_field(form, "memory_gb", "1024");
        write_feeds(estate, cluster);
        form_items(form, "switches", "switch", switches, 2);
        form_close(form);
    }
    form_close(form);
}

/* ---- servers ---- */

static size_t roles_of(unsigned place, Text roles[3]) {
    static const char *const names[][3] = {{"domain-controller", "global-catalog", "dns"},
                                           {"mailbox"},
                                           {"file-server"},
                                           {"sql-server"},
                                           {"load-balancer"},
                                           {"file-server"}};
    size_t row = place < FIRST_MEMBER        ? 0
                 : place < WITNESS           ? 1
                 : place < FIRST_NODE        ? 2
                 : place < FIRST_BALANCER    ? 3
                 : place < FIRST_APPLICATION ? 4
                                             : 5;
    size_t count = 0;
    /* Most application servers have a role that no product of ours knows. */
    while (count < 3 && names[row][count] && (row < 5 || place % 10 == 0)) {
        snprintf(roles[count], FORM_ITEM_SIZE, "%s", names[row][count]);
        count++;
    }
    return count;
}

static void write_machine(Estate *estate, unsigned cluster, unsigned place) {
    Form *form = &estate->form;
    Text text;
    Text datastores[2];
    bool mistaken = cluster % MISTAKEN == 0;
    /* Pairs stand on different hosts and on both sides of the storage. */
    unsigned host = mistaken && place < FIRST_MEMBER ? 0 : place % CLUSTER_HOSTS;
    size_t disks = place >= FIRST_APPLICATION && draw(estate, 8) == 0 ? 2 : 1;
    datastore_name(datastores[0], cluster, place % DATASTORES);
    datastore_name(datastores[1], cluster, (place + 2) % DATASTORES);
    form_child(form, "vm");
    form_field(form, "host", "%s", host_name(text, cluster, host));
    form_field(form, "vcpus", "%u", 2u << draw(estate, 3));
    form_field(form, "memory_gb", "%u", 8u << draw(estate, 3));
    if (place >= FIRST_MEMBER && place < FIRST_BALANCER && !mistaken) {
        form_field(form, "restart_priority", "disabled");
    }
    form_items(form, "datastores", "datastore", datastores, disks);
    form_items(form, "snapshots", "snapshot", NULL, 0);
    form_close(form);
}

static void write_server(Estate *estate, unsigned cluster, unsigned place) {
    static const char *const systems[] = {"Windows Server 2012 R2", "Windows Server 2016",
                                          "Windows Server 2019", "Red Hat Enterprise Linux 8"};
    Form *form = &estate->form;
    Text text;
    Text roles[3];
    bool windows = place < FIRST_APPLICATION;
    form_record(form, "server", false);
    form_field(form, "name", "%s", server_name(text, cluster, place));
    form_field(form, "os", "%s", systems[windows ? 1 : draw(estate, 4)]);
    form_field(form, "site", "%s", site_name(text, site_of(cluster)));
    form_field(form, "patch_ring", "RING-%u", place % RINGS + 1);
    if (place == WITNESS && form->xml) {
        form_field(form, "vm", "none");
    }
    form_items(form, "roles", "role", roles, roles_of(place, roles));
    if (place == WITNESS && !form->xml) {
        form_field(form, "vm", "none");
    } else if (place != WITNESS) {
        write_machine(estate, cluster, place);
    }
    form_child(form, "reboot");
    form_field(form, "pending", draw(estate, 1000) == 0 ? "true" : "false");
    form_close(form);
    form_close(form);
}

static void write_servers(Estate *estate) {
    form_list(&estate->form, "servers");
    for (unsigned i = 0; i < estate->servers; i++) {
        write_server(estate, i / CLUSTER_SERVERS, i % CLUSTER_SERVERS);
    }
    form_close(&estate->form);
}

/* ---- what runs on them ---- */

static void write_heartbeat(Form *form) {
    form_child(form, "heartbeat");
    form_field(form, "same_subnet_delay", "1s");
    form_field(form, "same_subnet_threshold", "10");
    form_close(form);
}

static void write_dags(Estate *estate) {
    Form *form = &estate->form;
    Text text;
    Text members[MEMBERS];
    form_list(form, "dags");
    for (unsigned c = 0; c < estate->clusters; c++) {
        for (unsigned i = 0; i < MEMBERS; i++) {
            server_name(members[i], c, FIRST_MEMBER + i);
        }
        form_record(form, "dag", false);
        form_field(form, "name", "DAG-%03u", c + 1);
        form_field(form, "datacenter_activation_mode", "dag-only");
        form_items(form, "members", "member", members, MEMBERS);
        form_child(form, "witness");
        form_field(form, "server", "%s", server_name(text, c, WITNESS));
        form_field(form, "directory", "C:\\DAG-%03u", c + 1);
        form_close(form);
        write_heartbeat(form);
        form_close(form);
    }
    form_close(form);
    form_list(form, "failover_clusters");
    for (unsigned c = 0; c < estate->clusters; c++) {
        server_name(members[0], c, FIRST_NODE);
        server_name(members[1], c, FIRST_NODE + 1);
        form_record(form, "failover_cluster", false);
        form_field(form, "name", "WFC-%03u", c + 1);
        form_items(form, "nodes", "node", members, 2);
        form_child(form, "witness");
        form_field(form, "type", "file-share");
        form_field(form, "server", "%s", server_name(text, c, WITNESS));
        form_close(form);
        write_heartbeat(form);
        form_close(form);
    }
    form_close(form);
}

static void write_databases(Estate *estate) {
    Form *form = &estate->form;
    Text text;
    form_list(form, "mailbox_databases");
    for (unsigned i = 0; i < DATABASES * estate->clusters; i++) {
        unsigned cluster = i / DATABASES;
        form_record(form, "mailbox_database", false);
        form_field(form, "name", "DB-%03u-%u", cluster + 1, i % DATABASES + 1);
        form_field(form, "dag", "DAG-%03u", cluster + 1);
        form_field(form, "mailboxes", "%u", 200 + draw(estate, 300));
        form_list(form, "copies");
        for (unsigned k = 0; k < COPIES; k++) {
            form_record(form, "copy", true);
            form_field(form, "server", "%s",
                       server_name(text, cluster, FIRST_MEMBER + (i + k) % MEMBERS));
            form_field(form, "activation_preference", "%u", k + 1);
            form_close(form);
        }
        form_close(form);
        form_close(form);
    }
    form_close(form);
    form_list(form, "exchange_organizations");
    form_record(form, "exchange_organization", true);
    form_field(form, "name", "Corp");
    form_field(form, "version", "15.1");
    form_close(form);
    form_close(form);
}

static void write_balancers(Estate *estate) {
    Form *form = &estate->form;
    Text text;
    Text members[MEMBERS];
    form_list(form, "load_balancers");
    for (unsigned c = 0; c < estate->clusters; c++) {
        form_record(form, "load_balancer", false);
        form_field(form, "name", "LB-%03u", c + 1);
        form_field(form, "site", "%s", site_name(text, site_of(c)));
        server_name(members[0], c, FIRST_BALANCER);
        server_name(members[1], c, FIRST_BALANCER + 1);
        form_items(form, "nodes", "node", members, 2);
        form_list(form, "virtual_services");
        form_record(form, "virtual_service", true);
        form_field(form, "name", "mail-%03u.corp.example", c + 1);
        form_field(form, "purpose", "client-access");
        form_field(form, "probe", "http");
        for (unsigned i = 0; i < MEMBERS; i++) {
            server_name(members[i], c, FIRST_MEMBER + i);
        }
        form_items(form, "members", "member", members, MEMBERS);
        form_close(form);
        form_close(form);
        form_close(form);
    }
    form_close(form);
}

static void write_services(Estate *estate) {
    Form *form = &estate->form;
    form_list(form, "services");
    for (unsigned i = 0; i < SERVICES * estate->clusters; i++) {
        unsigned cluster = i / SERVICES;
        unsigned span = CLUSTER_SERVERS - FIRST_APPLICATION - 1;
        unsigned place = FIRST_APPLICATION + draw(estate, span);
        Text server;
        Text needs[1];
        Text either[2];
        snprintf(either[0], FORM_ITEM_SIZE, "server:%.30s", server_name(server, cluster, place));
        snprintf(either[1], FORM_ITEM_SIZE, "server:%.30s",
                 server_name(server, cluster, place + 1));
        NAME(needs[0], "service:directory@SITE-%02u", site_of(cluster) + 1);
        form_record(form, "service", false);
        form_field(form, "name", "application-%04u", i + 1);
        form_items(form, "needs", "need", needs, 1);
        form_items(form, "any_of", "alternative", either, 2);
        form_close(form);
    }
    form_close(form);
}

static void write_estate(Estate *estate) {
    Form *form = &estate->form;
    form_field(form, "topolint", "1");
    form_field(form, "name", "Estate of %u servers", estate->servers);
    form_field(form, "as_of", "2024-06-30");
    write_sites(estate);
    write_racks(estate);
    write_storage(estate);
    write_hosts(estate);
    write_servers(estate);
    write_dags(estate);
    write_databases(estate);
    write_balancers(estate);
    write_services(estate);
    form_end(form);
}

int main(int argc, char **argv) {
    unsigned servers = argc == 4 ? (unsigned)strtoul(argv[1], NULL, 10) : 0;
    if (!servers || servers % CLUSTER_SERVERS) {
        fprintf(stderr, "usage: make_estate SERVERS yaml|xml FILE (SERVERS a multiple of %d)\n",
                CLUSTER_SERVERS);
        return 2;
    }
    FILE *file = fopen(argv[3], "wb");
    if (!file) {
        perror(argv[3]);
        return 2;
    }
    Estate estate = {
        .servers = servers, .clusters = servers / CLUSTER_SERVERS, .random = 88172645463325252u};
    estate.sites = (estate.clusters + CLUSTERS_A_SITE - 1) / CLUSTERS_A_SITE;
    form_begin(&estate.form, file, strcmp(argv[2], "xml") == 0);
    write_estate(&estate);
    return fclose(file) == 0 ? 0 : 2;
}
