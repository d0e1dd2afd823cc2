#include "cli/command.h"

#include <assert.h>
#include <popt.h>
#include <stdlib.h>

const ExitCode exit_codes[] = {
    {EXIT_CLEAN, "clean: all that was asked for was checked, nothing at or above --fail-on"},
    {EXIT_FINDINGS, "findings at or above --fail-on; with --strict also anything not assessed"},
    {EXIT_USAGE, "wrong use: unknown command, option, rule or column"},
    {EXIT_INPUT, "an input is invalid or empty, a rule failed, a report was not written, "
                 "nothing was checked"},
};
const size_t exit_code_count = sizeof exit_codes / sizeof *exit_codes;

/* Every command takes these. */
static const Option common_options[] = {
    {"config", 0, "FILE", "settings; else topolint.yaml here or above, up to the one beside .git"},
    {"no-config", 0, NULL, "no settings file"},
    {"schema", 0, "FOLDER", "kinds of your own, beside the built-in ones; may be repeated"},
    {"rules", 0, "FOLDER", "rule packs of your own; may be repeated"},
    {"color", 0, "WHEN", "auto, always or never; auto also heeds NO_COLOR"},
    {"help", 'h', NULL, "this text"},
    {0},
};

static const Option input_options[] = {
    {"as-of", 0, "YYYY-MM-DD", "judge dates as of this day, not of the day the input states"},
    {"prefer", 0, "FILE", "the input that is right where two differ"},
    {0},
};

static const Option rule_options[] = {
    {"profile", 'p', "NAME", "whose view severities follow: default, one-method or vendor"},
    {"rule", 0, "ID", "run only this rule; may be repeated"},
    {"disable", 0, "ID", "leave this rule out; may be repeated"},
    {0},
};

static const Option acceptance_options[] = {
    {"baseline", 0, "FILE", "findings in it are known and do not count; see lint --write-baseline"},
    {"no-waivers", 0, NULL, "accept nothing: neither waivers nor a baseline"},
    {0},
};

enum { OPTIONS_MAX = 32 };

typedef struct OptionList {
    const Option *rows[OPTIONS_MAX];
    size_t count;
} OptionList;

static void add_options(OptionList *list, const Option *rows) {
    for (size_t i = 0; rows && rows[i].name; i++) {
        assert(list->count < OPTIONS_MAX);
        list->rows[list->count++] = &rows[i];
    }
}

static OptionList options_of(const Command *command) {
    OptionList list = {.count = 0};
    add_options(&list, command->options);
    add_options(&list, command->runs_rules ? rule_options : NULL);
    add_options(&list, command->accepts ? acceptance_options : NULL);
    add_options(&list, command->reads_inputs ? input_options : NULL);
    add_options(&list, common_options);
    return list;
}

/* popt returns 1 + the index of an option. */
static void fill_popt(const OptionList *list, struct poptOption *ret_table) {
    for (size_t i = 0; i < list->count; i++) {
        const Option *option = list->rows[i];
        unsigned type = option->argument ? POPT_ARG_STRING : POPT_ARG_NONE;
        ret_table[i] =
            (struct poptOption){.longName = option->name,
                                .shortName = option->letter,
                                .argInfo = option->doc ? type : type | POPT_ARGFLAG_DOC_HIDDEN,
                                .val = (int)i + 1,
                                .descrip = option->doc,
                                .argDescrip = option->argument};
    }
}

static Str *copy_arguments(poptContext context, Arena *arena, size_t *ret_count) {
    VEC(Str) arguments = {0};
    for (const char *word = poptGetArg(context); word; word = poptGetArg(context)) {
        vec_push(arena, &arguments, arena_copy(arena, str_of(word)));
    }
    *ret_count = arguments.count;
    return arguments.items;
}

static void read_words(poptContext context, const OptionList *list, Arena *arena, CommandLine *line,
                       int *ret_popt) {
    VEC(OptionUse) uses = {0};
    int next = poptGetNextOpt(context);
    for (; next > 0; next = poptGetNextOpt(context)) {
        char *value = poptGetOptArg(context);
        OptionUse use = {list->rows[next - 1], arena_copy(arena, str_of(value))};
        vec_push(arena, &uses, use);
        free(value);
    }
    line->uses = uses.items;
    line->use_count = uses.count;
    line->arguments = copy_arguments(context, arena, &line->argument_count);
    *ret_popt = next;
}

/* False with `*ret_code` if there is nothing left to do. */
static bool parse(const Command *command, int count, const char **words, Arena *arena,
                  CommandLine *ret_line, int *ret_code) {
    OptionList list = options_of(command);
    struct poptOption table[OPTIONS_MAX + 1] = {0};
    fill_popt(&list, table);
    words[0] = arena_printf(arena, "topolint %s", command->name).s; /* as --help shows it */
    poptContext context = poptGetContext(NULL, count, words, table, 0);
    poptSetOtherOptionHelp(context, command->arguments);
    *ret_line = (CommandLine){.command = command};
    int result;
    read_words(context, &list, arena, ret_line, &result);
    bool helps = option_given(ret_line, "help");
    *ret_code = EXIT_CLEAN;
    if (helps) {
        printf("%s\n\n", command->doc);
        poptPrintHelp(context, stdout, 0);
    } else if (result < -1) {
        complain("%s: %s", poptBadOption(context, POPT_BADOPTION_NOALIAS), poptStrerror(result));
        fprintf(stderr, "try: topolint %s --help\n", command->name);
        *ret_code = EXIT_USAGE;
    }
    poptFreeContext(context);
    return !helps && *ret_code == EXIT_CLEAN;
}

int command_main(const Command *command, int count, char **words) {
    Arena *arena = arena_open(0);
    const char **copies = arena_array(arena, const char *, (size_t)count + 1);
    for (int i = 0; i < count; i++) {
        copies[i] = words[i];
    }
    CommandLine line;
    int code;
    if (parse(command, count, copies, arena, &line, &code)) {
        Session session;
        code = session_open(&session, &line);
        code = code == EXIT_CLEAN ? command->run(&session, &line) : code;
        session_close(&session);
    }
    arena_close(arena);
    return code;
}

/* A name that is in no table is our mistake. */
static bool is_option(const Command *command, Str name) {
    OptionList list = options_of(command);
    for (size_t i = 0; i < list.count; i++) {
        if (str_eq(name, str_of(list.rows[i]->name))) {
            return true;
        }
    }
    return false;
}

const Str *option_texts(const CommandLine *line, const char *name, Arena *arena,
                        size_t *ret_count) {
    Str wanted = str_of(name);
    assert(is_option(line->command, wanted));
    VEC(Str) values = {0};
    for (size_t i = 0; i < line->use_count; i++) {
        if (str_eq(wanted, str_of(line->uses[i].option->name))) {
            vec_push(arena, &values, line->uses[i].value);
        }
    }
    *ret_count = values.count;
    return values.items;
}

static const OptionUse *last_use(const CommandLine *line, const char *name) {
    Str wanted = str_of(name);
    assert(is_option(line->command, wanted));
    for (size_t i = line->use_count; i-- > 0;) {
        if (str_eq(wanted, str_of(line->uses[i].option->name))) {
            return &line->uses[i];
        }
    }
    return NULL;
}

Str option_text(const CommandLine *line, const char *name) {
    const OptionUse *use = last_use(line, name);
    return use ? use->value : STR_NONE;
}

bool option_given(const CommandLine *line, const char *name) {
    return last_use(line, name) != NULL;
}
