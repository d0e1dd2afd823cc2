/* From the options and settings of a run to what the rule engine takes. */
#ifndef CLI_CHECKED_RULES_H
#define CLI_CHECKED_RULES_H

#include "cli/command.h"

/* What --fail-on and settings say: error, warning, info, or never (also "none"). False if it is
 * none of them. */
bool threshold_parse(Str text, Severity *ret_severity);

/* The same of a value in the settings; what is wrong is noted at its place. */
bool threshold_read(Diags *diags, const Node *node, Severity *ret_severity);

/* Profile, rules and severities. Returns an exit code; what is wrong was printed. */
int checked_rules(Session *session, const CommandLine *line, LintOptions *ret_options);

/* The same, and the inputs loaded. */
int checked_inputs(Session *session, const CommandLine *line, LintOptions *ret_options);

/* Waivers and, if it is wanted, the baseline, once the run is open. False if there is a mistake in
 * them, which was printed. */
bool checked_acceptance(Session *session, const CommandLine *line, bool baseline,
                        LintOptions *options);

#endif
