#include "rule/pool.h"

#include "base/threads.h"
#include "rule/no_rows.h"

void pool_open(StatementPool *pool, Arena *arena, const Catalog *catalog, int threads) {
    *pool = (StatementPool){.catalog = catalog, .threads = threads};
    pool->workers = arena_array(arena, PoolWorker, (size_t)threads);
    for (int i = 0; i < threads; i++) {
        PoolWorker *worker = &pool->workers[i];
        worker->arena = arena_open(0);
        worker->interner = interner_open();
    }
}

void pool_close(StatementPool *pool) {
    for (int i = 0; i < pool->threads; i++) {
        PoolWorker *worker = &pool->workers[i];
        if (worker->database) {
            database_close(worker->database);
        }
        if (worker->arena) {
            interner_close(worker->interner);
            arena_close(worker->arena);
        }
        *worker = (PoolWorker){0};
    }
}

typedef struct PoolJob {
    StatementPool *pool;
    const Statement *statements;
    PoolReader *reader;
    void *context;
    Diags *diags;        /* one a statement */
    const size_t *order; /* in which they run */
} PoolJob;

static void run_one(void *context, int worker_index, size_t turn) {
    PoolJob *job = context;
    size_t index = job->order[turn];
    PoolWorker *worker = &job->pool->workers[worker_index];
    Diags *diags = &job->diags[index];
    diags_init(diags, worker->arena);
    if (!worker->database) { /* on its own thread: opening takes longer than most statements */
        Status status = database_open(worker->arena, job->pool->catalog, &worker->database);
        if (status.failed) {
            diag_error(diags, (Loc){0}, "%.*s", STR_ARG(status.reason));
            return;
        }
    }
    const Inventory *inventory = job->pool->catalog->inventory;
    const Statement *statement = &job->statements[index];
    StatementRun run = {worker->database, inventory, diags, statement, NULL};
    if (!statement->sql.n) {
        job->reader(job->context, &run, worker_index, index);
    } else if (statement_open(&run, worker->database, inventory, diags, statement)) {
        job->reader(job->context, &run, worker_index, index);
        statement_close(&run);
    }
}

static void copy_diags(Diags *to, const Diags *from) {
    for (size_t i = 0; i < from->count; i++) {
        const Diag *diag = &from->items[i];
        Diag *copy = diag_error(to, diag->loc, "%.*s", STR_ARG(diag->message));
        if (diag->help.n) {
            diag_help(to, copy, "%.*s", STR_ARG(diag->help));
        }
    }
}

/* What is to be run, that first which is likely to take longest. */
static void put_in_order(PoolJob *job, size_t *count, Arena *scratch) {
    NoRows check;
    no_rows_init(&check, scratch, job->pool->catalog);
    size_t *weights = arena_array(scratch, size_t, *count);
    size_t *kept = arena_array(scratch, size_t, *count);
    size_t kept_count = 0;
    for (size_t i = 0; i < *count; i++) {
        Str sql = job->statements[i].sql;
        if (!(job->pool->skips_empty && has_no_rows(&check, sql))) {
            weights[kept_count] = rows_to_visit(&check, sql);
            kept[kept_count++] = i;
        }
    }
    size_t *order = heaviest_first(scratch, weights, kept_count);
    for (size_t i = 0; i < kept_count; i++) {
        order[i] = kept[order[i]];
    }
    job->order = order;
    *count = kept_count;
}

bool pool_run(StatementPool *pool, const Statement *statements, size_t count, PoolReader *reader,
              void *context, Diags *diags) {
    size_t errors = diags->errors;
    Arena *scratch = arena_open(0);
    PoolJob job = {.pool = pool,
                   .statements = statements,
                   .reader = reader,
                   .context = context,
                   .diags = arena_array(scratch, Diags, count)};
    const Sources *sources = inventory_sources(pool->catalog->inventory);
    for (size_t i = 0; i < count; i++) {
        /* Lines are indexed on first use, which two threads must not do at once. */
        source_line(sources, statements[i].loc.source, 1);
    }
    size_t to_run = count;
    put_in_order(&job, &to_run, scratch);
    parallel_run(pool->threads, to_run, run_one, &job);
    for (size_t i = 0; i < count; i++) {
        copy_diags(diags, &job.diags[i]);
    }
    arena_close(scratch);
    return diags->errors == errors;
}
