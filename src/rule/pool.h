/* Statements of packs on several threads: one connection each over an inventory that nobody
 * changes. Results stay with their statement, so they do not depend on which thread ran what. */
#ifndef RULE_POOL_H
#define RULE_POOL_H

#include "rule/statement.h"

typedef struct PoolWorker {
    Database *database;
    Arena *arena;       /* for results; lives until pool_close */
    Interner *interner; /* for texts of results, likewise */
} PoolWorker;

typedef struct StatementPool {
    const Catalog *catalog;
    PoolWorker *workers;
    int threads;
    bool skips_empty; /* statements that certainly have no rows are not run (no_rows.h) */
} StatementPool;

/* A connection is opened by the thread that first has a statement for it. */
void pool_open(StatementPool *pool, Arena *arena, const Catalog *catalog, int threads);
void pool_close(StatementPool *pool);

/* Reads the rows of statement `index`, which is prepared; of one without SQL it knows itself where
 * they are. False if it failed (errors added to the run's diagnostics). */
typedef bool PoolReader(void *context, StatementRun *run, int worker, size_t index);

/* Runs all; errors are added in the order of statements. False if there was one. */
bool pool_run(StatementPool *pool, const Statement *statements, size_t count, PoolReader *reader,
              void *context, Diags *diags);

#endif
