#include "rule/chances.h"

#include <stdlib.h>

#include "base/limits.h"

static const FaultReading readings[CHANCE_ENDS] = {OPTIMISTIC, PESSIMISTIC};

struct ChanceFinder {
    Arena *arena;
    const Faults *faults;
    FailureData data;
    double *shares[CHANCE_ENDS]; /* by node; 0 for what has no failure data */
    ConeBuilder *builders[FAULT_PHASES][CHANCE_ENDS];
};

ChanceFinder *chance_finder_open(const Faults *faults) {
    Arena *arena = arena_open(0);
    ChanceFinder *finder = arena_new(arena, ChanceFinder);
    finder->arena = arena;
    finder->faults = faults;
    failure_data_read(arena, faults, &finder->data);
    bool *is_component = arena_array(arena, bool, faults->node_count);
    finder->shares[CHANCE_LEAST] = arena_array(arena, double, faults->node_count);
    finder->shares[CHANCE_MOST] = arena_array(arena, double, faults->node_count);
    for (size_t v = 0; v < faults->node_count; v++) {
        bool known = finder->data.most[v] >= 0;
        is_component[v] = faults->faults[v] != FAULT_NONE;
        finder->shares[CHANCE_LEAST][v] = known ? finder->data.least[v] : 0;
        finder->shares[CHANCE_MOST][v] = known ? finder->data.most[v] : 0;
    }
    for (FaultPhase phase = EARLY; phase < FAULT_PHASES; phase++) {
        for (int end = 0; end < CHANCE_ENDS; end++) {
            finder->builders[phase][end] =
                cone_builder_new(arena, faults->graphs[phase][readings[end]], is_component);
        }
    }
    return finder;
}

void chance_finder_close(ChanceFinder *finder) {
    if (finder) {
        arena_close(finder->arena);
    }
}

static int compare_nodes(const void *a, const void *b) {
    NodeId x = *(const NodeId *)a;
    NodeId y = *(const NodeId *)b;
    return (x > y) - (x < y);
}

static void list_components(const ChanceFinder *finder, Arena *arena, const Cone *cone,
                            ServiceChance *chance) {
    size_t count = cone->node_count ? cone->class_starts[cone->node_count] : 0;
    NodeId *counted = arena_array(arena, NodeId, count);
    NodeId *left_out = arena_array(arena, NodeId, count);
    for (size_t i = 0; i < count; i++) {
        NodeId node = cone->components[i];
        if (finder->data.most[node] >= 0) {
            counted[chance->counted_count++] = node;
        } else {
            left_out[chance->left_out_count++] = node;
        }
    }
    if (count) {
        qsort(counted, chance->counted_count, sizeof(NodeId), compare_nodes);
        qsort(left_out, chance->left_out_count, sizeof(NodeId), compare_nodes);
    }
    chance->counted = counted;
    chance->left_out = left_out;
}

static void drop_unknown(const ChanceFinder *finder, Probability *probability) {
    size_t kept = 0;
    for (size_t i = 0; i < probability->importance_count; i++) {
        if (finder->data.most[probability->importance[i].component] >= 0) {
            probability->importance[kept++] = probability->importance[i];
        }
    }
    probability->importance_count = kept;
}

void chance_finder_run(ChanceFinder *finder, Arena *arena, EntityId service, FaultPhase phase,
                       ServiceChance *ret_chance) {
    NodeId node = faults_node(finder->faults, service);
    *ret_chance = (ServiceChance){.exact = true};
    if (node == NO_NODE) {
        return;
    }
    Arena *scratch = arena_open(0);
    for (int end = 0; end < CHANCE_ENDS; end++) {
        Probability *probability = &ret_chance->ends[end];
        const Cone *cone = cone_of_node(finder->builders[phase][end], scratch, node);
        cone_probability(cone, arena, finder->shares[end], true, LIMIT_DIAGRAM_NODES, probability);
        ret_chance->exact = ret_chance->exact && probability->exact;
        drop_unknown(finder, probability);
        if (end == CHANCE_MOST) {
            list_components(finder, arena, cone, ret_chance);
        }
    }
    arena_close(scratch);
}
