/* One finding of the text report; for src/report alone. */
#ifndef REPORT_TEXT_FINDING_H
#define REPORT_TEXT_FINDING_H

#include "report/page.h"

typedef struct TextWriter {
    const Report *report;
    const ReportOptions *options;
    const Sources *sources;
    Page page;
    Arena *scratch;
} TextWriter;

void text_finding(const TextWriter *writer, const Finding *finding);

#endif
