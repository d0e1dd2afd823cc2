/* Edits of a design that may cure findings: what the catalogue in the packs (suggest.yaml) makes of
 * the run at hand. An edit is an overlay, an input beside the others; whether it cures anything is
 * for a run with it to say. */
#ifndef RULE_EDIT_H
#define RULE_EDIT_H

#include "base/buf.h"
#include "rule/lint.h"

/* Of one suggestion for one finding. */
enum { EDITS_MAX = 4 };

typedef struct Edit {
    const SuggestRule *rule;
    EntityId subject;   /* of the finding */
    const Str *columns; /* what placeholders name */
    size_t column_count;
    const Str **rows; /* row by row the columns' values; .s is NULL where nothing is stated */
    size_t row_count;
    bool cut; /* the suggestion has more for this finding, which are left out */
} Edit;

typedef struct Edits {
    Edit *items; /* in order of the catalogue; those of one suggestion as its query yields them */
    size_t count;
} Edits;

/* Runs the queries of those suggestions that answer findings of the report; in the arena. False
 * with errors added. */
bool edits_read(Lint *lint, const Report *report, Arena *arena, Diags *diags, Edits *ret_edits);

/* True if the edit may cure the finding. */
bool edit_answers(const Edit *edit, const Finding *finding);

/* The title with its placeholders filled. */
Str edit_title(const Edit *edit, Arena *arena);

/* The overlay as a native inventory in YAML, in ASCII whatever the names are. `as_of` may be empty.
 */
void edit_write(const Edit *edit, Str as_of, Buf *out);

#endif
