/* All combinations of losses that a contract's term allows, smallest first: at most `limits[i]` of
 * the `sizes[i]` members of part i. */
#ifndef RULE_COMBINATION_H
#define RULE_COMBINATION_H

#include "rule/contract_term.h"

typedef struct Combination {
    size_t part_count;
    size_t sizes[TERM_PARTS_MAX];
    size_t limits[TERM_PARTS_MAX];                  /* <= sizes */
    size_t order;                                   /* members chosen now; 0 = not begun */
    size_t counts[TERM_PARTS_MAX];                  /* of them, from each part */
    size_t indexes[TERM_PARTS_MAX][TERM_COUNT_MAX]; /* ascending in each part */
} Combination;

/* Limits above a part's size are cut down to it. */
void combination_init(Combination *combination, const ContractTerm *term, const size_t *sizes);

/* The next one; false when all were given. */
bool combination_next(Combination *combination);

#endif
