#include "graph/path_set.h"

#include <assert.h>
#include <string.h>

enum { COST_MAX = UINT32_MAX / 2 };

void path_search_init(PathSearch *search, Arena *arena, const Cone *cone) {
    search->cone = cone;
    search->cost = arena_array(arena, uint32_t, cone->node_count);
    search->chosen = arena_array(arena, bool, cone->node_count);
    uint32_t widest = 0;
    for (uint32_t g = 0; g < (cone->node_count ? cone->gate_starts[cone->node_count] : 0); g++) {
        widest = cone->gates[g].count > widest ? cone->gates[g].count : widest;
    }
    search->sorted = arena_array(arena, uint32_t, widest);
}

/* Takes a member into the cheapest `most` so far, by insertion: gates are small, or need one. */
static size_t keep_cheapest(PathSearch *search, size_t count, size_t most, uint32_t member) {
    uint32_t cost = search->cost[member];
    if (count == most && search->cost[search->sorted[count - 1]] <= cost) {
        return count;
    }
    size_t at = count < most ? count++ : count - 1;
    while (at > 0 && search->cost[search->sorted[at - 1]] > cost) {
        search->sorted[at] = search->sorted[at - 1];
        at--;
    }
    search->sorted[at] = member;
    return count;
}

/* The cheapest members that are up, those chosen already first. Returns how many are missing. */
static size_t pick(PathSearch *search, const ConeGate *gate, const uint64_t *down,
                   size_t *ret_count) {
    const uint32_t *members = search->cone->members + gate->start;
    size_t needed = gate->count - gate->threshold + 1;
    size_t have = 0;
    for (uint32_t m = 0; m < gate->count; m++) {
        have += search->chosen[members[m]];
    }
    size_t most = have < needed ? needed - have : 0;
    size_t count = 0;
    for (uint32_t m = 0; most && m < gate->count; m++) {
        if (!down[members[m]] && !search->chosen[members[m]]) {
            count = keep_cheapest(search, count, most, members[m]);
        }
    }
    *ret_count = count;
    return most - count;
}

static uint32_t sum_capped(uint32_t a, uint32_t b) {
    return a + b > COST_MAX ? COST_MAX : a + b;
}

/* Members of a cycle that come later count as free: costs only guide the choice. */
static void find_costs(PathSearch *search, const uint64_t *down, const uint16_t *free) {
    const Cone *cone = search->cone;
    memset(search->cost, 0, cone->node_count * sizeof(uint32_t));
    memset(search->chosen, 0, cone->node_count * sizeof(bool));
    for (uint32_t v = 0; v < cone->node_count; v++) {
        uint32_t cost = cone_class_size(cone, v) && !free[v];
        for (uint32_t g = cone->gate_starts[v]; !down[v] && g < cone->gate_starts[v + 1]; g++) {
            size_t count;
            pick(search, &cone->gates[g], down, &count);
            for (size_t i = 0; i < count; i++) {
                cost = sum_capped(cost, search->cost[search->sorted[i]]);
            }
        }
        search->cost[v] = cost;
    }
}

/* Chooses what the node needs; returns the highest node that was added behind it, 0 if none. */
static uint32_t choose_members(PathSearch *search, uint32_t node, const uint64_t *down) {
    const Cone *cone = search->cone;
    uint32_t behind = 0;
    for (uint32_t g = cone->gate_starts[node]; g < cone->gate_starts[node + 1]; g++) {
        size_t count;
        size_t missing = pick(search, &cone->gates[g], down, &count);
        assert(missing == 0); /* the node is up, so its gates can be met */
        for (size_t i = 0; i < count; i++) {
            uint32_t member = search->sorted[i];
            search->chosen[member] = true;
            behind = member > node && member > behind ? member : behind;
        }
    }
    return behind;
}

size_t path_set_find(PathSearch *search, const uint64_t *down, const uint16_t *free,
                     uint32_t *ret_events) {
    const Cone *cone = search->cone;
    find_costs(search, down, free);
    assert(!down[cone->root]);
    search->chosen[cone->root] = true;
    for (uint32_t from = cone->root + 1; from > 0;) {
        uint32_t again = 0;
        for (uint32_t v = from; v-- > 0;) {
            if (search->chosen[v]) {
                uint32_t behind = choose_members(search, v, down);
                again = behind > again ? behind : again;
            }
        }
        from = again ? again + 1 : 0;
    }
    size_t count = 0;
    for (uint32_t v = 0; v < cone->node_count; v++) {
        if (search->chosen[v] && cone_class_size(cone, v) && !free[v]) {
            ret_events[count++] = v;
        }
    }
    return count;
}
