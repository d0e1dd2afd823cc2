/* The baseline: findings that stood in a design when the line was drawn. They stay in the report
 * and do not count, so that only new ones fail. Known is a finding of the same fingerprint that is
 * no worse than it was. */
#ifndef RULE_BASELINE_H
#define RULE_BASELINE_H

#include "base/buf.h"
#include "rule/pack.h"

typedef struct BaselineEntry {
    const Rule *rule;
    Str entity, fingerprint; /* the entity is for people: kind:name */
    Severity severity;
    Waiver waiver; /* what known findings carry; its place is that of the entry */
    bool seen;     /* a finding of the run has its fingerprint */
} BaselineEntry;

typedef struct Baseline {
    BaselineEntry *entries; /* by fingerprint */
    size_t count;
} Baseline;

/* Reads what baseline_write() wrote. False if there was a mistake (added). Everything lives in the
 * arena. */
bool baseline_read(const Node *root, const Packs *packs, Arena *arena, Diags *diags,
                   Baseline *ret_baseline);

/* Marks the findings that are known, and the entries that are seen; a finding that is worse now
 * says so in a note. */
void baseline_apply(Baseline *baseline, Arena *arena, Finding *const *findings, size_t count);

/* Entries that are no finding any more though their rule was run and decided; in the arena. */
const BaselineEntry *const *baseline_fixed(const Baseline *baseline, const Report *report,
                                           Arena *arena, size_t *ret_count);

/* All findings but those that a waiver accepts, as a file. */
void baseline_write(const Report *report, Buf *out);

#endif
