#include "rule/recorder.h"

#include "rule/lint_state.h"

/* A connection without kept views; the worker's own where none is kept. */
static bool open_recorder(RuleWorker *worker) {
    if (!worker->recorder) {
        const Lint *lint = worker->lint;
        if (lint->catalog.view_count == lint->plain.view_count) {
            worker->recorder = worker->database;
        } else {
            Status status = database_open(worker->arena, &lint->plain, &worker->recorder);
            return !status.failed;
        }
    }
    return true;
}

void recording_open(Recording *recording, RuleWorker *worker, Str sql) {
    QueryError error;
    *recording = (Recording){.worker = worker};
    if (open_recorder(worker) &&
        !query_prepare_bound(worker->recorder, sql, &recording->query, &error)) {
        recording->query = NULL;
    }
}

void recording_open_rule(Recording *recording, RuleWorker *worker, const RuleRun *run,
                         const char *fails) {
    bool judged = run->columns.fails != NO_RESULT;
    Str sql =
        arena_printf(worker->scratch, "SELECT 1 FROM (%.*s\n) WHERE entity = ?%s%s",
                     STR_ARG(run->rule->query), judged ? " AND fails " : "", judged ? fails : "");
    recording_open(recording, worker, sql);
}

void recording_close(Recording *recording) {
    query_close(recording->query);
    recording->query = NULL;
}

bool recording_run(Recording *recording, EntityId entity, IdList shown, uint64_t *budget) {
    Query *query = recording->query;
    if (!query || !*budget) {
        return false;
    }
    Database *database = recording->worker->recorder;
    query_restart(query);
    query_bind(query, entity);
    query_budget(query, *budget);
    database_show_only(database, shown.ids, shown.count);
    database_record(database, true);
    QueryError error;
    QueryStep step = QUERY_ROW;
    while (step == QUERY_ROW) {
        step = query_step(query, &error);
    }
    uint64_t used = query_used(query);
    query_restart(query); /* before its rows change under it */
    database_record(database, false);
    database_show_only(database, NULL, 0);
    *budget -= used < *budget ? used : *budget;
    return step == QUERY_DONE;
}
