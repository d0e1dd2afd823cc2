/* topolint rules --profile-queries. */
#ifndef CLI_QUERY_PROFILE_H
#define CLI_QUERY_PROFILE_H

#include "cli/command.h"

/* Runs the rules over the arguments of the line and prints the costs. Returns an exit code. */
int profile_queries(Session *session, const CommandLine *line);

#endif
