/* What reads an absent fact as a verdict without a word: aggregates that skip NULL, NOT EXISTS. */
#ifndef RULE_NULL_TRAPS_H
#define RULE_NULL_TRAPS_H

#include "base/str.h"

/* The first min, max, sum or count of one column, or NOT EXISTS, in the expression of the column
 * `fails`; empty if there is none. `*ret_at` is its offset in the statement. */
Str null_trap(Str sql, size_t *ret_at);

#endif
