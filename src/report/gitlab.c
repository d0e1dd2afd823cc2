/* GitLab Code Quality: an array of issues. */
#include <assert.h>

#include "report/json_value.h"
#include "report/words.h"

static Str severity_text(Severity severity) {
    switch (severity) {
    case SEVERITY_ERROR:
        return STR("critical");
    case SEVERITY_WARNING:
        return STR("major");
    case SEVERITY_INFO:
    case SEVERITY_NONE:
        return STR("minor");
    }
    assert(false);
    return STR_NONE;
}

static json_t *issue_json(const Sources *sources, const Finding *finding) {
    Loc loc = finding->places[0].loc;
    json_t *lines = json_object();
    json_put_int(lines, "begin", loc.line ? loc.line : 1);
    Str path = source_of(sources, loc.source)->path;
    json_t *location = json_object();
    json_put_text(location, "path",
                  str_starts(path, STR("./")) ? str_slice(path, 2, path.n) : path);
    json_put(location, "lines", lines);
    json_t *issue = json_object();
    json_put_text(issue, "description", finding->message);
    json_put_text(issue, "check_name", finding->rule->id);
    json_put_text(issue, "fingerprint", finding->fingerprint);
    json_put_text(issue, "severity", severity_text(finding->severity));
    json_put(issue, "location", location);
    return issue;
}

void report_gitlab(const Report *report, const ReportOptions *options, Buf *out) {
    const Sources *sources = inventory_sources(report->inventory);
    json_t *issues = json_array();
    for (size_t i = 0; i < report->finding_count; i++) {
        if (report_shows(options, report->findings[i])) {
            json_push(issues, issue_json(sources, report->findings[i]));
        }
    }
    json_write(issues, out);
}
