/* Findings are data: what rules found, in one canonical order. Formatters and diagrams read this
 * and nothing of how it was found. */
#ifndef RULE_FINDING_H
#define RULE_FINDING_H

#include "model/inventory.h"

typedef enum Severity { SEVERITY_NONE, SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR } Severity;

Str severity_name(Severity severity); /* "error" ... "none" */

/* The severity of that name; false if there is none. */
bool severity_parse(Str name, Severity *ret_severity);

typedef struct Rule Rule; /* rule/pack.h */

typedef enum Phase { PHASE_NONE, PHASE_EARLY, PHASE_SETTLED, PHASE_BOTH } Phase;

/* A place with what is to be seen there. */
typedef struct Place {
    Loc loc;
    Str label; /* may be empty */
    Str text;  /* the value as stated, for inputs that are no text (sheets); may be empty */
    Str field; /* column of the record the place belongs to; may be empty */
} Place;

/* A vendor default that decided. */
typedef struct Assumption {
    Str fact; /* "vsphere_cluster.ha_isolation_response" */
    Str value;
    Str source;               /* of the default */
    const EntityId *entities; /* that do not state it, in canonical order */
    size_t entity_count;
} Assumption;

typedef struct Waiver {
    Str reason, owner, until;
    Loc loc;
    bool known; /* the baseline holds the finding (baseline.h) */
} Waiver;

typedef struct Finding {
    uint32_t number; /* 1 .., position in the canonical order */
    const Rule *rule;
    Severity severity;
    EntityId subject;
    Str message;             /* one sentence */
    const EntityId *related; /* canonical order, without the subject */
    size_t related_count;
    const EntityId *services;
    size_t service_count;
    Phase phase;
    const Place *places; /* places[0] = primary; never none */
    size_t place_count;
    const Str *notes; /* further lines: replay, what was folded in, "named, not described" */
    size_t note_count;
    Str replay;            /* may be empty */
    const EntityId *chain; /* evidence path from the nearest node to the cause; may be empty */
    size_t chain_count;
    const Assumption *assumed;
    size_t assumed_count;
    const struct Finding *const *evidence; /* superseded findings that this one carries */
    size_t evidence_count;
    Str fix;
    Str fingerprint;      /* hex */
    const Waiver *waiver; /* NULL = open */
} Finding;

/* A cell that is not stated. */
typedef struct MissingFact {
    EntityId record;
    KindId kind;
    ColumnId column;
} MissingFact;

/* What one rule could not decide for want of one set of facts. */
typedef struct NotAssessed {
    const Rule *rule;
    const Str *facts; /* "vm.host", sorted */
    size_t fact_count;
    const EntityId *entities; /* canonical order, cut at 20 */
    size_t entity_count;
    size_t count;               /* all entities */
    Str reason;                 /* why, where no fact is to blame; may be empty */
    const MissingFact *missing; /* the facts, record by record, of the entities looked into */
    size_t missing_count;
    bool missing_cut; /* further records lack them */
} NotAssessed;

typedef struct RuleFailure {
    const Rule *rule;
    Str reason;
    Loc loc;
} RuleFailure;

/* What no input shows of a layer. */
typedef struct Unseen {
    Str layer;    /* "network and power" */
    Str *missing; /* "switches", "power feeds" */
    size_t missing_count;
} Unseen;

typedef enum RuleOutcome {
    RULE_FOUND,
    RULE_PASSED,
    RULE_NOT_ASSESSED,
    RULE_NOT_APPLICABLE,
    RULE_FAILED
} RuleOutcome;

/* How far the rules that were run came. */
typedef struct Coverage {
    size_t decided; /* about some entity at least */
    size_t partly;  /* of them: could not decide about others */
    size_t not_assessed, not_applicable, failed;
    /* By rule: kinds that it asks for and no input has a record of, where it is not applicable. */
    const struct KindNames {
        const Str *items;
        size_t count;
    } * absent;
} Coverage;

/* An edit of the design, proven by a run with it: the finding is gone or at most an info, and
 * nothing is new or worse. */
typedef struct Proposal {
    Str suggestion, title;
    Str overlay;   /* a native inventory: an input beside the others, to be believed */
    Severity left; /* of the finding: none, or info */
} Proposal;

typedef struct Proposals {
    bool asked; /* the catalogue has edits against findings of this rule */
    const Proposal *items;
    size_t count;
    size_t tried;   /* edits */
    bool truncated; /* the work limit left some out */
} Proposals;

typedef struct Report {
    const Inventory *inventory;
    Str version;            /* of topolint */
    Str profile;            /* "default" ... */
    const SourceId *inputs; /* in order of path */
    size_t input_count;
    const Finding *const *findings; /* canonical order; waived ones included */
    size_t finding_count;
    const NotAssessed *not_assessed;
    size_t not_assessed_count;
    const RuleFailure *failures;
    size_t failure_count;
    const Rule *const *rules;    /* that were run, by id */
    const RuleOutcome *outcomes; /* of each of them */
    const bool *decided;         /* of each: about some entity; whatever others were not */
    size_t rule_count;
    Coverage coverage;
    const Proposals *proposals;     /* by finding; NULL = not asked for */
    size_t errors, warnings, infos; /* findings that count */
    size_t accepted, known;         /* by a waiver, by the baseline: they do not count */
    bool has_baseline;
    const struct BaselineEntry *const *fixed; /* in the baseline, and no finding any more */
    size_t fixed_count;
    size_t service_count;
    size_t stub_count;
    const Unseen *unseen; /* "what we could not see" */
    size_t unseen_count;
    /* For titles of diagrams: single failures that some service must survive, and how many of them
     * certainly stop one of those in the settled phase, in the early phase only. */
    size_t failures_tried, failures_settled, failures_early;
} Report;

void finding_add_note(Finding *finding, Arena *arena, Str note);

/* True if the rule was run to its end. */
bool report_has_run(const Report *report, const Rule *rule);

#endif
