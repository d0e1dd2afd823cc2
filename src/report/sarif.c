/* SARIF 2.1.0, as code scanning services read it (DIAGNOSTICS.md section 5). */
#include <string.h>

#include "base/fold.h"
#include "base/limits.h"
#include "report/json_value.h"
#include "report/rule_text.h"
#include "report/snippet.h"
#include "report/words.h"

/* What GitHub accepts: results of a run, locations of a result, characters of a description. */
enum { MAX_RESULTS = 25000, MAX_LOCATIONS = 1000, MAX_DESCRIPTION = 1024 };

typedef struct Writer {
    const Report *report;
    const ReportOptions *options;
    const Sources *sources;
    Arena *scratch;
} Writer;

static Str level_of(Severity severity) {
    return severity == SEVERITY_INFO ? STR("note") : severity_name(severity);
}

/* A path as a relative URI reference. */
static Str uri_of(Arena *arena, Str path) {
    static const char digits[] = "0123456789ABCDEF";
    char *uri = arena_array(arena, char, 3 * path.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < path.n; i++) {
        unsigned char c = (unsigned char)path.s[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     (c && strchr("-._~/", c));
        if (plain) {
            uri[n++] = (char)c;
        } else {
            uri[n++] = '%';
            uri[n++] = digits[c >> 4];
            uri[n++] = digits[c & 15];
        }
    }
    return (Str){uri, n};
}

/* Brackets would read as a link: those of names are escaped. */
static void add_escaped(Buf *out, Str text) {
    for (size_t i = 0; i < text.n; i++) {
        char c = text.s[i];
        if (c == '[' || c == ']' || c == '\\') {
            buf_addc(out, '\\');
        }
        buf_addc(out, c == '\n' ? ' ' : c);
    }
}

static Str cut_text(Str text, size_t limit) {
    if (utf8_length(text) <= limit) {
        return text;
    }
    return str_slice(text, 0, line_offset(text, (uint32_t)limit + 1));
}

static Str not_empty(Str text, Str otherwise) {
    return str_trim(text).n ? text : otherwise;
}

static json_t *message_json(Str text) {
    json_t *message = json_object();
    json_put_text(message, "text", text);
    return message;
}

static json_t *physical_location(const Writer *writer, Loc loc) {
    const Source *source = source_of(writer->sources, loc.source);
    json_t *artifact = json_object();
    json_put_text(artifact, "uri", uri_of(writer->scratch, source->path));
    json_t *region = json_object();
    int64_t line = loc.line ? loc.line : 1;
    int64_t column = loc.column ? loc.column : 1;
    int64_t width = loc.length && !source_is_table(source) ? loc.length : 1;
    json_put_int(region, "startLine", line);
    json_put_int(region, "startColumn", column);
    json_put_int(region, "endLine", line);
    json_put_int(region, "endColumn", column + width);
    json_t *physical = json_object();
    json_put(physical, "artifactLocation", artifact);
    json_put(physical, "region", region);
    return physical;
}

static json_t *logical_location(Str kind, Str name, Str full) {
    json_t *logical = json_object();
    json_put_text(logical, "name", name);
    json_put_text(logical, "fullyQualifiedName", full);
    json_put_stated(logical, "kind", kind);
    json_t *list = json_array();
    json_push(list, logical);
    return list;
}

static json_t *location_json(const Writer *writer, const Place *place) {
    json_t *location = json_object();
    json_put(location, "physicalLocation", physical_location(writer, place->loc));
    Str cell = place_cell(writer->scratch, writer->sources, place->loc);
    if (cell.n) {
        Str sheet = source_of(writer->sources, place->loc.source)->sheet;
        Str full = arena_printf(writer->scratch, "%.*s!%.*s", STR_ARG(sheet), STR_ARG(cell));
        json_put(location, "logicalLocations",
                 logical_location(STR("cell"), cell, sheet.n ? full : cell));
    }
    return location;
}

static Str subject_text(const Writer *writer, EntityId id) {
    Str kind = words_kind(writer->report, id);
    Str name = inventory_name(writer->report->inventory, id);
    return arena_printf(writer->scratch, "%.*s:%.*s", STR_ARG(kind), STR_ARG(name));
}

/* The message, and a link for each further place: what shows results lists only linked ones. */
static Str result_message(const Writer *writer, const Finding *finding, size_t places) {
    Buf buf;
    buf_init(&buf, LIMIT_REPORT_BYTES);
    add_escaped(&buf, finding->message);
    for (size_t i = 1; i < places; i++) {
        buf_addz(&buf, i == 1 ? ". See [" : ", [");
        Str label = finding->places[i].label;
        add_escaped(&buf,
                    label.n ? label
                            : place_text(writer->scratch, writer->sources, finding->places[i].loc));
        buf_printf(&buf, "](%zu)", i);
    }
    Str text = arena_copy(writer->scratch, buf_str(&buf));
    buf_clear(&buf);
    return text;
}

static json_t *related_locations(const Writer *writer, const Finding *finding, size_t places) {
    json_t *list = json_array();
    for (size_t i = 1; i < places; i++) {
        const Place *place = &finding->places[i];
        json_t *location = json_push(list, location_json(writer, place));
        json_put_int(location, "id", (int64_t)i);
        Buf buf;
        buf_init(&buf, LIMIT_REPORT_BYTES);
        add_escaped(&buf, place->label.n
                              ? place->label
                              : place_text(writer->scratch, writer->sources, place->loc));
        json_put(location, "message", message_json(buf_str(&buf)));
        buf_clear(&buf);
    }
    return list;
}

/* The evidence path through the fault graph. */
static json_t *code_flows(const Writer *writer, const Finding *finding) {
    json_t *steps = json_array();
    for (size_t i = 0; i < finding->chain_count && i < MAX_LOCATIONS; i++) {
        EntityId id = finding->chain[i];
        Place place = {.loc = inventory_loc(writer->report->inventory, id)};
        json_t *location = location_json(writer, &place);
        json_put(location, "message", message_json(subject_text(writer, id)));
        json_put(json_push(steps, json_object()), "location", location);
    }
    json_t *thread = json_object();
    json_put(thread, "locations", steps);
    json_t *threads = json_array();
    json_push(threads, thread);
    json_t *flow = json_object();
    json_put(flow, "threadFlows", threads);
    json_t *flows = json_array();
    json_push(flows, flow);
    return flows;
}

static size_t rule_index(const Report *report, const Rule *rule) {
    for (size_t i = 0; i < report->rule_count; i++) {
        if (report->rules[i] == rule) {
            return i;
        }
    }
    return SIZE_MAX;
}

static void put_rule(const Writer *writer, json_t *object, const Rule *rule) {
    json_put_text(object, "ruleId", rule->id);
    size_t index = rule_index(writer->report, rule);
    if (index != SIZE_MAX) {
        json_put_int(object, "ruleIndex", (int64_t)index);
    }
}

static json_t *suppressions(const Finding *finding) {
    json_t *item = json_object();
    json_put_text(item, "kind", STR("external"));
    json_put_text(item, "status", STR("accepted"));
    json_put_stated(item, "justification", finding->waiver->reason);
    json_t *list = json_array();
    json_push(list, item);
    return list;
}

static json_t *result_json(const Writer *writer, const Finding *finding) {
    size_t places = finding->place_count < MAX_LOCATIONS ? finding->place_count : MAX_LOCATIONS;
    json_t *result = json_object();
    put_rule(writer, result, finding->rule);
    json_put_text(result, "kind", STR("fail"));
    json_put_text(result, "level", level_of(finding->severity));
    json_put(result, "message", message_json(result_message(writer, finding, places)));
    json_t *location = location_json(writer, &finding->places[0]);
    if (!json_object_get(location, "logicalLocations")) {
        json_put(location, "logicalLocations",
                 logical_location(words_kind(writer->report, finding->subject),
                                  inventory_name(writer->report->inventory, finding->subject),
                                  subject_text(writer, finding->subject)));
    }
    json_t *locations = json_array();
    json_push(locations, location);
    json_put(result, "locations", locations);
    if (places > 1) {
        json_put(result, "relatedLocations", related_locations(writer, finding, places));
    }
    if (finding->chain_count > 1) {
        json_put(result, "codeFlows", code_flows(writer, finding));
    }
    json_t *prints = json_object();
    json_put_text(prints, "primaryLocationLineHash", finding->fingerprint);
    json_put(result, "partialFingerprints", prints);
    if (finding->waiver) {
        json_put(result, "suppressions", suppressions(finding));
    }
    return result;
}

static json_t *rule_json(const Rule *rule) {
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
    json_put_text(level, "level", level_of(rule->severity));
    json_t *tags = json_array();
    json_push(tags, json_text(not_empty(rule->pack, STR("topolint"))));
    if (rule->layer.n) {
        json_push(tags, json_text(rule->layer));
    }
    json_t *properties = json_object();
    json_put(properties, "tags", tags);
    json_t *value = json_object();
    json_put_text(value, "id", rule->id);
    json_put(value, "shortDescription",
             message_json(cut_text(not_empty(rule->title, rule->id), MAX_DESCRIPTION)));
    json_put(value, "fullDescription", message_json(cut_text(why, MAX_DESCRIPTION)));
    json_put(value, "help", texts);
    json_put(value, "defaultConfiguration", level);
    json_put(value, "properties", properties);
    return value;
}

static json_t *driver_json(const Report *report) {
    json_t *rules = json_array();
    for (size_t i = 0; i < report->rule_count; i++) {
        json_push(rules, rule_json(report->rules[i]));
    }
    json_t *driver = json_object();
    json_put_text(driver, "name", STR("topolint"));
    json_put_text(driver, "version", report->version);
    json_put_text(driver, "semanticVersion", report->version);
    json_put(driver, "rules", rules);
    json_t *tool = json_object();
    json_put(tool, "driver", driver);
    return tool;
}

static void push_notification(const Writer *writer, json_t *list, const Rule *rule,
                              const char *level, Str text) {
    json_t *item = json_push(list, json_object());
    json_put_text(item, "level", str_of(level));
    Buf buf;
    buf_init(&buf, LIMIT_REPORT_BYTES);
    add_escaped(&buf, text);
    json_put(item, "message", message_json(buf_str(&buf)));
    buf_clear(&buf);
    if (rule) {
        json_t *associated = json_object();
        json_put_text(associated, "id", rule->id);
        size_t index = rule_index(writer->report, rule);
        if (index != SIZE_MAX) {
            json_put_int(associated, "index", (int64_t)index);
        }
        json_put(item, "associatedRule", associated);
    }
}

static json_t *invocations(const Writer *writer, size_t left) {
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
    if (left) {
        push_notification(writer, notes, NULL, "warning",
                          arena_printf(writer->scratch, "%zu further findings are left out", left));
    }
    json_t *invocation = json_object();
    json_put(invocation, "executionSuccessful", json_boolean(report->failure_count == 0));
    json_put(invocation, "toolExecutionNotifications", notes);
    json_t *list = json_array();
    json_push(list, invocation);
    return list;
}

static json_t *artifacts(const Writer *writer) {
    json_t *list = json_array();
    for (size_t i = 0; i < writer->report->input_count; i++) {
        const Source *source = source_of(writer->sources, writer->report->inputs[i]);
        json_t *location = json_object();
        json_put_text(location, "uri", uri_of(writer->scratch, source->path));
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

static json_t *results(const Writer *writer, size_t *ret_left) {
    json_t *list = json_array();
    *ret_left = 0;
    for (size_t i = 0; i < writer->report->finding_count; i++) {
        const Finding *finding = writer->report->findings[i];
        if (!report_shows(writer->options, finding)) {
            continue;
        }
        if (json_array_size(list) < MAX_RESULTS) {
            json_push(list, result_json(writer, finding));
        } else {
            ++*ret_left;
        }
    }
    return list;
}

void report_sarif(const Report *report, const ReportOptions *options, Buf *out) {
    Writer writer = {.report = report,
                     .options = options,
                     .sources = inventory_sources(report->inventory),
                     .scratch = arena_open(0)};
    size_t left = 0;
    json_t *found = results(&writer, &left);
    json_t *run = json_object();
    json_put(run, "tool", driver_json(report));
    json_put(run, "invocations", invocations(&writer, left));
    json_put(run, "artifacts", artifacts(&writer));
    json_put_text(run, "columnKind", STR("unicodeCodePoints"));
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
