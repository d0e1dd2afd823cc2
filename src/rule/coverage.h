/* What the rules of a run decided, and what those lack that are not applicable. */
#ifndef RULE_COVERAGE_H
#define RULE_COVERAGE_H

#include "rule/lint.h"
#include "rule/mentions.h"

/* Of rules and outcomes of the report; in the arena. */
Coverage coverage_of(const Report *report, const Mentions *mentions, Arena *arena);

#endif
