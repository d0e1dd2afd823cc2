/* A cheap set of nodes that keeps the target of a cone up: closed (each gate of each of them has
 * enough members in it) and free of what is down. For cut_sets.c alone. */
#ifndef GRAPH_PATH_SET_H
#define GRAPH_PATH_SET_H

#include "graph/cone.h"

typedef struct PathSearch {
    const Cone *cone;
    uint32_t *cost;   /* by node: events that it takes to keep it up, about */
    bool *chosen;     /* by node */
    uint32_t *sorted; /* members of one gate, cheapest first */
} PathSearch;

void path_search_init(PathSearch *search, Arena *arena, const Cone *cone);

/* The events of a path set of the root, `down[v]` being not 0 for what is down (the root is not)
 * and `free[v]` for events that cost nothing and are left out of the result. Returns their number,
 * 0 = nothing but free events is needed. */
size_t path_set_find(PathSearch *search, const uint64_t *down, const uint16_t *free,
                     uint32_t *ret_events);

#endif
