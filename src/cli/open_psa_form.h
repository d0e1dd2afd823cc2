/* The fault graph of one service as a model in the Open-PSA format. */
#ifndef CLI_OPEN_PSA_FORM_H
#define CLI_OPEN_PSA_FORM_H

#include "base/buf.h"
#include "cli/command.h"

/* Options --service and --phase of the command line. Returns an exit code. */
int open_psa_form(Session *session, const CommandLine *line, Buf *out);

#endif
