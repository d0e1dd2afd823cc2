/* Pairs told in few words. Of many pairs of classes there remain sets of which any two are a pair
 * (any two hosts of a cluster), and two sides of which each of the one with each of the other is
 * one (anything of feed A with anything of feed B). Nothing is lost: every pair is in exactly one
 * group. */
#ifndef GRAPH_PAIR_GROUPS_H
#define GRAPH_PAIR_GROUPS_H

#include "base/arena.h"

typedef struct ClassPair {
    uint32_t first, second; /* different classes */
} ClassPair;

typedef struct PairGroup {
    const uint32_t *first; /* classes, ascending */
    size_t first_count;
    const uint32_t *second; /* the other side; none: any two of `first` */
    size_t second_count;
} PairGroup;

/* Each pair once. Groups by their first classes; in the arena. */
PairGroup *pair_groups(Arena *arena, uint32_t class_count, const ClassPair *pairs, size_t count,
                       size_t *ret_count);

#endif
