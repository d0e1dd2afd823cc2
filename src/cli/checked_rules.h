/* From the options and settings of a run to what the rule engine takes. */
#ifndef CLI_CHECKED_RULES_H
#define CLI_CHECKED_RULES_H

#include "cli/command.h"
#include "rule/waivers.h"

/* What --fail-on and settings say: error, warning, info, or never (also "none"). False if it is
 * none of them. */
bool threshold_parse(Str text, Severity *ret_severity);

/* Profile, rules and severities. Returns an exit code; what is wrong was printed. */
int checked_rules(Session *session, const CommandLine *line, LintOptions *ret_options);

/* Accepted findings, once the run is open. False if there is a mistake in them, which was printed.
 */
bool checked_waivers(Session *session, const CommandLine *line, WaiverList *ret_waivers);

#endif
