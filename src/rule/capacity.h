/* Capacity gates: what members supply must cover what is demanded, also when some of them are lost.
 * As "at least k of n" with weights; packs state the rows (docs/pack-files.md). */
#ifndef RULE_CAPACITY_H
#define RULE_CAPACITY_H

#include "rule/kernels.h"

typedef struct CapacityRow {
    EntityId node; /* whose capacity it is */
    /* Of a supply: who supplies, 0 = nobody knows. Of a demand: with whom it ends, 0 = never. */
    EntityId member;
    Str resource;
    bool demand;
    bool open; /* the amount is not stated */
    uint16_t statement;
    int64_t amount;
} CapacityRow;

typedef struct Capacity {
    CapacityRow *rows; /* by node, resource (in order of text), supplies first, member */
    size_t count;
    const CapacityRule **statements;
} Capacity;

/* Runs the statements of all packs. False with errors added. */
bool capacity_collect(Arena *arena, const Packs *packs, const Catalog *catalog, Diags *diags,
                      Capacity *ret_capacity);

/* The table `capacity`: the worst single loss of each gate (capacity_table.c). */
MemTable *kernel_capacity(const Kernels *kernels, const Capacity *capacity);

#endif
