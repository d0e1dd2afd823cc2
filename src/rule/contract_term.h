/* Terms of a contract: what a service must survive. */
#ifndef RULE_CONTRACT_TERM_H
#define RULE_CONTRACT_TERM_H

#include "base/arena.h"

enum { TERM_PARTS_MAX = 4, TERM_COUNT_MAX = 99 };

/* "2 any host + any domain-controller". */
typedef struct ContractTerm {
    struct TermPart {
        int count;
        Str set;
    } parts[TERM_PARTS_MAX];
    size_t part_count;
    int order; /* losses at once */
} ContractTerm;

/* `[N] any SET`, joined by `+`. False if it is none; `*ret_reason` says why. */
bool contract_term_parse(Str text, ContractTerm *ret_term, const char **ret_reason);

#endif
