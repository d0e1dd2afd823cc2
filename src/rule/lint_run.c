/* Running the rules: one connection a thread, one slot a rule, merged in rule order. */
#include <assert.h>

#include "base/threads.h"
#include "rule/kept_views.h"
#include "rule/lint_state.h"
#include "rule/run.h"

enum { ROWS_PER_TABLE = 5000 }; /* that compiling one more table costs */

/* The rules, and behind them what no input shows. */
typedef struct LintJob {
    RuleWorker *workers;
    FindingMaker *makers; /* by worker */
    const Rule **rules;
    RuleRun *runs; /* by rule */
    size_t count;
    const size_t *order; /* in which they run */
    Arena *unseen_arena;
    const Unseen *unseen;
    size_t unseen_count;
} LintJob;

static bool contains(const Rule *const *rules, size_t count, const Rule *rule) {
    for (size_t i = 0; i < count; i++) {
        if (rules[i] == rule) {
            return true;
        }
    }
    return false;
}

const Rule **lint_select_rules(const Lint *lint, const LintOptions *options, size_t *ret_count) {
    size_t count;
    const Rule **rules = packs_rules(lint->packs, lint->arena, &count);
    *ret_count = 0;
    for (size_t i = 0; i < count; i++) {
        bool wanted =
            !options->only_count || contains(options->only, options->only_count, rules[i]);
        if (wanted && !contains(options->disable, options->disable_count, rules[i])) {
            rules[(*ret_count)++] = rules[i];
        }
    }
    return rules;
}

void rule_worker_open(const Lint *lint, const LintOptions *options, RuleWorker *worker) {
    *worker = (RuleWorker){.arena = arena_open(0),
                           .scratch = arena_open(0),
                           .inventory = lint->inventory,
                           .lint = lint,
                           .options = options};
    no_rows_init(&worker->no_rows, worker->arena, &lint->catalogs[SHOW_RESULTS]);
}

void rule_worker_connect(RuleWorker *worker) {
    if (!worker->database) {
        Status status =
            database_open(worker->arena, &worker->lint->catalogs[SHOW_RESULTS], &worker->database);
        assert(!status.failed); /* the same catalog opened before */
    }
}

static void run_one(void *context, int worker, size_t turn) {
    LintJob *job = context;
    RuleWorker *own = &job->workers[worker];
    rule_worker_connect(own);
    if (turn < job->count) {
        size_t index = job->order[turn];
        rule_run(own, job->rules[index], &job->runs[index]);
        findings_make(&job->makers[worker], &job->runs[index]);
    } else {
        job->unseen = lint_unseen(own->lint, own->database, job->unseen_arena, &job->unseen_count);
    }
}

void rule_worker_close(RuleWorker *worker) {
    for (int shown = SHOW_RESULTS; shown < SHOWN_COUNT; shown++) {
        database_close(worker->recorders[shown]);
    }
    database_close(worker->database);
    arena_close(worker->scratch);
    arena_close(worker->arena);
}

/* All SQL of a rule. */
static Str rule_sql(Arena *arena, const Rule *rule) {
    return rule->about.n
               ? arena_printf(arena, "%.*s\n%.*s", STR_ARG(rule->query), STR_ARG(rule->about))
               : rule->query;
}

/* Fills the tables of gates that a rule asks for. */
static void fill_asked(Lint *lint, const Str *queries, size_t count, Arena *scratch) {
    for (size_t i = 0; i < count; i++) {
        SqlUse use = mentions_of(lint->mentions, scratch, queries[i]);
        if (mentions_table(lint->mentions, &use, STR("needs")) ||
            mentions_table(lint->mentions, &use, STR("gate"))) {
            lint_fill_needs(lint);
        }
        if (mentions_table(lint->mentions, &use, STR("alternative"))) {
            lint_fill_alternatives(lint);
        }
    }
}

static int thread_count(const Lint *lint, const LintOptions *options) {
    return options->threads > 0 && options->threads < lint->threads ? options->threads
                                                                    : lint->threads;
}

void lint_prepare_queries(Lint *lint, const Str *queries, size_t count) {
    Arena *scratch = arena_open(0);
    fill_asked(lint, queries, count, scratch);
    lint_keep_views(lint, queries, count, false);
    arena_close(scratch);
}

void lint_prepare_rules(Lint *lint, const Rule *const *rules, size_t count) {
    Arena *scratch = arena_open(0);
    Str *queries = arena_array(scratch, Str, count);
    for (size_t i = 0; i < count; i++) {
        queries[i] = rule_sql(scratch, rules[i]);
        /* Lines are indexed on first use, which two threads must not do at once. */
        source_line(inventory_sources(lint->inventory), rules[i]->query_loc.source, 1);
    }
    lint_prepare_queries(lint, queries, count);
    arena_close(scratch);
}

/* Those first that are likely to take longest: they compile large views, or go through many rows.
 */
static const size_t *order_of(const Lint *lint, const Rule *const *rules, size_t count,
                              Arena *scratch) {
    NoRows check;
    no_rows_init(&check, scratch, &lint->catalogs[SHOW_RESULTS]);
    size_t *weights = arena_array(scratch, size_t, count);
    for (size_t i = 0; i < count; i++) {
        SqlUse use = mentions_of(lint->mentions, scratch, rules[i]->query);
        weights[i] = rows_to_visit(&check, rules[i]->query) +
                     ROWS_PER_TABLE * mentions_count(lint->mentions, &use);
    }
    return heaviest_first(scratch, weights, count);
}

const Report *lint_run(Lint *lint, const LintOptions *options) {
    size_t count;
    const Rule **rules = lint_select_rules(lint, options, &count);
    Arena *scratch = arena_open(0);
    int threads = thread_count(lint, options);
    lint_prepare_rules(lint, rules, count);
    LintJob job = {.workers = arena_array(scratch, RuleWorker, (size_t)threads),
                   .makers = arena_array(scratch, FindingMaker, (size_t)threads),
                   .rules = rules,
                   .runs = arena_array(scratch, RuleRun, count),
                   .count = count,
                   .order = order_of(lint, rules, count, scratch),
                   .unseen_arena = arena_open(0)};
    for (int i = 0; i < threads; i++) {
        rule_worker_open(lint, options, &job.workers[i]);
        job.makers[i] = (FindingMaker){.arena = arena_open(0),
                                       .scratch = arena_open(0),
                                       .inventory = lint->inventory,
                                       .lint = lint,
                                       .options = options};
    }
    bool all = !options->only_count; /* who asks for one rule wants to know of no more */
    parallel_run(threads, count + all, run_one, &job);
    Report *report = report_make(lint, options, job.runs, count);
    report->unseen = job.unseen;
    report->unseen_count = job.unseen_count;
    arena_join(lint->arena, job.unseen_arena);
    for (int i = 0; i < threads; i++) {
        arena_join(lint->arena, job.makers[i].arena);
        arena_close(job.makers[i].scratch);
        rule_worker_close(&job.workers[i]);
    }
    arena_close(scratch);
    return report;
}
