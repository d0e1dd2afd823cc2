/* What a rule's query says of each entity, without what findings add to it. */
#ifndef RULE_VERDICTS_H
#define RULE_VERDICTS_H

#include "rule/lint.h"

typedef enum Verdict { VERDICT_PASS, VERDICT_UNKNOWN, VERDICT_FAIL } Verdict;

typedef struct EntityVerdict {
    Str entity;   /* kind:name */
    Str severity; /* column `severity` where it fails; empty: the rule's */
    Verdict verdict;
} EntityVerdict;

typedef struct Verdicts {
    EntityVerdict *items; /* in the order of entities, each once */
    size_t count;
    bool failed; /* the query did not run to its end */
} Verdicts;

/* Runs the query from its start; in the arena. */
Verdicts verdicts_of(Query *query, const Inventory *inventory, Arena *arena);

const EntityVerdict *verdicts_find(const Verdicts *verdicts, Str entity); /* NULL if none */
bool verdicts_equal(const Verdicts *a, const Verdicts *b);

#endif
