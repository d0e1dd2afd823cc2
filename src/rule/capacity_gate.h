/* One capacity gate: what is supplied and demanded, what a loss takes of it, the worst loss. */
#ifndef RULE_CAPACITY_GATE_H
#define RULE_CAPACITY_GATE_H

#include "rule/capacity.h"

/* Amounts of a gate, or of what a loss takes of it. */
typedef struct Amounts {
    int64_t supply, demand;
    uint32_t members, open_supplies, open_demands;
} Amounts;

typedef struct CapacityGate {
    size_t from, to;   /* rows */
    uint32_t judged;   /* classes of faults that it must carry: bits 1u << FaultClass */
    bool incomplete;   /* somebody supplies whom nobody knows */
    bool members_only; /* judged by the loss of a member alone */
    Amounts all;
    Amounts lost; /* by the loss in hand */
    bool touched;
    /* the worst loss so far */
    EntityId worst;
    Amounts worst_left;
    bool has_worst;
    int worst_holds; /* 0, 1; -1 = open */
} CapacityGate;

/* Finds the gates of the rows; in the arena. `ret_row_gate`: by row its gate. */
CapacityGate *capacity_gates(Arena *arena, const Capacity *capacity, const Services *services,
                             size_t *ret_count, uint32_t **ret_row_gate);

/* The row goes with the loss in hand. */
void capacity_gate_lose(CapacityGate *gate, const Capacity *capacity, size_t row);

/* Compares what is left after the loss in hand with the worst loss so far. */
void capacity_gate_judge(CapacityGate *gate, EntityId loss, FaultClass fault);

#endif
