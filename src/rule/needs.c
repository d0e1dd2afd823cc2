#include "rule/needs.h"

#include <stdlib.h>

#include "rule/needs_field.h"
#include "rule/pool.h"

typedef struct NeedsResult {
    NeedsRows rows; /* label: symbol of the worker's interner */
    int worker;
} NeedsResult;

typedef struct NeedsRun {
    StatementPool pool;
    const NeedsRule *const *statements;
    NeedsResult *results; /* by statement */
} NeedsRun;

typedef struct NeedsColumns {
    size_t node, gate, provider, at_least, phase, holds, container;
} NeedsColumns;

static bool find_columns(StatementRun *run, NeedsColumns *ret) {
    *ret = (NeedsColumns){
        .node = statement_column(run, "node_id", true),
        .gate = statement_column(run, "gate", true),
        .provider = statement_column(run, "provider_id", true),
        .at_least = statement_column(run, "at_least", false),
        .phase = statement_column(run, "phase", false),
        .holds = statement_column(run, "holds", false),
        .container = statement_column(run, "container_id", false),
    };
    return ret->node != SIZE_MAX && ret->gate != SIZE_MAX && ret->provider != SIZE_MAX;
}

static bool phase_bits(Str phase, uint8_t *ret) {
    *ret = !phase.n                        ? IN_EARLY | IN_SETTLED
           : str_eq(phase, STR("early"))   ? IN_EARLY
           : str_eq(phase, STR("settled")) ? IN_SETTLED
                                           : 0;
    return *ret;
}

static bool read_phase(StatementRun *run, size_t column, uint8_t *ret) {
    if (column == SIZE_MAX || query_is_null(run->query, column)) {
        return phase_bits(STR_NONE, ret);
    }
    QueryCell cell = query_cell(run->query, column);
    if (!cell.text.n || !phase_bits(cell.text, ret)) {
        statement_error(run, "column `phase` is 'early', 'settled' or NULL");
        return false;
    }
    return true;
}

static bool read_at_least(StatementRun *run, size_t column, int32_t *ret) {
    *ret = AT_LEAST_ALL;
    if (column == SIZE_MAX || query_is_null(run->query, column)) {
        return true;
    }
    int64_t value = query_is_text(run->query, column) ? -1 : query_int(run->query, column);
    if (value < 0 || value > INT32_MAX) {
        statement_error(run, "column `at_least` is a number of providers or NULL");
        return false;
    }
    *ret = (int32_t)value;
    return true;
}

/* Reads one row; `*ret_skip` if it does not hold. */
static bool read_row(StatementRun *run, const NeedsColumns *columns, Interner *labels,
                     NeedsRow *ret, bool *ret_skip) {
    Query *query = run->query;
    bool judged = columns->holds != SIZE_MAX;
    bool null = judged && query_is_null(query, columns->holds);
    *ret_skip = judged && !null && query_int(query, columns->holds) == 0;
    if (*ret_skip) {
        return true;
    }
    ret->open = null;
    if (!statement_id(run, columns->node, &ret->node) ||
        !statement_id(run, columns->provider, &ret->provider) ||
        !read_phase(run, columns->phase, &ret->phases) ||
        !read_at_least(run, columns->at_least, &ret->at_least) ||
        (columns->container != SIZE_MAX &&
         !statement_id(run, columns->container, &ret->container))) {
        return false;
    }
    if (!ret->node || !query_is_text(query, columns->gate)) {
        statement_error(run, "a row has no `%s`", ret->node ? "gate" : "node_id");
        return false;
    }
    ret->label = intern(labels, query_text(query, columns->gate));
    return true;
}

static bool read_query(StatementRun *run, const PoolWorker *worker, size_t index,
                       NeedsResult *result) {
    NeedsColumns columns;
    bool failed = !find_columns(run, &columns);
    while (!failed && statement_next(run, &failed)) {
        NeedsRow row = {.statement = (uint16_t)index};
        bool skip;
        failed = !read_row(run, &columns, worker->interner, &row, &skip);
        if (!failed && !skip) {
            vec_push(worker->arena, &result->rows, row);
        }
    }
    return !failed;
}

static bool read_field(StatementRun *run, const PoolWorker *worker, size_t index,
                       const NeedsRule *rule, NeedsResult *result) {
    NeedsRow like = {.label = intern(worker->interner, rule->gate),
                     .at_least = (int32_t)rule->at_least,
                     .statement = (uint16_t)index};
    phase_bits(rule->phase, &like.phases);
    return needs_of_field(run->inventory, rule, &like, worker->arena, &result->rows, run->diags);
}

static bool read_rows(void *context, StatementRun *run, int worker_index, size_t index) {
    NeedsRun *all = context;
    const PoolWorker *worker = &all->pool.workers[worker_index];
    const NeedsRule *rule = all->statements[index];
    NeedsResult *result = &all->results[index];
    result->worker = worker_index;
    return rule->field.n ? read_field(run, worker, index, rule, result)
                         : read_query(run, worker, index, result);
}

typedef struct Label {
    Str text;
    uint32_t worker;
    Sym local;
} Label;

static int compare_labels(const void *a, const void *b) {
    return str_cmp(((const Label *)a)->text, ((const Label *)b)->text);
}

/* Labels of all workers in order of text; `ranks[worker][local symbol]` is the index. */
static uint32_t **rank_labels(Arena *arena, Arena *scratch, const Packs *packs,
                              const StatementPool *pool, Needs *needs) {
    VEC(Label) labels = {0};
    uint32_t **ranks = arena_array(scratch, uint32_t *, (size_t)pool->threads);
    for (int w = 0; w < pool->threads; w++) {
        size_t count = interner_count(pool->workers[w].interner);
        ranks[w] = arena_array(scratch, uint32_t, count + 1);
        for (Sym sym = 1; sym < count; sym++) {
            Label label = {sym_text(pool->workers[w].interner, sym), (uint32_t)w, sym};
            vec_push(scratch, &labels, label);
        }
    }
    if (labels.count) {
        qsort(labels.items, labels.count, sizeof *labels.items, compare_labels);
    }
    needs->labels = arena_array(arena, Sym, labels.count);
    for (size_t i = 0; i < labels.count; i++) {
        const Label *label = &labels.items[i];
        if (i == 0 || !str_eq(label->text, labels.items[i - 1].text)) {
            needs->labels[needs->label_count++] = intern(packs->interner, label->text);
        }
        ranks[label->worker][label->local] = (uint32_t)(needs->label_count - 1);
    }
    return ranks;
}

static int compare_rows(const void *a, const void *b) {
    const NeedsRow *x = a;
    const NeedsRow *y = b;
    if (x->label != y->label) {
        return x->label < y->label ? -1 : 1;
    }
    if (x->provider != y->provider) {
        return x->provider < y->provider ? -1 : 1;
    }
    if (!x->provider && x->container != y->container) {
        return x->container < y->container ? -1 : 1;
    }
    if (x->statement != y->statement) {
        return x->statement < y->statement ? -1 : 1;
    }
    if (x->open != y->open) {
        return x->open ? 1 : -1;
    }
    return (int)x->phases - (int)y->phases;
}

/* Rows of the needs' kind of edge by node: a counting sort, then each node's few rows. */
static void merge_rows(Arena *arena, Arena *scratch, const NeedsRun *run, uint32_t **ranks,
                       Needs *needs) {
    uint32_t *starts = arena_array(arena, uint32_t, (size_t)needs->node_limit + 2);
    for (size_t s = 0; s < needs->statement_count; s++) {
        if (needs->statements[s]->edge != needs->edge) {
            continue;
        }
        for (size_t i = 0; i < run->results[s].rows.count; i++) {
            starts[run->results[s].rows.items[i].node + 1]++;
        }
        needs->count += run->results[s].rows.count;
    }
    for (size_t i = 1; i < (size_t)needs->node_limit + 2; i++) {
        starts[i] += starts[i - 1];
    }
    needs->rows = arena_array(arena, NeedsRow, needs->count);
    uint32_t *at = arena_array(scratch, uint32_t, (size_t)needs->node_limit + 1);
    for (size_t s = 0; s < needs->statement_count; s++) {
        const NeedsResult *result = &run->results[s];
        if (needs->statements[s]->edge != needs->edge) {
            continue;
        }
        for (size_t i = 0; i < result->rows.count; i++) {
            NeedsRow row = result->rows.items[i];
            row.label = ranks[result->worker][row.label];
            needs->has_open = needs->has_open || row.open || needs_is_unknown(&row);
            needs->rows[starts[row.node] + at[row.node]++] = row;
        }
    }
    for (EntityId node = 1; node <= needs->node_limit; node++) {
        size_t count = starts[node + 1] - starts[node];
        if (count > 1) {
            qsort(needs->rows + starts[node], count, sizeof *needs->rows, compare_rows);
        }
    }
    needs->starts = starts;
}

static size_t collect_statements(const Packs *packs, Arena *arena, const NeedsRule ***ret) {
    size_t count = 0;
    for (size_t i = 0; i < packs->count; i++) {
        count += packs->items[i].needs_count;
    }
    *ret = arena_array(arena, const NeedsRule *, count);
    count = 0;
    for (size_t i = 0; i < packs->count; i++) {
        for (size_t j = 0; j < packs->items[i].needs_count; j++) {
            (*ret)[count++] = &packs->items[i].needs[j];
        }
    }
    return count;
}

/* Those that are fields have no SQL. */
static const Statement *pool_statements(Arena *scratch, const Needs *needs) {
    Statement *statements = arena_array(scratch, Statement, needs->statement_count);
    for (size_t i = 0; i < needs->statement_count; i++) {
        const NeedsRule *rule = needs->statements[i];
        Str what = arena_printf(scratch, "needs %.*s", STR_ARG(rule->id));
        statements[i] = (Statement){rule->query, rule->query_loc, what};
    }
    return statements;
}

bool needs_collect(Arena *arena, const Packs *packs, const Catalog *catalog, Diags *diags,
                   int threads, Needs ret_needs[EDGE_KINDS]) {
    Needs all = {.node_limit = (EntityId)inventory_entity_count(catalog->inventory)};
    Arena *scratch = arena_open(0);
    NeedsRun run = {0};
    all.statement_count = collect_statements(packs, arena, &all.statements);
    run.results = arena_array(scratch, NeedsResult, all.statement_count);
    run.statements = all.statements;
    pool_open(&run.pool, scratch, catalog, threads);
    run.pool.skips_empty = true;
    const Statement *statements = pool_statements(scratch, &all);
    bool good = pool_run(&run.pool, statements, all.statement_count, read_rows, &run, diags);
    uint32_t **ranks = good ? rank_labels(arena, scratch, packs, &run.pool, &all) : NULL;
    for (int edge = EDGE_RUN; edge < EDGE_KINDS; edge++) {
        ret_needs[edge] = all;
        ret_needs[edge].edge = (EdgeKind)edge;
        if (good) {
            merge_rows(arena, scratch, &run, ranks, &ret_needs[edge]);
        }
    }
    pool_close(&run.pool);
    arena_close(scratch);
    return good;
}
