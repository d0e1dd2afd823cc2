/* convert: the merged inventory as a native file or a database, or what one service needs as a
 * model. */
#include "base/limits.h"
#include "cli/inputs.h"
#include "cli/open_psa_form.h"
#include "model/write.h"
#include "query/database.h"

static const Option options[] = {
    {"format", 'f', "NAME",
     "yaml, xml, db (SQLite) or open-psa (a fault tree); else as the output is named, else yaml"},
    {"service", 0, "NAME", "for open-psa: which service"},
    {"phase", 0, "NAME", "for open-psa: early or settled; else settled"},
    {"output", 'o', "FILE", "where it goes; else standard output"},
    {0},
};

static int as_yaml(Session *session, const CommandLine *line, Buf *out) {
    (void)line;
    write_yaml(session->inventory, out);
    return EXIT_CLEAN;
}

static int as_xml(Session *session, const CommandLine *line, Buf *out) {
    (void)line;
    write_xml(session->inventory, out);
    return EXIT_CLEAN;
}

static int as_database(Session *session, const CommandLine *line, Buf *out) {
    (void)line;
    Catalog catalog = {.inventory = session->inventory};
    Database *database;
    Status status = database_open(session->arena, &catalog, &database);
    if (!status.failed) {
        Str bytes;
        status = database_dump(database, session->arena, &bytes);
        if (!status.failed) {
            buf_add(out, bytes);
        }
        database_close(database);
    }
    if (status.failed) {
        complain("%.*s", STR_ARG(status.reason));
    }
    return status.failed ? EXIT_INPUT : EXIT_CLEAN;
}

typedef struct Form {
    const char *name, *endings[3];
    int (*write)(Session *session, const CommandLine *line, Buf *out); /* an exit code */
} Form;

static const Form forms[] = {
    {"yaml", {".yaml", ".yml"}, as_yaml},
    {"xml", {".xml"}, as_xml},
    {"db", {".db", ".sqlite"}, as_database},
    {"open-psa", {NULL}, open_psa_form},
};
enum { FORM_COUNT = sizeof forms / sizeof *forms };

static const Form *form_of_name(Str name) {
    for (int i = 0; i < FORM_COUNT; i++) {
        if (str_eq(name, str_of(forms[i].name))) {
            return &forms[i];
        }
    }
    complain("--format %s: expected yaml, xml, db or open-psa", name.s);
    return NULL;
}

static const Form *form_of_path(Str path) {
    for (int i = 0; i < FORM_COUNT; i++) {
        for (int k = 0; forms[i].endings[k]; k++) {
            if (str_ends(path, str_of(forms[i].endings[k]))) {
                return &forms[i];
            }
        }
    }
    complain("--output %s: say by --format yaml, xml, db or open-psa what it is to hold", path.s);
    return NULL;
}

static int run(Session *session, const CommandLine *line) {
    Str name = option_text(line, "format");
    Str output = option_text(line, "output");
    const Form *form = name.n ? form_of_name(name) : output.n ? form_of_path(output) : &forms[0];
    if (!form) {
        return EXIT_USAGE;
    }
    int code = inputs_load(session, line, line->arguments, line->argument_count);
    if (code != EXIT_CLEAN) {
        return code;
    }
    Buf out;
    buf_init(&out, LIMIT_REPORT_BYTES);
    code = form->write(session, line, &out);
    if (code == EXIT_CLEAN && !session_write(session, output, &out)) {
        code = EXIT_INPUT;
    }
    buf_clear(&out);
    return code;
}

const Command command_convert = {
    .name = "convert",
    .arguments = "[OPTION...] FILE...",
    .doc = "writes the merged inventory as YAML, XML or SQLite, or a service as fault tree",
    .reads_inputs = true,
    .options = options,
    .run = run,
};
