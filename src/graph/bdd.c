#include "graph/bdd.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define CONSTANT UINT32_MAX
enum { MOST_CACHE_SLOTS = 1u << 18, FIRST_SLOTS = 1u << 12 };

typedef enum BddOperator { BDD_AND, BDD_OR } BddOperator;

typedef struct CacheEntry {
    BddId a, b; /* a < b; of an OR the operands are stored the other way round */
    BddId result;
} CacheEntry;

/* One pending operation: low result known or not. */
typedef struct Frame {
    BddId a, b;
    uint32_t variable;
    BddId low; /* BDD_NONE = not computed yet */
} Frame;

struct Bdd {
    Arena *arena;
    size_t budget;
    VEC(BddNode) nodes;
    BddId *table; /* open addressing; 0 = empty (the constants are not in it) */
    size_t slots;
    CacheEntry *cache; /* as many slots as the table has, up to a limit */
    size_t cache_slots;
    VEC(Frame) stack;
};

Bdd *bdd_open(size_t node_budget) {
    Arena *arena = arena_open(0);
    Bdd *bdd = arena_new(arena, Bdd);
    bdd->arena = arena;
    bdd->budget = node_budget;
    bdd->slots = FIRST_SLOTS;
    bdd->table = memory_zeroed(bdd->slots, sizeof *bdd->table);
    bdd->cache_slots = FIRST_SLOTS;
    bdd->cache = arena_array(arena, CacheEntry, bdd->cache_slots);
    vec_push(arena, &bdd->nodes, ((BddNode){CONSTANT, BDD_FALSE, BDD_FALSE}));
    vec_push(arena, &bdd->nodes, ((BddNode){CONSTANT, BDD_TRUE, BDD_TRUE}));
    return bdd;
}

void bdd_close(Bdd *bdd) {
    if (bdd) {
        free(bdd->table);
        arena_close(bdd->arena);
    }
}

const BddNode *bdd_nodes(const Bdd *bdd, size_t *ret_count) {
    *ret_count = bdd->nodes.count;
    return bdd->nodes.items;
}

/* ---- unique nodes ---- */

static uint64_t mixed(uint64_t a, uint64_t b, uint64_t c) {
    uint64_t hash =
        (a * 0x9E3779B97F4A7C15u) ^ (b * 0xC2B2AE3D27D4EB4Fu) ^ (c * 0x165667B19E3779F9u);
    return hash ^ (hash >> 31);
}

static size_t slot_of(const Bdd *bdd, const BddNode *node) {
    size_t slot = mixed(node->variable, node->low, node->high) & (bdd->slots - 1);
    while (bdd->table[slot]) {
        const BddNode *other = &bdd->nodes.items[bdd->table[slot]];
        if (other->variable == node->variable && other->low == node->low &&
            other->high == node->high) {
            break;
        }
        slot = (slot + 1) & (bdd->slots - 1);
    }
    return slot;
}

static bool grow_table(Bdd *bdd) {
    BddId *table = calloc(bdd->slots * 2, sizeof *table);
    if (!table) {
        return false;
    }
    free(bdd->table);
    bdd->table = table;
    bdd->slots *= 2;
    if (bdd->cache_slots < MOST_CACHE_SLOTS) { /* what it held may be computed again */
        bdd->cache_slots *= 2;
        bdd->cache = arena_array(bdd->arena, CacheEntry, bdd->cache_slots);
    }
    for (size_t i = BDD_TRUE + 1; i < bdd->nodes.count; i++) {
        bdd->table[slot_of(bdd, &bdd->nodes.items[i])] = (BddId)i;
    }
    return true;
}

static BddId node_of(Bdd *bdd, uint32_t variable, BddId low, BddId high) {
    if (low == high) {
        return low;
    }
    if (!bdd->table || (bdd->nodes.count * 2 > bdd->slots && !grow_table(bdd))) {
        return BDD_NONE;
    }
    BddNode node = {variable, low, high};
    size_t slot = slot_of(bdd, &node);
    if (!bdd->table[slot]) {
        if (bdd->nodes.count >= bdd->budget) {
            return BDD_NONE;
        }
        bdd->table[slot] = (BddId)bdd->nodes.count;
        vec_push(bdd->arena, &bdd->nodes, node);
    }
    return bdd->table[slot];
}

BddId bdd_variable(Bdd *bdd, uint32_t variable) {
    return node_of(bdd, variable, BDD_FALSE, BDD_TRUE);
}

/* ---- operations ---- */

/* The result where it shows without looking at the nodes; else BDD_NONE. */
static BddId simple_result(BddOperator op, BddId a, BddId b) {
    BddId absorbing = op == BDD_AND ? BDD_FALSE : BDD_TRUE;
    BddId neutral = op == BDD_AND ? BDD_TRUE : BDD_FALSE;
    if (a == absorbing || b == absorbing) {
        return absorbing;
    }
    if (a == neutral || a == b) {
        return b;
    }
    return b == neutral ? a : BDD_NONE;
}

static CacheEntry *cache_entry(Bdd *bdd, BddOperator op, BddId *a, BddId *b) {
    if ((*a > *b) == (op == BDD_AND)) {
        BddId swapped = *a;
        *a = *b;
        *b = swapped;
    }
    return &bdd->cache[mixed(*a, *b, 0) & (bdd->cache_slots - 1)];
}

/* The result of an operation if it is at hand; else it is put on the stack. */
static BddId begin(Bdd *bdd, BddOperator op, BddId a, BddId b) {
    BddId result = simple_result(op, a, b);
    if (result != BDD_NONE) {
        return result;
    }
    const CacheEntry *entry = cache_entry(bdd, op, &a, &b);
    if (entry->a == a && entry->b == b && a != b) {
        return entry->result;
    }
    uint32_t x = bdd->nodes.items[a].variable;
    uint32_t y = bdd->nodes.items[b].variable;
    vec_push(bdd->arena, &bdd->stack, ((Frame){a, b, x < y ? x : y, BDD_NONE}));
    return BDD_NONE;
}

static BddId half(const Bdd *bdd, BddId id, uint32_t variable, bool high) {
    const BddNode *node = &bdd->nodes.items[id];
    if (node->variable != variable) {
        return id;
    }
    return high ? node->high : node->low;
}

static BddId apply(Bdd *bdd, BddOperator op, BddId a, BddId b) {
    if (a == BDD_NONE || b == BDD_NONE) {
        return BDD_NONE;
    }
    bdd->stack.count = 0;
    BddId value = begin(bdd, op, a, b); /* BDD_NONE: the frame on top is not begun */
    while (bdd->stack.count) {
        Frame *frame = &bdd->stack.items[bdd->stack.count - 1];
        if (value == BDD_NONE) {
            value = begin(bdd, op, half(bdd, frame->a, frame->variable, false),
                          half(bdd, frame->b, frame->variable, false));
        } else if (frame->low == BDD_NONE) {
            frame->low = value;
            value = begin(bdd, op, half(bdd, frame->a, frame->variable, true),
                          half(bdd, frame->b, frame->variable, true));
        } else {
            value = node_of(bdd, frame->variable, frame->low, value);
            if (value == BDD_NONE) {
                return BDD_NONE; /* over budget */
            }
            *cache_entry(bdd, op, &frame->a, &frame->b) = (CacheEntry){frame->a, frame->b, value};
            bdd->stack.count--;
        }
    }
    return value;
}

BddId bdd_and(Bdd *bdd, BddId a, BddId b) {
    return apply(bdd, BDD_AND, a, b);
}

BddId bdd_or(Bdd *bdd, BddId a, BddId b) {
    return apply(bdd, BDD_OR, a, b);
}
