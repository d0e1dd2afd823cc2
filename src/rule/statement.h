/* Running a pack's statements, row by row, with errors at their place in the pack file. */
#ifndef RULE_STATEMENT_H
#define RULE_STATEMENT_H

#include "rule/pack.h"

typedef struct Statement {
    Str sql;
    Loc loc;
    Str what; /* "derive client-access": begins each message */
} Statement;

typedef struct StatementRun {
    Database *database;
    const Inventory *inventory;
    Diags *diags;
    const Statement *statement;
    Query *query;
} StatementRun;

/* Prepares it; false with an error added. To be closed by statement_close. */
bool statement_open(StatementRun *run, Database *database, const Inventory *inventory, Diags *diags,
                    const Statement *statement);
void statement_close(StatementRun *run);

/* The next row; false at the end, and on an error, which is added. */
bool statement_next(StatementRun *run, bool *ret_failed);

/* Index of a column; SIZE_MAX if absent, then with an error if `needed`. */
size_t statement_column(StatementRun *run, const char *name, bool needed);

/* The id in a cell: 0 for NULL; an error and false for what is no id. */
bool statement_id(StatementRun *run, size_t column, EntityId *ret_id);

/* Adds an error at the statement. */
void statement_error(StatementRun *run, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
