/* Which vendor defaults a failing verdict rests on: those of what the finding names and of what
 * that stands on, as far as the verdict reads them. */
#include <stdlib.h>

#include "rule/recorder.h"

enum { ASSUMED_RUNS = 200 }; /* queries run again for one rule */

typedef struct Assuming {
    RuleWorker *worker;
    const RuleRun *run;
    DefaultColumn *defaults; /* that the rule can read */
    size_t default_count;
    Recording recording;
    uint64_t budget;
    size_t runs;
} Assuming;

/* True if one of these records leaves a fact with a default unsaid. */
static bool may_assume(const Assuming *assuming, IdList records) {
    const Inventory *inventory = assuming->worker->inventory;
    for (size_t i = 0; i < records.count; i++) {
        RowId row;
        KindId kind = inventory_kind_of(inventory, records.ids[i], &row);
        for (size_t d = 0; d < assuming->default_count; d++) {
            const DefaultColumn *column = &assuming->defaults[d];
            int64_t value;
            if (column->kind == kind &&
                !inventory_cell(inventory, kind, column->column, row, &value)) {
                return true;
            }
        }
    }
    return false;
}

static int compare_cells(const void *a, const void *b) {
    const CellRef *x = a;
    const CellRef *y = b;
    if (x->entity != y->entity) {
        return x->entity < y->entity ? -1 : 1;
    }
    return (x->column > y->column) - (x->column < y->column);
}

/* The entity and all that its rows name. */
static IdList named_in(const RuleWorker *worker, const RuleRun *run, const Subject *subject) {
    VEC(EntityId) ids = {0};
    vec_push(worker->scratch, &ids, subject->entity);
    for (size_t i = 0; i < subject->row_count; i++) {
        for (size_t c = 0; c < run->columns.count; c++) {
            if (subject->rows[i][c].type == CELL_ENTITY) {
                vec_push(worker->scratch, &ids, (EntityId)subject->rows[i][c].number);
            }
        }
    }
    return (IdList){ids.items, ids_sort(ids.items, ids.count)};
}

static void keep_near(const Assuming *assuming, IdList near, Subject *subject) {
    RuleWorker *worker = assuming->worker;
    size_t count;
    const CellRef *cells = database_assumed_cells(assuming->recording.database, &count);
    CellRef *kept = arena_array(worker->arena, CellRef, count);
    for (size_t i = 0; i < count; i++) {
        if (id_list_has(near, cells[i].entity)) {
            kept[subject->assumed_count++] = cells[i];
        }
    }
    if (subject->assumed_count) {
        qsort(kept, subject->assumed_count, sizeof *kept, compare_cells);
    }
    subject->assumed = kept;
}

static void assume(Assuming *assuming, Subject *subject) {
    RuleWorker *worker = assuming->worker;
    const Inventory *inventory = worker->inventory;
    IdList named = named_in(worker, assuming->run, subject);
    IdList near = inventory_foundations(inventory, named.ids, named.count, worker->scratch);
    if (!may_assume(assuming, near) || assuming->runs++ >= ASSUMED_RUNS) {
        return;
    }
    IdList shown = inventory_nearby(inventory, named.ids, named.count, 1, worker->scratch);
    if (recording_run(&assuming->recording, subject->entity, shown, &assuming->budget)) {
        keep_near(assuming, near, subject);
    }
}

void name_assumptions(RuleWorker *worker, RuleRun *run) {
    Assuming assuming = {.worker = worker, .run = run, .budget = rule_budget(worker->inventory)};
    if (run->subject_count) {
        const Mentions *mentions = lint_mentions(worker->lint);
        SqlUse use = mentions_of(mentions, worker->scratch, run->rule->query);
        assuming.defaults =
            mentions_defaults(mentions, &use, worker->scratch, &assuming.default_count);
    }
    if (!assuming.default_count) {
        return;
    }
    recording_open_rule(&assuming.recording, worker, SHOW_DEFAULTS, run, "= 1");
    for (size_t i = 0; i < run->subject_count; i++) {
        ArenaMark mark = arena_mark(worker->scratch);
        assume(&assuming, &run->subjects[i]);
        arena_release(worker->scratch, mark);
    }
    recording_close(&assuming.recording);
}
