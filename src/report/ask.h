/* What `topolint ask` prints. */
#ifndef REPORT_ASK_H
#define REPORT_ASK_H

#include "report/report.h"
#include "rule/asked_facts.h"

typedef struct AskReport {
    const Report *report;
    const AskList *list;
    const Node *ways; /* schemas/import/ways.yaml */
} AskReport;

void report_ask(const AskReport *ask, const ReportOptions *options, Buf *out);
void report_ask_json(const AskReport *ask, Buf *out);

#endif
