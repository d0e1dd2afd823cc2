#include "graph/double_fault.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/threads.h"

enum { CHUNK_NODES = 8192, WORD_BITS = 64 };

/* One component damages one gate. The members it fells: a mask, in the words behind `mask` if the
 * gate has more than 64. */
typedef struct Record {
    GateId gate;
    NodeId component;
    uint64_t mask; /* or the offset of the words in the chunk's pool */
} Record;

typedef struct Chunk {
    Arena *arena;
    VEC(Record) records;
    VEC(uint64_t) wide; /* masks of wide gates */
} Chunk;

typedef struct DoubleRun {
    const DoubleFaultQuery *query;
    Cascade **cascades; /* by worker */
    Chunk *chunks;
    atomic_size_t record_count;
    atomic_bool truncated;
} DoubleRun;

static size_t words_of(const Gate *gate) {
    return (gate->count + WORD_BITS - 1) / WORD_BITS;
}

static unsigned bits_of(const uint64_t *words, size_t count) {
    unsigned bits = 0;
    for (size_t i = 0; i < count; i++) {
        bits += (unsigned)__builtin_popcountll(words[i]);
    }
    return bits;
}

/* ---- recording ---- */

static void record_damage(DoubleRun *run, Chunk *chunk, const Cascade *cascade, GateId id,
                          NodeId component) {
    const FaultGraph *graph = run->query->graph;
    const Gate *gate = &graph->gates[id];
    size_t words = words_of(gate);
    Record record = {.gate = id, .component = component};
    uint64_t *mask = &record.mask;
    if (words > 1) {
        record.mask = chunk->wide.count;
        for (size_t i = 0; i < words; i++) {
            vec_push(chunk->arena, &chunk->wide, 0);
        }
        mask = chunk->wide.items + record.mask;
    }
    for (uint32_t m = 0; m < gate->count; m++) {
        uint64_t fell = cascade_fell(cascade, graph->members[gate->start + m]);
        mask[m / WORD_BITS] |= fell << m % WORD_BITS;
    }
    vec_push(chunk->arena, &chunk->records, record);
}

static void take_component(DoubleRun *run, Chunk *chunk, Cascade *cascade, NodeId component) {
    const FaultGraph *graph = run->query->graph;
    cascade_run(cascade, &component, 1);
    for (size_t i = 0; i < cascade->touched_count; i++) {
        const Counter *counter = &graph->counters[cascade->touched[i]];
        if (cascade->fallen[cascade->touched[i]] >= counter->threshold ||
            graph->base_down[counter->owner] || cascade_fell(cascade, counter->owner)) {
            continue;
        }
        if (atomic_fetch_add(&run->record_count, 1) >= run->query->record_budget) {
            atomic_store(&run->truncated, true);
            return;
        }
        record_damage(run, chunk, cascade, counter->gate, component);
    }
}

static void take_chunk(void *context, int worker, size_t index) {
    DoubleRun *run = context;
    const DoubleFaultQuery *query = run->query;
    size_t n = query->graph->node_count;
    size_t to = (index + 1) * CHUNK_NODES < n ? (index + 1) * CHUNK_NODES : n;
    for (size_t v = index * CHUNK_NODES; v < to; v++) {
        if (query->is_component[v] && !query->graph->base_down[v]) {
            take_component(run, &run->chunks[index], run->cascades[worker], (NodeId)v);
        }
    }
}

/* ---- classes ---- */

/* A record with its mask at hand, to sort by. */
typedef struct Damage {
    const uint64_t *mask;
    uint32_t bits; /* members felled */
    uint16_t words;
    NodeId component;
} Damage;

static int compare_masks(const Damage *x, const Damage *y) {
    for (size_t i = 0; i < x->words; i++) {
        if (x->mask[i] != y->mask[i]) {
            return x->mask[i] < y->mask[i] ? -1 : 1;
        }
    }
    return 0;
}

static int compare_damages(const void *a, const void *b) {
    const Damage *x = a;
    const Damage *y = b;
    if (x->bits != y->bits) {
        return x->bits < y->bits ? -1 : 1;
    }
    int order = compare_masks(x, y);
    return order ? order : (x->component > y->component) - (x->component < y->component);
}

typedef struct Gather {
    Damage *damages; /* by gate */
    size_t *starts;  /* by gate, one more behind */
} Gather;

static void gather(Arena *arena, const DoubleRun *run, size_t chunk_count, Gather *ret_gather) {
    const FaultGraph *graph = run->query->graph;
    size_t gates = graph->gate_count;
    size_t *at = arena_array(arena, size_t, gates + 2);
    size_t count = 0;
    for (size_t c = 0; c < chunk_count; c++) {
        count += run->chunks[c].records.count;
        for (size_t i = 0; i < run->chunks[c].records.count; i++) {
            at[run->chunks[c].records.items[i].gate + 2]++;
        }
    }
    for (size_t g = 0; g < gates; g++) {
        at[g + 2] += at[g + 1];
    }
    ret_gather->starts = at;
    ret_gather->damages = arena_array(arena, Damage, count);
    for (size_t c = 0; c < chunk_count; c++) {
        const Chunk *chunk = &run->chunks[c];
        for (size_t i = 0; i < chunk->records.count; i++) {
            const Record *record = &chunk->records.items[i];
            size_t words = words_of(&graph->gates[record->gate]);
            const uint64_t *mask = words > 1 ? chunk->wide.items + record->mask : &record->mask;
            ret_gather->damages[at[record->gate + 1]++] =
                (Damage){mask, bits_of(mask, words), (uint16_t)words, record->component};
        }
    }
}

/* ---- products ---- */

typedef struct Products {
    const DoubleFaultQuery *query;
    Arena *arena;
    VEC(DamageClass) classes;
    VEC(const Damage *) samples; /* by class */
    VEC(FaultProduct) products;
    NodeId *components;
    size_t component_count;
    uint64_t pairs;
    bool truncated;
} Products;

static bool reaches(const Damage *a, const Damage *b, int32_t threshold) {
    if ((int32_t)(a->bits + b->bits) < threshold) {
        return false;
    }
    int32_t bits = 0;
    for (size_t i = 0; i < a->words; i++) {
        bits += __builtin_popcountll(a->mask[i] | b->mask[i]);
    }
    return bits >= threshold;
}

/* The damages are sorted. */
static void make_classes(Products *products, GateId gate, const Damage *damages, size_t count) {
    for (size_t i = 0; i < count; i++) {
        bool same = i > 0 && damages[i].bits == damages[i - 1].bits &&
                    compare_masks(&damages[i], &damages[i - 1]) == 0;
        if (!same) {
            vec_push(
                products->arena, &products->classes,
                ((DamageClass){gate, (uint32_t)products->component_count, 0, damages[i].bits}));
            vec_push(products->arena, &products->samples, &damages[i]);
        }
        products->classes.items[products->classes.count - 1].count++;
        products->components[products->component_count++] = damages[i].component;
    }
}

static void make_products(Products *products, GateId gate, size_t from) {
    int32_t threshold = products->query->graph->gates[gate].threshold;
    for (size_t i = from; i < products->classes.count; i++) {
        for (size_t j = i + 1; j < products->classes.count; j++) {
            if (!reaches(products->samples.items[i], products->samples.items[j], threshold)) {
                continue;
            }
            if (products->products.count >= products->query->product_budget) {
                products->truncated = true;
                return;
            }
            vec_push(products->arena, &products->products,
                     ((FaultProduct){gate, (uint32_t)i, (uint32_t)j}));
            products->pairs +=
                (uint64_t)products->classes.items[i].count * products->classes.items[j].count;
        }
    }
}

static void take_gates(Products *products, const Gather *gathered) {
    for (size_t g = 0; g < products->query->graph->gate_count && !products->truncated; g++) {
        Damage *damages = gathered->damages + gathered->starts[g];
        size_t count = gathered->starts[g + 1] - gathered->starts[g];
        if (count < 2) {
            continue;
        }
        qsort(damages, count, sizeof *damages, compare_damages);
        size_t from = products->classes.count;
        make_classes(products, (GateId)g, damages, count);
        make_products(products, (GateId)g, from);
    }
}

void graph_double_faults(Arena *arena, const DoubleFaultQuery *query, DoubleFaults *ret_faults) {
    size_t n = query->graph->node_count;
    size_t chunk_count = (n + CHUNK_NODES - 1) / CHUNK_NODES;
    int threads = query->threads < 1 ? 1 : query->threads;
    Arena *scratch = arena_open(0);
    DoubleRun run = {.query = query,
                     .cascades = arena_array(scratch, Cascade *, (size_t)threads),
                     .chunks = arena_array(scratch, Chunk, chunk_count)};
    for (int i = 0; i < threads; i++) {
        run.cascades[i] = cascade_new(scratch, query->graph);
    }
    for (size_t c = 0; c < chunk_count; c++) {
        run.chunks[c].arena = arena_open(0);
    }
    parallel_run(threads, chunk_count, take_chunk, &run);
    Gather gathered;
    gather(scratch, &run, chunk_count, &gathered);
    Products products = {.query = query,
                         .arena = arena,
                         .components = arena_array(arena, NodeId, atomic_load(&run.record_count)),
                         .truncated = false};
    take_gates(&products, &gathered);
    *ret_faults = (DoubleFaults){.classes = products.classes.items,
                                 .class_count = products.classes.count,
                                 .components = products.components,
                                 .products = products.products.items,
                                 .product_count = products.products.count,
                                 .pair_count = products.pairs,
                                 .truncated = products.truncated || atomic_load(&run.truncated)};
    for (size_t c = 0; c < chunk_count; c++) {
        arena_close(run.chunks[c].arena);
    }
    arena_close(scratch);
}
