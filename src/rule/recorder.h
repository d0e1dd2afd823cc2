/* Running a statement once more for one entity while the tables note which cells it reads. It sees
 * the records near the entity alone: a verdict rests on those, and what a view happens to read of
 * all others is no fact that this verdict lacks. Views are views here where they read what is to be
 * noted, not kept tables. */
#ifndef RULE_RECORDER_H
#define RULE_RECORDER_H

#include "model/nearby.h"
#include "rule/lint_state.h"
#include "rule/run.h"

typedef struct Recording {
    RuleWorker *worker;
    Database *database;
    Query *query; /* NULL if it cannot be put that way */
} Recording;

/* `sql` has one `?`, the entity; `shown` says what can be noted. To be closed. */
void recording_open(Recording *recording, RuleWorker *worker, Shown shown, Str sql);
/* The rule's query for one entity, as far as its verdict `fails` is this one ("= 1", "IS NULL"). */
void recording_open_rule(Recording *recording, RuleWorker *worker, Shown shown, const RuleRun *run,
                         const char *fails);
void recording_close(Recording *recording);

/* True if it ran to its end within the budget, which goes down; what was read is then with
 * recording->database. `near` empty = all records. */
bool recording_run(Recording *recording, EntityId entity, IdList near, uint64_t *budget);

#endif
