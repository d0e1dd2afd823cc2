#include "rule/cuts.h"

#include <stdlib.h>

struct CutFinder {
    Arena *arena;
    const Faults *faults;
    size_t work; /* limit of one search */
    /* Components for the classes of faults that the last service must withstand. */
    bool *is_component;
    uint32_t classes;
    ConeBuilder *builders[FAULT_PHASES];
    Cascade *best[FAULT_PHASES]; /* over the optimistic graphs */
};

void cut_components(const Faults *faults, EntityId service, bool *ret_is_component) {
    faults_components(faults, services_find(faults->services, service)->faults, ret_is_component);
}

CutFinder *cut_finder_open(const Faults *faults, size_t work) {
    Arena *arena = arena_open(0);
    CutFinder *finder = arena_new(arena, CutFinder);
    finder->arena = arena;
    finder->faults = faults;
    finder->work = work;
    finder->is_component = arena_array(arena, bool, faults->node_count);
    for (FaultPhase p = EARLY; p < FAULT_PHASES; p++) {
        finder->builders[p] =
            cone_builder_new(arena, faults->graphs[p][PESSIMISTIC], finder->is_component);
        finder->best[p] = cascade_new(arena, faults->graphs[p][OPTIMISTIC]);
    }
    return finder;
}

void cut_finder_close(CutFinder *finder) {
    if (finder) {
        arena_close(finder->arena);
    }
}

static void choose_components(CutFinder *finder, const ServiceTarget *target) {
    if (finder->classes != target->faults) {
        finder->classes = target->faults;
        faults_components(finder->faults, target->faults, finder->is_component);
    }
}

/* Also a cut set where what is not known is as good as it can be. */
static bool is_certain(Cascade *best, const ServiceCut *cut, const Faults *faults, NodeId service) {
    NodeId losses[CUT_ORDER_MAX];
    for (uint32_t i = 0; i < cut->order; i++) {
        losses[i] = faults_node(faults, cut->losses[i].items[0]);
    }
    cascade_run(best, losses, cut->order);
    return best->graph->base_down[service] || cascade_fell(best, service);
}

/* Nodes stand in canonical order of their entities, so components are by id. */
static LossClass loss_class(Arena *arena, const Faults *faults, const Cone *cone, uint32_t node) {
    size_t count = cone_class_size(cone, node);
    EntityId *items = arena_array(arena, EntityId, count);
    for (size_t i = 0; i < count; i++) {
        items[i] = faults->entities[cone->components[cone->class_starts[node] + i]];
    }
    return (LossClass){items, count};
}

static int compare_classes(const void *a, const void *b) {
    const LossClass *x = a;
    const LossClass *y = b;
    return (x->items[0] > y->items[0]) - (x->items[0] < y->items[0]);
}

static int compare_cuts(const void *a, const void *b) {
    const ServiceCut *x = a;
    const ServiceCut *y = b;
    if (x->order != y->order) {
        return x->order < y->order ? -1 : 1;
    }
    for (uint32_t i = 0; i < x->order; i++) {
        int order = compare_classes(&x->losses[i], &y->losses[i]);
        if (order) {
            return order;
        }
    }
    return 0;
}

void cut_finder_run(CutFinder *finder, Arena *arena, EntityId service, FaultPhase phase, int order,
                    ServiceCuts *ret_cuts) {
    const Faults *faults = finder->faults;
    NodeId node = faults_node(faults, service);
    *ret_cuts = (ServiceCuts){.sets = NULL};
    if (node == NO_NODE) {
        return;
    }
    choose_components(finder, services_find(faults->services, service));
    Arena *scratch = arena_open(0);
    const Cone *cone = cone_of_node(finder->builders[phase], scratch, node);
    CutSets sets;
    cone_cut_sets(cone, scratch, order, finder->work, &sets);
    ServiceCut *cuts = arena_array(arena, ServiceCut, sets.count);
    for (size_t i = 0; i < sets.count; i++) {
        cuts[i].order = sets.sets[i].order;
        for (uint32_t e = 0; e < cuts[i].order; e++) {
            cuts[i].losses[e] = loss_class(arena, faults, cone, sets.sets[i].nodes[e]);
        }
        qsort(cuts[i].losses, cuts[i].order, sizeof(LossClass), compare_classes);
        cuts[i].certain = is_certain(finder->best[phase], &cuts[i], faults, node);
    }
    if (sets.count) {
        qsort(cuts, sets.count, sizeof *cuts, compare_cuts);
    }
    *ret_cuts = (ServiceCuts){
        .sets = cuts, .count = sets.count, .is_down = cone->is_down, .truncated = sets.truncated};
    for (int o = 1; o <= CUT_ORDER_MAX; o++) {
        ret_cuts->totals[o] = sets.totals[o];
    }
    arena_close(scratch);
}
