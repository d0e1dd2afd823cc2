#include "report/report.h"

const ReportFormat report_formats[] = {
    {"text", "txt", "text/plain", report_text, false},
    {"concise", "txt", "text/plain", report_concise, false},
    {"json", "json", "application/json", report_json, true},
    {"sarif", "sarif", "application/sarif+json", report_sarif, true},
    {"junit", "xml", "application/xml", report_junit, false},
    {"github", "txt", "text/plain", report_github, false},
    {"gitlab", "json", "application/json", report_gitlab, false},
    {"markdown", "md", "text/markdown", report_markdown, false},
};
const size_t report_format_count = sizeof report_formats / sizeof *report_formats;

const ReportFormat *report_find_format(Str name) {
    for (size_t i = 0; i < report_format_count; i++) {
        if (str_eq(name, str_of(report_formats[i].name))) {
            return &report_formats[i];
        }
    }
    return NULL;
}
