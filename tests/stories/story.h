/* A story: inputs, and what a right tool says about them, written by hand in a `.expect` file.
 *
 * A line of it is one statement; `#` begins a comment line.
 *
 * - inputs FILE...: relative to the folder of the file; where they differ the last is right
 * - find D V O RULE SUBJECT: a finding with its severities under default, vendor, one-method: E, W,
 *   I or - (none). Every finding must be listed. Below it, about that finding:
 *   - says TEXT: its message, notes, replay, help or a label holds this
 *   - hides TEXT: none of them does
 *   - at FILE:LINE:COLUMN: one of its places; the first such line is the primary one
 *   - related NAME...: exactly these, and likewise services NAME...
 *   - carries RULE SUBJECT: as evidence
 *   - assumes FACT NAME...: a default assumed for exactly these; if one is listed, all are
 * - unknown RULE SUBJECT... : FACT...: not assessed, for exactly these, for want of exactly these
 * - decided RULE SUBJECT...: not among what could not be assessed
 * - never RULE [SUBJECT]: no finding of this rule (about the subject), nor carried by another
 * - silent TEXT: in no text of any finding
 * - losses: every single failure is listed: loss PHASE COMPONENT SERVICE...
 * - class WORKLOAD LOWER UPPER CLASS: a row of the view `conflict`
 * - clashes: every pair that acts on one workload is listed:
 *   - clash WORKLOAD HOST: what both act on when the host fails
 * - starts: all that cannot be started from black is listed:
 *   - stuck NODE: in a deadlock
 *   - stuck SERVICE COMPONENT: without this component, which it survives while it runs */
#ifndef TEST_STORY_H
#define TEST_STORY_H

#include <stdio.h>

#include "model/load.h"
#include "rule/lint.h"

enum { WORDS_MAX = 24, CLAIMS_MAX = 16, LINES_MAX = 96 };

typedef struct Words {
    Str items[WORDS_MAX];
    size_t count;
} Words;

/* A statement below a `find`, or a line of its own. */
typedef struct Claim {
    Str verb, text;
    Words words; /* of the text */
    uint32_t line;
} Claim;

typedef struct ExpectedFinding {
    Severity severity[PROFILE_COUNT];
    Str rule, subject;
    Claim claims[CLAIMS_MAX];
    size_t claim_count;
    uint32_t line;
} ExpectedFinding;

typedef struct Story {
    Arena *arena;
    Str path, folder;
    Words inputs;
    ExpectedFinding findings[LINES_MAX];
    size_t finding_count;
    Claim claims[LINES_MAX];
    size_t claim_count;
    size_t mistakes; /* told on standard error */
} Story;

/* Reads the file; false if it is none. */
bool story_read(Story *story, Arena *arena, const char *path);

void story_mistake(Story *story, uint32_t line, const char *format, ...) PRINTF_LIKE(3, 4);

/* Schema, packs and the inventory of a run. */
typedef struct World {
    Arena *arena;
    Sources sources;
    Diags diags;
    ReadContext context;
    Interner *interner;
    Schema schema;
    Packs packs;
    Inventory *inventory;
    Lint *lint;
} World;

/* False if something is wrong with what is compiled in; told on standard error. */
bool world_open(World *world);
void world_close(World *world);

/* Loads files, or one text, and opens the run; the last one is preferred. */
bool world_load(World *world, const Str *paths, size_t count);
bool world_load_text(World *world, Str path, Str text);

/* Rules that the story says did not find or could decide must exist. */
void story_check_rules(Story *story, const Packs *packs);

/* Compares a report, and the tables below it, with the story. */
void story_check_report(Story *story, const Report *report, ProfileId profile);
void story_check_tables(Story *story, const World *world);

/* "server:EXCHANGE-01". */
Str entity_label(Arena *arena, const Inventory *inventory, EntityId id);

#endif
