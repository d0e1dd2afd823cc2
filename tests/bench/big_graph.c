#include "big_graph.h"

#include <stdlib.h>
#include <string.h>

enum { ARRAYS = 8, RACK_HOSTS = 20, CLUSTER_HOSTS = 20, CLUSTER_DATASTORES = 4, GROUP_MAX = 64 };

/* Grows by realloc: what the maker leaves behind must not count as memory of the analysis. */
typedef struct Numbers {
    uint32_t *items;
    size_t count, capacity;
} Numbers;

typedef struct Maker {
    Arena *arena;
    uint64_t random;
    bool cyclic;
    Numbers owners, needed, starts, members, targets;
} Maker;

typedef struct Site {
    NodeId site, feeds[2], net, dc, dns;
    NodeId arrays[ARRAYS];
    NodeId *hosts, *clusters, *machines;
    size_t machine_count;
} Site;

static uint32_t draw(Maker *maker, size_t n) {
    maker->random ^= maker->random << 13;
    maker->random ^= maker->random >> 7;
    maker->random ^= maker->random << 17;
    return (uint32_t)((maker->random >> 11) % n);
}

static void add(Numbers *numbers, uint32_t number) {
    if (numbers->count == numbers->capacity) {
        numbers->capacity = numbers->capacity ? numbers->capacity * 3 / 2 : 1024;
        numbers->items = realloc(numbers->items, numbers->capacity * sizeof *numbers->items);
        if (!numbers->items) {
            exit(3);
        }
    }
    numbers->items[numbers->count++] = number;
}

static NodeId node(Maker *maker) {
    add(&maker->targets, false);
    return (NodeId)(maker->targets.count - 1);
}

static void gate(Maker *maker, NodeId owner, uint32_t needed, const NodeId *members, size_t count) {
    add(&maker->owners, owner);
    add(&maker->needed, needed);
    add(&maker->starts, (uint32_t)maker->members.count);
    for (size_t i = 0; i < count; i++) {
        add(&maker->members, members[i]);
    }
}

static void need(Maker *maker, NodeId owner, NodeId of) {
    gate(maker, owner, 1, &of, 1);
}

/* ---- one site ---- */

static void make_network(Maker *maker, Site *site) {
    NodeId cores[2];
    site->site = node(maker);
    site->feeds[0] = node(maker);
    site->feeds[1] = node(maker);
    for (int i = 0; i < 2; i++) {
        cores[i] = node(maker);
        need(maker, cores[i], site->site);
        gate(maker, cores[i], 1, site->feeds, 2);
    }
    site->net = node(maker);
    need(maker, site->net, site->site);
    gate(maker, site->net, 1, cores, 2);
    for (int i = 0; i < ARRAYS; i++) {
        NodeId controllers[2] = {node(maker), node(maker)};
        site->arrays[i] = node(maker);
        need(maker, controllers[0], site->feeds[0]);
        need(maker, controllers[1], site->feeds[1]);
        need(maker, site->arrays[i], site->site);
        gate(maker, site->arrays[i], 1, controllers, 2);
    }
}

static void make_rack(Maker *maker, Site *site, NodeId *hosts) {
    NodeId rack = node(maker);
    need(maker, rack, site->site);
    NodeId supplies[2];
    NodeId switches[2];
    for (int i = 0; i < 2; i++) {
        supplies[i] = node(maker);
        need(maker, supplies[i], site->feeds[i]);
        need(maker, supplies[i], rack);
    }
    for (int i = 0; i < 2; i++) {
        switches[i] = node(maker);
        need(maker, switches[i], site->net);
        need(maker, switches[i], supplies[i]);
    }
    for (int i = 0; i < RACK_HOSTS; i++) {
        hosts[i] = node(maker);
        gate(maker, hosts[i], 1, supplies, 2);
        gate(maker, hosts[i], 1, switches, 2);
    }
}

static void make_cluster(Maker *maker, Site *site, size_t number, size_t racks, size_t machines) {
    NodeId cluster = node(maker);
    NodeId hosts[CLUSTER_HOSTS];
    NodeId datastores[CLUSTER_DATASTORES];
    for (size_t i = 0; i < CLUSTER_HOSTS; i++) {
        hosts[i] = site->hosts[(number + i * racks) % (RACK_HOSTS * racks)];
    }
    gate(maker, cluster, CLUSTER_HOSTS - 2, hosts, CLUSTER_HOSTS);
    need(maker, cluster, site->net);
    for (int i = 0; i < CLUSTER_DATASTORES; i++) {
        datastores[i] = node(maker);
        need(maker, datastores[i], site->arrays[draw(maker, ARRAYS)]);
        for (size_t k = 0; k < machines; k++) {
            NodeId machine = node(maker);
            need(maker, machine, cluster);
            need(maker, machine, datastores[i]);
            need(maker, machine, site->net);
            site->machines[site->machine_count++] = machine;
        }
    }
}

static void make_site(Maker *maker, Site *site, NodeId dns_service, size_t racks, size_t machines) {
    make_network(maker, site);
    site->hosts = arena_array(maker->arena, NodeId, racks * RACK_HOSTS);
    site->machines = arena_array(maker->arena, NodeId, racks * CLUSTER_DATASTORES * machines);
    for (size_t r = 0; r < racks; r++) {
        make_rack(maker, site, site->hosts + r * RACK_HOSTS);
    }
    for (size_t c = 0; c < racks; c++) {
        make_cluster(maker, site, c, racks, machines);
    }
    site->dc = node(maker);
    site->dns = node(maker);
    need(maker, site->dc, site->machines[0]);
    if (maker->cyclic) {
        need(maker, site->dc, dns_service);
    }
    need(maker, site->dns, site->dc);
    maker->targets.items[site->dc] = true;
    maker->targets.items[site->dns] = true;
}

/* ---- services over all sites ---- */

static NodeId machine_of(Maker *maker, const Site *site) {
    return site->machines[draw(maker, site->machine_count)];
}

static void make_service(Maker *maker, const Site *sites, size_t site_count, NodeId service) {
    uint32_t kind = draw(maker, 100);
    const Site *home = &sites[draw(maker, site_count)];
    NodeId machines[3];
    size_t count = kind < 40 ? 1 : kind < 90 ? 2 : 3;
    for (size_t i = 0; i < count; i++) {
        bool other = kind >= 90 || (kind >= 70 && i == 1);
        machines[i] = machine_of(maker, other ? &sites[draw(maker, site_count)] : home);
    }
    gate(maker, service, count == 3 ? 2 : 1, machines, count);
    maker->targets.items[service] = true;
}

static void make_services(Maker *maker, const Site *sites, size_t site_count, NodeId directory,
                          NodeId names) {
    size_t machines = 0;
    for (size_t s = 0; s < site_count; s++) {
        machines += sites[s].machine_count;
    }
    size_t count = machines * 55 / 100;
    NodeId first = 0;
    for (size_t i = 0; i < count; i++) {
        NodeId service = node(maker);
        first = i ? first : service;
        make_service(maker, sites, site_count, service);
        need(maker, service, directory);
        need(maker, service, names);
        if (i > 10 && draw(maker, 100) < 50) {
            size_t back = draw(maker, i < 1000 ? i : 1000);
            need(maker, service, first + (NodeId)(i - 1 - back));
        }
    }
}

static FaultGraph *make_graph(Maker *maker, Arena *arena, size_t site_count, size_t racks,
                              size_t machines) {
    NodeId directory = node(maker);
    NodeId names = node(maker);
    Site *sites = arena_array(maker->arena, Site, site_count);
    NodeId *controllers = arena_array(maker->arena, NodeId, site_count);
    NodeId *resolvers = arena_array(maker->arena, NodeId, site_count);
    for (size_t s = 0; s < site_count; s++) {
        make_site(maker, &sites[s], names, racks, machines);
        controllers[s] = sites[s].dc;
        resolvers[s] = sites[s].dns;
    }
    gate(maker, directory, 1, controllers, site_count);
    gate(maker, names, 1, resolvers, site_count);
    make_services(maker, sites, site_count, directory, names);
    add(&maker->starts, (uint32_t)maker->members.count);
    GraphSpec spec = {.node_count = maker->targets.count,
                      .gate_count = maker->owners.count,
                      .owners = maker->owners.items,
                      .needed = maker->needed.items,
                      .starts = maker->starts.items,
                      .members = maker->members.items};
    return graph_build(arena, &spec);
}

/* What is needed to run, without what was needed to make it. */
static void give_back(Maker *maker) {
    free(maker->owners.items);
    free(maker->needed.items);
    free(maker->starts.items);
    free(maker->members.items);
    free(maker->targets.items);
    arena_close(maker->arena);
}

static void mark(Maker *maker, Arena *arena, BigGraph *big) {
    size_t n = big->graph->node_count;
    big->all = arena_array(arena, bool, n);
    big->targets = arena_array(arena, bool, n);
    big->tops = arena_array(arena, bool, n);
    for (size_t v = 0; v < n; v++) {
        big->all[v] = true;
        big->targets[v] = maker->targets.items[v];
        big->tops[v] = big->graph->user_starts[v] == big->graph->user_starts[v + 1];
        big->top_count += big->tops[v];
    }
}

void big_graph_make(Arena *arena, const BigGraphShape *shape, BigGraph *ret_graph) {
    Maker maker = {.arena = arena_open(0), .random = 88172645463325252u, .cyclic = shape->cyclic};
    *ret_graph = (BigGraph){0};
    ret_graph->graph = make_graph(&maker, arena, shape->sites, shape->racks, shape->machines);
    ret_graph->arcs = maker.members.count;
    mark(&maker, arena, ret_graph);
    give_back(&maker);
}
