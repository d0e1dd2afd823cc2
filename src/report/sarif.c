/* SARIF 2.1.0, as code scanning services read it (DIAGNOSTICS.md section 5). */
#include "report/sarif.h"

#include "base/fold.h"
#include "base/limits.h"
#include "report/rule_text.h"
#include "report/snippet.h"
#include "report/words.h"

/* What GitHub accepts: results of a run, characters of a description. */
enum { MAX_RESULTS = 25000, MAX_DESCRIPTION = 1024 };

static Str cut_text(Str text, size_t limit) {
    if (utf8_length(text) <= limit) {
        return text;
    }
    return str_slice(text, 0, line_offset(text, (uint32_t)limit + 1));
}

static Str not_empty(Str text, Str otherwise) {
    return str_trim(text).n ? text : otherwise;
}

static json_t *rule_json(const Rule *rule, Str docs_url, Arena *scratch) {
    Buf help;
    buf_init(&help, LIMIT_REPORT_BYTES);
    Str why = not_empty(str_trim(rule->explanation), rule->title);
    buf_printf(&help, "%.*s\n\n%.*s", STR_ARG(why), STR_ARG(str_trim(rule->fix)));
    json_t *texts = json_object();
    json_put_text(texts, "text", str_trim(buf_str(&help)));
    buf_cut(&help, 0);
    report_rule_markdown(rule, &help);
    json_put_text(texts, "markdown", str_trim(buf_str(&help)));
    buf_clear(&help);
    json_t *level = json_object();
    json_put_text(level, "level", sarif_level(rule->severity));
    json_t *tags = json_array();
    json_push(tags, json_text(not_empty(rule->pack, STR("topolint"))));
    if (rule->layer.n && !str_eq(rule->layer, rule->pack)) {
        json_push(tags, json_text(rule->layer));
    }
    json_t *properties = json_object();
    json_put(properties, "tags", tags);
    json_t *value = json_object();
    json_put_text(value, "id", rule->id);
    json_put(value, "shortDescription",
             sarif_message(cut_text(not_empty(rule->title, rule->id), MAX_DESCRIPTION)));
    json_put(value, "fullDescription", sarif_message(cut_text(why, MAX_DESCRIPTION)));
    json_put(value, "help", texts);
    if (docs_url.n && rule->builtin) {
        json_put_text(
            value, "helpUri",
            arena_printf(scratch, "%.*s/rules/%.*s.md", STR_ARG(docs_url), STR_ARG(rule->id)));
    }
    json_put(value, "defaultConfiguration", level);
    json_put(value, "properties", properties);
    return value;
}

static json_t *driver_json(const SarifWriter *writer) {
    const Report *report = writer->report;
    json_t *rules = json_array();
    for (size_t i = 0; i < report->rule_count; i++) {
        json_push(rules, rule_json(report->rules[i], writer->options->docs_url, writer->scratch));
    }
    json_t *driver = json_object();
    json_put_text(driver, "name", STR("topolint"));
    json_put_text(driver, "version", report->version);
    json_put_text(driver, "semanticVersion", report->version);
    json_put_stated(driver, "informationUri", writer->options->docs_url);
    json_put(driver, "rules", rules);
    json_t *tool = json_object();
    json_put(tool, "driver", driver);
    return tool;
}

static void push_notification(const SarifWriter *writer, json_t *list, const Rule *rule,
                              const char *level, Str text) {
    json_t *item = json_push(list, json_object());
    json_put_text(item, "level", str_of(level));
    Buf buf;
    buf_init(&buf, LIMIT_REPORT_BYTES);
    sarif_escape(&buf, text);
    json_put(item, "message", sarif_message(buf_str(&buf)));
    buf_clear(&buf);
    if (rule) {
        json_t *associated = json_object();
        json_put_text(associated, "id", rule->id);
        size_t index = sarif_rule_index(writer->report, rule);
        if (index != SIZE_MAX) {
            json_put_int(associated, "index", (int64_t)index);
        }
        json_put(item, "associatedRule", associated);
    }
}

static json_t *invocations(const SarifWriter *writer, size_t left) {
    const Report *report = writer->report;
    json_t *notes = json_array();
    for (size_t i = 0; i < report->failure_count; i++) {
        const RuleFailure *failure = &report->failures[i];
        push_notification(writer, notes, failure->rule, "error",
                          arena_printf(writer->scratch, "the rule failed to run: %.*s",
                                       STR_ARG(failure->reason)));
    }
    for (size_t i = 0; i < report->not_assessed_count; i++) {
        const NotAssessed *item = &report->not_assessed[i];
        push_notification(writer, notes, item->rule, "note",
                          words_not_assessed(writer->scratch, report, item, true));
    }
    if (!report->coverage.decided) {
        push_notification(writer, notes, NULL, "error", STR("nothing was checked"));
    }
    if (left) {
        push_notification(writer, notes, NULL, "warning",
                          arena_printf(writer->scratch, "%zu further findings are left out", left));
    }
    json_t *invocation = json_object();
    json_put(invocation, "executionSuccessful",
             json_boolean(!report->failure_count && report->coverage.decided));
    json_put(invocation, "toolExecutionNotifications", notes);
    json_t *list = json_array();
    json_push(list, invocation);
    return list;
}

static json_t *artifacts(const SarifWriter *writer) {
    json_t *list = json_array();
    for (size_t i = 0; i < writer->report->input_count; i++) {
        const Source *source = source_of(writer->sources, writer->report->inputs[i]);
        json_t *location = json_object();
        json_put_text(location, "uri", sarif_uri(writer->scratch, source->path));
        json_t *item = json_push(list, json_object());
        json_put(item, "location", location);
        if (source->sha256.n) {
            json_t *hashes = json_object();
            json_put_text(hashes, "sha-256", source->sha256);
            json_put(item, "hashes", hashes);
        }
    }
    return list;
}

static json_t *results(const SarifWriter *writer, size_t *ret_left) {
    json_t *list = json_array();
    *ret_left = 0;
    for (size_t i = 0; i < writer->report->finding_count; i++) {
        const Finding *finding = writer->report->findings[i];
        if (!report_shows(writer->options, finding)) {
            continue;
        }
        if (json_array_size(list) < MAX_RESULTS) {
            json_push(list, sarif_result(writer, finding));
        } else {
            ++*ret_left;
        }
    }
    return list;
}

void report_sarif(const Report *report, const ReportOptions *options, Buf *out) {
    SarifWriter writer = {.report = report,
                          .options = options,
                          .sources = inventory_sources(report->inventory),
                          .scratch = arena_open(0)};
    size_t left = 0;
    json_t *found = results(&writer, &left);
    json_t *run = json_object();
    json_put(run, "tool", driver_json(&writer));
    json_put(run, "invocations", invocations(&writer, left));
    json_put(run, "artifacts", artifacts(&writer));
    json_put_text(run, "columnKind", STR("unicodeCodePoints"));
    json_t *properties = json_object();
    json_put(properties, "coverage", json_coverage(report));
    json_put(run, "properties", properties);
    json_put(run, "results", found);
    json_t *runs = json_array();
    json_push(runs, run);
    json_t *root = json_object();
    json_put_text(root, "$schema", STR("https://json.schemastore.org/sarif-2.1.0.json"));
    json_put_text(root, "version", STR("2.1.0"));
    json_put(root, "runs", runs);
    json_write(root, out);
    arena_close(writer.scratch);
}
