/* A report in words, without a place: to tell whether two runs say the same. */
#ifndef RULE_OUTLINE_H
#define RULE_OUTLINE_H

#include "base/buf.h"
#include "rule/finding.h"

void report_outline(const Report *report, Buf *out);

#endif
