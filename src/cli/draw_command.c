/* draw: an annotated diagram of a design. */
#include "base/limits.h"
#include "cli/checked_rules.h"
#include "draw/render.h"
#include "draw/view.h"

static const Option options[] = {
    {"output", 'o', "FILE",
     "the picture: .svg, .png, .pdf or .dot; without it DOT on standard output"},
    {"view", 0, "NAME", "what is drawn: placement"},
    {"ascii", 0, NULL, "signs of ASCII alone"},
    {0},
};

static const char *const formats[] = {"svg", "png", "pdf", "dot"};

/* The format that the file's name asks for; NULL with a message if it is none of ours. */
static const char *wanted_format(Str output) {
    if (!output.n || str_eq(output, STR("-"))) {
        return "dot";
    }
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        Str name = str_of(formats[i]);
        Str end = str_slice(output, output.n > name.n ? output.n - name.n : 0, output.n);
        if (output.n > name.n && output.s[output.n - name.n - 1] == '.' &&
            str_eq_nocase(end, name)) {
            return formats[i];
        }
    }
    complain("draw: --output %s: expected a name that ends in .svg, .png, .pdf or .dot", output.s);
    return NULL;
}

static bool write_picture(Session *session, const View *view, const char *format, Str output) {
    Buf dot;
    Buf picture;
    buf_init(&dot, LIMIT_REPORT_BYTES);
    buf_init(&picture, LIMIT_REPORT_BYTES);
    view_dot(view, &dot);
    bool as_dot = str_eq(str_of(format), STR("dot"));
    Status status = STATUS_OK;
    if (!as_dot && !dot.truncated) {
        status = render_dot(session->arena, buf_str(&dot), format, &picture);
        render_close();
    }
    if (status.failed) {
        complain("draw: %s", status.reason.s);
    }
    bool good =
        !status.failed && session_write(session, output, as_dot || dot.truncated ? &dot : &picture);
    buf_clear(&dot);
    buf_clear(&picture);
    return good;
}

static int draw(Session *session, const CommandLine *line, LintOptions *rules, const char *format) {
    Lint *lint = session_lint(session);
    if (!lint) {
        return EXIT_INPUT;
    }
    if (!checked_acceptance(session, line, true, rules)) {
        lint_close(lint);
        return EXIT_INPUT;
    }
    const Report *report = lint_run(lint, rules);
    RunFacts facts;
    bool good = run_facts_read(lint, session->arena, &session->diags, &facts);
    session_print_diags(session);
    good = good &&
           write_picture(
               session, view_placement(session->arena, report, &facts, option_given(line, "ascii")),
               format, option_text(line, "output"));
    int code = good && !report->failure_count && report->rule_count ? EXIT_CLEAN : EXIT_INPUT;
    lint_close(lint);
    return code;
}

/* A picture that was drawn is a success, whatever it shows: the verdict is that of `lint`. */
static int run(Session *session, const CommandLine *line) {
    Str view = option_text(line, "view");
    const char *format = wanted_format(option_text(line, "output"));
    if (!format) {
        return EXIT_USAGE;
    }
    if (view.n && !str_eq(view, STR("placement"))) {
        complain("draw: --view %s: expected placement", view.s);
        return EXIT_USAGE;
    }
    LintOptions rules;
    int code = checked_inputs(session, line, &rules);
    return code == EXIT_CLEAN ? draw(session, line, &rules, format) : code;
}

const Command command_draw = {
    .name = "draw",
    .arguments = "[OPTION...] FILE... -o PICTURE",
    .doc = "draws the design with its findings",
    .reads_inputs = true,
    .runs_rules = true,
    .accepts = true,
    .options = options,
    .run = run,
};
