/* The report as JSON (CONTRACTS.md section 11); schemas/report.schema.json describes it. */
#include "report/json_value.h"
#include "report/snippet.h"
#include "report/words.h"
#include "rule/baseline.h"

typedef struct Writer {
    const Report *report;
    const Sources *sources;
    Arena *scratch;
} Writer;

static json_t *entity(const Writer *writer, EntityId id) {
    json_t *value = json_object();
    json_put_text(value, "kind", inventory_kind_name(writer->report->inventory, id));
    json_put_text(value, "name", inventory_name(writer->report->inventory, id));
    return value;
}

static json_t *entities(const Writer *writer, const EntityId *ids, size_t count) {
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_push(list, entity(writer, ids[i]));
    }
    return list;
}

static json_t *location(const Writer *writer, const Place *place) {
    const Source *source = source_of(writer->sources, place->loc.source);
    Loc loc = place->loc;
    json_t *value = json_object();
    json_put_text(value, "file", source->path);
    json_put_int(value, "line", loc.line ? loc.line : 1);
    json_put_int(value, "column", loc.column ? loc.column : 1);
    int64_t width = source_is_table(source) || !loc.length ? 1 : loc.length;
    json_put_int(value, "endColumn", (loc.column ? loc.column : 1) + width);
    json_put_stated(value, "sheet", source->sheet);
    json_put_stated(value, "cell", place_cell(writer->scratch, writer->sources, loc));
    json_put_stated(value, "path", place->field);
    json_put_text(value, "text", place->text.n ? place->text : place_excerpt(writer->sources, loc));
    json_put_text(value, "label", place->label);
    return value;
}

static json_t *locations(const Writer *writer, const Finding *finding) {
    json_t *list = json_array();
    for (size_t i = 0; i < finding->place_count; i++) {
        json_push(list, location(writer, &finding->places[i]));
    }
    return list;
}

static json_t *assumptions(const Writer *writer, const Finding *finding) {
    json_t *list = json_array();
    for (size_t i = 0; i < finding->assumed_count; i++) {
        const Assumption *assumption = &finding->assumed[i];
        json_t *value = json_push(list, json_object());
        json_put_text(value, "fact", assumption->fact);
        json_put_text(value, "value", assumption->value);
        json_put_text(value, "source", assumption->source);
        json_put(value, "entities",
                 entities(writer, assumption->entities, assumption->entity_count));
    }
    return list;
}

static json_t *evidence(const Writer *writer, const Finding *finding) {
    json_t *list = json_array();
    for (size_t i = 0; i < finding->evidence_count; i++) {
        const Finding *carried = finding->evidence[i];
        json_t *value = json_push(list, json_object());
        json_put_text(value, "rule", carried->rule->id);
        json_put_text(value, "severity", severity_name(carried->severity));
        json_put_text(value, "message", carried->message);
        json_put(value, "subject", entity(writer, carried->subject));
        json_put(value, "related", entities(writer, carried->related, carried->related_count));
        json_put(value, "locations", locations(writer, carried));
        json_put_text(value, "fingerprint", carried->fingerprint);
    }
    return list;
}

static json_t *services(const Writer *writer, const Finding *finding) {
    json_t *list = json_array();
    for (size_t i = 0; i < finding->service_count; i++) {
        json_push(list, json_text(inventory_name(writer->report->inventory, finding->services[i])));
    }
    return list;
}

static json_t *suggestions(const Proposals *proposals) {
    json_t *list = json_array();
    for (size_t i = 0; i < proposals->count; i++) {
        const Proposal *proposal = &proposals->items[i];
        json_t *value = json_push(list, json_object());
        json_put_text(value, "suggestion", proposal->suggestion);
        json_put_text(value, "title", proposal->title);
        json_put_text(value, "leaves", severity_name(proposal->left));
        json_put_text(value, "overlay", proposal->overlay);
    }
    return list;
}

static void put_suggestions(json_t *value, const Report *report, const Finding *finding) {
    const Proposals *proposals = report_proposals(report, finding);
    if (proposals) {
        json_put(value, "suggestions", suggestions(proposals));
        json_put_int(value, "suggestions_tried", (int64_t)proposals->tried);
        json_put(value, "suggestions_truncated", json_boolean(proposals->truncated));
    }
}

static json_t *finding_json(const Writer *writer, const Finding *finding) {
    json_t *value = json_object();
    json_put_int(value, "number", finding->number);
    json_put_text(value, "rule", finding->rule->id);
    json_put_text(value, "severity", severity_name(finding->severity));
    json_put_text(value, "verdict", STR("fail"));
    json_put_text(value, "message", finding->message);
    json_put(value, "subject", entity(writer, finding->subject));
    json_put(value, "related", entities(writer, finding->related, finding->related_count));
    json_put(value, "services", services(writer, finding));
    json_put_stated(value, "phase", words_phase(finding->phase));
    json_put(value, "assumed", assumptions(writer, finding));
    json_put(value, "locations", locations(writer, finding));
    json_put(value, "evidence", evidence(writer, finding));
    json_put(value, "chain", entities(writer, finding->chain, finding->chain_count));
    json_put(value, "notes", json_texts(finding->notes, finding->note_count));
    json_put_stated(value, "replay", finding->replay);
    json_put_text(value, "fix", finding->fix);
    json_put_text(value, "fingerprint", finding->fingerprint);
    put_suggestions(value, writer->report, finding);
    if (writer->report->has_baseline) {
        bool known = finding->waiver && finding->waiver->known;
        json_put_text(value, "baseline", known ? STR("known") : STR("new"));
    }
    if (finding->waiver && !finding->waiver->known) {
        json_t *waiver = json_object();
        json_put_text(waiver, "reason", finding->waiver->reason);
        json_put_stated(waiver, "owner", finding->waiver->owner);
        json_put_stated(waiver, "until", finding->waiver->until);
        json_put(value, "waiver", waiver);
    }
    return value;
}

static json_t *inputs(const Writer *writer) {
    json_t *list = json_array();
    for (size_t i = 0; i < writer->report->input_count; i++) {
        const Source *source = source_of(writer->sources, writer->report->inputs[i]);
        json_t *value = json_push(list, json_object());
        json_put_text(value, "file", source->path);
        json_put_text(value, "sha256", source->sha256);
        json_put_text(value, "format", source->format);
        json_put_stated(value, "as_of", source->as_of);
    }
    return list;
}

static json_t *not_assessed(const Writer *writer) {
    json_t *list = json_array();
    for (size_t i = 0; i < writer->report->not_assessed_count; i++) {
        const NotAssessed *item = &writer->report->not_assessed[i];
        json_t *value = json_push(list, json_object());
        json_put_text(value, "rule", item->rule->id);
        json_put(value, "facts", json_texts(item->facts, item->fact_count));
        json_put_int(value, "count", (int64_t)item->count);
        json_put(value, "entities", entities(writer, item->entities, item->entity_count));
        json_put_stated(value, "reason", item->reason);
    }
    return list;
}

static json_t *failed_rules(const Writer *writer) {
    json_t *list = json_array();
    for (size_t i = 0; i < writer->report->failure_count; i++) {
        const RuleFailure *failure = &writer->report->failures[i];
        Place place = {.loc = failure->loc};
        json_t *value = json_push(list, json_object());
        json_put_text(value, "rule", failure->rule->id);
        json_put_text(value, "reason", failure->reason);
        json_put(value, "location", location(writer, &place));
    }
    return list;
}

static json_t *fixed(const Report *report) {
    json_t *list = json_array();
    for (size_t i = 0; i < report->fixed_count; i++) {
        json_t *value = json_push(list, json_object());
        json_put_text(value, "rule", report->fixed[i]->rule->id);
        json_put_text(value, "entity", report->fixed[i]->entity);
        json_put_text(value, "fingerprint", report->fixed[i]->fingerprint);
    }
    return list;
}

static json_t *summary(const Report *report) {
    json_t *value = json_object();
    json_put_int(value, "errors", (int64_t)report->errors);
    json_put_int(value, "warnings", (int64_t)report->warnings);
    json_put_int(value, "infos", (int64_t)report->infos);
    json_put_int(value, "accepted", (int64_t)report->accepted);
    json_put_int(value, "known", (int64_t)report->known);
    json_put_int(value, "fixed", (int64_t)report->fixed_count);
    json_put_int(value, "not_assessed", (int64_t)report->not_assessed_count);
    json_put_int(value, "rules_run", (int64_t)report->rule_count);
    json_put_int(value, "rules_passed", (int64_t)words_outcomes(report, RULE_PASSED));
    json_put_int(value, "rules_not_applicable",
                 (int64_t)words_outcomes(report, RULE_NOT_APPLICABLE));
    json_put_int(value, "rules_failed", (int64_t)report->failure_count);
    json_put_int(value, "services", (int64_t)report->service_count);
    json_put_int(value, "named_not_described", (int64_t)report->stub_count);
    return value;
}

static const char *outcome_name(RuleOutcome outcome) {
    static const char *const names[] = {[RULE_FOUND] = "found",
                                        [RULE_PASSED] = "passed",
                                        [RULE_NOT_ASSESSED] = "not-assessed",
                                        [RULE_NOT_APPLICABLE] = "not-applicable",
                                        [RULE_FAILED] = "failed"};
    return names[outcome];
}

static json_t *rules(const Report *report) {
    json_t *list = json_array();
    for (size_t i = 0; i < report->rule_count; i++) {
        json_t *value = json_push(list, json_object());
        json_put_text(value, "rule", report->rules[i]->id);
        json_put_text(value, "outcome", str_of(outcome_name(report->outcomes[i])));
        if (report->outcomes[i] == RULE_NOT_APPLICABLE) {
            const struct KindNames *absent = &report->coverage.absent[i];
            json_put(value, "absent", json_texts(absent->items, absent->count));
        }
    }
    return list;
}

void report_json(const Report *report, const ReportOptions *options, Buf *out) {
    (void)options; /* accepted findings are always in: they say so */
    Writer writer = {.report = report,
                     .sources = inventory_sources(report->inventory),
                     .scratch = arena_open(0)};
    json_t *root = json_object();
    json_put_text(root, "schema", STR("topolint-report/1"));
    json_put_text(root, "topolint", report->version);
    json_put_text(root, "profile", report->profile);
    json_put_stated(root, "name", inventory_head(report->inventory)->name);
    json_put_text(root, "as_of", inventory_head(report->inventory)->as_of);
    json_put(root, "inputs", inputs(&writer));
    json_t *findings = json_array();
    for (size_t i = 0; i < report->finding_count; i++) {
        json_push(findings, finding_json(&writer, report->findings[i]));
    }
    json_put(root, "findings", findings);
    json_put(root, "fixed", fixed(report));
    json_put(root, "not_assessed", not_assessed(&writer));
    json_put(root, "failed_rules", failed_rules(&writer));
    json_put(root, "rules", rules(report));
    json_put(root, "unseen", json_unseen(report));
    json_put(root, "coverage", json_coverage(report));
    json_put(root, "summary", summary(report));
    json_write(root, out);
    arena_close(writer.scratch);
}
