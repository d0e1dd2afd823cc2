#include "rule/pool.h"

#include "base/threads.h"

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
    Diags *diags; /* one a statement */
} PoolJob;

static void run_one(void *context, int worker_index, size_t index) {
    PoolJob *job = context;
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

bool pool_run(StatementPool *pool, const Statement *statements, size_t count, PoolReader *reader,
              void *context, Diags *diags) {
    size_t errors = diags->errors;
    Arena *scratch = arena_open(0);
    PoolJob job = {pool, statements, reader, context, arena_array(scratch, Diags, count)};
    const Sources *sources = inventory_sources(pool->catalog->inventory);
    for (size_t i = 0; i < count; i++) {
        /* Lines are indexed on first use, which two threads must not do at once. */
        source_line(sources, statements[i].loc.source, 1);
    }
    parallel_run(pool->threads, count, run_one, &job);
    for (size_t i = 0; i < count; i++) {
        copy_diags(diags, &job.diags[i]);
    }
    arena_close(scratch);
    return diags->errors == errors;
}
