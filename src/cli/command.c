#include "cli/command.h"

bool command_parse(poptContext *ret_context, int count, const char **arguments,
                   const struct poptOption *table, const char *usage, int *ret_code) {
    poptContext context = poptGetContext("topolint", count, arguments, table, 0);
    poptSetOtherOptionHelp(context, usage);
    int next = poptGetNextOpt(context);
    *ret_context = context;
    if (next < -1) {
        complain("%s: %s", poptBadOption(context, POPT_BADOPTION_NOALIAS), poptStrerror(next));
        fprintf(stderr, "try: topolint %s --help\n", arguments[0]);
        poptFreeContext(context);
        *ret_code = EXIT_USAGE;
        return false;
    }
    return true;
}
