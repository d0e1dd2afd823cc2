#include "rule/redundant_cuts.h"

#include <stdlib.h>

#include "graph/double_fault.h"

/* (component, damaged group), and products of classes, that are kept. */
enum { RECORD_BUDGET = 50 * 1000 * 1000, PRODUCT_BUDGET = 20 * 1000 * 1000 };

typedef struct Single {
    GateId gate;
    NodeId component;
} Single;

typedef struct GroupRun {
    Arena *arena, *scratch;
    const Faults *faults;
    FaultPhase phase;
    const FaultGraph *graph;
    bool *is_component;
    Cascade *best; /* over the optimistic graph */
    VEC(Single) singles;
    DoubleFaults doubles;
    VEC(RedundantCuts) found;
} GroupRun;

static void choose_components(GroupRun *run) {
    const Faults *faults = run->faults;
    run->is_component = arena_array(run->scratch, bool, faults->node_count);
    faults_components(faults, services_faults(faults->services), run->is_component);
}

/* ---- order 1 ---- */

static int compare_singles(const void *a, const void *b) {
    const Single *x = a;
    const Single *y = b;
    if (x->gate != y->gate) {
        return x->gate < y->gate ? -1 : 1;
    }
    return (x->component > y->component) - (x->component < y->component);
}

static void find_singles(GroupRun *run) {
    const SpofResult *spof = &run->faults->spof[run->phase][PESSIMISTIC];
    Cascade *cascade = cascade_new(run->scratch, run->graph);
    for (NodeId v = 0; v < run->graph->node_count; v++) {
        if (!run->is_component[v] || !spof->redundant[v]) {
            continue;
        }
        cascade_run(cascade, &v, 1);
        for (size_t i = 0; i < cascade->touched_count; i++) {
            const Counter *counter = &run->graph->counters[cascade->touched[i]];
            if (counter->redundant && cascade->fallen[cascade->touched[i]] >= counter->threshold &&
                !run->graph->base_down[counter->owner]) {
                vec_push(run->scratch, &run->singles, ((Single){counter->gate, v}));
            }
        }
    }
    if (run->singles.count) {
        qsort(run->singles.items, run->singles.count, sizeof(Single), compare_singles);
    }
}

/* ---- order 2 ---- */

static const LossClass *loss_classes(const GroupRun *run, size_t from, size_t count) {
    LossClass *classes = arena_array(run->arena, LossClass, count);
    for (size_t c = 0; c < count; c++) {
        const DamageClass *of = &run->doubles.classes[from + c];
        EntityId *items = arena_array(run->arena, EntityId, of->count);
        for (uint32_t i = 0; i < of->count; i++) {
            items[i] = run->faults->entities[run->doubles.components[of->start + i]];
        }
        classes[c] = (LossClass){items, of->count};
    }
    return classes;
}

/* The owner falls with the first of each class in the optimistic reading too. */
static bool is_certain(const GroupRun *run, const FaultProduct *product) {
    if (run->best->graph == run->graph) {
        return true;
    }
    const DoubleFaults *doubles = &run->doubles;
    NodeId owner = run->graph->gates[product->gate].owner;
    const NodeId lost[2] = {doubles->components[doubles->classes[product->first].start],
                            doubles->components[doubles->classes[product->second].start]};
    cascade_run(run->best, lost, 2);
    return run->best->graph->base_down[owner] || cascade_fell(run->best, owner);
}

/* Products [from, to) are of one gate; its classes begin at `first_class`. */
static void add_pairs(GroupRun *run, size_t from, size_t to, size_t first_class, size_t class_count,
                      RedundantCuts *cuts) {
    const LossClass *classes = loss_classes(run, first_class, class_count);
    VEC(ClassPair) pairs[2] = {{0}, {0}};
    for (size_t p = from; p < to; p++) {
        const FaultProduct *product = &run->doubles.products[p];
        int kind = is_certain(run, product) ? 0 : 1;
        ClassPair pair = {product->first - (uint32_t)first_class,
                          product->second - (uint32_t)first_class};
        vec_push(run->scratch, &pairs[kind], pair);
        cuts->pairs[kind].total += (uint64_t)classes[pair.first].count * classes[pair.second].count;
    }
    for (int kind = 0; kind < 2; kind++) {
        cuts->pairs[kind].classes = classes;
        cuts->pairs[kind].certain = kind == 0;
        cuts->pairs[kind].groups = pair_groups(run->arena, (uint32_t)class_count, pairs[kind].items,
                                               pairs[kind].count, &cuts->pairs[kind].count);
    }
}

/* ---- both, gate by gate ---- */

typedef struct Position {
    size_t single, product, damage;
} Position;

static void take_gate(GroupRun *run, GateId id, Position *at) {
    const Faults *faults = run->faults;
    const DoubleFaults *doubles = &run->doubles;
    Sym label = faults->needs->labels[faults->labels[run->phase][PESSIMISTIC][id]];
    RedundantCuts cuts = {.owner = faults->entities[run->graph->gates[id].owner],
                          .label = sym_text(inventory_interner(faults->inventory), label),
                          .k = run->graph->needed[id],
                          .n = run->graph->gates[id].count};
    size_t from = at->single;
    while (at->single < run->singles.count && run->singles.items[at->single].gate == id) {
        at->single++;
    }
    EntityId *single = arena_array(run->arena, EntityId, at->single - from);
    for (size_t i = from; i < at->single; i++) {
        single[cuts.single_count++] = faults->entities[run->singles.items[i].component];
    }
    cuts.single = single;
    size_t first_class = at->damage;
    while (at->damage < doubles->class_count && doubles->classes[at->damage].gate == id) {
        at->damage++;
    }
    from = at->product;
    while (at->product < doubles->product_count && doubles->products[at->product].gate == id) {
        at->product++;
    }
    if (at->product > from) {
        add_pairs(run, from, at->product, first_class, at->damage - first_class, &cuts);
    }
    if (cuts.single_count || at->product > from) {
        vec_push(run->arena, &run->found, cuts);
    }
}

void redundant_cuts(Arena *arena, const Faults *faults, FaultPhase phase, int order, int threads,
                    RedundantCutsList *ret_list) {
    GroupRun run = {.arena = arena,
                    .scratch = arena_open(0),
                    .faults = faults,
                    .phase = phase,
                    .graph = faults->graphs[phase][PESSIMISTIC]};
    choose_components(&run);
    run.best = cascade_new(run.scratch, faults->graphs[phase][OPTIMISTIC]);
    find_singles(&run);
    if (order >= 2) {
        DoubleFaultQuery query = {run.graph, run.is_component, RECORD_BUDGET, PRODUCT_BUDGET,
                                  threads};
        graph_double_faults(run.scratch, &query, &run.doubles);
    }
    Position at = {0};
    for (GateId id = 0; id < run.graph->gate_count; id++) {
        take_gate(&run, id, &at);
    }
    *ret_list = (RedundantCutsList){run.found.items, run.found.count, run.doubles.truncated};
    arena_close(run.scratch);
}
