/* How to get a fact: from the `source:` of its field to the command that reads it, by the rows of
 * schemas/import/ways.yaml. */
#ifndef REPORT_WAYS_H
#define REPORT_WAYS_H

#include "model/schema.h"

typedef struct Way {
    Str tool; /* empty: the source says it all */
    Str command;
} Way;

/* The ways of one field, in the order of its source; in the arena. `file` is ways.yaml, NULL =
 * none: then sources are shown as they are. */
Way *field_ways(const Node *file, Str kind, const Field *field, Arena *arena, size_t *ret_count);

#endif
