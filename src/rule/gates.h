/* From rows to gates: "at least k of these n", for one phase and one way of reading what is open.
 *
 * Pessimistic: open requirements hold; open alternatives are absent, except those without which the
 * gate could not be met; unknown providers of one label in one container are one component that
 * can fail. Optimistic: open requirements do not hold, open alternatives are there, unknown
 * providers never fail. So what is lost in both is certain, and what is lost in neither is safe. */
#ifndef RULE_GATES_H
#define RULE_GATES_H

#include "rule/needs.h"

typedef struct GateReading {
    uint8_t phase; /* IN_EARLY or IN_SETTLED */
    bool optimistic;
} GateReading;

typedef struct NeedsGate {
    EntityId node;
    uint32_t label;
    uint32_t k;
    const NeedsRow **members; /* one row for each provider, those that decide its place */
    size_t count, capacity;
} NeedsGate;

/* Rows of one gate: one node, one label. */
typedef struct GateRows {
    const NeedsRow *rows;
    size_t count;
} GateRows;

/* The first gate of the rows; they are sorted. */
GateRows gate_rows(const NeedsRow *rows, size_t count);

/* Fills the gate (members in a buffer that grows in the arena); false if there is no such gate in
 * this reading. Members without provider are unknown components. */
bool gate_resolve(Arena *arena, GateRows rows, GateReading reading, NeedsGate *ret_gate);

/* Reports gates whose rows disagree on at_least. False if there is one. */
bool gates_check(const Needs *needs, const Packs *packs, const Inventory *inventory, Diags *diags);

#endif
