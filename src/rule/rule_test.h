/* Running the examples that a rule file carries. */
#ifndef RULE_RULE_TEST_H
#define RULE_RULE_TEST_H

#include "model/load.h"
#include "rule/lint.h"

typedef struct RuleTest {
    const Packs *packs;
    Schema *schema;
    const ReadContext *context; /* its diagnostics take the mistakes */
} RuleTest;

/* Runs every example of the rule and compares the entities that fail and that are unknown
 * (exactly), those that pass, and the severities. All mistakes are added with their places; false
 * if there was one. `*ret_count` grows by the examples run. */
bool rule_test(const RuleTest *test, const Rule *rule, size_t *ret_count);

#endif
