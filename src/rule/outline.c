#include "rule/outline.h"

#include "rule/pack.h"

typedef struct Outline {
    const Report *report;
    Arena *scratch;
    Buf *out;
} Outline;

static void text(const Outline *outline, const char *what, Str value) {
    if (value.n) {
        buf_printf(outline->out, "  %s: %.*s\n", what, STR_ARG(value));
    }
}

static void entities(const Outline *outline, const char *what, const EntityId *ids, size_t count) {
    for (size_t i = 0; i < count; i++) {
        text(outline, what,
             inventory_full_name(outline->report->inventory, outline->scratch, ids[i]));
    }
}

static void add_finding(const Outline *outline, const Finding *finding) {
    Str name = inventory_full_name(outline->report->inventory, outline->scratch, finding->subject);
    buf_printf(outline->out, "%.*s %.*s: %.*s\n", STR_ARG(severity_name(finding->severity)),
               STR_ARG(name), STR_ARG(finding->message));
    entities(outline, "related", finding->related, finding->related_count);
    entities(outline, "service", finding->services, finding->service_count);
    entities(outline, "chain", finding->chain, finding->chain_count);
    text(outline, "replay", finding->replay);
    text(outline, "fix", finding->fix);
    for (size_t i = 0; i < finding->note_count; i++) {
        text(outline, "note", finding->notes[i]);
    }
    for (size_t i = 0; i < finding->assumed_count; i++) {
        text(outline, "assumed", finding->assumed[i].fact);
    }
    for (size_t i = 0; i < finding->place_count; i++) {
        text(outline, "place", finding->places[i].label);
    }
    text(outline, "fingerprint", finding->fingerprint);
}

static void add_unknown(const Outline *outline, const NotAssessed *set) {
    buf_printf(outline->out, "not assessed: %zu\n", set->count);
    entities(outline, "subject", set->entities, set->entity_count);
    for (size_t i = 0; i < set->fact_count; i++) {
        text(outline, "fact", set->facts[i]);
    }
    text(outline, "reason", set->reason);
}

void report_outline(const Report *report, Buf *out) {
    Outline outline = {report, arena_open(0), out};
    for (size_t i = 0; i < report->finding_count; i++) {
        add_finding(&outline, report->findings[i]);
    }
    for (size_t i = 0; i < report->not_assessed_count; i++) {
        add_unknown(&outline, &report->not_assessed[i]);
    }
    buf_printf(out, "%zu decided, %zu not applicable\n", report->coverage.decided,
               report->coverage.not_applicable);
    arena_close(outline.scratch);
}
