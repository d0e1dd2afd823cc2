#include "cli/query_profile.h"

#include "cli/grid.h"
#include "cli/inputs.h"
#include "rule/profile.h"

enum { COLUMNS = 6 };

static Cell text_cell(Str text) {
    return (Cell){.text = text};
}

static Cell number_cell(Arena *arena, uint64_t number) {
    return (Cell){.number = true,
                  .value = (int64_t)number,
                  .text = arena_printf(arena, "%llu", (unsigned long long)number)};
}

static Grid costs_grid(Arena *arena, const StatementCosts *costs) {
    static const Str headings[COLUMNS] = {STR_INIT("kind"),  STR_INIT("name"), STR_INIT("us"),
                                          STR_INIT("steps"), STR_INIT("rows"), STR_INIT("failed")};
    Cell *cells = arena_array(arena, Cell, COLUMNS * costs->count);
    for (size_t i = 0; i < costs->count; i++) {
        const StatementCost *cost = &costs->items[i];
        Cell *row = &cells[COLUMNS * i];
        row[0] = text_cell(str_of(cost->kind));
        row[1] = text_cell(cost->name);
        row[2] = number_cell(arena, cost->ns / 1000);
        row[3] = number_cell(arena, cost->steps);
        row[4] = number_cell(arena, cost->rows);
        row[5] = number_cell(arena, cost->failed);
    }
    return (Grid){headings, cells, COLUMNS, costs->count};
}

static int print_costs(Session *session, const CommandLine *line, Lint *lint,
                       const GridFormat *format) {
    LintOptions all = {.version = STR(TOPOLINT_VERSION)};
    StatementCosts costs = lint_profile(lint, &all, session->arena);
    Grid grid = costs_grid(session->arena, &costs);
    return grid_write(session, line, &grid, format);
}

int profile_queries(Session *session, const CommandLine *line) {
    const GridFormat *format = grid_find_format(option_text(line, "format"));
    if (!format) {
        return EXIT_USAGE;
    }
    int code = inputs_load(session, line, line->arguments, line->argument_count);
    if (code != EXIT_CLEAN) {
        return code;
    }
    Lint *lint = session_lint(session);
    code = lint ? print_costs(session, line, lint, format) : EXIT_INPUT;
    lint_close(lint);
    return code;
}
