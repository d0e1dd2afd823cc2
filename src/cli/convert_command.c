/* convert: the merged inventory as a native file or a database. */
#include "base/limits.h"
#include "cli/inputs.h"
#include "model/write.h"
#include "query/database.h"

static const Option options[] = {
    {"format", 'f', "NAME", "yaml, xml or db (SQLite); else as the output is named, else yaml"},
    {"output", 'o', "FILE", "where it goes; else standard output"},
    {0},
};

static bool as_yaml(Session *session, Buf *out) {
    write_yaml(session->inventory, out);
    return true;
}

static bool as_xml(Session *session, Buf *out) {
    write_xml(session->inventory, out);
    return true;
}

static bool as_database(Session *session, Buf *out) {
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
    return !status.failed;
}

typedef struct Form {
    const char *name, *endings[3];
    bool (*write)(Session *session, Buf *out); /* false: printed why not */
} Form;

static const Form forms[] = {
    {"yaml", {".yaml", ".yml"}, as_yaml},
    {"xml", {".xml"}, as_xml},
    {"db", {".db", ".sqlite"}, as_database},
};
enum { FORM_COUNT = sizeof forms / sizeof *forms };

static const Form *form_of_name(Str name) {
    for (int i = 0; i < FORM_COUNT; i++) {
        if (str_eq(name, str_of(forms[i].name))) {
            return &forms[i];
        }
    }
    complain("--format %s: expected yaml, xml or db", name.s);
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
    complain("--output %s: say by --format yaml, xml or db what it is to hold", path.s);
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
    bool good = form->write(session, &out) && !out.truncated &&
                session_write(session, output, buf_str(&out));
    if (out.truncated) {
        complain("the output is longer than %zu bytes", LIMIT_REPORT_BYTES);
    }
    buf_clear(&out);
    return good ? EXIT_CLEAN : EXIT_INPUT;
}

const Command command_convert = {
    .name = "convert",
    .arguments = "[OPTION...] FILE...",
    .doc = "writes the merged inventory as YAML, XML or SQLite database",
    .reads_inputs = true,
    .options = options,
    .run = run,
};
