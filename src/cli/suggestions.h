/* lint --suggest: edits of the design, each proven by a run with it. */
#ifndef CLI_SUGGESTIONS_H
#define CLI_SUGGESTIONS_H

#include "cli/session.h"

/* Tries the edits of the catalogue for the open findings of the report, which gets them as
 * `proposals`. `as_of` is that of the run's options. False if a query of the catalogue failed,
 * which was printed. */
bool suggestions_add(Session *session, Lint *lint, const LintOptions *options, Str as_of,
                     Report *report);

#endif
