/* Between reading a schema file and linking the schema; for model/ alone. */
#ifndef MODEL_SCHEMA_FILE_H
#define MODEL_SCHEMA_FILE_H

#include "model/schema.h"

enum { LIMIT_GROUP_DEPTH = 8, LIMIT_LEVEL_FIELDS = 128 };

typedef struct SortedKind {
    Kind kind;
    Str name;
} SortedKind;

/* Adds the kind of one file; errors are reported. */
void schema_add_kind(Schema *schema, Diags *diags, const Node *file);

/* What a field says about failures: `measures`, `usual`, `usual_source`. */
void schema_read_measure(Schema *schema, Diags *diags, const Node *node, Field *field);

/* What holds where a reference is not stated, once columns exist (schema_else.c). */
void schema_link_else(Schema *schema, Diags *diags, Kind *kind);

/* Columns of the kind's keys and of its defaults, once columns exist. */
void schema_link_keys(Schema *schema, Diags *diags, Kind *kind);

/* Links all kinds to each other; false if there was an error. */
bool schema_link(Schema *schema, Diags *diags);

#endif
