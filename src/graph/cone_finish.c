/* The compact form of a reduced cone, and its simulation. */
#include <stdlib.h>
#include <string.h>

#include "graph/cone_draft.h"

/* ---- compaction ---- */

/* Marks what the root still hangs on and returns its number. */
static size_t number_nodes(const ConeDraft *draft, uint32_t *ret_number) {
    size_t n = draft->node_count;
    uint32_t *stack = arena_array(draft->arena, uint32_t, n);
    size_t depth = 0;
    memset(ret_number, 0xFF, n * sizeof(uint32_t));
    ret_number[draft->root] = 0;
    stack[depth++] = draft->root;
    while (depth) {
        uint32_t v = stack[--depth];
        for (uint32_t g = draft->gate_starts[v]; g < draft->gate_starts[v + 1]; g++) {
            const DraftGate *gate = &draft->gates[g];
            for (uint32_t m = 0; gate->count >= gate->threshold && m < gate->count; m++) {
                uint32_t member = draft->members[gate->start + m];
                if (ret_number[member] == NO_CONE_NODE) {
                    ret_number[member] = 0;
                    stack[depth++] = member;
                }
            }
        }
    }
    uint32_t count = 0;
    for (size_t v = 0; v < n; v++) {
        if (ret_number[v] != NO_CONE_NODE) {
            ret_number[v] = count++;
        }
    }
    return count;
}

static int compare_components(const void *a, const void *b) {
    NodeId x = *(const NodeId *)a;
    NodeId y = *(const NodeId *)b;
    return (x > y) - (x < y);
}

static uint32_t copy_class(const ConeDraft *draft, uint32_t node, Cone *cone, uint32_t at) {
    uint32_t start = at;
    for (uint32_t v = draft->first[node]; v != NO_CONE_NODE; v = draft->next[v]) {
        cone->components[at++] = draft->component[v];
    }
    if (at > start) {
        qsort(cone->components + start, at - start, sizeof(NodeId), compare_components);
    }
    return at;
}

typedef struct Filled {
    uint32_t gates, members, components;
} Filled;

static void copy_node(const ConeDraft *draft, const uint32_t *number, uint32_t node, Cone *cone,
                      Filled *filled) {
    for (uint32_t g = draft->gate_starts[node]; g < draft->gate_starts[node + 1]; g++) {
        const DraftGate *gate = &draft->gates[g];
        if (gate->count < gate->threshold) {
            continue;
        }
        cone->gates[filled->gates++] = (ConeGate){filled->members, gate->count, gate->threshold};
        for (uint32_t m = 0; m < gate->count; m++) {
            cone->members[filled->members++] = number[draft->members[gate->start + m]];
        }
    }
    filled->components = copy_class(draft, node, cone, filled->components);
}

Cone *cone_draft_finish(const ConeDraft *draft, Arena *arena) {
    Cone *cone = arena_new(arena, Cone);
    if (!draft->falls[draft->root]) {
        return cone;
    }
    uint32_t *number = arena_array(draft->arena, uint32_t, draft->node_count);
    size_t n = number_nodes(draft, number);
    size_t arcs = 0;
    for (size_t g = 0; g < draft->gate_count; g++) {
        arcs += draft->gates[g].count;
    }
    cone->node_count = n;
    cone->root = number[draft->root];
    cone->gate_starts = arena_array(arena, uint32_t, n + 1);
    cone->gates = arena_array(arena, ConeGate, draft->gate_count);
    cone->members = arena_array(arena, uint32_t, arcs);
    cone->ends = arena_array(arena, uint32_t, n);
    cone->class_starts = arena_array(arena, uint32_t, n + 1);
    cone->components = arena_array(arena, NodeId, draft->node_count);
    Filled filled = {0};
    for (uint32_t start = 0; start < draft->node_count; start = draft->ends[start]) {
        uint32_t first = NO_CONE_NODE;
        uint32_t after = 0;
        for (uint32_t v = start; v < draft->ends[start]; v++) {
            if (number[v] != NO_CONE_NODE) {
                copy_node(draft, number, v, cone, &filled);
                cone->gate_starts[number[v] + 1] = filled.gates;
                cone->class_starts[number[v] + 1] = filled.components;
                first = first == NO_CONE_NODE ? number[v] : first;
                after = number[v] + 1;
            }
        }
        for (uint32_t v = first; first != NO_CONE_NODE && v < after; v++) {
            cone->ends[v] = after;
        }
    }
    return cone;
}

/* ---- simulation ---- */

/* At least `threshold` of the members, in each of 64 bits: a ripple-carry counter for each bit. */
static uint64_t count_word(const Cone *cone, const ConeGate *gate, const uint64_t *down) {
    uint64_t digits[32] = {0};
    int width = 1;
    while (width < 32 && gate->count >> width) {
        width++;
    }
    for (uint32_t m = gate->start; m < gate->start + gate->count; m++) {
        uint64_t carry = down[cone->members[m]];
        for (int i = 0; carry && i < width; i++) {
            uint64_t sum = digits[i] ^ carry;
            carry &= digits[i];
            digits[i] = sum;
        }
    }
    uint64_t greater = 0;
    uint64_t equal = UINT64_MAX;
    for (int i = width; i-- > 0;) {
        uint64_t bit = gate->threshold >> i & 1 ? UINT64_MAX : 0;
        greater |= equal & digits[i] & ~bit;
        equal &= ~(digits[i] ^ bit);
    }
    return greater | equal;
}

static uint64_t gate_word(const Cone *cone, const ConeGate *gate, const uint64_t *down) {
    const uint32_t *members = cone->members + gate->start;
    if (gate->threshold == 1) {
        uint64_t word = 0;
        for (uint32_t m = 0; m < gate->count; m++) {
            word |= down[members[m]];
        }
        return word;
    }
    if (gate->threshold == gate->count) {
        uint64_t word = UINT64_MAX;
        for (uint32_t m = 0; word && m < gate->count; m++) {
            word &= down[members[m]];
        }
        return word;
    }
    return count_word(cone, gate, down);
}

static uint64_t node_word(const Cone *cone, uint32_t node, uint64_t own, const uint64_t *down) {
    for (uint32_t g = cone->gate_starts[node]; g < cone->gate_starts[node + 1]; g++) {
        own |= gate_word(cone, &cone->gates[g], down);
    }
    return own;
}

/* A cycle: from nothing down, until nothing changes. */
static void settle(const Cone *cone, uint32_t start, const uint64_t *own, uint64_t *down) {
    uint32_t end = cone->ends[start];
    memset(down + start, 0, (end - start) * sizeof(uint64_t));
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t v = start; v < end; v++) {
            uint64_t word = node_word(cone, v, own[v] | down[v], down);
            changed = changed || word != down[v];
            down[v] = word;
        }
    }
}

void cone_simulate(const Cone *cone, const uint64_t *own, uint64_t *ret_down) {
    uint32_t n = (uint32_t)cone->node_count;
    for (uint32_t v = 0; v < n; v = cone->ends[v]) {
        if (cone->ends[v] == v + 1) {
            ret_down[v] = 0; /* a node may need itself */
            ret_down[v] = node_word(cone, v, own[v], ret_down);
        } else {
            settle(cone, v, own, ret_down);
        }
    }
}
