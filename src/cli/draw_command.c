/* draw: an annotated diagram of a design. */
#include "cli/checked_rules.h"
#include "cli/inputs.h"

static const Option options[] = {
    {"output", 'o', "FILE", "the picture: .svg, .png, .pdf or .dot"},
    {"view", 0, "NAME", "what is drawn: placement"},
    {"ascii", 0, NULL, "signs of ASCII alone"},
    {0},
};

static int run(Session *session, const CommandLine *line) {
    LintOptions rules;
    int code = checked_rules(session, line, &rules);
    code = code == EXIT_CLEAN ? inputs_load(session, line, line->arguments, line->argument_count)
                              : code;
    if (code == EXIT_CLEAN) {
        complain("draw: not built yet");
        code = EXIT_USAGE;
    }
    return code;
}

const Command command_draw = {
    .name = "draw",
    .arguments = "[OPTION...] FILE... -o PICTURE",
    .doc = "draws the design with its findings",
    .reads_inputs = true,
    .runs_rules = true,
    .options = options,
    .run = run,
};
