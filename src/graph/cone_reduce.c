/* The reductions of a cone. Each keeps the function from failures to "the target is down". */
#include <string.h>

#include "graph/cone_draft.h"

/* ---- what can fall ---- */

static bool gate_can_fire(const ConeDraft *draft, const DraftGate *gate) {
    uint32_t falling = 0;
    for (uint32_t m = gate->start; m < gate->start + gate->count; m++) {
        falling += draft->falls[draft->members[m]];
    }
    return falling >= gate->threshold;
}

static bool can_fall(const ConeDraft *draft, uint32_t node) {
    if (draft->first ? draft->first[node] != NO_CONE_NODE : draft->component[node] != NO_NODE) {
        return true;
    }
    for (uint32_t g = draft->gate_starts[node]; g < draft->gate_starts[node + 1]; g++) {
        if (gate_can_fire(draft, &draft->gates[g])) {
            return true;
        }
    }
    return false;
}

void cone_draft_prune(ConeDraft *draft) {
    memset(draft->falls, 0, draft->node_count * sizeof(bool));
    for (uint32_t start = 0; start < draft->node_count; start = draft->ends[start]) {
        for (bool changed = true; changed;) {
            changed = false;
            for (uint32_t v = start; v < draft->ends[start]; v++) {
                if (!draft->falls[v] && can_fall(draft, v)) {
                    draft->falls[v] = true;
                    changed = draft->ends[start] > start + 1;
                }
            }
        }
    }
    for (size_t g = 0; g < draft->gate_count; g++) { /* members that never fall only wait */
        DraftGate *gate = &draft->gates[g];
        uint32_t kept = gate->start;
        for (uint32_t m = gate->start; m < gate->start + gate->count; m++) {
            if (draft->falls[draft->members[m]]) {
                draft->members[kept++] = draft->members[m];
            }
        }
        gate->count = kept - gate->start;
    }
}

/* ---- nodes that are down exactly when another is ---- */

/* The gates of the node that can fire; *ret_only is the last one. */
static size_t firing_gates(const ConeDraft *draft, uint32_t node, const DraftGate **ret_only) {
    size_t count = 0;
    for (uint32_t g = draft->gate_starts[node]; g < draft->gate_starts[node + 1]; g++) {
        if (draft->gates[g].count >= draft->gates[g].threshold) {
            *ret_only = &draft->gates[g];
            count++;
        }
    }
    return count;
}

static void join_equal_nodes(ConeDraft *draft) {
    uint32_t *same = arena_array(draft->arena, uint32_t, draft->node_count);
    for (uint32_t v = 0; v < draft->node_count; v++) {
        const DraftGate *only = NULL;
        same[v] = v;
        for (uint32_t g = draft->gate_starts[v]; g < draft->gate_starts[v + 1]; g++) {
            for (uint32_t m = 0; m < draft->gates[g].count; m++) {
                uint32_t *member = &draft->members[draft->gates[g].start + m];
                *member = *member < v ? same[*member] : *member;
            }
        }
        if (draft->component[v] == NO_NODE && v != draft->root &&
            firing_gates(draft, v, &only) == 1 && only->count == 1 &&
            draft->members[only->start] < v) {
            same[v] = draft->members[only->start];
        }
    }
    for (size_t g = 0; g < draft->gate_count; g++) { /* members behind their owner, in cycles */
        for (uint32_t m = 0; m < draft->gates[g].count; m++) {
            uint32_t *member = &draft->members[draft->gates[g].start + m];
            *member = same[*member];
        }
    }
    for (uint32_t v = 0; v < draft->node_count; v++) { /* nobody refers to them any more */
        for (uint32_t g = draft->gate_starts[v]; same[v] != v && g < draft->gate_starts[v + 1];
             g++) {
            draft->gates[g].count = 0;
            draft->gates[g].threshold = 1;
        }
    }
}

/* ---- events of equal effect ---- */

/* Who uses a node, and how. */
typedef struct Users {
    uint32_t *starts, *gates; /* by node: the gates that can fire and hold it, ascending */
    bool *plain;              /* by node: each of them fires by this member alone */
} Users;

static Users users_of(const ConeDraft *draft) {
    size_t n = draft->node_count;
    Users users = {.starts = arena_array(draft->arena, uint32_t, n + 2),
                   .plain = arena_array(draft->arena, bool, n)};
    memset(users.plain, 1, n * sizeof(bool));
    uint32_t *at = users.starts + 1;
    size_t arcs = 0;
    for (int fill = 0; fill < 2; fill++) {
        for (size_t g = 0; g < draft->gate_count; g++) {
            const DraftGate *gate = &draft->gates[g];
            for (uint32_t m = gate->start;
                 gate->count >= gate->threshold && m < gate->start + gate->count; m++) {
                uint32_t member = draft->members[m];
                if (fill) {
                    users.gates[at[member]++] = (uint32_t)g;
                } else {
                    at[member + 1]++;
                    arcs++;
                    users.plain[member] = users.plain[member] && gate->threshold == 1;
                }
            }
        }
        if (!fill) {
            users.gates = arena_array(draft->arena, uint32_t, arcs);
            for (size_t v = 0; v < n; v++) {
                at[v + 1] += at[v];
            }
        }
    }
    return users;
}

static void class_append(ConeDraft *draft, uint32_t to, uint32_t from) {
    if (draft->first[from] == NO_CONE_NODE) {
        return;
    }
    if (draft->first[to] == NO_CONE_NODE) {
        draft->first[to] = draft->first[from];
    } else {
        draft->next[draft->last[to]] = draft->first[from];
    }
    draft->last[to] = draft->last[from];
    draft->first[from] = NO_CONE_NODE;
}

/* The only node that falls with `node` directly; NO_CONE_NODE if there are none or several, or if
 * it takes more than this member to fell one. */
static uint32_t only_victim(const ConeDraft *draft, const Users *users, uint32_t node) {
    uint32_t start = users->starts[node];
    uint32_t end = users->starts[node + 1];
    if (start == end || !users->plain[node]) {
        return NO_CONE_NODE;
    }
    uint32_t victim = draft->gates[users->gates[start]].owner;
    for (uint32_t i = start + 1; i < end; i++) {
        if (draft->gates[users->gates[i]].owner != victim) {
            return NO_CONE_NODE;
        }
    }
    return victim;
}

static void pass_events_up(ConeDraft *draft, const Users *users) {
    for (uint32_t v = 0; v < draft->node_count; v++) {
        uint32_t victim = v == draft->root ? NO_CONE_NODE : only_victim(draft, users, v);
        if (victim != NO_CONE_NODE && victim > v) {
            class_append(draft, victim, v);
        }
    }
}

static uint64_t users_hash(const Users *users, uint32_t node) {
    uint64_t hash = 0x9E3779B97F4A7C15u;
    for (uint32_t i = users->starts[node]; i < users->starts[node + 1]; i++) {
        hash = (hash ^ users->gates[i]) * 0xFF51AFD7ED558CCDu;
        hash ^= hash >> 29;
    }
    return hash;
}

static bool same_users(const Users *users, uint32_t a, uint32_t b) {
    uint32_t count = users->starts[a + 1] - users->starts[a];
    return count == users->starts[b + 1] - users->starts[b] &&
           memcmp(users->gates + users->starts[a], users->gates + users->starts[b],
                  count * sizeof(uint32_t)) == 0;
}

static bool is_leaf(const ConeDraft *draft, uint32_t node) {
    const DraftGate *only;
    return firing_gates(draft, node, &only) == 0;
}

/* Leaves with the same dependants, each of which falls with one of them, are one event. */
static void join_twins(ConeDraft *draft, const Users *users) {
    size_t slots = 16;
    while (slots < draft->node_count * 2) {
        slots *= 2;
    }
    uint32_t *table = arena_array(draft->arena, uint32_t, slots); /* node + 1 */
    for (uint32_t v = 0; v < draft->node_count; v++) {
        if (draft->first[v] == NO_CONE_NODE || v == draft->root || !users->plain[v] ||
            users->starts[v] == users->starts[v + 1] || !is_leaf(draft, v)) {
            continue;
        }
        size_t slot = users_hash(users, v) & (slots - 1);
        while (table[slot] && !same_users(users, table[slot] - 1, v)) {
            slot = (slot + 1) & (slots - 1);
        }
        if (table[slot]) {
            class_append(draft, table[slot] - 1, v);
        } else {
            table[slot] = v + 1;
        }
    }
}

void cone_draft_reduce(ConeDraft *draft) {
    size_t n = draft->node_count;
    join_equal_nodes(draft);
    draft->first = arena_array(draft->arena, uint32_t, n);
    draft->last = arena_array(draft->arena, uint32_t, n);
    draft->next = arena_array(draft->arena, uint32_t, n);
    for (uint32_t v = 0; v < n; v++) {
        draft->first[v] = draft->component[v] == NO_NODE ? NO_CONE_NODE : v;
        draft->last[v] = v;
        draft->next[v] = NO_CONE_NODE;
    }
    Users users = users_of(draft);
    pass_events_up(draft, &users);
    cone_draft_prune(draft);
    users = users_of(draft); /* what lost its event and all below it holds nothing any more */
    join_twins(draft, &users);
}
