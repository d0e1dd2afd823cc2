/* Rule packs, parsed. docs/pack-files.md describes the files. All texts live in the
 * packs' arena. */
#ifndef RULE_PACK_H
#define RULE_PACK_H

#include "query/database.h"
#include "rule/finding.h"

typedef enum ProfileId {
    PROFILE_DEFAULT,
    PROFILE_VENDOR,
    PROFILE_ONE_METHOD,
    PROFILE_COUNT
} ProfileId;
Str profile_name(ProfileId profile);

typedef struct ProfileRule {
    bool given;
    Str column;           /* a result column that holds the severity for the row; empty = none */
    Severity severity[4]; /* by the severity found */
} ProfileRule;

typedef struct PlaceRule {
    Str of;         /* "entity" or result column without _id */
    Str field;      /* column of that record; empty = its key */
    Str item;       /* result column: the list element equal to it; empty = none */
    Str at, length; /* result columns: code points inside the value; empty = none */
    Str label;
    Loc loc;
} PlaceRule;

typedef struct RuleSource {
    Str text, strength;
} RuleSource;

typedef struct RulePosition {
    Str who, text;
} RulePosition;

struct Rule {
    Str id, title, pack, layer, applies_to;
    Severity severity;
    ProfileRule profiles[PROFILE_COUNT];
    Str message, explanation, fix;
    PlaceRule *places;
    size_t place_count;
    Str query;     /* the SQL */
    Loc query_loc; /* of its first line */
    Str about;     /* SELECT .. AS decided: what it judges, where `query` lists failures alone */
    Loc about_loc;
    Str *supersedes, *identity, *formerly;
    Str *facts; /* "vm.host": what to ask for where it cannot decide; none = all that was absent */
    Str *message_only; /* "vm.host": read, and no verdict hangs on it (rule_mutation.h) */
    Str *scope;        /* "dag.members": without it the rule asks nothing about what hangs on it */
    size_t supersedes_count, identity_count, formerly_count, facts_count, message_only_count,
        scope_count;
    RuleSource *sources;
    size_t source_count;
    RulePosition *positions;
    size_t position_count;
    bool waivable;
    bool lists_services; /* `services: true`: the finding lists the services that hang on it */
    bool builtin;        /* compiled in, not given by --rules */
    Str null_safe;
    const Node *examples; /* list; may be NULL */
    Loc loc, supersedes_loc, message_loc, fix_loc;
};

typedef struct DeriveRule {
    Str id, kind, doc, source, query;
    Loc query_loc, kind_loc;
} DeriveRule;

/* What a need is needed for. */
typedef enum EdgeKind {
    EDGE_RUN,    /* to stay up, and so to start */
    EDGE_START,  /* to start; not any more when it runs */
    EDGE_MANAGE, /* to be changed or recovered; it starts and runs without */
    EDGE_KINDS
} EdgeKind;
extern const char *const edge_names[]; /* by kind; NULL-terminated */

/* Rows come from `query`, or from `field` ("kind.field"): whoever states it needs what it names. */
typedef struct NeedsRule {
    Str id, doc, source, query, because_of, because_field;
    Str field, gate, phase; /* phase: "early", "settled"; empty = both */
    int64_t at_least;       /* of `field`; -1 = all */
    Str *facts; /* "vm.host": what to ask for where it leaves an arc open; none = all absent */
    size_t facts_count;
    EdgeKind edge;
    Loc query_loc, because_loc;
} NeedsRule;

/* Rows of capacity gates (capacity.h). */
typedef struct CapacityRule {
    Str id, doc, source, query;
    Str *facts; /* what to ask for where an amount is open; none = all absent */
    size_t facts_count;
    bool members_only; /* judged by the loss of a member, not by what takes it with others */
    Loc query_loc;
} CapacityRule;

/* An edit of the design that may cure findings of some rules (edit.h). */
typedef struct SuggestRule {
    Str id, doc, title, query;
    Str *rules;
    size_t rule_count;
    const Node *overlay; /* records, with placeholders for columns of the query */
    Loc query_loc, loc;
} SuggestRule;

typedef struct Mechanism {
    Str id, pack, title, doc, acts, glyph, subject, action, state, authority, arbiter, active;
    Str *triggers;
    size_t trigger_count;
    int64_t layer, detect_min, detect_max, act_min,
        act_max; /* seconds; MEM_INT_NULL = not stated */
    bool automatic;
    Str *sources, *unverified;
    size_t source_count, unverified_count;
    Loc active_loc;
} Mechanism;

typedef struct FaultSet {
    Str name, doc, query;
    Loc query_loc, loc;
} FaultSet;

/* Asks what no input shows: a row an item, its first column is the words for it. */
typedef struct NotSeen {
    Str layer, query;
    Loc query_loc;
} NotSeen;

/* What becomes of a view at run time (kept_views.h). */
typedef struct ViewKeeping {
    bool kept;     /* `kept: true`: computed once */
    Str *versions; /* its columns that compare as versions */
    size_t version_count;
} ViewKeeping;

typedef struct Pack {
    Str name, doc;
    Str *requires;
    size_t require_count;
    FaultSet *fault_sets;
    size_t fault_set_count;
    NotSeen *not_seen;
    size_t not_seen_count;
    SqlView *views;
    Loc *view_locs; /* of the SQL of each */
    ViewKeeping *view_keeping;
    size_t view_count;
    const MemTable **tables;
    size_t table_count;
    DeriveRule *derives;
    size_t derive_count;
    NeedsRule *needs;
    size_t needs_count;
    CapacityRule *capacities;
    size_t capacity_count;
    Mechanism *mechanisms;
    size_t mechanism_count;
    SuggestRule *suggests;
    size_t suggest_count;
    const Rule **rules; /* by id */
    size_t rule_count;
    Loc loc, requires_loc;
} Pack;

typedef struct Packs {
    Arena *arena;
    Interner *interner; /* for constant tables; the inventory's own */
    Pack *items;        /* in the order of `requires` */
    size_t count;
} Packs;

/* Reads pack files (already added to the context's sources, path "rules/<pack>/..."). All mistakes
 * are reported; false if there was one. SQL is checked later, against a schema (lint.h). */
bool packs_read(Packs *packs, const ReadContext *context, const SourceId *files, size_t count);

/* NULL if there is none of that id or former id. */
const Rule *packs_find_rule(const Packs *packs, Str id);

/* Asks whether another rule was meant, or lists those of which `id` is a part; may be empty. */
Str packs_rule_help(const Packs *packs, Arena *arena, Str id);

/* The rule that a file of the user names; NULL with an error at its place. */
const Rule *packs_rule_named(const Packs *packs, Str id, Loc loc, Diags *diags);

/* All rules of all packs, by id. */
const Rule **packs_rules(const Packs *packs, Arena *arena, size_t *ret_count);

const Mechanism *packs_find_mechanism(const Packs *packs, Str id);

#endif
