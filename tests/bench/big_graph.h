/* A made-up infrastructure as a fault graph. Its shape: per site two power feeds, two core
 * switches, arrays with two controllers, racks with two supplies and two switches, hosts over
 * racks, clusters of 20 hosts of which two may fail, virtual machines; a directory and a name
 * service over all sites; services over one or several machines, and over each other. */
#ifndef BENCH_BIG_GRAPH_H
#define BENCH_BIG_GRAPH_H

#include "graph/fault_graph.h"

typedef struct BigGraphShape {
    size_t sites, racks, machines; /* racks a site, virtual machines a datastore */
    bool cyclic; /* each domain controller needs the name service, which needs the controllers */
} BigGraphShape;

typedef struct BigGraph {
    FaultGraph *graph;
    size_t arcs;
    bool *all;     /* every node fails */
    bool *targets; /* services, domain controllers and name servers */
    bool *tops;    /* nodes that nobody needs */
    size_t top_count;
} BigGraph;

void big_graph_make(Arena *arena, const BigGraphShape *shape, BigGraph *ret_graph);

#endif
