/* cuts: minimal cut sets, the smallest sets of losses that stop a service. */
#include "base/limits.h"
#include "cli/inputs.h"
#include "cli/model_cuts.h"

static const Option options[] = {
    {"order", 0, "N", "sets of up to N losses, 1 to 3; else 2"},
    {"count", 0, NULL, "only how many there are: order, tab, number"},
    {"probability", 0, NULL, "of a model file: the exact probability of the top event"},
    {"output", 'o', "FILE", "where it goes; else standard output"},
    {0},
};

static bool read_order(const CommandLine *line, int *ret_order) {
    Str text = option_text(line, "order");
    int64_t order = 2;
    if (text.n && (!str_to_int(text, &order) || order < 1 || order > CUT_ORDER_MAX)) {
        complain("--order %.*s: expected a number from 1 to %d", STR_ARG(text), CUT_ORDER_MAX);
        return false;
    }
    *ret_order = (int)order;
    return true;
}

static int run(Session *session, const CommandLine *line) {
    CutOptions cut_options = {.count = option_given(line, "count"),
                              .probability = option_given(line, "probability")};
    if (!read_order(line, &cut_options.order)) {
        return EXIT_USAGE;
    }
    SourceId *sources;
    size_t count;
    int code = inputs_read(session, line, line->arguments, line->argument_count, &sources, &count);
    if (code != EXIT_CLEAN) {
        return code;
    }
    Buf out;
    buf_init(&out, LIMIT_REPORT_BYTES);
    code = model_cuts(session, sources, count, &cut_options, &out);
    if (code == EXIT_CLEAN && !session_write(session, option_text(line, "output"), buf_str(&out))) {
        code = EXIT_INPUT;
    }
    buf_clear(&out);
    return code;
}

const Command command_cuts = {
    .name = "cuts",
    .arguments = "[OPTION...] FILE...",
    .doc = "lists the smallest sets of losses that stop a service (minimal cut sets)",
    .options = options,
    .run = run,
};
