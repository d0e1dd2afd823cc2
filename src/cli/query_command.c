/* query: the inventory and the graph as SQL tables, for people. */
#include "base/platform.h"
#include "cli/grid.h"
#include "cli/inputs.h"

static const Option options[] = {
    {"format", 'f', "NAME", "text (the default), csv or json"},
    {"output", 'o', "FILE", "where it goes; else standard output"},
    {0},
};

/* The statement with a caret below the byte that the error is about. */
static void print_error(Str sql, const QueryError *error) {
    complain("%.*s", STR_ARG(error->message));
    if (error->offset >= 0 && str_find(sql, '\n', 0) == SIZE_MAX) {
        fprintf(stderr, "  %.*s\n  %*s^\n", STR_ARG(sql), (int)error->offset, "");
    }
    if (error->help.n) {
        fprintf(stderr, "  %.*s\n", STR_ARG(error->help));
    }
}

/* SQLite's operations plus our rows: seconds, where the estate is large. An endless recursion ends.
 */
static const uint64_t query_steps_max = 100000000;

static int print_rows(Session *session, const CommandLine *line, Query *query,
                      const GridFormat *format) {
    Grid grid;
    QueryError error;
    query_budget(query, query_steps_max);
    if (!grid_read(query, session->arena, &grid, &error)) {
        print_error(STR_NONE, &error);
        return EXIT_USAGE;
    }
    return grid_write(session, line, &grid, format);
}

static int ask(Session *session, const CommandLine *line, const Catalog *catalog,
               const GridFormat *format) {
    Str sql = line->arguments[line->argument_count - 1];
    Database *database;
    Status status = database_open(session->arena, catalog, &database);
    if (status.failed) {
        complain("%.*s", STR_ARG(status.reason));
        return EXIT_INPUT;
    }
    Query *query;
    QueryError error;
    int code = EXIT_USAGE;
    if (query_prepare(database, sql, &query, &error)) {
        code = print_rows(session, line, query, format);
        query_close(query);
    } else {
        print_error(sql, &error);
    }
    database_close(database);
    return code;
}

static int run(Session *session, const CommandLine *line) {
    const GridFormat *format = grid_find_format(option_text(line, "format"));
    if (!format) {
        return EXIT_USAGE;
    }
    if (!line->argument_count || path_exists(line->arguments[line->argument_count - 1].s)) {
        complain("query: no statement; it comes last: topolint query FILE... \"SELECT ...\"");
        return EXIT_USAGE;
    }
    int code = inputs_load(session, line, line->arguments, line->argument_count - 1);
    if (code != EXIT_CLEAN) {
        return code;
    }
    Lint *lint = session_lint(session);
    if (!lint) {
        return EXIT_INPUT;
    }
    Catalog catalog = *lint_catalog(lint);
    catalog.ad_hoc = true;
    code = ask(session, line, &catalog, format);
    lint_close(lint);
    return code;
}

const Command command_query = {
    .name = "query",
    .arguments = "[OPTION...] FILE... \"SELECT ...\"",
    .doc = "asks the inventory and its graph in SQL; topolint tables lists what there is",
    .reads_inputs = true,
    .options = options,
    .run = run,
};
