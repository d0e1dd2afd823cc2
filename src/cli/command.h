/* The subcommands: one file each, one row in commands[] (main.c). */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <popt.h>

#include "cli/session.h"

/* `arguments[0]` is the command's name. Returns the exit code. */
typedef int CommandRun(int count, const char **arguments);

CommandRun command_lint, command_draw, command_query, command_tables, command_convert,
    command_explain, command_rules, command_schema;

/* Rows of InputOptions for a popt table. */
#define INPUT_OPTION_ROWS(input)                                                                   \
    {"as-of", 0, POPT_ARG_STRING, &(input).as_of, 0, "judge dates as of this day", "YYYY-MM-DD"},  \
        {"prefer", 0, POPT_ARG_STRING, &(input).prefer, 0, "the input to believe in a conflict",   \
         "FILE"},                                                                                  \
    {                                                                                              \
        "color", 0, POPT_ARG_STRING, &(input).color, 0, "auto, always or never", "WHEN"            \
    }

/* Parses; false (and `*ret_code`) after --help or a wrong option. The context is closed by
 * poptFreeContext after the arguments were used. */
bool command_parse(poptContext *ret_context, int count, const char **arguments,
                   const struct poptOption *table, const char *usage, int *ret_code);

#endif
