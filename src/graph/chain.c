#include "graph/chain.h"

#include <stdlib.h>

typedef struct Candidate {
    uint32_t size;
    NodeId node;
} Candidate;

typedef struct ChainSearch {
    const ChainQuery *query;
    Cascade *early, *second; /* two runs over the early graph, in which most falls */
    Cascade *settled;
    uint64_t *signatures; /* by node; 0 = stops nothing */
    uint32_t *sizes;      /* by node: nodes that fall with it, both phases */
    bool *is_subject;
} ChainSearch;

static uint64_t mixed(uint64_t hash, uint64_t value) {
    hash = (hash ^ value) * 0xFF51AFD7ED558CCDu;
    return hash ^ (hash >> 29);
}

static uint64_t signature_of(const ChainQuery *query, NodeId node) {
    uint64_t hash = 0x9E3779B97F4A7C15u;
    const SpofResult *phases[] = {query->early_spof, query->settled_spof};
    bool any = false;
    for (size_t p = 0; p < 2; p++) {
        hash = mixed(hash, p + 1);
        for (uint32_t i = phases[p]->starts[node]; i < phases[p]->starts[node + 1]; i++) {
            hash = mixed(hash, (uint64_t)phases[p]->targets[i] + 3);
            any = true;
        }
    }
    return any ? hash | 1 : 0;
}

static int compare_candidates(const void *a, const void *b) {
    const Candidate *x = a;
    const Candidate *y = b;
    if (x->size != y->size) {
        return x->size < y->size ? -1 : 1;
    }
    return (x->node > y->node) - (x->node < y->node);
}

/* True if `node` stops a target for good, or for a while if nothing for good, also where `spared`
 * stays up. */
static bool stops_without(ChainSearch *search, NodeId node, NodeId spared) {
    const SpofResult *spof = search->query->settled_spof;
    Cascade *cascade = search->settled;
    if (spof->starts[node] == spof->starts[node + 1]) {
        spof = search->query->early_spof;
        cascade = search->second;
    }
    cascade_run_without(cascade, node, spared);
    bool stops = false;
    for (uint32_t i = spof->starts[node]; i < spof->starts[node + 1] && !stops; i++) {
        stops = cascade_fell(cascade, spof->targets[i]);
    }
    return stops;
}

/* The subject that covers `node`: it has the same effect, falls with it, every other subject that
 * falls with it falls with that one too, and without it nothing stops. NO_NODE if it is a subject
 * of its own. */
static NodeId covering_subject(ChainSearch *search, NodeId node) {
    Cascade *cascade = search->early;
    cascade_run(cascade, &node, 1);
    NodeId best = NO_NODE;
    size_t subjects = 0;
    for (size_t i = 1; i < cascade->count; i++) {
        NodeId fell = cascade->queue[i];
        subjects += search->is_subject[fell];
        if (search->is_subject[fell] && search->signatures[fell] == search->signatures[node]) {
            bool nearer = best == NO_NODE || search->sizes[fell] > search->sizes[best];
            best = nearer ? fell : best;
        }
    }
    if (best == NO_NODE) {
        return NO_NODE;
    }
    size_t carried = 1; /* the subject itself */
    cascade_run(search->second, &best, 1);
    for (size_t i = 1; i < search->second->count; i++) {
        carried += search->is_subject[search->second->queue[i]];
    }
    return carried >= subjects && !stops_without(search, node, best) ? best : NO_NODE;
}

void graph_chains(Arena *arena, const ChainQuery *query, ChainResult *ret_result) {
    size_t n = query->early->node_count;
    Arena *scratch = arena_open(0);
    ChainSearch search = {.query = query,
                          .early = cascade_new(scratch, query->early),
                          .second = cascade_new(scratch, query->early),
                          .settled = cascade_new(scratch, query->settled),
                          .signatures = arena_array(scratch, uint64_t, n),
                          .sizes = arena_array(scratch, uint32_t, n),
                          .is_subject = arena_array(scratch, bool, n)};
    ret_result->subject = arena_array(arena, NodeId, n);
    VEC(Candidate) candidates = {0};
    for (size_t v = 0; v < n; v++) {
        ret_result->subject[v] = NO_NODE;
        search.signatures[v] = signature_of(query, (NodeId)v);
        if (search.signatures[v]) {
            search.sizes[v] =
                query->early_spof->node_counts[v] + query->settled_spof->node_counts[v];
            vec_push(scratch, &candidates, ((Candidate){search.sizes[v], (NodeId)v}));
        }
    }
    if (candidates.count) {
        qsort(candidates.items, candidates.count, sizeof(Candidate), compare_candidates);
    }
    for (size_t i = 0; i < candidates.count; i++) {
        NodeId node = candidates.items[i].node;
        NodeId subject = covering_subject(&search, node);
        ret_result->subject[node] = subject == NO_NODE ? node : subject;
        search.is_subject[node] = subject == NO_NODE;
    }
    arena_close(scratch);
}
