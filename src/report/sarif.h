/* The parts of a SARIF log; for sarif.c and sarif_result.c alone. */
#ifndef REPORT_SARIF_H
#define REPORT_SARIF_H

#include "report/json_value.h"
#include "report/report.h"

typedef struct SarifWriter {
    const Report *report;
    const ReportOptions *options;
    const Sources *sources;
    Arena *scratch;
} SarifWriter;

/* "error", "warning", "note", "none". */
Str sarif_level(Severity severity);

/* A path as a relative URI reference. */
Str sarif_uri(Arena *arena, Str path);

/* Text for a message, in which [text](id) would read as a link: brackets are escaped. */
void sarif_escape(Buf *out, Str text);

/* {"text": ...}. */
json_t *sarif_message(Str text);

/* Position of the rule in the driver's list; SIZE_MAX if it is not there. */
size_t sarif_rule_index(const Report *report, const Rule *rule);

json_t *sarif_result(const SarifWriter *writer, const Finding *finding);

#endif
