/* tables: what SQL sees. */
#include "base/limits.h"
#include "base/platform.h"
#include "base/suggest.h"
#include "cli/command.h"
#include "query/database.h"
#include "report/page.h"

static const Option options[] = {
    {"all", 0, NULL, "the columns of every table"},
    {"output", 'o', "FILE", "where it goes; else standard output"},
    {0},
};

enum { INDENT = 2, GAP = 2, NAME_MAX_WIDTH = 28 };

/* ---- the list ---- */

static Str first_sentence(Str doc) {
    size_t end = str_find_str(doc, STR(". "));
    return end == SIZE_MAX ? doc : str_slice(doc, 0, end + 1);
}

/* A name that is wider than its column has a line of its own. */
static void print_name(const Page *page, Str name, int indent, int width) {
    page_styled(page, STYLE_BOLD, name);
    if ((int)name.n > width) {
        buf_addc(page->out, '\n');
        buf_repeat(page->out, ' ', (size_t)(indent + width + GAP));
    } else {
        buf_repeat(page->out, ' ', (size_t)(width - (int)name.n + GAP));
    }
}

static void print_list(const Page *page, const TableInfo *tables, size_t count) {
    for (size_t i = 0; i < count; i++) {
        print_name(page, tables[i].name, 0, NAME_MAX_WIDTH);
        page_wrap(page, first_sentence(tables[i].doc), NAME_MAX_WIDTH + GAP, NAME_MAX_WIDTH + GAP);
        buf_addc(page->out, '\n');
    }
    buf_addz(page->out, "\ncolumns: topolint tables TABLE..., or --all\n"
                        "rows:    topolint query FILE... \"SELECT ...\"\n");
}

/* ---- one table ---- */

/* "enum" of "enum: internal, perimeter"; `ret_values` is what follows. */
static Str short_type(Str type, Str *ret_values) {
    size_t colon = str_find(type, ':', 0);
    *ret_values = colon == SIZE_MAX ? STR_NONE : str_trim(str_slice(type, colon + 1, type.n));
    return str_slice(type, 0, colon);
}

static void measure(const TableInfo *table, int *ret_name, int *ret_type) {
    for (size_t i = 0; i < table->column_count; i++) {
        Str values;
        int name = (int)table->columns[i].name.n;
        int type = (int)short_type(table->columns[i].type, &values).n;
        *ret_name = name > *ret_name && name <= NAME_MAX_WIDTH ? name : *ret_name;
        *ret_type = type > *ret_type ? type : *ret_type;
    }
}

static void print_column(const Page *page, Arena *scratch, const struct TableColumnInfo *column,
                         int name_width, int type_width) {
    Str values;
    Str type = short_type(column->type, &values);
    buf_repeat(page->out, ' ', INDENT);
    print_name(page, column->name, INDENT, name_width);
    int at = INDENT + name_width + GAP;
    if (type_width) {
        buf_printf(page->out, "%-*.*s  ", type_width, STR_ARG(type));
        at += type_width + GAP;
    }
    Str doc =
        arena_printf(scratch, "%.*s%s%.*s%s%s", STR_ARG(column->doc), values.n ? " One of: " : "",
                     STR_ARG(values), values.n ? "." : "", column->hidden ? " (not in *)" : "");
    page_wrap(page, doc, at, at);
    buf_addc(page->out, '\n');
}

static void print_table(const Page *page, Arena *scratch, const TableInfo *table) {
    int name_width = 0;
    int type_width = 0;
    measure(table, &name_width, &type_width);
    buf_addz(page->out, page->out->size ? "\n" : "");
    page_styled(page, STYLE_BOLD, table->name);
    buf_addz(page->out, "\n  ");
    page_wrap(page, table->doc, INDENT, INDENT);
    buf_addz(page->out, "\n\n");
    for (size_t i = 0; i < table->column_count; i++) {
        print_column(page, scratch, &table->columns[i], name_width, type_width);
    }
}

/* ---- the command ---- */

static bool is_wanted(const CommandLine *line, Str table) {
    for (size_t i = 0; i < line->argument_count; i++) {
        if (str_eq(line->arguments[i], table)) {
            return true;
        }
    }
    return !line->argument_count;
}

static void complain_no_table(Str name, Str nearest) {
    complain("there is no table '%s'", name.s);
    if (nearest.n) {
        fprintf(stderr, "did you mean '%.*s'?\n", STR_ARG(nearest));
    } else if (path_exists(name.s)) {
        fprintf(stderr,
                "every inventory has the same tables; what it holds: topolint query %s "
                "\"SELECT * FROM entity\"\n",
                name.s);
    } else {
        fputs("try: topolint tables\n", stderr);
    }
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
            complain_no_table(line->arguments[i], suggest.best);
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
    Page page = page_of(&session->out, &out);
    if (!line->argument_count && !option_given(line, "all")) {
        print_list(&page, tables, count);
    } else {
        for (size_t i = 0; i < count; i++) {
            if (is_wanted(line, tables[i].name)) {
                print_table(&page, session->arena, &tables[i]);
            }
        }
    }
    return session_write(session, option_text(line, "output"), &out) ? EXIT_CLEAN : EXIT_INPUT;
}

/* An empty inventory has the same tables as any other. */
static int run(Session *session, const CommandLine *line) {
    Diags ignored;
    diags_init(&ignored, session->arena);
    inventory_finish(session->inventory, &ignored, &(LoadOptions){.as_of = STR_NONE});
    Lint *lint = session_lint(session);
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
    .doc = "lists the SQL tables; with names, their columns",
    .options = options,
    .run = run,
};
