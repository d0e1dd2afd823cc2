/* The result of a query, printed. */
#ifndef CLI_GRID_H
#define CLI_GRID_H

#include "base/buf.h"
#include "cli/command.h"
#include "query/database.h"

typedef struct Cell {
    bool null, number;
    int64_t value; /* of a number */
    Str text;      /* empty for NULL; digits for a number */
} Cell;

typedef struct Grid {
    const Str *headings;
    const Cell *cells; /* row by row */
    size_t columns, rows;
} Grid;

/* Runs the query to its end. */
bool grid_read(Query *query, Arena *arena, Grid *ret_grid, QueryError *ret_error);

typedef struct GridFormat {
    const char *name;
    void (*print)(const Grid *grid, Buf *out);
} GridFormat;

/* text (aligned columns), csv (RFC 4180), json (an array of objects). */
extern const GridFormat grid_formats[];
extern const size_t grid_format_count;

/* The first if no name is given; NULL if there is none of that name, which was printed. */
const GridFormat *grid_find_format(Str name);

/* Prints to where --output says. Returns an exit code. */
int grid_write(Session *session, const CommandLine *line, const Grid *grid,
               const GridFormat *format);

#endif
