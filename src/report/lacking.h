/* What was not assessed, as people read it: by layer, the facts that are not stated with the rules
 * that they would decide. Whom each rule could not decide about stands in the report. */
#ifndef REPORT_LACKING_H
#define REPORT_LACKING_H

#include "report/report.h"

typedef struct Lacking {
    Str layer;
    Str text; /* "vm.host for RULE (3), RULE (1); server.nlb for RULE (2)": how many subjects */
} Lacking;

/* The layer in which most rules are undecided first; in the arena. */
Lacking *lacking_layers(Arena *arena, const Report *report, size_t *ret_count);

#endif
