/* lint: inputs -> findings -> reports. */
#include "base/limits.h"
#include "cli/checked_rules.h"
#include "cli/report_targets.h"
#include "cli/suggestions.h"
#include "report/words.h"
#include "rule/baseline.h"
#include "rule/waivers.h"

static const Option options[] = {
    {"format", 'f', "NAME",
     "text, concise, json, sarif, junit, github, gitlab or markdown; may be repeated"},
    {"output", 'o', "FILE",
     "where the report of the --format before it goes; else standard output"},
    {"fail-on", 0, "SEVERITY", "exit 1 from there on: error (the default), warning, info or never"},
    {"strict", 0, NULL, "exit 1 also if anything could not be assessed"},
    {"verbose", 'v', NULL, "name in the text report all that a rule could not decide about"},
    {"accept", 0, NULL, "print how to accept each finding"},
    {"accepted", 0, NULL, "print accepted and known findings too"},
    {"suggest", 0, NULL,
     "propose edits of the design that cure findings, each proven by a run with it (text, json)"},
    {"write-baseline", 0, NULL,
     "write all findings to the baseline: from now on only others count"},
    {"ascii", 0, NULL, "escape in the text report what is not ASCII"},
    {"load-only", 0, NULL, NULL}, /* for the benchmark: read the inputs and stop */
    {0},
};

static int read_fail_on(Session *session, const CommandLine *line, Severity *ret_severity) {
    *ret_severity = SEVERITY_ERROR;
    Str text = option_text(line, "fail-on");
    const Node *set = session->settings.fail_on;
    if (!text.n && set) {
        threshold_read(&session->diags, set,
                       ret_severity); /* what is wrong: checked_rules() tells */
    }
    if (text.n && !threshold_parse(text, ret_severity)) {
        complain("--fail-on %s: expected error, warning, info or never", text.s);
        return EXIT_USAGE;
    }
    return EXIT_CLEAN;
}

static bool has_findings(const Report *report, Severity fail_on) {
    return fail_on != SEVERITY_NONE &&
           (report->errors || (fail_on <= SEVERITY_WARNING && report->warnings) ||
            (fail_on <= SEVERITY_INFO && report->infos));
}

/* Who asks for a rule by name is told if it is about nothing here. */
static void tell_absent(const Session *session, const LintOptions *rules, const Report *report) {
    for (size_t i = 0; rules->only_count && i < report->rule_count; i++) {
        if (report->outcomes[i] == RULE_NOT_APPLICABLE) {
            Str text = words_absent(session->arena, report, i);
            complain("%.*s", STR_ARG(text));
        }
    }
}

static const char *why_nothing(const Report *report) {
    return !report->rule_count             ? "all rules are disabled"
           : report->coverage.not_assessed ? "no rule has the facts that it needs"
                                           : "no rule is about what the inputs hold";
}

static int verdict(const Report *report, Severity fail_on, bool strict) {
    if (report->failure_count) {
        return EXIT_INPUT;
    }
    if (!report->coverage.decided) {
        complain("nothing was checked: %s", why_nothing(report));
        return EXIT_INPUT;
    }
    if (has_findings(report, fail_on)) {
        return EXIT_FINDINGS;
    }
    if (strict && report->not_assessed_count) {
        complain("--strict: %zu not assessed", report->not_assessed_count);
        return EXIT_FINDINGS;
    }
    return EXIT_CLEAN;
}

/* Packs of the user's own are checked before any of them decides something; ours were, by a test.
 */
static bool check_own_packs(Session *session, const CommandLine *line, Lint *lint) {
    bool good = (!option_given(line, "rules") && !session->settings.rules) ||
                lint_check_packs(lint, &session->diags);
    session_print_diags(session);
    return good;
}

/* Entries of the baseline that are no finding any more. */
static void note_fixed(Session *session, const Report *report) {
    for (size_t i = 0; i < report->fixed_count; i++) {
        const BaselineEntry *entry = report->fixed[i];
        diag_note(&session->diags, entry->waiver.loc, "fixed: %.*s of %.*s",
                  STR_ARG(entry->rule->id), STR_ARG(entry->entity));
    }
}

/* ---- the baseline ---- */

/* Where it is; empty if neither an option nor the settings say. */
static Str baseline_path(Session *session, const CommandLine *line) {
    Str path = option_text(line, "baseline");
    const Node *set = session->settings.baseline;
    return path.n || !set ? path : settings_path(&session->settings, session->arena, set->text);
}

static bool write_baseline(Session *session, Str path, const Report *report) {
    Buf out;
    buf_init(&out, LIMIT_REPORT_BYTES);
    baseline_write(report, &out);
    return session_write(session, path, &out);
}

static int run_rules(Session *session, const CommandLine *line, LintOptions *rules,
                     Severity fail_on, const TargetList *targets) {
    Lint *lint = session_lint(session);
    int code = EXIT_INPUT;
    bool writes = option_given(line, "write-baseline");
    if (lint && check_own_packs(session, line, lint) &&
        checked_acceptance(session, line, !writes, rules)) {
        Report *report = arena_new(session->arena, Report);
        *report = *lint_run(lint, rules);
        if (rules->waivers) {
            waivers_check_used(rules->waivers, report, &session->diags);
        }
        note_fixed(session, report);
        session_print_diags(session);
        if (option_given(line, "suggest") &&
            !suggestions_add(session, lint, rules, option_text(line, "as-of"), report)) {
            lint_close(lint);
            return EXIT_INPUT;
        }
        bool written = targets_write(session, line, report, targets);
        tell_absent(session, rules, report);
        if (writes && report->coverage.decided && !report->failure_count) {
            written = write_baseline(session, baseline_path(session, line), report) && written;
        }
        code = verdict(report, writes ? SEVERITY_NONE : fail_on, option_given(line, "strict"));
        code = written ? code : EXIT_INPUT;
    }
    lint_close(lint);
    return code;
}

static int run(Session *session, const CommandLine *line) {
    TargetList targets = {0};
    LintOptions rules;
    Severity fail_on;
    if (!targets_read(session, line, &targets)) {
        return EXIT_USAGE;
    }
    if (option_given(line, "write-baseline") && !baseline_path(session, line).n) {
        complain("--write-baseline: name the file by --baseline FILE, or by `baseline:` in the "
                 "settings");
        return EXIT_USAGE;
    }
    if (option_given(line, "suggest") &&
        (option_given(line, "prefer") || session->settings.prefer)) {
        complain("--suggest: not with an input that is to be believed (prefer): the edits that it "
                 "proposes take that place");
        return EXIT_USAGE;
    }
    int code = read_fail_on(session, line, &fail_on);
    code = code == EXIT_CLEAN ? checked_inputs(session, line, &rules) : code;
    if (code != EXIT_CLEAN || option_given(line, "load-only")) {
        return code;
    }
    return run_rules(session, line, &rules, fail_on, &targets);
}

const Command command_lint = {
    .name = "lint",
    .arguments = "[OPTION...] FILE...",
    .doc = "checks a design: single points of failure, stacked redundancy, mistakes",
    .reads_inputs = true,
    .runs_rules = true,
    .accepts = true,
    .options = options,
    .run = run,
};
