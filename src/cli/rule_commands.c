/* explain, rules, schema: what topolint knows, without an inventory. */
#include "base/buf.h"
#include "base/limits.h"
#include "base/platform.h"
#include "base/suggest.h"
#include "cli/command.h"
#include "report/report.h"

static int finish(Session *session, const char *output, Buf *out) {
    bool good = session_write(session, output, buf_str(out));
    buf_clear(out);
    return good ? EXIT_CLEAN : EXIT_INPUT;
}

static int explain(Session *session, const char *id) {
    const Rule *rule = packs_find_rule(&session->packs, str_of(id));
    if (!rule) {
        Suggest suggest;
        suggest_init(&suggest, str_of(id));
        size_t count;
        const Rule **rules = packs_rules(&session->packs, session->arena, &count);
        for (size_t i = 0; i < count; i++) {
            suggest_try(&suggest, rules[i]->id);
        }
        complain("there is no rule '%s'%s%.*s%s", id, suggest.best.n ? "; did you mean '" : "",
                 STR_ARG(suggest.best), suggest.best.n ? "'?" : "");
        return EXIT_USAGE;
    }
    ReportOptions options = {.width = session->width, .colour = session->colour};
    Buf out;
    buf_init(&out, LIMIT_REPORT_BYTES);
    report_explain(rule, &session->sources, &options, &out);
    return finish(session, NULL, &out);
}

int command_explain(int count, const char **words) {
    InputOptions input = {0};
    struct poptOption table[] = {INPUT_OPTION_ROWS(input), POPT_AUTOHELP POPT_TABLEEND};
    poptContext context;
    int code = EXIT_CLEAN;
    if (!command_parse(&context, count, words, table, "explain RULE", &code)) {
        return code;
    }
    const char *id = poptGetArg(context);
    Session session;
    code = id ? EXIT_INPUT : EXIT_USAGE;
    if (!id) {
        complain("explain: which rule? See topolint rules");
    } else {
        if (session_open(&session, &input)) {
            code = explain(&session, id);
        }
        session_close(&session);
    }
    poptFreeContext(context);
    return code;
}

/* One page a rule and the index, below a folder. */
static int write_pages(Session *session, const Rule *const *rules, size_t count, const char *folder) {
    int code = EXIT_CLEAN;
    for (size_t i = 0; i <= count && code == EXIT_CLEAN; i++) {
        Buf out;
        buf_init(&out, LIMIT_REPORT_BYTES);
        Str path = i < count ? arena_printf(session->arena, "%s/%.*s.md", folder, STR_ARG(rules[i]->id))
                             : arena_printf(session->arena, "%s.md", folder);
        if (i < count) {
            report_rule_page(rules[i], &session->sources, &out);
        } else {
            report_rule_index(rules, count, &out);
        }
        code = finish(session, path.s, &out);
    }
    return code;
}

static int list_rules(Session *session, const char *format, const char *output, const char *filter) {
    size_t all;
    const Rule **rules = packs_rules(&session->packs, session->arena, &all);
    size_t count = 0;
    for (size_t i = 0; i < all; i++) {
        if (!filter || str_find_str(rules[i]->id, str_of(filter)) != SIZE_MAX ||
            str_eq(rules[i]->pack, str_of(filter))) {
            rules[count++] = rules[i];
        }
    }
    Str name = str_of(format ? format : "text");
    if (str_eq(name, STR("markdown")) && output) {
        return write_pages(session, rules, count, output);
    }
    Buf out;
    buf_init(&out, LIMIT_REPORT_BYTES);
    ReportOptions options = {.width = session->width, .colour = session->colour};
    if (str_eq(name, STR("json"))) {
        report_rule_list_json(rules, count, &out);
    } else if (str_eq(name, STR("text"))) {
        report_rule_list(rules, count, &options, &out);
    } else {
        complain("rules: --format is text, json, or markdown with --output FOLDER");
        return EXIT_USAGE;
    }
    return finish(session, output, &out);
}

int command_rules(int count, const char **words) {
    InputOptions input = {0};
    char *format = NULL;
    char *output = NULL;
    struct poptOption table[] = {
        {"format", 'f', POPT_ARG_STRING, &format, 0, "text, json, markdown (one page a rule)", "F"},
        {"output", 'o', POPT_ARG_STRING, &output, 0, "where it goes", "FILE"},
        INPUT_OPTION_ROWS(input),
        POPT_AUTOHELP POPT_TABLEEND};
    poptContext context;
    int code = EXIT_CLEAN;
    if (!command_parse(&context, count, words, table, "rules [OPTION...] [PART-OF-ID | PACK]", &code)) {
        return code;
    }
    Session session;
    code = EXIT_INPUT;
    if (session_open(&session, &input)) {
        code = list_rules(&session, format, output, poptGetArg(context));
    }
    session_close(&session);
    poptFreeContext(context);
    return code;
}

static int print_schema(Session *session, const char *format, const char *output) {
    static const struct {
        const char *name;
        void (*print)(const Schema *schema, Buf *out);
    } formats[] = {{"json-schema", report_schema_json},
                   {"xsd", report_schema_xsd},
                   {"markdown", report_schema_markdown}};
    Str wanted = str_of(format ? format : "markdown");
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (str_eq(wanted, str_of(formats[i].name))) {
            Buf out;
            buf_init(&out, LIMIT_REPORT_BYTES);
            formats[i].print(&session->schema, &out);
            return finish(session, output, &out);
        }
    }
    complain("schema: --format is json-schema, xsd or markdown");
    return EXIT_USAGE;
}

int command_schema(int count, const char **words) {
    InputOptions input = {0};
    char *format = NULL;
    char *output = NULL;
    struct poptOption table[] = {
        {"format", 'f', POPT_ARG_STRING, &format, 0, "json-schema, xsd or markdown", "F"},
        {"output", 'o', POPT_ARG_STRING, &output, 0, "where it goes", "FILE"},
        INPUT_OPTION_ROWS(input),
        POPT_AUTOHELP POPT_TABLEEND};
    poptContext context;
    int code = EXIT_CLEAN;
    if (!command_parse(&context, count, words, table, "schema [OPTION...]", &code)) {
        return code;
    }
    Session session;
    code = EXIT_INPUT;
    if (session_open(&session, &input)) {
        code = print_schema(&session, format, output);
    }
    session_close(&session);
    poptFreeContext(context);
    return code;
}
