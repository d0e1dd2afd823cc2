/* What each statement of the packs costs over an inventory. */
#ifndef RULE_PROFILE_H
#define RULE_PROFILE_H

#include "rule/lint.h"

typedef struct StatementCost {
    const char *kind; /* "rule", "view", "derive", "needs", "mechanism" */
    Str name;
    uint64_t ns;    /* of the clock on the wall: not the same twice */
    uint64_t steps; /* of SQLite's virtual machine */
    uint64_t rows;  /* that our tables delivered */
    bool failed;
} StatementCost;

typedef struct StatementCosts {
    StatementCost *items; /* the dearest first, by steps and rows */
    size_t count;
} StatementCosts;

/* Runs every rule of the options one after the other, with all that it does to name missing facts,
 * and then the statements of the packs once more: kept views, as they are computed once for all
 * rules, and what makes the graph. In the arena. */
StatementCosts lint_profile(Lint *lint, const LintOptions *options, Arena *arena);

#endif
