/* Inside of running rules; for rule/ alone. A worker thread runs one rule at a time over its own
 * connection and leaves a RuleRun with its findings; they are put in order afterwards. */
#ifndef RULE_RUN_H
#define RULE_RUN_H

#include "rule/faults.h"
#include "rule/lint.h"
#include "rule/mentions.h"
#include "rule/no_rows.h"

/* One value of a result row. */
typedef enum CellType { CELL_NULL, CELL_INT, CELL_TEXT, CELL_ENTITY } CellType;
typedef struct Cell {
    CellType type;
    int64_t number; /* CELL_INT; CELL_ENTITY: the id */
    Str text;
} Cell;

typedef struct ResultColumn {
    Str name;       /* of an id without "_id" */
    bool is_entity; /* `entity` and all that end in "_id" */
} ResultColumn;

enum { NO_RESULT = -1 };

typedef struct ResultColumns {
    ResultColumn *items;
    size_t count;
    int entity, fails, severity; /* NO_RESULT if absent */
} ResultColumns;

/* The column that `{name}` means: `name_id` before `name`. NO_RESULT if there is none. */
int columns_find(const ResultColumns *columns, Str name);

/* An entity that a rule fails for, with the rows that say so in canonical order. */
typedef struct Subject {
    EntityId entity;
    Severity severity;
    const Cell **rows;
    size_t row_count;
    const CellRef *assumed; /* vendor defaults that were read */
    size_t assumed_count;
} Subject;

typedef struct RuleRun {
    const Rule *rule;
    ResultColumns columns;
    Subject *subjects; /* by id */
    size_t subject_count;
    Finding **findings; /* of the subjects; in the arena of their maker */
    size_t finding_count;
    NotAssessed *unknown; /* by facts */
    size_t unknown_count;
    RuleOutcome outcome;
    bool decided;        /* about some entity at least */
    RuleFailure failure; /* if outcome is RULE_FAILED */
} RuleRun;

const Mentions *lint_mentions(const Lint *lint); /* lint.c */

typedef struct RuleWorker {
    Database *database;
    NoRows no_rows;
    Database *recorders[3]; /* opened when a verdict is first asked what it read (recorder.h) */
    Arena *arena;           /* for what RuleRun points to */
    Arena *scratch;
    const Inventory *inventory;
    const Lint *lint;
    const LintOptions *options;
} RuleWorker;

/* A worker over a run whose rules are prepared; it connects when it first has a rule to run
 * (lint_run.c). */
void rule_worker_open(const Lint *lint, const LintOptions *options, RuleWorker *worker);
void rule_worker_connect(RuleWorker *worker);
void rule_worker_close(RuleWorker *worker);

/* Runs one rule (run_rule.c). */
void rule_run(RuleWorker *worker, const Rule *rule, RuleRun *ret_run);

/* The rule's query as the engine asks it: rows that do not pass. In the arena. */
Str query_not_passed(Arena *arena, const Rule *rule);

/* What a statement may use (database.h). */
uint64_t rule_budget(const Inventory *inventory);

void columns_read(Arena *arena, const Query *query, ResultColumns *ret_columns);

/* The severity of a row under the options; SEVERITY_NONE = no finding (verdict.c). */
Severity row_severity(const LintOptions *options, const Rule *rule, const ResultColumns *columns,
                      const Cell *row);

/* Rows that fail, in any order -> subjects (verdict.c). */
typedef struct FailRow {
    const Cell *cells;
    EntityId entity;
} FailRow;
void fold_rows(const RuleWorker *worker, RuleRun *run, FailRow *rows, size_t count);

/* What the entities lack, by running the query once more for samples (missing.c). `entities` are
 * sorted and each once. */
void name_missing_facts(RuleWorker *worker, RuleRun *run, const EntityId *entities, size_t count);

/* The vendor defaults on which the subjects' failing rests (assumed.c). */
void name_assumptions(RuleWorker *worker, RuleRun *run);

/* The facts that leave arcs open below an entity of the graph, up to `maximum` (open_facts.c). */
void graph_open_facts(RuleWorker *worker, EntityId entity, CellRef *ret_facts, size_t maximum,
                      size_t *ret_count);

/* "dag.members" (missing.c). */
Str fact_name(Arena *arena, const Inventory *inventory, KindId kind, ColumnId column);

/* True if the cell's field is one of `facts`, or there are none: then all are asked for. */
bool fact_is_asked(RuleWorker *worker, const Str *facts, size_t count, CellRef cell);

/* ---- from runs to findings: one maker a thread ---- */

typedef struct FindingMaker {
    Arena *arena; /* for findings */
    Arena *scratch;
    const Inventory *inventory;
    const Lint *lint;
    const LintOptions *options;
    const RuleRun *run;
    /* In the scratch arena, made with the first finding. */
    Cascade *cascades[FAULT_PHASES]; /* over the pessimistic graphs */
    struct Climb *climb;
} FindingMaker;

/* The findings of a run, no more than a report may have (finding_make.c). */
void findings_make(FindingMaker *maker, RuleRun *run);

/* A text with its placeholders filled from the subject's rows (message.c). */
Str message_fill(const FindingMaker *maker, const Subject *subject, Str text);

/* "A, B and C"; behind `limit` items "A, B and 12 more" (message.c). */
Str message_list(Arena *arena, const Str *items, size_t count, size_t limit);

/* Distinct ids in a column of the subject's rows, ascending (message.c). */
EntityId *subject_ids(const FindingMaker *maker, const Subject *subject, int column,
                      size_t *ret_count);

/* Places of the finding, never none (places.c). */
void finding_places(const FindingMaker *maker, const Subject *subject, Finding *finding);

/* The services that hang on the subject or what is related to it (evidence.c). What the search
 * works in is made once and for all findings, in the arena. */
struct Climb *climb_new(Arena *arena, const Faults *faults);
void finding_services(const FindingMaker *maker, Finding *finding);

/* The chain of the graph from the first service to the subject, with its places (evidence.c). */
void finding_evidence(const FindingMaker *maker, Finding *finding);

Str finding_fingerprint(const FindingMaker *maker, const Subject *subject); /* fingerprint.c */

/* Takes superseded findings out; they become evidence of those that carry them (supersede.c). */
void findings_supersede(Arena *arena, Finding **findings, size_t *count);

/* Canonical order, and numbers from 1 (finding_order.c). */
void findings_order(Finding **findings, size_t count);

/* The report of all runs, in the run's arena (report_make.c). */
Report *report_make(const Lint *lint, const LintOptions *options, RuleRun *runs, size_t count);

/* ids ascending, each once; returns how many remain (finding_order.c). */
size_t ids_sort(EntityId *ids, size_t count);

#endif
