/* Whether the facts that a rule reads matter: each fact of its examples is left out, or changed,
 * and its verdicts are compared. */
#ifndef RULE_RULE_MUTATION_H
#define RULE_RULE_MUTATION_H

#include "rule/rule_test.h"

/* A rule that reads the fault graph, or what packs derive, needs a run of its own for each change:
 * of those only a share is tried, the same each time. */
enum { MUTANTS_OF_GRAPH_RULE = 24 };

/* Each column that the rule's own statement reads must decide: leaving a cell of it out, or
 * changing it, changes some verdict in some example, unless the rule names it under `message_only`.
 * Leaving out what any column holds, through views too, must never turn fail or unknown into pass,
 * but where a vendor's default takes its place. `all`: no share. Mistakes are added with their
 * places; false if there was one. `*ret_count` grows by the changes tried. */
bool rule_mutations(const RuleTest *test, const Rule *rule, bool all, size_t *ret_count);

#endif
