/* Building JSON values with jansson: text from clients always becomes a valid string. */
#ifndef REPORT_JSON_VALUE_H
#define REPORT_JSON_VALUE_H

#include <jansson.h>

#include "report/report.h"

/* A string; bytes that are no UTF-8 become U+FFFD. */
json_t *json_text(Str text);

/* Sets a member; the value is taken over. */
void json_put(json_t *object, const char *key, json_t *value);
void json_put_text(json_t *object, const char *key, Str text);
void json_put_int(json_t *object, const char *key, int64_t value);

/* As json_put_text, but nothing for an empty text. */
void json_put_stated(json_t *object, const char *key, Str text);

/* An array of strings. */
json_t *json_texts(const Str *items, size_t count);

/* Appends to an array and returns what was appended. */
json_t *json_push(json_t *array, json_t *value);

/* Writes the value, indented by two, with a line end, and releases it. */
void json_write(json_t *value, Buf *out);

/* {"rules": .., "decided": .., ..}, of JSON and SARIF alike. */
json_t *json_coverage(const Report *report);

/* [{"layer": .., "missing": [..]}, ..]: what no input shows. */
json_t *json_unseen(const Report *report);

#endif
