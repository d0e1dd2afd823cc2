/* Cut sets of made-up infrastructures, whole: every top (a node that nobody needs) up to order 2,
 * and the double failures of a million nodes gate by gate. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "graph/cut_sets.h"
#include "graph/double_fault.h"

#include "big_graph.h"

static double processor_seconds(void) {
    return (double)clock() / CLOCKS_PER_SEC;
}

static void all_tops(size_t sites, size_t racks, size_t machines, const char *bar) {
    BigGraphShape shape = {sites, racks, machines, .cyclic = false};
    Arena *arena = arena_open(0);
    BigGraph big;
    big_graph_make(arena, &shape, &big);
    double from = processor_seconds();
    ConeBuilder *builder = cone_builder_new(arena, big.graph, big.all);
    uint64_t totals[CUT_ORDER_MAX + 1] = {0};
    size_t cone_nodes = 0;
    for (NodeId v = 0; v < big.graph->node_count; v++) {
        if (big.tops[v]) {
            Arena *scratch = arena_open(0);
            CutSets sets;
            const Cone *cone = cone_of_node(builder, scratch, v);
            cone_nodes += cone->node_count;
            cone_cut_sets(cone, scratch, 2, UINT64_MAX, &sets);
            totals[1] += sets.totals[1];
            totals[2] += sets.totals[2];
            arena_close(scratch);
        }
    }
    printf("%zu nodes, %zu tops, reduced cones of %zu nodes: order 1 %llu, order 2 %llu sets in "
           "%.3f s (%s)\n",
           big.graph->node_count, big.top_count, cone_nodes / big.top_count,
           (unsigned long long)totals[1], (unsigned long long)totals[2], processor_seconds() - from,
           bar);
    arena_close(arena);
}

static void double_faults(void) {
    BigGraphShape shape = {20, 50, 150, .cyclic = true};
    Arena *arena = arena_open(0);
    BigGraph big;
    big_graph_make(arena, &shape, &big);
    DoubleFaultQuery query = {big.graph, big.all, (size_t)50 * 1000 * 1000,
                              (size_t)50 * 1000 * 1000, 1};
    DoubleFaults faults;
    double from = processor_seconds();
    graph_double_faults(arena, &query, &faults);
    double took = processor_seconds() - from;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%zu nodes: %zu classes, %zu products for %llu (gate, pair) in %.3f s (<= 0.8), peak "
           "%.0f MB\n",
           big.graph->node_count, faults.class_count, faults.product_count,
           (unsigned long long)faults.pair_count, took, (double)usage.ru_maxrss / 1024);
    arena_close(arena);
}

int main(void) {
    all_tops(1, 10, 25, "<= 0.1");
    all_tops(2, 20, 50, "<= 1.0");
    double_faults();
    return 0;
}
