/* Wording that several formats share. Strs are in the arena given. */
#ifndef REPORT_WORDS_H
#define REPORT_WORDS_H

#include "report/report.h"
#include "rule/pack.h"

/* "1 error", "3 errors". */
void words_count(Buf *out, size_t count, const char *noun);

/* "A, B, C"; behind `limit` names "and 7 more" (`total` counts all; 0 = `count`). */
Str words_names(Arena *arena, const Report *report, const EntityId *ids, size_t count, size_t limit,
                size_t total);

/* "A, B". */
Str words_join(Arena *arena, const Str *items, size_t count, const char *separator);

/* "cannot decide RULE for A, B: vm.host is not stated" without the rule if `rule` is false. */
Str words_not_assessed(Arena *arena, const Report *report, const NotAssessed *item, bool rule);

/* "early", "settled", "both"; empty for PHASE_NONE. */
Str words_phase(Phase phase);

/* "vsphere_cluster.ha_isolation_response = none for VMC-01, VMC-02 and 3 more (source)". */
Str words_assumption(Arena *arena, const Report *report, const Assumption *assumption);

/* "network and power: switches, power feeds". */
Str words_unseen(Arena *arena, const Unseen *unseen);

/* "named, not described: host:ESX-09, ..."; empty if there is none. */
Str words_stubs(Arena *arena, const Report *report);

/* "EXCHANGE-02 -> ESX-01 -> VMC-01"; empty if there is no chain. */
Str words_chain(Arena *arena, const Report *report, const Finding *finding);

/* Rules of one outcome. */
size_t words_outcomes(const Report *report, RuleOutcome outcome);

/* "3 errors, 2 warnings, 0 info, 1 not assessed; " and the coverage; accepted findings only if
 * there are any. */
void words_summary(const Report *report, Buf *out);

/* "20 rules: 12 decided, 3 not assessed, 5 not applicable"; failed ones only if there are any. */
void words_coverage(const Report *report, Buf *out);

/* Of a rule that is not applicable: "spf-invalid is about nothing in the inputs: there is no
 * dns_record". */
Str words_absent(Arena *arena, const Report *report, size_t rule);

/* "accepted" by a waiver, "known" from the baseline; empty for a finding that counts. */
Str words_accepted(const Finding *finding);

/* What the catalogue has against the finding; NULL if nobody asked, or it has nothing. */
const Proposals *report_proposals(const Report *report, const Finding *finding);

/* True for a finding that is to be shown. */
bool report_shows(const ReportOptions *options, const Finding *finding);

#endif
