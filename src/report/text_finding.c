/* A finding in the text report, the multi-place diagnostic (DIAGNOSTICS.md section 2). */
#include "report/text_finding.h"

#include "report/snippet.h"
#include "report/words.h"

/* More than these would bury the message; JSON and SARIF hold all. */
enum { PLACES_SHOWN = 8, CARRIED_SHOWN = 12, SERVICES_SHOWN = 12 };

static void write_headline(const TextWriter *writer, const Finding *finding) {
    const Page *page = &writer->page;
    Str head = arena_printf(writer->scratch, "%.*s[%.*s]%s%.*s",
                            STR_ARG(severity_name(finding->severity)), STR_ARG(finding->rule->id),
                            finding->waiver ? " " : "", STR_ARG(words_accepted(finding)));
    Str number = arena_printf(writer->scratch, " %u: ", finding->number);
    page_styled(page, severity_style(finding->severity), head);
    page_style(page, STYLE_BOLD);
    page_text(page, number);
    page_wrap(page, finding->message, (int)(head.n + number.n), 2);
    page_style(page, STYLE_PLAIN);
    buf_addc(page->out, '\n');
}

static bool same_loc(Loc a, Loc b) {
    return a.source == b.source && a.line == b.line && a.column == b.column;
}

/* Places without repetitions; a further place at the spot of an earlier one only adds its label
 * where that has none. */
static size_t gather_marks(const Finding *finding, Mark *marks, size_t *ret_left) {
    size_t count = 0;
    *ret_left = 0;
    for (size_t i = 0; i < finding->place_count; i++) {
        const Place *place = &finding->places[i];
        size_t j = 0;
        while (j < count &&
               !(same_loc(marks[j].loc, place->loc) &&
                 (!place->label.n || !marks[j].label.n || str_eq(marks[j].label, place->label)))) {
            j++;
        }
        if (j < count) {
            marks[j].label = marks[j].label.n ? marks[j].label : place->label;
        } else if (count < PLACES_SHOWN) {
            marks[count++] = (Mark){place->loc, place->label, place->text, i == 0};
        } else {
            ++*ret_left;
        }
    }
    return count;
}

static void write_carried(const TextWriter *writer, const Snippet *snippet,
                          const Finding *finding) {
    for (size_t i = 0; i < finding->evidence_count; i++) {
        const Finding *carried = finding->evidence[i];
        if (i == CARRIED_SHOWN) {
            snippet_note(snippet, "carries",
                         arena_printf(writer->scratch, "%zu more", finding->evidence_count - i));
            return;
        }
        Str where = carried->place_count
                        ? place_text(writer->scratch, writer->sources, carried->places[0].loc)
                        : STR_NONE;
        snippet_note(snippet, "carries",
                     arena_printf(writer->scratch, "%.*s: %.*s%s%.*s%s", STR_ARG(carried->rule->id),
                                  STR_ARG(carried->message), where.n ? " (" : "", STR_ARG(where),
                                  where.n ? ")" : ""));
    }
}

/* The services, unless the message has named them all already. */
static void write_services(const TextWriter *writer, const Snippet *snippet,
                           const Finding *finding) {
    bool named = true;
    for (size_t i = 0; named && i < finding->service_count; i++) {
        Str name = inventory_name(writer->report->inventory, finding->services[i]);
        named = str_find_str(finding->message, name) != SIZE_MAX;
    }
    if (!named) {
        snippet_note(snippet, "services",
                     words_names(writer->scratch, writer->report, finding->services,
                                 finding->service_count, SERVICES_SHOWN, 0));
    }
}

static void write_positions(const TextWriter *writer, const Snippet *snippet, const Rule *rule) {
    for (size_t i = 0; i < rule->position_count; i++) {
        const RulePosition *position = &rule->positions[i];
        snippet_note(snippet, "position",
                     arena_printf(writer->scratch, "%.*s: %.*s", STR_ARG(position->who),
                                  STR_ARG(str_trim(position->text))));
    }
}

/* The name by which a waiver names the entity: with its kind only where others have it too. */
static Str waiver_name(const TextWriter *writer, EntityId id) {
    const Inventory *inventory = writer->report->inventory;
    Str name = inventory_name(inventory, id);
    bool several;
    return inventory_find_entity(inventory, name, &several) == id
               ? name
               : inventory_full_name(inventory, writer->scratch, id);
}

/* "by j.devries until 2027-01-31: the reason". */
static Str waiver_text(Arena *arena, const Waiver *waiver) {
    Str parts[2];
    size_t count = 0;
    if (waiver->owner.n) {
        parts[count++] = arena_printf(arena, "by %.*s", STR_ARG(waiver->owner));
    }
    if (waiver->until.n) {
        parts[count++] = arena_printf(arena, "until %.*s", STR_ARG(waiver->until));
    }
    Str head = words_join(arena, parts, count, " ");
    return arena_printf(arena, "%.*s%s%.*s", STR_ARG(head), head.n ? ": " : "",
                        STR_ARG(waiver->reason));
}

static void write_accept(const TextWriter *writer, const Snippet *snippet, const Finding *finding) {
    const Waiver *waiver = finding->waiver;
    if (waiver) {
        snippet_note(snippet, words_accepted(finding).s, waiver_text(writer->scratch, waiver));
    } else if (writer->options->show_accept && finding->rule->waivable) {
        snippet_note(snippet, "accept",
                     arena_printf(writer->scratch,
                                  "{rule: %.*s, entity: %.*s, until: YYYY-MM-DD, reason: ...}",
                                  STR_ARG(finding->rule->id),
                                  STR_ARG(waiver_name(writer, finding->subject))));
    }
}

/* Indented and else as it is: behind the spaces it is YAML still, and in ASCII. */
static void write_overlay(const TextWriter *writer, Str overlay) {
    Str line;
    while (str_cut(&overlay, '\n', &line)) {
        if (line.n) {
            buf_printf(writer->page.out, "      %.*s\n", STR_ARG(line));
        }
    }
}

static Str words_tried(const TextWriter *writer, const Proposals *proposals) {
    const char *rest = proposals->truncated ? "; there are others, which were not tried" : "";
    return proposals->tried
               ? arena_printf(writer->scratch,
                              "none: %zu edit%s of the catalogue tried, none cures it without "
                              "another finding%s",
                              proposals->tried, proposals->tried == 1 ? "" : "s", rest)
               : arena_printf(writer->scratch, "none: no edit of the catalogue fits%s", rest);
}

static void write_suggestions(const TextWriter *writer, const Snippet *snippet,
                              const Finding *finding) {
    const Report *report = writer->report;
    const Proposals *proposals = report_proposals(report, finding);
    if (!proposals) {
        return;
    }
    if (!proposals->count) {
        snippet_note(snippet, "suggest", words_tried(writer, proposals));
    }
    for (size_t i = 0; i < proposals->count; i++) {
        const Proposal *proposal = &proposals->items[i];
        snippet_note(snippet, "suggest",
                     arena_printf(writer->scratch, "%.*s; run with it: %s, nothing new",
                                  STR_ARG(proposal->title),
                                  proposal->left == SEVERITY_NONE ? "the finding is gone"
                                                                  : "the finding is an info"));
        write_overlay(writer, proposal->overlay);
    }
}

static void write_notes(const TextWriter *writer, const Snippet *snippet, const Finding *finding) {
    if (finding->replay.n) {
        snippet_note(snippet, "replay", finding->replay);
    }
    if (finding->chain_count > 1) {
        snippet_note(snippet, "chain", words_chain(writer->scratch, writer->report, finding));
    }
    write_services(writer, snippet, finding);
    for (size_t i = 0; i < finding->note_count; i++) {
        snippet_note(snippet, "note", finding->notes[i]);
    }
    write_carried(writer, snippet, finding);
    for (size_t i = 0; i < finding->assumed_count; i++) {
        snippet_note(snippet, "assumed",
                     words_assumption(writer->scratch, writer->report, &finding->assumed[i]));
    }
    write_positions(writer, snippet, finding->rule);
    if (finding->fix.n) {
        snippet_note(snippet, "help", finding->fix);
    }
    write_suggestions(writer, snippet, finding);
    write_accept(writer, snippet, finding);
    snippet_note(
        snippet, "docs",
        arena_printf(writer->scratch, "topolint explain %.*s", STR_ARG(finding->rule->id)));
}

void text_finding(const TextWriter *writer, const Finding *finding) {
    ArenaMark mark = arena_mark(writer->scratch);
    Mark marks[PLACES_SHOWN];
    size_t left = 0;
    size_t count = gather_marks(finding, marks, &left);
    Snippet snippet = {.page = &writer->page,
                       .sources = writer->sources,
                       .scratch = writer->scratch,
                       .style = severity_style(finding->severity),
                       .gutter = snippet_gutter(writer->sources, writer->scratch, marks, count)};
    write_headline(writer, finding);
    snippet_print(&snippet, marks, count);
    if (left) {
        snippet_note(&snippet, "", arena_printf(writer->scratch, "%zu further places", left));
    }
    write_notes(writer, &snippet, finding);
    buf_addc(writer->page.out, '\n');
    arena_release(writer->scratch, mark);
}
