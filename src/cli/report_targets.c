#include "cli/report_targets.h"

#include "base/limits.h"

static const ReportFormat *wanted_format(Session *session, Str name) {
    const ReportFormat *format = report_find_format(name);
    if (!format) {
        Str names = STR_NONE;
        for (size_t i = 0; i < report_format_count; i++) {
            names = arena_printf(session->arena, "%.*s%s%s", STR_ARG(names), i ? ", " : "",
                                 report_formats[i].name);
        }
        complain("--format %s: expected one of %s", name.s, names.s);
    }
    return format;
}

static Target text_report(void) {
    return (Target){report_find_format(STR("text")), STR_NONE};
}

/* An --output belongs to the --format before it. */
static bool take_output(Session *session, Str path, TargetList *targets) {
    if (!targets->count) {
        vec_push(session->arena, targets, text_report());
    }
    Target *last = &targets->items[targets->count - 1];
    if (last->output.n) {
        complain("--output %s: each needs a --format before it", path.s);
        return false;
    }
    last->output = path;
    return true;
}

static bool take_options(Session *session, const CommandLine *line, TargetList *targets) {
    bool good = true;
    for (size_t i = 0; good && i < line->use_count; i++) {
        Str option = str_of(line->uses[i].option->name);
        Str value = line->uses[i].value;
        if (str_eq(option, STR("format"))) {
            Target target = {wanted_format(session, value), STR_NONE};
            good = target.format != NULL;
            vec_push(session->arena, targets, target);
        } else if (str_eq(option, STR("output"))) {
            good = take_output(session, value, targets);
        }
    }
    return good;
}

bool targets_read(Session *session, const CommandLine *line, TargetList *targets) {
    if (!take_options(session, line, targets)) {
        return false;
    }
    if (!targets->count) {
        vec_push(session->arena, targets, text_report());
    }
    size_t shown = 0;
    for (size_t i = 0; i < targets->count; i++) {
        shown += targets->items[i].output.n ? 0 : 1;
    }
    if (shown > 1) {
        complain("more than one report goes to standard output: give each an --output");
    }
    return shown <= 1;
}

static bool write_target(Session *session, const CommandLine *line, const Report *report,
                         const Target *target) {
    ReportOptions looks = target->output.n ? (ReportOptions){.width = 100} : session->out;
    looks.docs_url = STR(TOPOLINT_DOCS_URL);
    looks.ascii = option_given(line, "ascii");
    looks.show_accept = option_given(line, "accept");
    looks.verbose = option_given(line, "verbose");
    looks.show_accepted = option_given(line, "accepted");
    Buf out;
    buf_init(&out, LIMIT_REPORT_BYTES);
    target->format->write(report, &looks, &out);
    return session_write(session, target->output, &out);
}

/* Hashes the inputs if a report names their digests. */
static void add_digests(Session *session, const TargetList *targets) {
    bool named = false;
    for (size_t i = 0; i < targets->count; i++) {
        named = named || targets->items[i].format->names_digests;
    }
    for (size_t i = 1; named && i < session->sources.count; i++) {
        Source *source = source_of(&session->sources, (SourceId)i);
        if (source->origin == ORIGIN_INPUT && source->file == i) {
            source_digest(&session->sources, (SourceId)i);
        }
    }
}

bool targets_write(Session *session, const CommandLine *line, const Report *report,
                   const TargetList *targets) {
    bool written = true;
    add_digests(session, targets);
    for (size_t i = 0; i < targets->count; i++) {
        written = write_target(session, line, report, &targets->items[i]) && written;
    }
    return written;
}
