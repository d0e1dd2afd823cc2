/* topolint COMMAND ...: finds the command and runs it. */
#include "cli/command.h"

typedef struct Command {
    const char *name, *doc;
    CommandRun *run;
} Command;

static const Command commands[] = {
    {"lint", "findings of inventories", command_lint},
    {"draw", "an annotated diagram", command_draw},
    {"query", "SQL over the same tables", command_query},
    {"tables", "the tables and their columns", command_tables},
    {"convert", "inputs as one native file", command_convert},
    {"explain", "a rule: why, what to do, sources", command_explain},
    {"rules", "all rules", command_rules},
    {"schema", "the published schemas", command_schema},
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static void print_usage(FILE *out) {
    fputs("usage: topolint COMMAND [OPTION...] FILE...\n\n", out);
    for (int i = 0; i < COMMAND_COUNT; i++) {
        fprintf(out, "  %-8s  %s\n", commands[i].name, commands[i].doc);
    }
    fputs("\ntopolint COMMAND --help tells more. Exit codes: 0 clean, 1 findings, 2 usage, 3 input "
          "invalid.\n",
          out);
}

static int run_command(int count, const char **arguments) {
    Str name = str_of(arguments[0]);
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (str_eq(name, str_of(commands[i].name))) {
            return commands[i].run(count, arguments);
        }
    }
    complain("unknown command '%s'", arguments[0]);
    print_usage(stderr);
    return EXIT_USAGE;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        print_usage(stderr);
        return EXIT_USAGE;
    }
    Str first = str_of(argv[1]);
    if (str_eq(first, STR("--version")) || str_eq(first, STR("version"))) {
        puts("topolint " TOPOLINT_VERSION);
        return EXIT_CLEAN;
    }
    if (str_eq(first, STR("--help")) || str_eq(first, STR("-h")) || str_eq(first, STR("help"))) {
        print_usage(stdout);
        return EXIT_CLEAN;
    }
    const char **arguments = (const char **)(void *)(argv + 1);
    return run_command(argc - 1, arguments);
}
