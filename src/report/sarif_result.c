/* One finding as a SARIF result. */
#include "report/sarif.h"

#include <string.h>

#include "base/limits.h"
#include "report/escape.h"
#include "report/snippet.h"
#include "report/words.h"

/* What GitHub accepts of one result. */
enum { MAX_LOCATIONS = 1000 };

Str sarif_level(Severity severity) {
    return severity == SEVERITY_INFO ? STR("note") : severity_name(severity);
}

Str sarif_uri(Arena *arena, Str path) {
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

void sarif_escape(Buf *out, Str text) {
    Buf shown;
    buf_init(&shown, LIMIT_REPORT_BYTES);
    escape_hidden(&shown, text);
    for (size_t i = 0; i < shown.size; i++) {
        char c = shown.data[i];
        if (c == '[' || c == ']' || c == '\\') {
            buf_addc(out, '\\');
        }
        buf_addc(out, c);
    }
    buf_clear(&shown);
}

json_t *sarif_message(Str text) {
    json_t *message = json_object();
    json_put_text(message, "text", text);
    return message;
}

static json_t *physical_location(const SarifWriter *writer, Loc loc) {
    const Source *source = source_of(writer->sources, loc.source);
    json_t *artifact = json_object();
    json_put_text(artifact, "uri", sarif_uri(writer->scratch, source->path));
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

static json_t *location_json(const SarifWriter *writer, const Place *place) {
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

static Str subject_text(const SarifWriter *writer, EntityId id) {
    return inventory_full_name(writer->report->inventory, writer->scratch, id);
}

/* The message, and a link for each further place: what shows results lists only linked ones. */
static Str result_message(const SarifWriter *writer, const Finding *finding, size_t places) {
    Buf buf;
    buf_init(&buf, LIMIT_REPORT_BYTES);
    sarif_escape(&buf, finding->message);
    for (size_t i = 1; i < places; i++) {
        buf_addz(&buf, i == 1 ? ". See [" : ", [");
        Str label = finding->places[i].label;
        sarif_escape(
            &buf,
            label.n ? label : place_text(writer->scratch, writer->sources, finding->places[i].loc));
        buf_printf(&buf, "](%zu)", i);
    }
    Str text = arena_copy(writer->scratch, buf_str(&buf));
    buf_clear(&buf);
    return text;
}

static json_t *related_locations(const SarifWriter *writer, const Finding *finding, size_t places) {
    json_t *list = json_array();
    for (size_t i = 1; i < places; i++) {
        const Place *place = &finding->places[i];
        json_t *location = json_push(list, location_json(writer, place));
        json_put_int(location, "id", (int64_t)i);
        Buf buf;
        buf_init(&buf, LIMIT_REPORT_BYTES);
        sarif_escape(&buf, place->label.n
                               ? place->label
                               : place_text(writer->scratch, writer->sources, place->loc));
        json_put(location, "message", sarif_message(buf_str(&buf)));
        buf_clear(&buf);
    }
    return list;
}

/* The evidence path through the fault graph. */
static json_t *code_flows(const SarifWriter *writer, const Finding *finding) {
    json_t *steps = json_array();
    for (size_t i = 0; i < finding->chain_count && i < MAX_LOCATIONS; i++) {
        EntityId id = finding->chain[i];
        Place place = {.loc = inventory_loc(writer->report->inventory, id)};
        json_t *location = location_json(writer, &place);
        Buf buf;
        buf_init(&buf, LIMIT_REPORT_BYTES);
        sarif_escape(&buf, subject_text(writer, id));
        json_put(location, "message", sarif_message(buf_str(&buf)));
        buf_clear(&buf);
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

size_t sarif_rule_index(const Report *report, const Rule *rule) {
    for (size_t i = 0; i < report->rule_count; i++) {
        if (report->rules[i] == rule) {
            return i;
        }
    }
    return SIZE_MAX;
}

static void put_rule(const SarifWriter *writer, json_t *object, const Rule *rule) {
    json_put_text(object, "ruleId", rule->id);
    size_t index = sarif_rule_index(writer->report, rule);
    if (index != SIZE_MAX) {
        json_put_int(object, "ruleIndex", (int64_t)index);
    }
}

/* Without a status: one edition of the standard calls it `state`, another `status`. */
static json_t *suppressions(const Finding *finding) {
    json_t *item = json_object();
    json_put_text(item, "kind", STR("external"));
    json_put_stated(item, "justification", finding->waiver->reason);
    json_t *list = json_array();
    json_push(list, item);
    return list;
}

json_t *sarif_result(const SarifWriter *writer, const Finding *finding) {
    size_t places = finding->place_count < MAX_LOCATIONS ? finding->place_count : MAX_LOCATIONS;
    json_t *result = json_object();
    put_rule(writer, result, finding->rule);
    json_put_text(result, "kind", STR("fail"));
    json_put_text(result, "level", sarif_level(finding->severity));
    json_put(result, "message", sarif_message(result_message(writer, finding, places)));
    json_t *location = location_json(writer, &finding->places[0]);
    if (!json_object_get(location, "logicalLocations")) {
        json_put(location, "logicalLocations",
                 logical_location(inventory_kind_name(writer->report->inventory, finding->subject),
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
    bool known = finding->waiver && finding->waiver->known;
    if (writer->report->has_baseline) {
        json_put_text(result, "baselineState", known ? STR("unchanged") : STR("new"));
    }
    if (finding->waiver && !known) {
        json_put(result, "suppressions", suppressions(finding));
    }
    return result;
}
