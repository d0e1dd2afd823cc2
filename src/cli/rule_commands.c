/* explain, rules: what topolint checks, without an inventory. */
#include "base/limits.h"
#include "cli/command.h"
#include "cli/query_profile.h"

static int finish(Session *session, Str output, Buf *out) {
    return session_write(session, output, out) ? EXIT_CLEAN : EXIT_INPUT;
}

/* ---- explain ---- */

static int explain(Session *session, const CommandLine *line) {
    if (line->argument_count != 1) {
        complain("explain: expected one rule; see topolint rules");
        return EXIT_USAGE;
    }
    Str help;
    const Rule *rule = session_find_rule(session, line->arguments[0], &help);
    const Mechanism *mechanism = packs_find_mechanism(&session->packs, line->arguments[0]);
    if (!rule && !mechanism) {
        complain("there is no rule '%s'; %s", line->arguments[0].s,
                 help.n ? help.s : "see topolint rules");
        return EXIT_USAGE;
    }
    Buf out;
    buf_init(&out, LIMIT_REPORT_BYTES);
    if (rule) {
        report_explain(rule, &session->sources, &session->out, &out);
    } else {
        report_mechanism(mechanism, &session->out, &out);
    }
    return finish(session, STR_NONE, &out);
}

const Command command_explain = {
    .name = "explain",
    .arguments = "RULE | MECHANISM",
    .doc = "tells what a rule checks, why, after which source, and how to mend it",
    .run = explain,
};

/* ---- rules ---- */

static const Option options[] = {
    {"format", 'f', "NAME", "text (the default), json, or markdown: one page a rule, in a folder"},
    {"output", 'o', "PATH", "where it goes; else standard output"},
    {"profile-queries", 0, NULL,
     "run the rules over the inputs that are named, and tell what each statement costs; "
     "--format text, csv or json"},
    {0},
};

static bool is_wanted(const CommandLine *line, const Rule *rule) {
    for (size_t i = 0; i < line->argument_count; i++) {
        if (str_find_str(rule->id, line->arguments[i]) != SIZE_MAX ||
            str_eq(rule->pack, line->arguments[i])) {
            return true;
        }
    }
    return !line->argument_count;
}

/* One page a rule in a folder, and their index beside it. */
static int write_pages(Session *session, const Rule *const *rules, size_t count, Str folder) {
    int code = EXIT_CLEAN;
    Buf out;
    for (size_t i = 0; i < count && code == EXIT_CLEAN; i++) {
        buf_init(&out, LIMIT_REPORT_BYTES);
        report_rule_page(rules[i], &session->sources, &out);
        code = finish(session,
                      arena_printf(session->arena, "%s/%.*s.md", folder.s, STR_ARG(rules[i]->id)),
                      &out);
    }
    if (code == EXIT_CLEAN) {
        buf_init(&out, LIMIT_REPORT_BYTES);
        report_rule_index(rules, count, &out);
        code = finish(session, arena_printf(session->arena, "%s.md", folder.s), &out);
    }
    return code;
}

static int list_rules(Session *session, const CommandLine *line, const Rule *const *rules,
                      size_t count) {
    Str format = option_text(line, "format");
    Str output = option_text(line, "output");
    if (str_eq(format, STR("markdown")) && output.n) {
        return write_pages(session, rules, count, output);
    }
    Buf out;
    buf_init(&out, LIMIT_REPORT_BYTES);
    if (str_eq(format, STR("json"))) {
        report_rule_list_json(rules, count, &out);
    } else if (!format.n || str_eq(format, STR("text"))) {
        report_rule_list(rules, count, &session->out, &out);
    } else {
        complain("--format %s: expected text, json, or markdown with --output FOLDER", format.s);
        return EXIT_USAGE;
    }
    return finish(session, output, &out);
}

static int rules(Session *session, const CommandLine *line) {
    if (option_given(line, "profile-queries")) {
        return profile_queries(session, line);
    }
    size_t all;
    const Rule **list = packs_rules(&session->packs, session->arena, &all);
    size_t count = 0;
    for (size_t i = 0; i < all; i++) {
        if (is_wanted(line, list[i])) {
            list[count++] = list[i];
        }
    }
    for (size_t i = 0; !count && i < line->argument_count; i++) {
        Str help;
        session_find_rule(session, line->arguments[i], &help);
        complain("no rule and no pack has '%s' in its name%s%.*s", line->arguments[i].s,
                 help.n ? "; " : "", STR_ARG(help));
    }
    if (!count) {
        return EXIT_USAGE;
    }
    return list_rules(session, line, list, count);
}

const Command command_rules = {
    .name = "rules",
    .arguments = "[OPTION...] [PACK | PART-OF-ID]... | --profile-queries FILE...",
    .doc = "lists the rules, or tells what each costs over a design",
    .reads_inputs = true,
    .options = options,
    .run = rules,
};
