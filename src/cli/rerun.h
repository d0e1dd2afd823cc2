/* A run over the inputs and one more, to see what it would find. */
#ifndef CLI_RERUN_H
#define CLI_RERUN_H

#include "cli/session.h"

/* A finding of the run, also one that another carries. Names are those of the interner. */
typedef struct RerunFinding {
    Str fingerprint;
    Severity severity;
    bool carried; /* by another, which replaces it */
    const Str *services;
    size_t service_count;
} RerunFinding;

typedef struct RerunResult {
    bool ran;                     /* the inputs fit together and no rule failed */
    const RerunFinding *findings; /* by fingerprint */
    size_t finding_count;
    const Rule *const *rules; /* by id */
    const size_t *unknown;    /* by rule: entities that were not assessed */
    size_t rule_count;
} RerunResult;

/* Reads the inputs of the session anew, with `overlay` (none if empty) as one more, to be believed,
 * and runs all rules but those that are disabled. What comes out is in `arena`. */
void rerun(const Session *session, const LintOptions *options, Str as_of, Str overlay, Arena *arena,
           RerunResult *ret_result);

/* NULL if it is none. */
const RerunFinding *rerun_find(const RerunResult *result, Str fingerprint);

/* Entities about which the rule could not decide. */
size_t rerun_unknown(const RerunResult *result, const Rule *rule);

/* True if the second shows a finding that the first has not, not even carried by another: one more,
 * a more severe one, or one that concerns further services. */
bool rerun_is_worse(const RerunResult *before, const RerunResult *after);

#endif
