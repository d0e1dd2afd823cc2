/* A cone with cycles as one without.
 *
 * What is down in a cycle of m nodes is the least solution of their equations. It is reached by
 * iteration from "nothing is down": each round adds a node or is the last, so m rounds are enough,
 * whatever fails. So a node of a cycle becomes m nodes, one for each round: its gates over what the
 * round before says of the cycle, and over all that is outside. That it fails by itself is a node
 * of its own, which all rounds share. (Kleene's fixpoint; the format of fault trees knows no
 * cycles.) */
#include "psa/psa_unroll.h"

enum { MEMBERS_MAX = 1000 * 1000 }; /* arcs of the graph that comes out */

typedef struct Unroll {
    const PsaExport *export;
    const bool *reached;
    Arena *arena;
    const uint32_t *cycle; /* by node: number of its cycle from 1, 0 = none */
    uint32_t *size;        /* by cycle: nodes below the top */
    NodeId *first;         /* by node: its first node in what comes out */
    NodeId never;          /* a node that does not fall */
    size_t node_count;
    VEC(NodeId) owners;
    VEC(uint32_t) needed;
    VEC(uint32_t) starts;
    VEC(NodeId) members;
    Str *names;
    bool *is_component;
    double *probability;
} Unroll;

static uint32_t rounds_of(const Unroll *unroll, NodeId node) {
    return unroll->cycle[node] ? unroll->size[unroll->cycle[node]] : 1;
}

/* The node in its last round. */
static NodeId last_of(const Unroll *unroll, NodeId node) {
    return unroll->first[node] + rounds_of(unroll, node) - 1;
}

/* What a node sees of a member in this round, from 0. */
static NodeId seen(const Unroll *unroll, NodeId node, NodeId member, uint32_t round) {
    if (!unroll->cycle[node] || unroll->cycle[member] != unroll->cycle[node]) {
        return last_of(unroll, member);
    }
    return round ? unroll->first[member] + round - 1 : unroll->never;
}

/* Numbers the nodes; false if they or their arcs are too many. */
static bool number(Unroll *unroll) {
    const FaultGraph *graph = unroll->export->graph;
    size_t members = 0;
    size_t next = 1; /* behind `never` */
    for (NodeId v = 0; v < graph->node_count; v++) {
        if (unroll->reached[v] && unroll->cycle[v]) {
            unroll->size[unroll->cycle[v]]++;
        }
    }
    for (NodeId v = 0; v < graph->node_count && members + next < MEMBERS_MAX; v++) {
        if (unroll->reached[v]) {
            size_t arcs = 1;
            for (uint32_t g = graph->gate_starts[v]; g < graph->gate_starts[v + 1]; g++) {
                arcs += graph->gates[graph->own_gates[g]].count;
            }
            unroll->first[v] = (NodeId)next;
            next += rounds_of(unroll, v) + (unroll->cycle[v] && unroll->export->is_component[v]);
            members += arcs * rounds_of(unroll, v);
        }
    }
    unroll->node_count = next;
    return members + next < MEMBERS_MAX;
}

static void name(Unroll *unroll, NodeId node, Str text, bool is_component, NodeId from) {
    unroll->names[node] = text;
    unroll->is_component[node] = is_component;
    if (unroll->probability) {
        unroll->probability[node] = unroll->export->probability[from];
    }
}

static void add_gate(Unroll *unroll, NodeId owner, uint32_t needed) {
    vec_push(unroll->arena, &unroll->owners, owner);
    vec_push(unroll->arena, &unroll->needed, needed);
    vec_push(unroll->arena, &unroll->starts, (uint32_t)unroll->members.count);
}

static void add_round(Unroll *unroll, NodeId node, uint32_t round) {
    const FaultGraph *graph = unroll->export->graph;
    NodeId owner = unroll->first[node] + round;
    for (uint32_t g = graph->gate_starts[node]; g < graph->gate_starts[node + 1]; g++) {
        GateId id = graph->own_gates[g];
        add_gate(unroll, owner, graph->needed[id]);
        for (uint32_t m = 0; m < graph->gates[id].count; m++) {
            NodeId member = graph->members[graph->gates[id].start + m];
            vec_push(unroll->arena, &unroll->members, seen(unroll, node, member, round));
        }
    }
}

static void add_node(Unroll *unroll, NodeId node) {
    const PsaExport *export = unroll->export;
    uint32_t rounds = rounds_of(unroll, node);
    NodeId event = unroll->first[node] + rounds;
    bool fails = export->is_component[node];
    Str text = export->names[node];
    if (!unroll->cycle[node]) {
        name(unroll, unroll->first[node], text, fails, node);
        add_round(unroll, node, 0);
        return;
    }
    for (uint32_t round = 0; round < rounds; round++) {
        NodeId owner = unroll->first[node] + round;
        name(unroll, owner, arena_printf(unroll->arena, "%.*s, round %u", STR_ARG(text), round + 1),
             false, node);
        add_round(unroll, node, round);
        if (fails) {
            add_gate(unroll, owner, 1);
            vec_push(unroll->arena, &unroll->members, event);
        }
    }
    if (fails) {
        name(unroll, event, text, true, node);
    }
}

bool psa_unroll(const PsaExport *export, const bool *reached, Arena *arena, PsaExport *ret) {
    size_t n = export->graph->node_count;
    uint32_t *cycle;
    size_t cycles = graph_cycles(export->graph, arena, &cycle);
    Unroll unroll = {.export = export,
                     .reached = reached,
                     .arena = arena,
                     .cycle = cycle,
                     .size = arena_array(arena, uint32_t, cycles + 1),
                     .first = arena_array(arena, NodeId, n)};
    if (!number(&unroll)) {
        return false;
    }
    unroll.names = arena_array(arena, Str, unroll.node_count);
    unroll.is_component = arena_array(arena, bool, unroll.node_count);
    unroll.probability = export->probability ? arena_array(arena, double, unroll.node_count) : NULL;
    unroll.names[unroll.never] = STR("nothing");
    for (NodeId v = 0; v < n; v++) {
        if (reached[v]) {
            add_node(&unroll, v);
        }
    }
    vec_push(arena, &unroll.starts, (uint32_t)unroll.members.count);
    GraphSpec spec = {unroll.node_count,   unroll.owners.count, unroll.owners.items,
                      unroll.needed.items, unroll.starts.items, unroll.members.items};
    *ret = *export;
    ret->graph = graph_build(arena, &spec);
    ret->names = unroll.names;
    ret->is_component = unroll.is_component;
    ret->probability = unroll.probability;
    ret->top = last_of(&unroll, export->top);
    return true;
}
