/* GitLab Code Quality: an array of issues. */
#include <assert.h>

#include "base/digest.h"
#include "base/limits.h"
#include "report/escape.h"
#include "report/json_value.h"
#include "report/lacking.h"
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

static json_t *location_json(const Sources *sources, Loc loc) {
    json_t *lines = json_object();
    json_put_int(lines, "begin", loc.line ? loc.line : 1);
    Str path = source_of(sources, loc.source)->path;
    json_t *location = json_object();
    json_put_text(location, "path",
                  str_starts(path, STR("./")) ? str_slice(path, 2, path.n) : path);
    json_put(location, "lines", lines);
    return location;
}

static void put_description(json_t *issue, Str text) {
    Buf shown;
    buf_init(&shown, LIMIT_REPORT_BYTES);
    escape_hidden(&shown, text);
    json_put_text(issue, "description", buf_str(&shown));
    buf_clear(&shown);
}

static json_t *issue_json(const Sources *sources, const Finding *finding) {
    json_t *issue = json_object();
    put_description(issue, finding->message);
    json_put_text(issue, "check_name", finding->rule->id);
    json_put_text(issue, "fingerprint", finding->fingerprint);
    json_put_text(issue, "severity", severity_text(finding->severity));
    json_put(issue, "location", location_json(sources, finding->places[0].loc));
    return issue;
}

/* An issue a layer, at the beginning of the first input. */
static void push_not_assessed(const Report *report, const Sources *sources, json_t *issues) {
    Arena *scratch = arena_open(0);
    size_t count;
    const Lacking *layers = lacking_layers(scratch, report, &count);
    for (size_t i = 0; i < count; i++) {
        Str name = layers[i].layer;
        Str key = arena_printf(scratch, "topolint/1\nnot assessed\n%.*s", STR_ARG(name));
        json_t *issue = json_push(issues, json_object());
        put_description(issue, arena_printf(scratch, "not assessed, %.*s: %.*s", STR_ARG(name),
                                            STR_ARG(layers[i].text)));
        json_put_text(issue, "check_name", STR("not-assessed"));
        json_put_text(issue, "fingerprint", digest_sha256(scratch, key));
        json_put_text(issue, "severity", STR("info"));
        json_put(issue, "location",
                 location_json(sources, (Loc){.source = report->inputs[0], .line = 1}));
    }
    arena_close(scratch);
}

void report_gitlab(const Report *report, const ReportOptions *options, Buf *out) {
    const Sources *sources = inventory_sources(report->inventory);
    json_t *issues = json_array();
    for (size_t i = 0; i < report->finding_count; i++) {
        if (report_shows(options, report->findings[i])) {
            json_push(issues, issue_json(sources, report->findings[i]));
        }
    }
    push_not_assessed(report, sources, issues);
    json_write(issues, out);
}
