/* ask: which facts to get next. */
#include "base/limits.h"
#include "cli/checked_rules.h"
#include "report/ask.h"

static const Option options[] = {
    {"format", 'f', "NAME", "text (the default) or json"},
    {"output", 'o', "FILE", "where it goes; else standard output"},
    {0},
};

static bool write_list(Session *session, const CommandLine *line, bool json, const AskReport *ask) {
    Str output = option_text(line, "output");
    ReportOptions looks = output.n ? (ReportOptions){.width = 100} : session->out;
    Buf out;
    buf_init(&out, LIMIT_REPORT_BYTES);
    if (json) {
        report_ask_json(ask, &out);
    } else {
        report_ask(ask, &looks, &out);
    }
    return session_write(session, output, &out);
}

static int ask(Session *session, const CommandLine *line, const LintOptions *rules, bool json) {
    Lint *lint = session_lint(session);
    SourceId ways = session_embedded_source(session, STR("schemas/import/ways.yaml"));
    AskReport asked = {.ways = tree_read_yaml(&session->context, ways, session->arena)};
    session_print_diags(session);
    if (!lint) {
        return EXIT_INPUT;
    }
    asked.report = lint_run(lint, rules);
    AskList list = ask_facts(lint, asked.report, session->arena);
    asked.list = &list;
    bool good = write_list(session, line, json, &asked);
    lint_close(lint);
    return good && !asked.report->failure_count ? EXIT_CLEAN : EXIT_INPUT;
}

static int run(Session *session, const CommandLine *line) {
    Str format = option_text(line, "format");
    bool json = str_eq(format, STR("json"));
    if (format.n && !json && !str_eq(format, STR("text"))) {
        complain("--format %s: expected text or json", format.s);
        return EXIT_USAGE;
    }
    LintOptions rules;
    int code = checked_inputs(session, line, &rules);
    return code == EXIT_CLEAN ? ask(session, line, &rules, json) : code;
}

const Command command_ask = {
    .name = "ask",
    .arguments = "[OPTION...] FILE...",
    .doc = "lists the facts that would decide most, and how to get them",
    .reads_inputs = true,
    .runs_rules = true,
    .options = options,
    .run = run,
};
