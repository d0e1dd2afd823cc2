/* query and tables: the SQL side for people. */
#include "base/buf.h"
#include "base/fold.h"
#include "base/limits.h"
#include "cli/command.h"
#include "query/database.h"

typedef struct Grid {
    Str *cells; /* rows x columns, the headings first */
    bool *null;
    size_t columns, rows;
} Grid;

static Str cell_text(Session *session, const Query *query, size_t column) {
    if (query_is_null(query, column)) {
        return STR("");
    }
    return query_is_text(query, column)
               ? arena_copy(session->arena, query_text(query, column))
               : arena_printf(session->arena, "%lld", (long long)query_int(query, column));
}

static bool read_grid(Session *session, Query *query, Grid *ret_grid, QueryError *error) {
    VEC(Str) cells = {0};
    size_t columns = query_column_count(query);
    for (size_t c = 0; c < columns; c++) {
        vec_push(session->arena, &cells, arena_copy(session->arena, query_column_name(query, c)));
    }
    QueryStep step;
    while ((step = query_step(query, error)) == QUERY_ROW) {
        for (size_t c = 0; c < columns; c++) {
            vec_push(session->arena, &cells, cell_text(session, query, c));
        }
    }
    *ret_grid = (Grid){.cells = cells.items, .columns = columns, .rows = columns ? cells.count / columns : 0};
    return step == QUERY_DONE;
}

static size_t shown_width(Str text) {
    size_t width = 0;
    for (size_t at = 0; at < text.n;) {
        width += (size_t)utf8_width(utf8_next(text, &at));
    }
    return width;
}

static void print_text(const Grid *grid, Session *session, Buf *out) {
    size_t *widths = arena_array(session->arena, size_t, grid->columns);
    for (size_t i = 0; i < grid->rows * grid->columns; i++) {
        size_t width = shown_width(grid->cells[i]);
        size_t *most = &widths[i % grid->columns];
        *most = width > *most ? width : *most;
    }
    for (size_t i = 0; i < grid->rows * grid->columns; i++) {
        bool last = (i + 1) % grid->columns == 0;
        buf_add(out, grid->cells[i]);
        if (last) {
            buf_addc(out, '\n');
        } else {
            buf_repeat(out, ' ', widths[i % grid->columns] - shown_width(grid->cells[i]) + 2);
        }
    }
}

/* RFC 4180; a cell that a spreadsheet would take for a formula is led by an apostrophe. */
static void print_csv(const Grid *grid, Session *session, Buf *out) {
    (void)session;
    for (size_t i = 0; i < grid->rows * grid->columns; i++) {
        Str cell = grid->cells[i];
        bool formula = cell.n && str_find(STR("=+-@"), cell.s[0], 0) != SIZE_MAX;
        int64_t number;
        formula = formula && !str_to_int(cell, &number);
        buf_addc(out, '"');
        buf_addz(out, formula ? "'" : "");
        for (size_t k = 0; k < cell.n; k++) {
            buf_addz(out, cell.s[k] == '"' ? "\"" : "");
            buf_addc(out, cell.s[k]);
        }
        buf_addz(out, (i + 1) % grid->columns == 0 ? "\"\r\n" : "\",");
    }
}

static void json_string(Buf *out, Str text) {
    buf_addc(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.s[i];
        if (c == '"' || c == '\\') {
            buf_printf(out, "\\%c", c);
        } else if (c < 0x20) {
            buf_printf(out, "\\u%04x", c);
        } else {
            buf_addc(out, text.s[i]);
        }
    }
    buf_addc(out, '"');
}

static void print_json(const Grid *grid, Session *session, Buf *out) {
    (void)session;
    buf_addc(out, '[');
    for (size_t row = 1; row < grid->rows; row++) {
        buf_addz(out, row > 1 ? ",\n {" : "\n {");
        for (size_t c = 0; c < grid->columns; c++) {
            Str cell = grid->cells[row * grid->columns + c];
            int64_t number;
            buf_addz(out, c ? ", " : "");
            json_string(out, grid->cells[c]);
            buf_addz(out, ": ");
            if (!cell.n) {
                buf_addz(out, "null");
            } else if (str_to_int(cell, &number)) {
                buf_printf(out, "%lld", (long long)number);
            } else {
                json_string(out, cell);
            }
        }
        buf_addc(out, '}');
    }
    buf_addz(out, "\n]\n");
}

static int print_error(const QueryError *error) {
    complain("%.*s%s%.*s", STR_ARG(error->message), error->help.n ? "; " : "", STR_ARG(error->help));
    return EXIT_USAGE;
}

static int print_query(Session *session, Database *database, const char *sql, const char *format) {
    static const struct {
        const char *name;
        void (*print)(const Grid *, Session *, Buf *);
    } formats[] = {{"text", print_text}, {"csv", print_csv}, {"json", print_json}};
    Query *query;
    QueryError error;
    if (!query_prepare(database, str_of(sql), &query, &error)) {
        return print_error(&error);
    }
    Grid grid;
    if (!read_grid(session, query, &grid, &error)) {
        query_close(query);
        return print_error(&error);
    }
    query_close(query);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (str_eq(str_of(format ? format : "text"), str_of(formats[i].name))) {
            Buf out;
            buf_init(&out, LIMIT_REPORT_BYTES);
            formats[i].print(&grid, session, &out);
            bool good = session_write(session, NULL, buf_str(&out));
            buf_clear(&out);
            return good ? EXIT_CLEAN : EXIT_INPUT;
        }
    }
    complain("query: --format is text, csv or json");
    return EXIT_USAGE;
}

static int with_database(Session *session, const char *sql, const char *format,
                         int (*use)(Session *, Database *, const char *, const char *)) {
    Lint *lint = lint_open(session->arena, &session->packs, session->inventory, &session->diags);
    if (!lint) {
        session_print_diags(session);
        return EXIT_INPUT;
    }
    Database *database;
    Status status = database_open(session->arena, lint_catalog(lint), &database);
    if (status.failed) {
        complain("%.*s", STR_ARG(status.reason));
        return EXIT_INPUT;
    }
    int code = use(session, database, sql, format);
    database_close(database);
    lint_close(lint);
    return code;
}

int command_query(int count, const char **words) {
    InputOptions input = {0};
    char *format = NULL;
    struct poptOption table[] = {
        {"format", 'f', POPT_ARG_STRING, &format, 0, "text, csv or json", "F"},
        INPUT_OPTION_ROWS(input),
        POPT_AUTOHELP POPT_TABLEEND};
    poptContext context;
    int code = EXIT_CLEAN;
    if (!command_parse(&context, count, words, table, "query [OPTION...] FILE... \"SELECT ...\"", &code)) {
        return code;
    }
    const char **given = poptGetArgs(context);
    const char *paths[256] = {0};
    size_t n = 0;
    while (given && given[n] && n < 255) {
        paths[n] = given[n];
        n++;
    }
    Session session;
    code = EXIT_USAGE;
    if (n < 2) {
        complain("query: expected files and a statement");
    } else {
        const char *sql = paths[n - 1];
        paths[n - 1] = NULL;
        code = EXIT_INPUT;
        if (session_open(&session, &input) && session_load(&session, paths, &input)) {
            code = with_database(&session, sql, format, print_query);
        }
        session_close(&session);
    }
    poptFreeContext(context);
    return code;
}

static int print_tables(Session *session, Database *database, const char *unused, const char *format) {
    (void)unused;
    (void)format;
    TableInfo *tables;
    size_t count;
    database_tables(database, session->arena, &tables, &count);
    Buf out;
    buf_init(&out, LIMIT_REPORT_BYTES);
    for (size_t i = 0; i < count; i++) {
        buf_printf(&out, "%s%.*s\n    %.*s\n", i ? "\n" : "", STR_ARG(tables[i].name), STR_ARG(tables[i].doc));
        for (size_t c = 0; c < tables[i].column_count; c++) {
            buf_printf(&out, "    %-28.*s %-10.*s %.*s\n", STR_ARG(tables[i].columns[c].name),
                       STR_ARG(tables[i].columns[c].type), STR_ARG(tables[i].columns[c].doc));
        }
    }
    bool good = session_write(session, NULL, buf_str(&out));
    buf_clear(&out);
    return good ? EXIT_CLEAN : EXIT_INPUT;
}

int command_tables(int count, const char **words) {
    InputOptions input = {0};
    struct poptOption table[] = {INPUT_OPTION_ROWS(input), POPT_AUTOHELP POPT_TABLEEND};
    poptContext context;
    int code = EXIT_CLEAN;
    if (!command_parse(&context, count, words, table, "tables", &code)) {
        return code;
    }
    Session session;
    code = EXIT_INPUT;
    if (session_open(&session, &input)) {
        LoadOptions none = {0};
        inventory_finish(session.inventory, &session.diags, &none); /* empty: only its shape counts */
        diags_init(&session.diags, session.arena);
        code = with_database(&session, NULL, NULL, print_tables);
    }
    session_close(&session);
    poptFreeContext(context);
    return code;
}
