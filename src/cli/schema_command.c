/* schema: the published forms of the inventory's schema. */
#include "base/limits.h"
#include "cli/command.h"

static const Option options[] = {
    {"format", 'f', "NAME", "markdown (the default), json-schema or xsd"},
    {"output", 'o', "FILE", "where it goes; else standard output"},
    {0},
};

static const struct {
    const char *name;
    void (*print)(const Schema *schema, Buf *out);
} forms[] = {{"markdown", report_schema_markdown},
             {"json-schema", report_schema_json},
             {"xsd", report_schema_xsd}};

static int run(Session *session, const CommandLine *line) {
    if (line->argument_count) {
        complain("schema takes no argument '%s'; the columns of one kind: topolint tables %s",
                 line->arguments[0].s, line->arguments[0].s);
        return EXIT_USAGE;
    }
    Str name = option_text(line, "format");
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!name.n || str_eq(name, str_of(forms[i].name))) {
            Buf out;
            buf_init(&out, LIMIT_REPORT_BYTES);
            forms[i].print(&session->schema, &out);
            return session_write(session, option_text(line, "output"), &out) ? EXIT_CLEAN
                                                                             : EXIT_INPUT;
        }
    }
    complain("--format %s: expected markdown, json-schema or xsd", name.s);
    return EXIT_USAGE;
}

const Command command_schema = {
    .name = "schema",
    .arguments = "[OPTION...]",
    .doc = "documents kinds and fields, or writes their JSON Schema or XSD",
    .options = options,
    .run = run,
};
