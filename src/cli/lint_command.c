#include "base/buf.h"
#include "base/limits.h"
#include "cli/command.h"
#include "report/report.h"

#ifndef TOPOLINT_VERSION
#define TOPOLINT_VERSION "0.1.0"
#endif

typedef struct LintArguments {
    InputOptions input;
    char **formats, **outputs, **rules, **disabled;
    char *fail_on, *profile;
    int strict, load_only;
} LintArguments;

static bool parse_severity(const char *text, Severity *ret_severity) {
    static const struct {
        const char *name;
        Severity severity;
    } names[] = {{"error", SEVERITY_ERROR},
                 {"warning", SEVERITY_WARNING},
                 {"info", SEVERITY_INFO},
                 {"never", SEVERITY_NONE}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_eq(str_of(text), str_of(names[i].name))) {
            *ret_severity = names[i].severity;
            return true;
        }
    }
    complain("--fail-on %s: expected error, warning, info or never", text);
    return false;
}

static bool parse_profile(const char *text, ProfileId *ret_profile) {
    for (int i = 0; i < PROFILE_COUNT; i++) {
        if (str_eq(str_of(text), profile_name((ProfileId)i))) {
            *ret_profile = (ProfileId)i;
            return true;
        }
    }
    complain("--profile %s: expected default, vendor or one-method", text);
    return false;
}

static bool find_rules(Session *session, char **ids, const Rule *const **ret_rules,
                       size_t *ret_count) {
    size_t count = 0;
    while (ids && ids[count]) {
        count++;
    }
    const Rule **rules = arena_array(session->arena, const Rule *, count);
    for (size_t i = 0; i < count; i++) {
        rules[i] = packs_find_rule(&session->packs, str_of(ids[i]));
        if (!rules[i]) {
            complain("there is no rule '%s'; see topolint rules", ids[i]);
            return false;
        }
    }
    *ret_rules = rules;
    *ret_count = count;
    return true;
}

static const char *nth(char **list, size_t index) {
    for (size_t i = 0; list && list[i]; i++) {
        if (i == index) {
            return list[i];
        }
    }
    return NULL;
}

/* The i-th --format goes to the i-th --output; without one, to standard output. */
static bool write_report(Session *session, const LintArguments *arguments, const Report *report,
                         size_t index) {
    const char *name = nth(arguments->formats, index);
    const ReportFormat *format = report_find_format(str_of(name ? name : "text"));
    const char *output = nth(arguments->outputs, index);
    ReportOptions options = {.width = session->width, .colour = session->colour && !output};
    Buf out;
    buf_init(&out, LIMIT_REPORT_BYTES);
    format->write(report, &options, &out);
    bool good = !out.truncated && session_write(session, output, buf_str(&out));
    if (out.truncated) {
        complain("the report is larger than the limit");
    }
    buf_clear(&out);
    return good;
}

static bool formats_exist(const LintArguments *arguments) {
    for (size_t i = 0; nth(arguments->formats, i); i++) {
        if (!report_find_format(str_of(nth(arguments->formats, i)))) {
            Buf names;
            buf_init(&names, 1024);
            for (size_t k = 0; k < report_format_count; k++) {
                buf_printf(&names, "%s%s", k ? ", " : "", report_formats[k].name);
            }
            complain("--format %s: expected one of %.*s", nth(arguments->formats, i),
                     STR_ARG(buf_str(&names)));
            buf_clear(&names);
            return false;
        }
    }
    return true;
}

static int exit_code(const Report *report, Severity fail_on, bool strict, bool written) {
    if (!written || report->failure_count || !report->rule_count) {
        return EXIT_INPUT;
    }
    bool findings = fail_on != SEVERITY_NONE &&
                    (report->errors || (fail_on <= SEVERITY_WARNING && report->warnings) ||
                     (fail_on <= SEVERITY_INFO && report->infos));
    return findings || (strict && report->not_assessed_count) ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int run_lint(Session *session, const LintArguments *arguments, LintOptions *options,
                    Severity fail_on) {
    Lint *lint = lint_open(session->arena, &session->packs, session->inventory, &session->diags);
    if (!lint) {
        session_print_diags(session);
        return EXIT_INPUT;
    }
    const Report *report = lint_run(lint, options);
    bool written = true;
    for (size_t i = 0; i == 0 || nth(arguments->formats, i); i++) {
        written = write_report(session, arguments, report, i) && written;
    }
    int code = exit_code(report, fail_on, arguments->strict, written);
    lint_close(lint);
    return code;
}

static int lint_files(Session *session, const LintArguments *arguments, const char **paths) {
    LintOptions options = {.version = STR(TOPOLINT_VERSION)};
    Severity fail_on = SEVERITY_ERROR;
    bool good = formats_exist(arguments) &&
                (!arguments->fail_on || parse_severity(arguments->fail_on, &fail_on)) &&
                (!arguments->profile || parse_profile(arguments->profile, &options.profile)) &&
                find_rules(session, arguments->rules, &options.only, &options.only_count) &&
                find_rules(session, arguments->disabled, &options.disable, &options.disable_count);
    if (!good) {
        return EXIT_USAGE;
    }
    if (!session_load(session, paths, &arguments->input)) {
        return EXIT_INPUT;
    }
    return arguments->load_only ? EXIT_CLEAN : run_lint(session, arguments, &options, fail_on);
}

int command_lint(int count, const char **words) {
    LintArguments arguments = {0};
    struct poptOption table[] = {
        {"format", 'f', POPT_ARG_ARGV, &arguments.formats, 0,
         "text, concise, json, sarif, junit, github, gitlab, markdown; repeatable", "F"},
        {"output", 'o', POPT_ARG_ARGV, &arguments.outputs, 0, "where the format before goes", "FILE"},
        {"fail-on", 0, POPT_ARG_STRING, &arguments.fail_on, 0,
         "exit 1 from this severity on: error (default), warning, info, never", "SEVERITY"},
        {"strict", 0, POPT_ARG_NONE, &arguments.strict, 0, "exit 1 if anything was not assessed", NULL},
        {"profile", 'p', POPT_ARG_STRING, &arguments.profile, 0, "default, vendor or one-method", "NAME"},
        {"rule", 0, POPT_ARG_ARGV, &arguments.rules, 0, "run only this rule; repeatable", "ID"},
        {"disable", 0, POPT_ARG_ARGV, &arguments.disabled, 0, "leave this rule out; repeatable", "ID"},
        {"load-only", 0, POPT_ARG_NONE | POPT_ARGFLAG_DOC_HIDDEN, &arguments.load_only, 0,
         "read the inputs and stop", NULL},
        INPUT_OPTION_ROWS(arguments.input),
        POPT_AUTOHELP POPT_TABLEEND};
    poptContext context;
    int code = EXIT_CLEAN;
    if (!command_parse(&context, count, words, table, "lint [OPTION...] FILE...", &code)) {
        return code;
    }
    const char **paths = poptGetArgs(context);
    if (!paths || !paths[0]) {
        complain("lint: no input file");
        poptFreeContext(context);
        return EXIT_USAGE;
    }
    Session session;
    code = EXIT_INPUT;
    if (session_open(&session, &arguments.input)) {
        code = lint_files(&session, &arguments, paths);
    }
    session_close(&session);
    poptFreeContext(context);
    return code;
}
