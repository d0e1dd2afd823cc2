/* Single values in the JSON Schema; for schema_json.c alone. */
#ifndef REPORT_SCHEMA_SCALAR_H
#define REPORT_SCHEMA_SCALAR_H

#include "report/json_value.h"

/* Text: what YAML reads as a number or a boolean is text too where the schema says so. */
json_t *schema_text(int64_t limit);

/* A text of that pattern, or a value of the type (NULL = none). */
json_t *schema_pattern(const char *type, const char *pattern);

/* What YAML 1.1 or 1.2 reads as a boolean or a number is allowed as such beside the word. */
void schema_push_value(json_t *list, Str name);

/* Not for sizes, whose unit is in their key. */
json_t *schema_scalar(const Schema *schema, const Field *field, FieldType type);

#endif
