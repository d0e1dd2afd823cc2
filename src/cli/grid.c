#include "cli/grid.h"

#include "base/fold.h"
#include "base/limits.h"
#include "report/json_value.h"

static Cell read_cell(const Query *query, size_t column, Arena *arena) {
    if (query_is_null(query, column)) {
        return (Cell){.null = true, .text = STR_NONE};
    }
    if (query_is_text(query, column)) {
        return (Cell){.text = arena_copy(arena, query_text(query, column))};
    }
    int64_t value = query_int(query, column);
    return (Cell){
        .number = true, .value = value, .text = arena_printf(arena, "%lld", (long long)value)};
}

bool grid_read(Query *query, Arena *arena, Grid *ret_grid, QueryError *ret_error) {
    size_t columns = query_column_count(query);
    Str *headings = arena_array(arena, Str, columns);
    for (size_t i = 0; i < columns; i++) {
        headings[i] = arena_copy(arena, query_column_name(query, i));
    }
    VEC(Cell) cells = {0};
    QueryStep step = query_step(query, ret_error);
    for (; step == QUERY_ROW; step = query_step(query, ret_error)) {
        for (size_t i = 0; i < columns; i++) {
            vec_push(arena, &cells, read_cell(query, i, arena));
        }
    }
    *ret_grid = (Grid){headings, cells.items, columns, columns ? cells.count / columns : 0};
    return step == QUERY_DONE;
}

/* ---- text ---- */

/* Control characters would move the columns, or the terminal. */
static uint32_t shown_character(Str text, size_t *at) {
    uint32_t c = utf8_next(text, at);
    return c < 0x20 || (c >= 0x7F && c < 0xA0) ? ' ' : c;
}

static size_t shown_width(Str text) {
    size_t width = 0;
    for (size_t at = 0; at < text.n;) {
        width += (size_t)utf8_width(shown_character(text, &at));
    }
    return width;
}

static void add_shown(Buf *out, Str text) {
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = shown_character(text, &at);
        buf_add(out, c == ' ' ? STR(" ") : str_slice(text, from, at));
    }
}

static size_t column_width(const Grid *grid, size_t column) {
    size_t width = shown_width(grid->headings[column]);
    for (size_t row = 0; row < grid->rows; row++) {
        size_t cell = shown_width(grid->cells[row * grid->columns + column].text);
        width = cell > width ? cell : width;
    }
    return width;
}

static void add_column(Buf *out, Str text, size_t width, bool right, bool last) {
    size_t gap = width - shown_width(text);
    buf_repeat(out, ' ', right ? gap : 0);
    add_shown(out, text);
    buf_repeat(out, ' ', (right || last ? 0 : gap) + (last ? 0 : 2));
    buf_addz(out, last ? "\n" : "");
}

static bool is_number_column(const Grid *grid, size_t column) {
    bool number = false;
    for (size_t row = 0; row < grid->rows; row++) {
        const Cell *cell = &grid->cells[row * grid->columns + column];
        if (!cell->null && !cell->number) {
            return false;
        }
        number = number || cell->number;
    }
    return number;
}

enum { COLUMNS_MAX = 2000 }; /* SQLite's own default */

static void print_text(const Grid *grid, Buf *out) {
    size_t widths[COLUMNS_MAX];
    bool right[COLUMNS_MAX];
    size_t columns = grid->columns < COLUMNS_MAX ? grid->columns : COLUMNS_MAX;
    for (size_t i = 0; i < columns; i++) {
        widths[i] = column_width(grid, i);
        right[i] = is_number_column(grid, i);
        add_column(out, grid->headings[i], widths[i], right[i], i + 1 == columns);
    }
    for (size_t row = 0; row < grid->rows; row++) {
        for (size_t i = 0; i < columns; i++) {
            add_column(out, grid->cells[row * grid->columns + i].text, widths[i], right[i],
                       i + 1 == columns);
        }
    }
}

/* ---- CSV ---- */

static void add_csv_quoted(Buf *out, Str text) {
    buf_addc(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        buf_addz(out, text.s[i] == '"' ? "\"" : "");
        buf_addc(out, text.s[i]);
    }
    buf_addc(out, '"');
}

/* A text that a spreadsheet would take for a formula is led by an apostrophe. */
static void add_csv_text(Buf *out, Str text) {
    bool formula = text.n && str_find(STR("=+-@\t\r"), text.s[0], 0) != SIZE_MAX;
    Buf quoted;
    buf_init(&quoted, text.n + 1);
    buf_addz(&quoted, formula ? "'" : "");
    buf_add(&quoted, text);
    add_csv_quoted(out, buf_str(&quoted));
    buf_clear(&quoted);
}

static void print_csv(const Grid *grid, Buf *out) {
    for (size_t i = 0; i < grid->columns; i++) {
        buf_addz(out, i ? "," : "");
        add_csv_text(out, grid->headings[i]);
    }
    buf_addz(out, "\r\n");
    for (size_t i = 0; i < grid->rows * grid->columns; i++) {
        const Cell *cell = &grid->cells[i];
        size_t column = i % grid->columns;
        buf_addz(out, column ? "," : "");
        if (cell->number) {
            buf_add(out, cell->text);
        } else if (!cell->null) { /* not stated: an empty cell, unlike an empty text */
            add_csv_text(out, cell->text);
        }
        buf_addz(out, column + 1 == grid->columns ? "\r\n" : "");
    }
}

/* ---- JSON ---- */

static json_t *cell_value(const Cell *cell) {
    return cell->null     ? json_null()
           : cell->number ? json_integer((json_int_t)cell->value)
                          : json_text(cell->text);
}

static void print_json(const Grid *grid, Buf *out) {
    json_t *rows = json_array();
    for (size_t row = 0; row < grid->rows; row++) {
        json_t *object = json_push(rows, json_object());
        for (size_t i = 0; i < grid->columns; i++) {
            const Cell *cell = &grid->cells[row * grid->columns + i];
            json_put(object, grid->headings[i].s, cell_value(cell));
        }
    }
    json_write(rows, out);
}

const GridFormat grid_formats[] = {{"text", print_text}, {"csv", print_csv}, {"json", print_json}};
const size_t grid_format_count = sizeof grid_formats / sizeof *grid_formats;

const GridFormat *grid_find_format(Str name) {
    for (size_t i = 0; i < grid_format_count; i++) {
        if (!name.n || str_eq(name, str_of(grid_formats[i].name))) {
            return &grid_formats[i];
        }
    }
    complain("--format %s: expected text, csv or json", name.s);
    return NULL;
}

int grid_write(Session *session, const CommandLine *line, const Grid *grid,
               const GridFormat *format) {
    Buf out;
    buf_init(&out, LIMIT_REPORT_BYTES);
    format->print(grid, &out);
    return session_write(session, option_text(line, "output"), &out) ? EXIT_CLEAN : EXIT_INPUT;
}
