/* cuts: minimal cut sets, the smallest sets of losses that stop a service. */
#include "base/limits.h"
#include "cli/group_cuts.h"
#include "cli/inputs.h"
#include "cli/model_cuts.h"
#include "cli/service_cuts.h"
#include "cli/service_name.h"
#include "psa/psa_model.h"

static const Option options[] = {
    {"service", 0, "NAME", "only this service; else all"},
    {"groups", 0, NULL, "of every redundant group (at least k of n) instead, up to order 2"},
    {"phase", 0, "NAME", "early (before slower recovery has acted) or settled; else both"},
    {"order", 0, "N", "sets of up to N losses, 1 to 3; else 2"},
    {"count", 0, NULL, "only how many there are: order, tab, number"},
    {"probability", 0, NULL,
     "how much of the time it is down, as a range, and what that hangs on; of a model file "
     "exactly"},
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

static bool read_phases(const CommandLine *line, CutOptions *ret_options) {
    Str text = option_text(line, "phase");
    if (text.n) {
        bool good = phase_named(text, &ret_options->phase);
        ret_options->last_phase = ret_options->phase;
        return good;
    }
    return true;
}

/* All inputs are models, or none is. */
static bool are_models(const Session *session, const SourceId *sources, size_t count,
                       bool *ret_mixed) {
    size_t models = 0;
    for (size_t i = 0; i < count; i++) {
        models += psa_recognise(source_of(&session->sources, sources[i])->text);
    }
    *ret_mixed = models && models < count;
    return models == count;
}

static int find_cuts(Session *session, const CommandLine *line, const SourceId *sources,
                     size_t count, const CutOptions *cut_options, Buf *out) {
    bool mixed;
    if (are_models(session, sources, count, &mixed)) {
        if (cut_options->service.n || option_given(line, "phase") || option_given(line, "groups")) {
            complain("cuts: a model has neither services nor phases nor groups of an inventory");
            return EXIT_USAGE;
        }
        return model_cuts(session, sources, count, cut_options, out);
    }
    if (mixed) {
        complain("cuts: a model and an inventory do not go together");
        return EXIT_USAGE;
    }
    int code = inputs_take(session, line, sources, count);
    if (code != EXIT_CLEAN) {
        return code;
    }
    return option_given(line, "groups") ? group_cuts(session, cut_options, out)
                                        : service_cuts(session, cut_options, out);
}

static int run(Session *session, const CommandLine *line) {
    CutOptions cut_options = {.count = option_given(line, "count"),
                              .probability = option_given(line, "probability"),
                              .service = option_text(line, "service"),
                              .phase = EARLY,
                              .last_phase = SETTLED};
    if (!read_phases(line, &cut_options) || !read_order(line, &cut_options.order)) {
        return EXIT_USAGE;
    }
    if (option_given(line, "groups") &&
        (cut_options.service.n || cut_options.order > 2 || cut_options.probability)) {
        complain("cuts: --groups goes with none of --service, --probability and --order 3");
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
    code = find_cuts(session, line, sources, count, &cut_options, &out);
    if (code == EXIT_CLEAN && !session_write(session, option_text(line, "output"), &out)) {
        code = EXIT_INPUT;
    }
    buf_clear(&out);
    return code;
}

const Command command_cuts = {
    .name = "cuts",
    .arguments = "[OPTION...] FILE...",
    .doc = "lists the smallest sets of losses that stop a service (minimal cut sets)",
    .reads_inputs = true,
    .options = options,
    .run = run,
};
