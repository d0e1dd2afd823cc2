/* Which facts would decide most: what the rules of a run could not decide, turned round. */
#ifndef RULE_ASKED_FACTS_H
#define RULE_ASKED_FACTS_H

#include "rule/lint.h"

/* A record that does not state the fact. */
typedef struct AskedRecord {
    EntityId id;
    size_t verdicts; /* that read it there */
    bool carries;    /* something needs the record */
} AskedRecord;

/* A column that is not stated, over all records. */
typedef struct AskedFact {
    KindId kind;
    ColumnId column;
    Str name;           /* "vm.host" */
    const Rule **rules; /* that lack it, by id */
    size_t rule_count;
    size_t alone;         /* of these rules: those that lack nothing else */
    size_t contracts;     /* of services, that lack it */
    size_t verdicts;      /* of rules about entities */
    AskedRecord *records; /* those first that most verdicts read, then those that carry something */
    size_t record_count;
    bool more; /* the rules looked into some entities alone: further records lack it too */
} AskedFact;

typedef struct AskList {
    AskedFact *facts; /* those first that decide most rules and contracts */
    size_t count;
    size_t rules; /* all that lack one of them */
} AskList;

AskList ask_facts(const Lint *lint, const Report *report, Arena *arena);

#endif
