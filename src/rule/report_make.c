/* The report: findings of all rules in one canonical order, what was not assessed, outcomes. */
#include <stdlib.h>

#include "base/limits.h"
#include "rule/baseline.h"
#include "rule/coverage.h"
#include "rule/lint_state.h"
#include "rule/run.h"
#include "rule/waivers.h"

typedef struct Making {
    const Lint *lint;
    const LintOptions *options;
    Report *report;
    RuleRun *runs;
    size_t count;
} Making;

static void add_findings(Making *making) {
    const Lint *lint = making->lint;
    size_t count = 0;
    for (size_t i = 0; i < making->count; i++) {
        count += making->runs[i].finding_count;
    }
    count = count < LIMIT_FINDINGS ? count : LIMIT_FINDINGS;
    Finding **findings = arena_array(lint->arena, Finding *, count);
    size_t made = 0;
    for (size_t i = 0; i < making->count; i++) {
        const RuleRun *run = &making->runs[i];
        for (size_t j = 0; j < run->finding_count && made < count; j++) {
            findings[made++] = run->findings[j];
        }
    }
    findings_supersede(lint->arena, findings, &made);
    findings_order(findings, made);
    if (making->options->waivers) {
        waivers_apply(making->options->waivers, lint->arena, inventory_sources(lint->inventory),
                      findings, made);
    }
    if (making->options->baseline) {
        baseline_apply(making->options->baseline, lint->arena, findings, made);
    }
    making->report->findings = (const Finding *const *)findings;
    making->report->finding_count = made;
}

/* For titles of diagrams: what was tried, and what a loss of it does. */
static void count_failures(Making *making) {
    const Faults *faults = &making->lint->faults;
    Report *report = making->report;
    for (size_t v = 0; v < faults->node_count; v++) {
        bool tried = false;
        Loss loss = faults->entities[v] ? faults_loss(faults, (NodeId)v, &tried) : LOSS_NONE;
        report->failures_tried += tried;
        report->failures_settled += loss == LOSS_STOPS;
        report->failures_early += loss == LOSS_INTERRUPTS;
    }
    report->service_count = faults->services->target_count;
}

static void count_findings(Report *report) {
    for (size_t i = 0; i < report->finding_count; i++) {
        const Finding *finding = report->findings[i];
        if (finding->waiver) {
            report->accepted += !finding->waiver->known;
            report->known += finding->waiver->known;
            continue;
        }
        switch (finding->severity) {
        case SEVERITY_NONE:
            break;
        case SEVERITY_INFO:
            report->infos++;
            break;
        case SEVERITY_WARNING:
            report->warnings++;
            break;
        case SEVERITY_ERROR:
            report->errors++;
            break;
        }
    }
}

static void add_not_assessed(Making *making) {
    Arena *arena = making->lint->arena;
    size_t count = 0;
    for (size_t i = 0; i < making->count; i++) {
        count += making->runs[i].unknown_count;
    }
    NotAssessed *all = arena_array(arena, NotAssessed, count);
    count = 0;
    for (size_t i = 0; i < making->count; i++) {
        for (size_t j = 0; j < making->runs[i].unknown_count; j++) {
            const NotAssessed *from = &making->runs[i].unknown[j];
            NotAssessed *to = &all[count++];
            Str *facts = arena_array(arena, Str, from->fact_count);
            EntityId *entities = arena_array(arena, EntityId, from->entity_count);
            for (size_t f = 0; f < from->fact_count; f++) {
                facts[f] = arena_copy(arena, from->facts[f]);
            }
            for (size_t e = 0; e < from->entity_count; e++) {
                entities[e] = from->entities[e];
            }
            MissingFact *missing = arena_array(arena, MissingFact, from->missing_count);
            for (size_t m = 0; m < from->missing_count; m++) {
                missing[m] = from->missing[m];
            }
            *to = *from;
            to->facts = facts;
            to->entities = entities;
            to->missing = missing;
            to->reason = arena_copy(arena, from->reason);
        }
    }
    making->report->not_assessed = all;
    making->report->not_assessed_count = count;
}

static void add_outcomes(Making *making) {
    Arena *arena = making->lint->arena;
    const Rule **rules = arena_array(arena, const Rule *, making->count);
    RuleOutcome *outcomes = arena_array(arena, RuleOutcome, making->count);
    bool *decided = arena_array(arena, bool, making->count);
    RuleFailure *failures = arena_array(arena, RuleFailure, making->count);
    for (size_t i = 0; i < making->count; i++) {
        const RuleRun *run = &making->runs[i];
        rules[i] = run->rule;
        outcomes[i] = run->outcome;
        decided[i] = run->decided;
        if (run->outcome == RULE_FAILED) {
            RuleFailure failure = run->failure;
            failure.reason = arena_copy(arena, failure.reason);
            failures[making->report->failure_count++] = failure;
        }
    }
    making->report->rules = rules;
    making->report->outcomes = outcomes;
    making->report->decided = decided;
    making->report->rule_count = making->count;
    making->report->failures = failures;
}

/* For qsort, which takes no context. */
typedef struct InputKey {
    Str path;
    SourceId id;
} InputKey;

static int compare_inputs(const void *a, const void *b) {
    const InputKey *x = a;
    const InputKey *y = b;
    int order = str_cmp(x->path, y->path);
    return order ? order : (int)x->id - (int)y->id;
}

static void add_inputs(Making *making) {
    Arena *arena = making->lint->arena;
    const Sources *sources = inventory_sources(making->lint->inventory);
    InputKey *keys = arena_array(arena, InputKey, sources->count);
    size_t count = 0;
    for (size_t i = 1; i < sources->count; i++) {
        const Source *source = &sources->items[i];
        if (source->origin == ORIGIN_INPUT && source->file == i) {
            keys[count++] = (InputKey){source->path, (SourceId)i};
        }
    }
    if (count) {
        qsort(keys, count, sizeof *keys, compare_inputs);
    }
    SourceId *inputs = arena_array(arena, SourceId, count);
    for (size_t i = 0; i < count; i++) {
        inputs[i] = keys[i].id;
    }
    making->report->inputs = inputs;
    making->report->input_count = count;
}

Report *report_make(const Lint *lint, const LintOptions *options, RuleRun *runs, size_t count) {
    Report *report = arena_new(lint->arena, Report);
    *report = (Report){.inventory = lint->inventory,
                       .version = options->version,
                       .profile = profile_name(options->profile),
                       .stub_count = inventory_stub_count(lint->inventory)};
    Making making = {lint, options, report, runs, count};
    add_findings(&making);
    count_findings(report);
    add_not_assessed(&making);
    add_outcomes(&making);
    report->coverage = coverage_of(report, lint->mentions, lint->arena);
    add_inputs(&making);
    count_failures(&making);
    if (options->baseline) {
        report->has_baseline = true;
        report->fixed =
            baseline_fixed(options->baseline, report, lint->arena, &report->fixed_count);
    }
    return report;
}
