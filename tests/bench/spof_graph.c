/* All single points of failure of a made-up infrastructure: spof_graph [SITES RACKS VMS REPEATS].
 * The defaults give 960,642 nodes and 3,301,122 arcs. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "graph/spof.h"

#include "big_graph.h"

/* ---- measuring ---- */

static double processor_seconds(void) {
    return (double)clock() / CLOCKS_PER_SEC;
}

static int compare_doubles(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static long peak_kib(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static size_t argument(int argc, char **argv, int i, size_t otherwise) {
    return argc > i ? strtoul(argv[i], NULL, 10) : otherwise;
}

typedef struct Measured {
    size_t victims, pairs;
    double median;
} Measured;

static Measured measure(const SpofQuery *query, size_t repeats) {
    Measured measured = {0};
    double *times = calloc(repeats, sizeof *times);
    for (size_t r = 0; times && r < repeats; r++) {
        Arena *arena = arena_open(0);
        SpofResult result;
        double from = processor_seconds();
        graph_spof(arena, query, &result);
        times[r] = processor_seconds() - from;
        measured.victims = measured.pairs = 0;
        for (size_t v = 0; v < query->graph->node_count; v++) {
            /* a failure counts among its own victims */
            measured.victims += result.node_counts[v] + 1;
            measured.pairs += result.target_counts[v] + query->is_target[v];
        }
        arena_close(arena);
    }
    if (times) {
        qsort(times, repeats, sizeof *times, compare_doubles);
        measured.median = times[repeats / 2];
    }
    free(times);
    return measured;
}

int main(int argc, char **argv) {
    BigGraphShape shape = {argument(argc, argv, 1, 20), argument(argc, argv, 2, 50),
                           argument(argc, argv, 3, 150), .cyclic = true};
    Arena *arena = arena_open(0);
    BigGraph big;
    big_graph_make(arena, &shape, &big);
    long made = peak_kib();
    SpofQuery query = {.graph = big.graph,
                       .is_component = big.all,
                       .is_target = big.targets,
                       .pair_budget = (size_t)200 * 1000 * 1000,
                       .threads = 1};
    Measured measured = measure(&query, argument(argc, argv, 4, 5));
    printf("nodes %zu, gates %zu, arcs %zu, down from the start %zu\n", big.graph->node_count,
           big.graph->gate_count, big.arcs, big.graph->base_down_count);
    printf("(failure, victim) pairs %zu, of these with a service %zu\n", measured.victims,
           measured.pairs);
    printf("all single points of failure: median %.3f s of processor time (<= 0.35), peak %.1f MB "
           "(<= 200; %.1f MB while the graph was made)\n",
           measured.median, (double)peak_kib() / 1024, (double)made / 1024);
    arena_close(arena);
    return 0;
}
