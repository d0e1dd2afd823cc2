/* topolint COMMAND ...: finds the command and runs it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/suggest.h"
#include "cli/command.h"

static const Command *const commands[] = {
    &command_lint,    &command_draw,  &command_cuts,   &command_impact,
    &command_ask,     &command_query, &command_tables, &command_convert,
    &command_explain, &command_rules, &command_schema,
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static void print_overview(FILE *out) {
    fputs("usage: topolint COMMAND [OPTION...] [ARGUMENT...]\n\ncommands:\n", out);
    for (int i = 0; i < COMMAND_COUNT; i++) {
        fprintf(out, "  %-8s  %s\n", commands[i]->name, commands[i]->doc);
    }
    fputs("  help      this overview; topolint help COMMAND tells more\n"
          "  version   the version of topolint\n\nexit codes:\n",
          out);
    for (size_t i = 0; i < exit_code_count; i++) {
        fprintf(out, "  %d  %s\n", exit_codes[i].code, exit_codes[i].doc);
    }
}

static const Command *find_command(Str name) {
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (str_eq(name, str_of(commands[i]->name))) {
            return commands[i];
        }
    }
    return NULL;
}

static int complain_unknown(Str name) {
    Suggest suggest;
    suggest_init(&suggest, name);
    for (int i = 0; i < COMMAND_COUNT; i++) {
        suggest_try(&suggest, str_of(commands[i]->name));
    }
    complain("there is no command '%.*s'", STR_ARG(name));
    if (suggest.best.n) {
        fprintf(stderr, "did you mean '%.*s'?\n", STR_ARG(suggest.best));
    }
    fputs("try: topolint help\n", stderr);
    return EXIT_USAGE;
}

static bool is_one_of(Str word, Str a, Str b) {
    return str_eq(word, a) || str_eq(word, b);
}

/* help COMMAND = COMMAND --help. */
static int help(int argc, char **argv) {
    Str name = argc < 3 ? STR_NONE : str_of(argv[2]);
    if (!name.n || is_one_of(name, STR("--help"), STR("-h"))) {
        print_overview(stdout);
        return EXIT_CLEAN;
    }
    const Command *command = find_command(name);
    char option[] = "--help";
    char *words[] = {argv[2], option};
    return command ? command_main(command, 2, words) : complain_unknown(name);
}

static int run(int argc, char **argv) {
    if (argc < 2) {
        print_overview(stderr);
        return EXIT_USAGE;
    }
    Str name = str_of(argv[1]);
    const Command *command = find_command(name);
    if (command) {
        return command_main(command, argc - 1, argv + 1);
    }
    if (is_one_of(name, STR("version"), STR("--version"))) {
        puts("topolint " TOPOLINT_VERSION);
        return EXIT_CLEAN;
    }
    if (is_one_of(name, STR("help"), STR("--help")) || str_eq(name, STR("-h"))) {
        return help(argc, argv);
    }
    return complain_unknown(name);
}

/* Reports are checked where they are written; this is for help and version. */
int main(int argc, char **argv) {
    int code = run(argc, argv);
    if (fflush(stdout) != 0 && code == EXIT_CLEAN) {
        complain("cannot write standard output: %s", strerror(errno));
        code = EXIT_INPUT;
    }
    return code;
}
