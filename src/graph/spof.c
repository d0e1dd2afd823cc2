#include "graph/spof.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/threads.h"

enum { CHUNK_NODES = 8192 };

typedef struct Chunk {
    Arena *arena;
    NodeId *targets;
    size_t count;
} Chunk;

typedef struct Worker {
    Arena *arena;
    Cascade *cascade;
    VEC(NodeId) targets; /* of its chunk, until it is done and their number known */
} Worker;

typedef struct SpofRun {
    const SpofQuery *query;
    SpofResult *result;
    Worker *workers;
    Chunk *chunks;
    uint32_t *kept; /* by component: targets kept in its chunk */
    atomic_size_t pairs;
    atomic_bool truncated;
} SpofRun;

static int compare_nodes(const void *a, const void *b) {
    NodeId x = *(const NodeId *)a;
    NodeId y = *(const NodeId *)b;
    return (x > y) - (x < y);
}

static void take_component(SpofRun *run, Worker *worker, NodeId component) {
    const bool *is_target = run->query->is_target;
    SpofResult *result = run->result;
    Cascade *cascade = worker->cascade;
    cascade_run(cascade, &component, 1);
    size_t from = worker->targets.count;
    uint32_t hit = 0;
    for (size_t i = 0; i < cascade->count; i++) {
        NodeId node = cascade->queue[i];
        hit += is_target[node] && node != component;
    }
    result->target_counts[component] = hit;
    result->node_counts[component] = cascade->count ? (uint32_t)(cascade->count - 1) : 0;
    result->redundant[component] = cascade->fired_redundant;
    if (!hit) {
        return;
    }
    if (atomic_fetch_add(&run->pairs, hit) + hit > run->query->pair_budget) {
        atomic_store(&run->truncated, true);
        return;
    }
    for (size_t i = 0; i < cascade->count; i++) {
        NodeId node = cascade->queue[i];
        if (is_target[node] && node != component) {
            vec_push(worker->arena, &worker->targets, node);
        }
    }
    qsort(worker->targets.items + from, hit, sizeof(NodeId), compare_nodes);
    run->kept[component] = hit;
}

static void take_chunk(void *context, int worker_index, size_t index) {
    SpofRun *run = context;
    Worker *worker = &run->workers[worker_index];
    size_t n = run->query->graph->node_count;
    size_t to = (index + 1) * CHUNK_NODES < n ? (index + 1) * CHUNK_NODES : n;
    Chunk *chunk = &run->chunks[index];
    worker->targets.count = 0;
    for (size_t v = index * CHUNK_NODES; v < to; v++) {
        if (run->query->is_component[v] && !run->query->graph->base_down[v]) {
            take_component(run, worker, (NodeId)v);
        }
    }
    chunk->count = worker->targets.count;
    chunk->targets = arena_array(chunk->arena, NodeId, chunk->count);
    if (chunk->count) {
        memcpy(chunk->targets, worker->targets.items, chunk->count * sizeof(NodeId));
    }
}

static void join_chunks(SpofRun *run, size_t chunk_count) {
    size_t n = run->query->graph->node_count;
    SpofResult *result = run->result;
    for (size_t v = 0; v < n; v++) {
        result->starts[v + 1] = result->starts[v] + run->kept[v];
    }
    size_t at = 0;
    for (size_t c = 0; c < chunk_count; c++) {
        Chunk *chunk = &run->chunks[c];
        if (chunk->count) {
            memcpy(result->targets + at, chunk->targets, chunk->count * sizeof(NodeId));
        }
        at += chunk->count;
        arena_close(chunk->arena);
    }
}

void graph_spof(Arena *arena, const SpofQuery *query, SpofResult *ret_result) {
    size_t n = query->graph->node_count;
    size_t chunk_count = (n + CHUNK_NODES - 1) / CHUNK_NODES;
    Arena *scratch = arena_open(0);
    SpofRun run = {.query = query, .result = ret_result};
    *ret_result = (SpofResult){.starts = arena_array(arena, uint32_t, n + 1),
                               .target_counts = arena_array(arena, uint32_t, n),
                               .node_counts = arena_array(arena, uint32_t, n),
                               .redundant = arena_array(arena, bool, n)};
    run.kept = arena_array(scratch, uint32_t, n);
    run.chunks = arena_array(scratch, Chunk, chunk_count);
    int threads = query->threads < 1 ? 1 : query->threads;
    run.workers = arena_array(scratch, Worker, (size_t)threads);
    for (int i = 0; i < threads; i++) {
        run.workers[i].arena = arena_open(0);
        run.workers[i].cascade = cascade_new(run.workers[i].arena, query->graph);
    }
    size_t total = 0;
    for (size_t c = 0; c < chunk_count; c++) {
        run.chunks[c].arena = arena_open(0);
    }
    parallel_run(threads, chunk_count, take_chunk, &run);
    for (size_t c = 0; c < chunk_count; c++) {
        total += run.chunks[c].count;
    }
    for (int i = 0; i < threads; i++) {
        arena_close(run.workers[i].arena);
    }
    ret_result->targets = arena_array(arena, NodeId, total);
    join_chunks(&run, chunk_count);
    ret_result->truncated = atomic_load(&run.truncated);
    arena_close(scratch);
}
