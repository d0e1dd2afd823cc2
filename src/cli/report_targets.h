/* Which reports a run writes, and where to: pairs of --format and --output. */
#ifndef CLI_REPORT_TARGETS_H
#define CLI_REPORT_TARGETS_H

#include "cli/command.h"

typedef struct Target {
    const ReportFormat *format;
    Str output; /* empty = standard output */
} Target;

typedef VEC(Target) TargetList;

/* At least one, at most one of them to standard output. False if the options are wrong, which was
 * printed. */
bool targets_read(Session *session, const CommandLine *line, TargetList *targets);

/* Writes them all; false if one was not written in full, which was printed. */
bool targets_write(Session *session, const CommandLine *line, const Report *report,
                   const TargetList *targets);

#endif
