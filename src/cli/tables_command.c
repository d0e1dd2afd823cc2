/* tables: what SQL sees. */
#include "base/limits.h"
#include "base/suggest.h"
#include "cli/command.h"
#include "query/database.h"

static const Option options[] = {
    {"output", 'o', "FILE", "where it goes; else standard output"},
    {0},
};

static void print_table(const TableInfo *table, Buf *out) {
    enum { NAME_WIDTH = 28, TYPE_WIDTH = 10 };
    buf_printf(out, "%s%.*s\n    %.*s\n", out->size ? "\n" : "", STR_ARG(table->name),
               STR_ARG(table->doc));
    for (size_t i = 0; i < table->column_count; i++) {
        const struct TableColumnInfo *column = &table->columns[i];
        buf_printf(out, "    %-*.*s %-*.*s %.*s%s\n", NAME_WIDTH, STR_ARG(column->name), TYPE_WIDTH,
                   STR_ARG(column->type), STR_ARG(column->doc),
                   column->hidden ? " (not in *)" : "");
    }
}

static bool is_wanted(const CommandLine *line, Str table) {
    for (size_t i = 0; i < line->argument_count; i++) {
        if (str_eq(line->arguments[i], table)) {
            return true;
        }
    }
    return !line->argument_count;
}

/* False if one of the names asked for is no table. */
static bool names_exist(const CommandLine *line, const TableInfo *tables, size_t count) {
    for (size_t i = 0; i < line->argument_count; i++) {
        Suggest suggest;
        suggest_init(&suggest, line->arguments[i]);
        bool found = false;
        for (size_t k = 0; k < count; k++) {
            suggest_try(&suggest, tables[k].name);
            found = found || str_eq(line->arguments[i], tables[k].name);
        }
        if (!found) {
            complain("there is no table '%s'%s%.*s%s", line->arguments[i].s,
                     suggest.best.n ? "; did you mean '" : "", STR_ARG(suggest.best),
                     suggest.best.n ? "'?" : "");
            return false;
        }
    }
    return true;
}

static int print_tables(Session *session, const CommandLine *line, Database *database) {
    TableInfo *tables;
    size_t count;
    database_tables(database, session->arena, &tables, &count);
    if (!names_exist(line, tables, count)) {
        return EXIT_USAGE;
    }
    Buf out;
    buf_init(&out, LIMIT_REPORT_BYTES);
    for (size_t i = 0; i < count; i++) {
        if (is_wanted(line, tables[i].name)) {
            print_table(&tables[i], &out);
        }
    }
    bool good = session_write(session, option_text(line, "output"), buf_str(&out));
    buf_clear(&out);
    return good ? EXIT_CLEAN : EXIT_INPUT;
}

/* An empty inventory has the same tables as any other. */
static int run(Session *session, const CommandLine *line) {
    Diags ignored;
    diags_init(&ignored, session->arena);
    inventory_finish(session->inventory, &ignored, &(LoadOptions){.as_of = STR_NONE});
    Lint *lint = lint_open(session->arena, &session->packs, session->inventory, &session->diags);
    session_print_diags(session);
    if (!lint) {
        return EXIT_INPUT;
    }
    Database *database;
    Status status = database_open(session->arena, lint_catalog(lint), &database);
    int code = EXIT_INPUT;
    if (status.failed) {
        complain("%.*s", STR_ARG(status.reason));
    } else {
        code = print_tables(session, line, database);
        database_close(database);
    }
    lint_close(lint);
    return code;
}

const Command command_tables = {
    .name = "tables",
    .arguments = "[OPTION...] [TABLE...]",
    .doc = "documents the SQL tables and their columns",
    .options = options,
    .run = run,
};
