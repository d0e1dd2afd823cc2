/* The run: packs over an inventory -> fault graph -> rules -> report. */
#ifndef RULE_LINT_H
#define RULE_LINT_H

#include "rule/pack.h"

typedef struct LintOptions {
    ProfileId profile;
    const Rule *const *only; /* --rule; none = all */
    size_t only_count;
    const Rule *const *disable; /* --disable */
    size_t disable_count;
    struct SeverityOverride {
        const Rule *rule;
        Severity severity;
    } * overrides; /* configuration: severity */
    size_t override_count;
    const struct WaiverList *waivers; /* accepted findings; may be NULL */
    struct Baseline *baseline;        /* known findings; may be NULL */
    int threads;                      /* 0 = one a processor */
    Str version;
} LintOptions;

typedef struct Lint Lint; /* one run: graph, kernel tables, report */

/* Derives services, builds the graph, computes the kernels and the mechanisms' protections. The
 * inventory must be finished. NULL if a pack statement failed (errors added). */
Lint *lint_open(Arena *arena, const Packs *packs, Inventory *inventory, Diags *diags);

/* The same on so many threads; what comes out does not depend on it. */
Lint *lint_open_on(int threads, Arena *arena, const Packs *packs, Inventory *inventory,
                   Diags *diags);
void lint_close(Lint *lint);

/* Runs the rules; the report lives in the arena. */
const Report *lint_run(Lint *lint, const LintOptions *options);

/* The SQL tables and views of this run, for `query` and `tables`. */
const Catalog *lint_catalog(Lint *lint);

/* Prepares every statement of every pack and reports what is wrong, with file, line and column. */
bool lint_check_packs(Lint *lint, Diags *diags);

/* The fault graphs of this run. */
const struct Faults *lint_faults(const Lint *lint);

#endif
