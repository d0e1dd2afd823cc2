#include "rule/statement.h"

#include <stdarg.h>
#include <stdio.h>

#include "rule/run.h"
#include "rule/sql_place.h"

bool statement_open(StatementRun *run, Database *database, const Inventory *inventory, Diags *diags,
                    const Statement *statement) {
    *run = (StatementRun){database, inventory, diags, statement, NULL};
    QueryError error;
    if (!query_prepare(database, statement->sql, &run->query, &error)) {
        sql_error(diags, inventory, statement->loc, statement->sql, statement->what, &error);
        return false;
    }
    query_budget(run->query, rule_budget(inventory));
    return true;
}

void statement_close(StatementRun *run) {
    query_close(run->query);
    run->query = NULL;
}

bool statement_next(StatementRun *run, bool *ret_failed) {
    QueryError error;
    switch (query_step(run->query, &error)) {
    case QUERY_ROW:
        return true;
    case QUERY_DONE:
        return false;
    case QUERY_FAILED:
        break;
    }
    sql_error(run->diags, run->inventory, run->statement->loc, run->statement->sql,
              run->statement->what, &error);
    *ret_failed = true;
    return false;
}

size_t statement_column(StatementRun *run, const char *name, bool needed) {
    size_t column = query_find_column(run->query, name);
    if (column == SIZE_MAX && needed) {
        statement_error(run, "the statement has no column `%s`", name);
    }
    return column;
}

/* Derived records have ids beyond the others until all packs have derived. */
static bool is_id(const Inventory *inventory, int64_t id) {
    const Schema *schema = inventory_schema(inventory);
    if (id > 0 && id <= (int64_t)inventory_entity_count(inventory)) {
        return true;
    }
    for (size_t i = 0; id > 0 && i < schema->kind_count; i++) {
        size_t rows = inventory_row_count(inventory, (KindId)i);
        if (rows && schema->kinds[i].derived) {
            int64_t first = inventory_id(inventory, (KindId)i, 0);
            if (id >= first && id < first + (int64_t)rows) {
                return true;
            }
        }
    }
    return false;
}

bool statement_id(StatementRun *run, size_t column, EntityId *ret_id) {
    QueryCell cell = query_cell(run->query, column);
    *ret_id = 0;
    if (cell.type == QUERY_NULL) {
        return true;
    }
    if (cell.type == QUERY_NUMBER && is_id(run->inventory, cell.number)) {
        *ret_id = (EntityId)cell.number;
        return true;
    }
    statement_error(run, "column `%.*s` holds no id of an entity",
                    STR_ARG(query_column_name(run->query, column)));
    return false;
}

void statement_error(StatementRun *run, const char *format, ...) {
    char text[256];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    diag_error(run->diags, run->statement->loc, "%.*s: %s", STR_ARG(run->statement->what), text);
}
