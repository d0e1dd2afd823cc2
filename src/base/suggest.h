/* "did you mean": the candidate nearest to what was written. */
#ifndef BASE_SUGGEST_H
#define BASE_SUGGEST_H

#include "base/arena.h"

typedef struct Suggest {
    Str wanted;
    Str best; /* empty until a candidate is near enough */
    int distance;
} Suggest;

void suggest_init(Suggest *suggest, Str wanted);

/* Optimal string alignment distance without case; a candidate counts up to a third of the length,
 * the first of the nearest wins. */
void suggest_try(Suggest *suggest, Str candidate);

#endif
