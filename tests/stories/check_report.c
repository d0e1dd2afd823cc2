/* Findings and what could not be assessed, against the story. */
#include "story.h"

static Str label(const Story *story, const Report *report, EntityId id) {
    return entity_label(story->arena, report->inventory, id);
}

/* "kind:name", or the name alone where the story leaves the kind out. */
static bool is_called(const Story *story, const Report *report, EntityId id, Str text) {
    return str_eq(inventory_name(report->inventory, id), text) ||
           str_eq(label(story, report, id), text);
}

static bool is_about(const Story *story, const Report *report, const Finding *finding, Str rule,
                     Str subject) {
    return str_eq(finding->rule->id, rule) &&
           (!subject.n || is_called(story, report, finding->subject, subject));
}

static bool holds(Str text, Str part) {
    return str_find_str(text, part) != SIZE_MAX;
}

static bool finding_says(const Finding *finding, Str part) {
    bool found =
        holds(finding->message, part) || holds(finding->replay, part) || holds(finding->fix, part);
    for (size_t i = 0; i < finding->note_count; i++) {
        found = found || holds(finding->notes[i], part);
    }
    for (size_t i = 0; i < finding->place_count; i++) {
        found = found || holds(finding->places[i].label, part);
    }
    return found;
}

static bool has_word(const Words *words, const Story *story, const Report *report, EntityId id) {
    for (size_t i = 0; i < words->count; i++) {
        if (is_called(story, report, id, words->items[i])) {
            return true;
        }
    }
    return false;
}

static void check_ids(Story *story, const Report *report, const Claim *claim, const EntityId *ids,
                      size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!has_word(&claim->words, story, report, ids[i])) {
            story_mistake(story, claim->line, "%.*s also has %.*s", STR_ARG(claim->verb),
                          STR_ARG(label(story, report, ids[i])));
        }
    }
    if (claim->words.count != count) {
        story_mistake(story, claim->line, "%.*s has %zu names, not %zu", STR_ARG(claim->verb),
                      count, claim->words.count);
    }
}

static void check_place(Story *story, const Report *report, const Finding *finding,
                        const Claim *claim, bool primary) {
    size_t limit = primary ? 1 : finding->place_count;
    for (size_t i = 0; i < limit; i++) {
        Loc loc = finding->places[i].loc;
        Str path = source_of(inventory_sources(report->inventory), loc.source)->path;
        Str place = arena_printf(story->arena, "%.*s:%u:%u", STR_ARG(path), loc.line, loc.column);
        if (str_ends(place, claim->text)) {
            return;
        }
        if (primary) {
            story_mistake(story, claim->line, "its primary place is %.*s", STR_ARG(place));
            return;
        }
    }
    story_mistake(story, claim->line, "no such place");
}

static void check_carried(Story *story, const Report *report, const Finding *finding,
                          const Claim *claim) {
    for (size_t i = 0; i < finding->evidence_count; i++) {
        if (is_about(story, report, finding->evidence[i], claim->words.items[0],
                     claim->words.items[1])) {
            return;
        }
    }
    story_mistake(story, claim->line, "it carries no such finding");
}

static void check_assumed(Story *story, const Report *report, const Finding *finding,
                          const Claim *claim) {
    Words names = {.count = claim->words.count - 1};
    for (size_t i = 0; i < names.count; i++) {
        names.items[i] = claim->words.items[i + 1];
    }
    Claim below = {claim->verb, claim->text, names, claim->line};
    for (size_t i = 0; i < finding->assumed_count; i++) {
        const Assumption *assumed = &finding->assumed[i];
        if (str_eq(assumed->fact, claim->words.items[0])) {
            check_ids(story, report, &below, assumed->entities, assumed->entity_count);
            return;
        }
    }
    story_mistake(story, claim->line, "not assumed");
}

/* If one default is listed, all are. */
static void check_assumed_count(Story *story, const Finding *finding,
                                const ExpectedFinding *expected) {
    size_t count = 0;
    for (size_t i = 0; i < expected->claim_count; i++) {
        count += str_eq(expected->claims[i].verb, STR("assumes"));
    }
    if (count && count != finding->assumed_count) {
        story_mistake(story, expected->line, "%zu defaults are assumed", finding->assumed_count);
    }
}

static void check_claim(Story *story, const Report *report, const Finding *finding,
                        const Claim *claim, bool first_place) {
    if (str_eq(claim->verb, STR("says")) && !finding_says(finding, claim->text)) {
        story_mistake(story, claim->line, "not said; the message is: %.*s",
                      STR_ARG(finding->message));
    } else if (str_eq(claim->verb, STR("hides")) && finding_says(finding, claim->text)) {
        story_mistake(story, claim->line, "it says so");
    } else if (str_eq(claim->verb, STR("at"))) {
        check_place(story, report, finding, claim, first_place);
    } else if (str_eq(claim->verb, STR("related"))) {
        check_ids(story, report, claim, finding->related, finding->related_count);
    } else if (str_eq(claim->verb, STR("services"))) {
        check_ids(story, report, claim, finding->services, finding->service_count);
    } else if (str_eq(claim->verb, STR("carries"))) {
        check_carried(story, report, finding, claim);
    } else if (str_eq(claim->verb, STR("assumes"))) {
        check_assumed(story, report, finding, claim);
    }
}

static void check_finding(Story *story, const Report *report, const ExpectedFinding *expected,
                          ProfileId profile) {
    Severity severity = expected->severity[profile];
    const Finding *finding = NULL;
    for (size_t i = 0; i < report->finding_count && !finding; i++) {
        if (is_about(story, report, report->findings[i], expected->rule, expected->subject)) {
            finding = report->findings[i];
        }
    }
    Severity found = finding ? finding->severity : SEVERITY_NONE;
    if (found != severity) {
        story_mistake(story, expected->line, "%.*s: %.*s for %.*s, found %.*s",
                      STR_ARG(profile_name(profile)), STR_ARG(expected->rule),
                      STR_ARG(expected->subject), STR_ARG(severity_name(found)));
    }
    bool first_place = true;
    for (size_t i = 0; finding && i < expected->claim_count; i++) {
        check_claim(story, report, finding, &expected->claims[i], first_place);
        first_place = first_place && !str_eq(expected->claims[i].verb, STR("at"));
    }
    if (finding) {
        check_assumed_count(story, finding, expected);
    }
}

static void check_unexpected(Story *story, const Report *report, ProfileId profile) {
    for (size_t i = 0; i < report->finding_count; i++) {
        const Finding *finding = report->findings[i];
        bool expected = false;
        for (size_t j = 0; j < story->finding_count && !expected; j++) {
            expected = is_about(story, report, finding, story->findings[j].rule,
                                story->findings[j].subject);
        }
        if (!expected) {
            story_mistake(story, 1, "%.*s: not expected: %.*s %.*s %.*s: %.*s",
                          STR_ARG(profile_name(profile)), STR_ARG(severity_name(finding->severity)),
                          STR_ARG(finding->rule->id),
                          STR_ARG(label(story, report, finding->subject)),
                          STR_ARG(finding->message));
        }
    }
}

/* ---- not assessed ---- */

static size_t word_at(const Words *words, Str word) {
    size_t at = 0;
    while (at < words->count && !str_eq(words->items[at], word)) {
        at++;
    }
    return at;
}

static bool lacks_exactly(const NotAssessed *set, const Words *words, size_t from) {
    for (size_t i = 0; i < set->fact_count; i++) {
        if (word_at(words, set->facts[i]) == words->count) {
            return false;
        }
    }
    return set->fact_count == words->count - from;
}

static void tell_facts(Story *story, const NotAssessed *set, uint32_t line) {
    for (size_t i = 0; i < set->fact_count; i++) {
        story_mistake(story, line, "it lacks %.*s", STR_ARG(set->facts[i]));
    }
}

static void check_unknown(Story *story, const Report *report, const Claim *claim) {
    size_t colon = word_at(&claim->words, STR(":"));
    for (size_t w = 1; w < colon; w++) {
        bool found = false;
        for (size_t i = 0; i < report->not_assessed_count && !found; i++) {
            const NotAssessed *set = &report->not_assessed[i];
            for (size_t j = 0; j < set->entity_count && !found; j++) {
                found = str_eq(set->rule->id, claim->words.items[0]) &&
                        is_called(story, report, set->entities[j], claim->words.items[w]);
            }
            if (found && !lacks_exactly(set, &claim->words, colon + 1)) {
                tell_facts(story, set, claim->line);
            }
        }
        if (!found) {
            story_mistake(story, claim->line, "%.*s is not unknown",
                          STR_ARG(claim->words.items[w]));
        }
    }
}

static bool is_unknown(const Story *story, const Report *report, Str rule, Str subject) {
    for (size_t i = 0; i < report->not_assessed_count; i++) {
        const NotAssessed *set = &report->not_assessed[i];
        for (size_t j = 0; j < set->entity_count && str_eq(set->rule->id, rule); j++) {
            if (is_called(story, report, set->entities[j], subject)) {
                return true;
            }
        }
    }
    return false;
}

static void check_decided(Story *story, const Report *report, const Claim *claim) {
    for (size_t i = 1; i < claim->words.count; i++) {
        if (is_unknown(story, report, claim->words.items[0], claim->words.items[i])) {
            story_mistake(story, claim->line, "%.*s is unknown", STR_ARG(claim->words.items[i]));
        }
    }
}

/* ---- what must not be said ---- */

static bool is_found(const Story *story, const Report *report, const Words *words) {
    Str subject = words->count > 1 ? words->items[1] : STR_NONE;
    for (size_t i = 0; i < report->finding_count; i++) {
        const Finding *finding = report->findings[i];
        if (is_about(story, report, finding, words->items[0], subject)) {
            return true;
        }
        for (size_t j = 0; j < finding->evidence_count; j++) {
            if (is_about(story, report, finding->evidence[j], words->items[0], subject)) {
                return true;
            }
        }
    }
    return false;
}

static bool is_said(const Report *report, Str text) {
    for (size_t i = 0; i < report->finding_count; i++) {
        if (finding_says(report->findings[i], text)) {
            return true;
        }
    }
    return false;
}

void story_check_report(Story *story, const Report *report, ProfileId profile) {
    for (size_t i = 0; i < story->finding_count; i++) {
        check_finding(story, report, &story->findings[i], profile);
    }
    check_unexpected(story, report, profile);
    for (size_t i = 0; i < story->claim_count; i++) {
        const Claim *claim = &story->claims[i];
        if (str_eq(claim->verb, STR("unknown")) && profile == PROFILE_DEFAULT) {
            check_unknown(story, report, claim);
        } else if (str_eq(claim->verb, STR("decided"))) {
            check_decided(story, report, claim);
        } else if (str_eq(claim->verb, STR("never")) && is_found(story, report, &claim->words)) {
            story_mistake(story, claim->line, "%.*s: found", STR_ARG(profile_name(profile)));
        } else if (str_eq(claim->verb, STR("silent")) && is_said(report, claim->text)) {
            story_mistake(story, claim->line, "%.*s: said", STR_ARG(profile_name(profile)));
        }
    }
    for (size_t i = 0; i < report->failure_count; i++) {
        story_mistake(story, 1, "%.*s failed: %.*s", STR_ARG(report->failures[i].rule->id),
                      STR_ARG(report->failures[i].reason));
    }
}
