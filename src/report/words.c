#include "report/words.h"

#include <assert.h>

#include "base/limits.h"

void words_count(Buf *out, size_t count, const char *noun) {
    buf_printf(out, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

static Str take(Arena *arena, Buf *buf) {
    Str text = arena_copy(arena, buf_str(buf));
    buf_clear(buf);
    return text;
}

Str words_names(Arena *arena, const Report *report, const EntityId *ids, size_t count, size_t limit,
                size_t total) {
    Buf buf;
    buf_init(&buf, LIMIT_REPORT_BYTES);
    total = total > count ? total : count;
    size_t shown = count < limit ? count : limit;
    for (size_t i = 0; i < shown; i++) {
        buf_addz(&buf, i ? ", " : "");
        buf_add(&buf, inventory_name(report->inventory, ids[i]));
    }
    if (total > shown) {
        buf_printf(&buf, " and %zu more", total - shown);
    }
    return take(arena, &buf);
}

Str words_join(Arena *arena, const Str *items, size_t count, const char *separator) {
    Buf buf;
    buf_init(&buf, LIMIT_REPORT_BYTES);
    for (size_t i = 0; i < count; i++) {
        buf_addz(&buf, i ? separator : "");
        buf_add(&buf, items[i]);
    }
    return take(arena, &buf);
}

Str words_not_assessed(Arena *arena, const Report *report, const NotAssessed *item, bool rule) {
    Str names = words_names(arena, report, item->entities, item->entity_count, item->entity_count,
                            item->count);
    if (item->reason.n) {
        return arena_printf(arena, "cannot decide%s%.*s%s%.*s: %.*s", rule ? " " : "",
                            STR_ARG(rule ? item->rule->id : STR_NONE), names.n ? " for " : "",
                            STR_ARG(names), STR_ARG(item->reason));
    }
    Str facts = words_join(arena, item->facts, item->fact_count, ", ");
    return arena_printf(arena, "cannot decide%s%.*s%s%.*s: %.*s %s not stated", rule ? " " : "",
                        STR_ARG(rule ? item->rule->id : STR_NONE), names.n ? " for " : "",
                        STR_ARG(names), STR_ARG(facts.n ? facts : STR("a fact that it needs")),
                        item->fact_count > 1 ? "are" : "is");
}

Str words_phase(Phase phase) {
    switch (phase) {
    case PHASE_NONE:
        return STR_NONE;
    case PHASE_EARLY:
        return STR("early");
    case PHASE_SETTLED:
        return STR("settled");
    case PHASE_BOTH:
        return STR("both");
    }
    assert(false);
    return STR_NONE;
}

Str words_assumption(Arena *arena, const Report *report, const Assumption *assumption) {
    enum { NAMES_SHOWN = 4 };
    Str names =
        words_names(arena, report, assumption->entities, assumption->entity_count, NAMES_SHOWN, 0);
    const char *open = assumption->source.n ? " (" : "";
    const char *close = assumption->source.n ? ")" : "";
    return arena_printf(arena, "%.*s = %.*s for %.*s%s%.*s%s", STR_ARG(assumption->fact),
                        STR_ARG(assumption->value), STR_ARG(names), open,
                        STR_ARG(assumption->source), close);
}

Str words_unseen(Arena *arena, const Unseen *unseen) {
    Str items = words_join(arena, unseen->missing, unseen->missing_count, ", ");
    return arena_printf(arena, "%.*s: %.*s", STR_ARG(unseen->layer), STR_ARG(items));
}

Str words_stubs(Arena *arena, const Report *report) {
    enum { NAMES_SHOWN = 6 };
    if (!report->stub_count) {
        return STR_NONE;
    }
    EntityId ids[NAMES_SHOWN];
    size_t count = 0;
    size_t last = inventory_entity_count(report->inventory);
    for (EntityId id = 1; id <= last && count < NAMES_SHOWN; id++) {
        if (inventory_is_stub(report->inventory, id)) {
            ids[count++] = id;
        }
    }
    Str names = words_names(arena, report, ids, count, NAMES_SHOWN, report->stub_count);
    return arena_printf(arena, "named, not described: %.*s", STR_ARG(names));
}

Str words_chain(Arena *arena, const Report *report, const Finding *finding) {
    Str *names = arena_array(arena, Str, finding->chain_count + 1);
    for (size_t i = 0; i < finding->chain_count; i++) {
        names[i] = inventory_name(report->inventory, finding->chain[i]);
    }
    return words_join(arena, names, finding->chain_count, " -> ");
}

size_t words_outcomes(const Report *report, RuleOutcome outcome) {
    size_t count = 0;
    for (size_t i = 0; i < report->rule_count; i++) {
        count += report->outcomes[i] == outcome;
    }
    return count;
}

/* The day on which the first waiver ends; empty if none does. */
static Str first_end(const Report *report) {
    Str first = STR_NONE;
    for (size_t i = 0; i < report->finding_count; i++) {
        const Waiver *waiver = report->findings[i]->waiver;
        if (waiver && waiver->until.n && (!first.n || str_cmp(waiver->until, first) < 0)) {
            first = waiver->until;
        }
    }
    return first;
}

void words_summary(const Report *report, Buf *out) {
    words_count(out, report->errors, "error");
    buf_addz(out, ", ");
    words_count(out, report->warnings, "warning");
    buf_printf(out, ", %zu info, %zu not assessed", report->infos, report->not_assessed_count);
    if (report->accepted) {
        buf_printf(out, ", %zu accepted", report->accepted);
        Str until = first_end(report);
        if (until.n) {
            buf_printf(out, " (the first until %.*s)", STR_ARG(until));
        }
    }
    if (report->has_baseline) {
        buf_printf(out, ", %zu known from the baseline, %zu fixed", report->known,
                   report->fixed_count);
    }
    buf_addz(out, "; ");
    words_coverage(report, out);
}

void words_coverage(const Report *report, Buf *out) {
    const Coverage *coverage = &report->coverage;
    buf_addz(out, coverage->decided ? "" : "nothing was checked; ");
    words_count(out, report->rule_count, "rule");
    buf_printf(out, ": %zu decided", coverage->decided);
    if (coverage->partly) {
        buf_printf(out, " (%zu in part)", coverage->partly);
    }
    buf_printf(out, ", %zu not assessed, %zu not applicable", coverage->not_assessed,
               coverage->not_applicable);
    if (coverage->failed) {
        buf_printf(out, ", %zu failed to run", coverage->failed);
    }
}

Str words_absent(Arena *arena, const Report *report, size_t rule) {
    const struct KindNames *absent = &report->coverage.absent[rule];
    Str kinds = words_join(arena, absent->items, absent->count, ", ");
    return arena_printf(arena, "%.*s is about nothing in the inputs%s%.*s",
                        STR_ARG(report->rules[rule]->id), kinds.n ? ": there is no " : "",
                        STR_ARG(kinds));
}

Str words_accepted(const Finding *finding) {
    const Waiver *waiver = finding->waiver;
    return !waiver ? STR_NONE : waiver->known ? STR("known") : STR("accepted");
}

bool report_shows(const ReportOptions *options, const Finding *finding) {
    return !finding->waiver || options->show_accepted;
}

const Proposals *report_proposals(const Report *report, const Finding *finding) {
    const Proposals *proposals = report->proposals ? &report->proposals[finding->number - 1] : NULL;
    return proposals && proposals->asked ? proposals : NULL;
}
