/* The names of rules, the tables of the fault graph and the conflicts, against the story. */
#include "story.h"

/* Rows of a statement as lines of words. */
typedef struct Lines {
    Str items[LINES_MAX * 4];
    size_t count;
} Lines;

static void ask(Story *story, const World *world, const char *sql, Lines *ret) {
    ret->count = 0;
    Database *database;
    Query *query;
    QueryError error = {.message = STR_NONE};
    Catalog catalog = *lint_catalog(world->lint);
    catalog.ad_hoc = true;
    if (database_open(story->arena, &catalog, &database).failed) {
        story_mistake(story, 1, "no database");
        return;
    }
    if (query_prepare(database, str_of(sql), &query, &error)) {
        while (query_step(query, &error) == QUERY_ROW && ret->count < LINES_MAX * 4) {
            ret->items[ret->count++] = arena_copy(story->arena, query_text(query, 0));
        }
        query_close(query);
    }
    if (error.message.n) {
        story_mistake(story, 1, "%.*s", STR_ARG(error.message));
    }
    database_close(database);
}

static bool take(Lines *lines, Str line) {
    for (size_t i = 0; i < lines->count; i++) {
        if (str_eq(lines->items[i], line)) {
            lines->items[i] = lines->items[--lines->count];
            return true;
        }
    }
    return false;
}

static bool has_claim(const Story *story, Str verb) {
    for (size_t i = 0; i < story->claim_count; i++) {
        if (str_eq(story->claims[i].verb, verb)) {
            return true;
        }
    }
    return false;
}

/* Takes the lines that claims of `verb` name; what is left was not expected. */
static void compare(Story *story, Str verb, Lines *lines, bool complete) {
    for (size_t i = 0; i < story->claim_count; i++) {
        const Claim *claim = &story->claims[i];
        if (str_eq(claim->verb, verb) && !take(lines, claim->text)) {
            story_mistake(story, claim->line, "no such row");
        }
    }
    for (size_t i = 0; complete && i < lines->count; i++) {
        story_mistake(story, 1, "also: %.*s %.*s", STR_ARG(verb), STR_ARG(lines->items[i]));
    }
}

/* Sites lie below everything and are left out. */
static const char losses[] =
    "SELECT x.phase || ' ' || x.component || ' ' || group_concat(x.service, ' ')"
    " FROM (SELECT p.phase, p.component, p.component_id, p.service FROM spof p"
    "       WHERE p.certain = 1 AND p.component_id NOT IN (SELECT id FROM site)"
    "       ORDER BY p.phase, p.component_id, p.service) x GROUP BY x.phase, x.component_id";
static const char classes[] = "SELECT s.name || ' ' || c.lower || ' ' || c.upper || ' ' || c.class"
                              " FROM conflict c JOIN server s ON s.id = c.workload_id"
                              " WHERE c.class IS NOT NULL AND c.holds = 1";
static const char clashes[] = "SELECT s.name || ' ' || h.name FROM diagram_clash c"
                              " JOIN server s ON s.id = c.workload_id"
                              " JOIN host h ON h.id = c.failed_id";
static const char stuck[] = "SELECT node FROM cold_start UNION ALL"
                            " SELECT service || ' ' || component FROM restart_spof";

void story_check_tables(Story *story, const World *world) {
    Lines lines;
    if (has_claim(story, STR("losses"))) {
        ask(story, world, losses, &lines);
        compare(story, STR("loss"), &lines, true);
    }
    if (has_claim(story, STR("class"))) {
        ask(story, world, classes, &lines);
        compare(story, STR("class"), &lines, false);
    }
    if (has_claim(story, STR("starts"))) {
        ask(story, world, stuck, &lines);
        compare(story, STR("stuck"), &lines, true);
    }
    if (has_claim(story, STR("clashes"))) {
        ask(story, world, clashes, &lines);
        compare(story, STR("clash"), &lines, true);
    }
}

/* A misspelt id must not pass for a rule that found nothing. */
void story_check_rules(Story *story, const Packs *packs) {
    for (size_t i = 0; i < story->claim_count; i++) {
        const Claim *claim = &story->claims[i];
        if (!str_eq(claim->verb, STR("never")) && !str_eq(claim->verb, STR("decided"))) {
            continue;
        }
        Str id = claim->words.count ? claim->words.items[0] : STR_NONE;
        if (!packs_find_rule(packs, id)) {
            story_mistake(story, claim->line, "there is no rule %.*s", STR_ARG(id));
        }
    }
}
