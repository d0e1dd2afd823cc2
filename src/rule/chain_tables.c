/* One finding per chain: components that stop the same services in the same phases, by the one that
 * stands nearest the service. */
#include <stdlib.h>

#include "graph/chain.h"
#include "rule/kernels.h"

/* The pairs of which the service must survive the component's class of fault. */
static SpofResult judged_pairs(Arena *arena, const Faults *faults, const SpofResult *all) {
    size_t n = faults->node_count;
    SpofResult result = *all;
    result.starts = arena_array(arena, uint32_t, n + 1);
    result.targets = arena_array(arena, NodeId, all->starts[n]);
    uint32_t count = 0;
    for (size_t v = 0; v < n; v++) {
        for (uint32_t i = all->starts[v]; faults->entities[v] && i < all->starts[v + 1]; i++) {
            if (faults_is_judged(faults, (NodeId)v, all->targets[i])) {
                result.targets[count++] = all->targets[i];
            }
        }
        result.starts[v + 1] = count;
    }
    return result;
}

typedef struct ChainMember {
    NodeId subject, node;
    uint32_t size; /* what falls with it: the nearest to the service has least */
} ChainMember;

static int compare_members(const void *a, const void *b) {
    const ChainMember *x = a;
    const ChainMember *y = b;
    if (x->subject != y->subject) {
        return x->subject < y->subject ? -1 : 1;
    }
    if ((x->node == x->subject) != (y->node == y->subject)) {
        return x->node == x->subject ? -1 : 1;
    }
    if (x->size != y->size) {
        return x->size < y->size ? -1 : 1;
    }
    return (x->node > y->node) - (x->node < y->node);
}

typedef struct ChainFill {
    const Kernels *kernels;
    Arena *scratch;
    SpofResult early, settled;           /* judged */
    SpofResult early_best, settled_best; /* optimistic, for `certain` */
    TableRows subjects, chains;
} ChainFill;

static void add_service(ChainFill *fill, NodeId subject, NodeId service, bool settled) {
    const Faults *faults = fill->kernels->faults;
    bool worst = fill->settled.starts[subject] != fill->settled.starts[subject + 1];
    bool certain =
        faults_stops(settled ? &fill->settled_best : &fill->early_best, subject, service);
    table_rows_add(&fill->subjects,
                   (const int64_t[]){faults->entities[subject], faults->entities[service],
                                     fill->kernels->phases[settled ? SETTLED : EARLY],
                                     fill->kernels->phases[worst ? SETTLED : EARLY],
                                     certain ? 1 : MEM_INT_NULL,
                                     fill->early.redundant[subject] ? 1 : 0});
}

/* The services of a subject: settled ones, and those that are away early only. */
static void add_subject(ChainFill *fill, NodeId subject) {
    for (uint32_t i = fill->settled.starts[subject]; i < fill->settled.starts[subject + 1]; i++) {
        add_service(fill, subject, fill->settled.targets[i], true);
    }
    for (uint32_t i = fill->early.starts[subject]; i < fill->early.starts[subject + 1]; i++) {
        if (!faults_stops(&fill->settled, subject, fill->early.targets[i])) {
            add_service(fill, subject, fill->early.targets[i], false);
        }
    }
}

static void add_chains(ChainFill *fill, const ChainResult *result) {
    const Faults *faults = fill->kernels->faults;
    VEC(ChainMember) members = {0};
    for (size_t v = 0; v < faults->node_count; v++) {
        if (result->subject[v] != NO_NODE) {
            uint32_t size = fill->early.node_counts[v] + fill->settled.node_counts[v];
            ChainMember member = {result->subject[v], (NodeId)v, size};
            vec_push(fill->scratch, &members, member);
        }
    }
    if (members.count) {
        qsort(members.items, members.count, sizeof *members.items, compare_members);
    }
    int64_t position = 0;
    for (size_t i = 0; i < members.count; i++) {
        const ChainMember *member = &members.items[i];
        bool first = i == 0 || members.items[i - 1].subject != member->subject;
        position = first ? 1 : position + 1;
        table_rows_add(&fill->chains, (const int64_t[]){faults->entities[member->subject],
                                                        faults->entities[member->node], position});
        if (first) {
            add_subject(fill, member->subject);
        }
    }
}

static const MemColumn subject_columns[] = {
    {"subject", MEM_ENTITY, "The component of a chain that stands nearest the service.", true,
     NULL},
    {"service", MEM_ENTITY, "A service that its loss stops and that must survive it.", true, NULL},
    {"phase", MEM_TEXT, "settled: down until repaired; early: away until slower recovery acted.",
     false, phase_values},
    {"subject_phase", MEM_TEXT, "The worst phase over the subject's services.", false,
     phase_values},
    {"certain", MEM_INT, "1, or NULL if a missing fact leaves it open.", false, NULL},
    {"defeats", MEM_INT, "1 if the loss fires a gate with k < n early, else 0.", false, NULL},
};

static const MemColumn chain_columns[] = {
    {"subject", MEM_ENTITY, "The subject of the chain.", true, NULL},
    {"component", MEM_ENTITY, "A component that stops the same services in the same phases.", true,
     NULL},
    {"position", MEM_INT, "1 = the subject, nearest the service.", false, NULL},
};

KernelTables kernel_chains(const Kernels *kernels) {
    const Faults *faults = kernels->faults;
    Arena *scratch = arena_open(0);
    ChainFill fill = {.kernels = kernels,
                      .scratch = scratch,
                      .early = judged_pairs(scratch, faults, &faults->spof[EARLY][PESSIMISTIC]),
                      .settled = judged_pairs(scratch, faults, &faults->spof[SETTLED][PESSIMISTIC]),
                      .early_best = faults->spof[EARLY][OPTIMISTIC],
                      .settled_best = faults->spof[SETTLED][OPTIMISTIC],
                      .subjects = {.arena = scratch, .column_count = 6},
                      .chains = {.arena = scratch, .column_count = 3}};
    ChainQuery query = {faults->graphs[EARLY][PESSIMISTIC], faults->graphs[SETTLED][PESSIMISTIC],
                        &fill.early, &fill.settled};
    ChainResult result;
    graph_chains(scratch, &query, &result);
    add_chains(&fill, &result);
    KernelTables tables = {
        {table_of_rows(kernels->arena, "spof_subject",
                       "Single points of failure, one subject a chain, with what they stop.",
                       subject_columns, &fill.subjects),
         table_of_rows(kernels->arena, "spof_chain", "The components of each chain.", chain_columns,
                       &fill.chains)}};
    arena_close(scratch);
    return tables;
}
