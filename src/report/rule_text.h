/* What `explain`, the rule pages and SARIF say about a rule. */
#ifndef REPORT_RULE_TEXT_H
#define REPORT_RULE_TEXT_H

#include "report/report.h"
#include "rule/pack.h"

/* The severity under a profile: "error", "none" (no finding), "by case" where the rule decides from
 * row to row, "error, info" where a profile maps severities apart. In the arena. */
Str rule_severity_text(Arena *arena, const Rule *rule, ProfileId profile);

/* True if a source was not read, so that its words are hearsay. */
bool rule_source_is_unverified(const RuleSource *source);

/* Example `index` as it stands in the rule file, without its indentation. */
Str rule_example_text(Arena *arena, const Rule *rule, const Sources *sources, size_t index);

/* Why, what to do, positions and sources as Markdown, without a title. */
void report_rule_markdown(const Rule *rule, Buf *out);

#endif
