/* Inside of checking packs; for check_*.c of rule/ alone. */
#ifndef RULE_CHECK_PACKS_H
#define RULE_CHECK_PACKS_H

#include "rule/lint_state.h"
#include "rule/run.h"

typedef struct Check {
    const Lint *lint;
    Database *database;
    Arena *arena;
    Diags *diags;
} Check;

/* Prepares a statement and reads its columns; false with an error added. */
bool check_prepare(const Check *check, Str sql, Loc loc, Str what, ResultColumns *ret_columns);

/* The name of a result column as the statement gives it. */
Str check_full_name(const Check *check, const ResultColumn *column);

void check_suggestion(const Check *check, const SuggestRule *rule); /* check_suggest.c */

#endif
