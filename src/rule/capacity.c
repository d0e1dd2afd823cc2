#include "rule/capacity.h"

#include <stdlib.h>

#include "rule/statement.h"

/* A sum of amounts must not overflow. */
enum { AMOUNT_MAX = 1000 * 1000 * 1000 };

typedef struct CapacityRead {
    Arena *arena;
    const Packs *packs;
    VEC(CapacityRow) rows;
    uint16_t statement;
} CapacityRead;

typedef struct CapacityColumns {
    size_t node, resource, role, member, amount;
} CapacityColumns;

static bool find_columns(StatementRun *run, CapacityColumns *ret) {
    *ret = (CapacityColumns){.node = statement_column(run, "node_id", true),
                             .resource = statement_column(run, "resource", true),
                             .role = statement_column(run, "role", true),
                             .member = statement_column(run, "member_id", true),
                             .amount = statement_column(run, "amount", true)};
    return ret->node != SIZE_MAX && ret->resource != SIZE_MAX && ret->role != SIZE_MAX &&
           ret->member != SIZE_MAX && ret->amount != SIZE_MAX;
}

static bool read_row(CapacityRead *read, StatementRun *run, const CapacityColumns *columns) {
    const Query *query = run->query;
    CapacityRow row = {.statement = read->statement, .open = query_is_null(query, columns->amount)};
    if (!statement_id(run, columns->node, &row.node) ||
        !statement_id(run, columns->member, &row.member)) {
        return false;
    }
    Str role = query_is_text(query, columns->role) ? query_text(query, columns->role) : STR_NONE;
    row.demand = str_eq(role, STR("demand"));
    int64_t amount = row.open ? 0 : query_int(query, columns->amount);
    row.amount = amount < AMOUNT_MAX ? amount : AMOUNT_MAX;
    bool good_role = row.demand || str_eq(role, STR("supply"));
    if (!row.node || !query_is_text(query, columns->resource) || !good_role || row.amount < 0) {
        statement_error(run, "a row has a node_id, a resource, a role ('supply' or 'demand') and "
                             "an amount that is NULL or not below 0");
        return false;
    }
    row.resource = sym_text(read->packs->interner,
                            intern(read->packs->interner, query_text(query, columns->resource)));
    vec_push(read->arena, &read->rows, row);
    return true;
}

static bool run_statement(CapacityRead *read, const CapacityRule *rule, Database *database,
                          const Catalog *catalog, Diags *diags) {
    Statement statement = {rule->query, rule->query_loc,
                           arena_printf(read->arena, "capacity %.*s", STR_ARG(rule->id))};
    StatementRun run;
    CapacityColumns columns;
    if (!statement_open(&run, database, catalog->inventory, diags, &statement)) {
        return false;
    }
    bool failed = !find_columns(&run, &columns);
    while (!failed && statement_next(&run, &failed)) {
        failed = !read_row(read, &run, &columns);
    }
    statement_close(&run);
    return !failed;
}

static int compare_numbers(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

static int compare_rows(const void *a, const void *b) {
    const CapacityRow *x = a;
    const CapacityRow *y = b;
    int order = compare_numbers(x->node, y->node);
    order = order ? order : str_cmp(x->resource, y->resource);
    order = order ? order : compare_numbers(x->demand, y->demand);
    order = order ? order : compare_numbers(x->member, y->member);
    order = order ? order : compare_numbers(x->statement, y->statement);
    return order ? order : compare_numbers(x->amount, y->amount);
}

static size_t list_statements(const Packs *packs, Arena *arena, const CapacityRule ***ret) {
    VEC(const CapacityRule *) list = {0};
    for (size_t i = 0; i < packs->count; i++) {
        for (size_t j = 0; j < packs->items[i].capacity_count; j++) {
            vec_push(arena, &list, &packs->items[i].capacities[j]);
        }
    }
    *ret = list.items;
    return list.count;
}

bool capacity_collect(Arena *arena, const Packs *packs, const Catalog *catalog, Diags *diags,
                      Capacity *ret_capacity) {
    *ret_capacity = (Capacity){.rows = NULL};
    size_t count = list_statements(packs, arena, &ret_capacity->statements);
    Arena *scratch = arena_open(0);
    Database *database;
    Status status = database_open(scratch, catalog, &database);
    if (status.failed) {
        diag_error(diags, (Loc){0}, "%.*s", STR_ARG(status.reason));
        arena_close(scratch);
        return false;
    }
    CapacityRead read = {.arena = arena, .packs = packs};
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        read.statement = (uint16_t)i;
        good = run_statement(&read, ret_capacity->statements[i], database, catalog, diags) && good;
    }
    database_close(database);
    arena_close(scratch);
    if (read.rows.count) {
        qsort(read.rows.items, read.rows.count, sizeof(CapacityRow), compare_rows);
    }
    ret_capacity->rows = read.rows.items;
    ret_capacity->count = read.rows.count;
    return good;
}
