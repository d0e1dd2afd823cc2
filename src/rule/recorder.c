#include "rule/recorder.h"

#include <assert.h>

/* The connection that shows the views so; the same one for equal catalogs. */
static Database *open_recorder(RuleWorker *worker, Shown shown) {
    const Catalog *catalogs = worker->lint->catalogs;
    int first = SHOW_RESULTS;
    while (catalogs[first].view_count != catalogs[shown].view_count) {
        first++;
    }
    if (first == SHOW_RESULTS) {
        return worker->database;
    }
    if (!worker->recorders[first]) {
        Status status = database_open(worker->arena, &catalogs[first], &worker->recorders[first]);
        assert(!status.failed); /* the same tables opened before */
    }
    return worker->recorders[first];
}

void recording_open(Recording *recording, RuleWorker *worker, Shown shown, Str sql) {
    QueryError error;
    *recording = (Recording){.worker = worker, .database = open_recorder(worker, shown)};
    if (!query_prepare_bound(recording->database, sql, &recording->query, &error)) {
        recording->query = NULL;
    }
}

void recording_open_rule(Recording *recording, RuleWorker *worker, Shown shown, const RuleRun *run,
                         const char *fails) {
    bool judged = run->columns.fails != NO_RESULT;
    Str sql =
        arena_printf(worker->scratch, "SELECT 1 FROM (%.*s\n) WHERE entity = ?%s%s",
                     STR_ARG(run->rule->query), judged ? " AND fails " : "", judged ? fails : "");
    recording_open(recording, worker, shown, sql);
}

void recording_close(Recording *recording) {
    query_close(recording->query);
    recording->query = NULL;
}

bool recording_run(Recording *recording, EntityId entity, IdList near, uint64_t *budget) {
    Query *query = recording->query;
    if (!query || !*budget) {
        return false;
    }
    Database *database = recording->database;
    query_restart(query);
    query_bind(query, entity);
    query_budget(query, *budget);
    database_show_only(database, near.ids, near.count);
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
