/* Commands and their options. A command is one file and one row of commands[] (main.c); its
 * options are a constant table, from which parsing and --help come. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/session.h"

/* The only exit codes; exit_codes[] says what they mean. */
enum { EXIT_CLEAN = 0, EXIT_FINDINGS = 1, EXIT_USAGE = 2, EXIT_INPUT = 3 };

typedef struct ExitCode {
    int code;
    const char *doc;
} ExitCode;

extern const ExitCode exit_codes[];
extern const size_t exit_code_count;

/* A row of an option table; the table ends with a row without a name. */
typedef struct Option {
    const char *name;
    char letter;          /* 0 = none */
    const char *argument; /* what it takes, as --help shows it; NULL = a switch */
    const char *doc;      /* NULL = for maintainers, not shown */
} Option;

typedef struct OptionUse {
    const Option *option;
    Str value;
} OptionUse;

/* What the user typed. Texts live in the arena that was given to parse it. */
typedef struct CommandLine {
    const struct Command *command;
    const OptionUse *uses; /* in the order given */
    size_t use_count;
    const Str *arguments;
    size_t argument_count;
} CommandLine;

typedef struct Command {
    const char *name, *arguments, *doc;
    bool reads_inputs; /* takes --as-of and --prefer as well */
    bool runs_rules;   /* takes --profile, --rule and --disable as well */
    bool accepts;      /* takes --baseline and --no-waivers as well */
    const Option *options;
    int (*run)(Session *session, const CommandLine *line); /* returns the exit code */
} Command;

extern const Command command_lint, command_draw, command_query, command_tables, command_convert,
    command_explain, command_rules, command_schema, command_cuts, command_impact, command_ask;

/* Parses words[1..], opens the session, runs. Returns the exit code. */
int command_main(const Command *command, int count, char **words);

/* The last value of an option of this command; the empty Str if it was not given. */
Str option_text(const CommandLine *line, const char *name);
bool option_given(const CommandLine *line, const char *name);

/* All values of a repeatable option. */
const Str *option_texts(const CommandLine *line, const char *name, Arena *arena, size_t *ret_count);

#endif
