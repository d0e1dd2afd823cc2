/* Monotonicity: taking redundancy away, or putting two things together, never removes a finding nor
 * lowers its severity. Random designs in the manner of story 2, each made worse in one step.
 *
 * Two ways of being told otherwise count as kept: by a finding that carries it or whose chain holds
 * its subject, and by a new single point of failure, no less severe, that stops the same services:
 * where two servers shared a host, the one that is left is the point of failure, and the host is
 * not twice as bad.
 *
 * Not among the steps: what takes HA restart or its second method away (that removes the stack, and
 * rightly so), and another number of DAG members, which changes who votes.
 *
 * monotone [COUNT [SEED]] */
#include <stdlib.h>

#include "base/limits.h"
#include "design.h"
#include "story.h"

typedef struct Found {
    Str rule, subject;
    Severity severity;
    Str *names; /* of what is related */
    size_t name_count;
    Str *services;
    size_t service_count;
} Found;

typedef struct FoundList {
    VEC(Found) items;
} FoundList;

static Str *labels(Arena *arena, const Inventory *inventory, const EntityId *ids, size_t count) {
    Str *items = arena_array(arena, Str, count);
    for (size_t i = 0; i < count; i++) {
        items[i] = entity_label(arena, inventory, ids[i]);
    }
    return items;
}

/* `all`: with what it carries, which is told with its severity. */
static void add_found(Arena *arena, const Report *report, const Finding *finding, Severity severity,
                      bool all, FoundList *list) {
    const Inventory *inventory = report->inventory;
    Str subject = entity_label(arena, inventory, finding->subject);
    Found found = {finding->rule->id, subject, severity, NULL, 0, NULL, 0};
    found.names = labels(arena, inventory, finding->related, finding->related_count);
    found.name_count = finding->related_count;
    found.services = labels(arena, inventory, finding->services, finding->service_count);
    found.service_count = finding->service_count;
    vec_push(arena, &list->items, found);
    for (size_t i = 0; all && i < finding->evidence_count; i++) {
        add_found(arena, report, finding->evidence[i], severity, all, list);
    }
}

/* A component deeper in a chain is told by the chain's subject. */
static void add_chains(World *world, Arena *arena, FoundList *list) {
    Database *database;
    Query *query;
    QueryError error;
    if (database_open(arena, lint_catalog(world->lint), &database).failed ||
        !query_prepare(database, STR("SELECT c.component_id, c.subject_id FROM spof_chain c"),
                       &query, &error)) {
        return;
    }
    size_t count = list->items.count;
    while (query_step(query, &error) == QUERY_ROW) {
        Str below = entity_label(arena, world->inventory, (EntityId)query_int(query, 0));
        Str subject = entity_label(arena, world->inventory, (EntityId)query_int(query, 1));
        for (size_t i = 0; i < count && !str_eq(below, subject); i++) {
            Found found = list->items.items[i];
            bool graph = str_eq(found.rule, STR("single-point-of-failure")) ||
                         str_eq(found.rule, STR("redundant-in-name-only"));
            if (graph && str_eq(found.subject, subject)) {
                found.subject = below;
                vec_push(arena, &list->items, found);
            }
        }
    }
    query_close(query);
    database_close(database);
}

/* Findings of a design; `all` adds what others tell of. */
static bool run(World *world, const Design *design, ProfileId profile, bool all, FoundList *ret) {
    Buf text;
    buf_init(&text, LIMIT_TEXT_BYTES);
    design_write(design, &text);
    bool good =
        world_load_text(world, STR("design.yaml"), arena_copy(world->arena, buf_str(&text)));
    if (!good) {
        fwrite(buf_str(&text).s, 1, text.size, stderr);
    }
    buf_clear(&text);
    *ret = (FoundList){{0}};
    LintOptions options = {.profile = profile, .threads = 1, .version = STR("test")};
    const Report *report = good ? lint_run(world->lint, &options) : NULL;
    for (size_t i = 0; good && i < report->finding_count; i++) {
        add_found(world->arena, report, report->findings[i], report->findings[i]->severity, all,
                  ret);
    }
    if (good && all) {
        add_chains(world, world->arena, ret);
    }
    return good && !report->failure_count;
}

static bool lists(const Str *items, size_t count, Str label) {
    for (size_t i = 0; i < count; i++) {
        if (str_eq(items[i], label)) {
            return true;
        }
    }
    return false;
}

/* The finding of that rule and subject, no less severe. */
static bool is_found(const FoundList *list, Str rule, Str subject, Severity severity) {
    for (size_t i = 0; i < list->items.count; i++) {
        const Found *found = &list->items.items[i];
        if (str_eq(found->rule, rule) && str_eq(found->subject, subject) &&
            found->severity >= severity) {
            return true;
        }
    }
    return false;
}

/* A point of failure that was none stops every service that the finding was about. */
static bool is_worse(const Found *before, const FoundList *all_before, const FoundList *after) {
    Str rule = STR("single-point-of-failure");
    for (size_t s = 0; s < before->service_count; s++) {
        bool told = false;
        for (size_t i = 0; i < after->items.count && !told; i++) {
            const Found *found = &after->items.items[i];
            told =
                (str_eq(found->rule, rule) || str_eq(found->rule, STR("unsatisfiable-service"))) &&
                found->severity >= before->severity &&
                (lists(found->services, found->service_count, before->services[s]) ||
                 str_eq(found->subject, before->services[s])) &&
                !is_found(all_before, found->rule, found->subject, found->severity);
        }
        if (!told) {
            return false;
        }
    }
    return before->service_count > 0;
}

static bool is_kept(const Found *before, const FoundList *all_before, const FoundList *after,
                    const Worsening *step) {
    Str gone = str_of(step->gone);
    bool moved = str_eq(before->subject, str_of(step->from));
    Str subject = moved ? str_of(step->to) : before->subject;
    if (gone.n && (str_eq(subject, gone) || lists(before->names, before->name_count, gone))) {
        return true;
    }
    return is_found(after, before->rule, subject, before->severity) ||
           is_worse(before, all_before, after);
}

static size_t compare(const Design *design, const FoundList *before, const FoundList *after,
                      const Worsening *step, uint64_t seed) {
    size_t lost = 0;
    for (size_t i = 0; i < before->items.count; i++) {
        const Found *found = &before->items.items[i];
        if (is_kept(found, before, after, step)) {
            continue;
        }
        if (!lost++) {
            Buf text;
            buf_init(&text, LIMIT_TEXT_BYTES);
            design_write(design, &text);
            fprintf(stderr, "seed %llu, before: %s (%s -> %s, gone: %s)\n%.*s",
                    (unsigned long long)seed, step->what, step->from, step->to, step->gone,
                    STR_ARG(buf_str(&text)));
            buf_clear(&text);
        }
        fprintf(stderr, "lost or lowered: %.*s %.*s %.*s\n",
                STR_ARG(severity_name(found->severity)), STR_ARG(found->rule),
                STR_ARG(found->subject));
    }
    return lost;
}

/* One design and one step for the worse, under one profile. */
static size_t try(World *world, uint64_t seed) {
    Dice dice = {seed};
    Design before;
    Design after;
    Worsening step;
    design_roll(&before, &dice);
    do {
        after = before;
    } while (!design_worsen(&after, &dice, &step));
    ProfileId profile = (ProfileId)(seed % PROFILE_COUNT);
    FoundList found;
    FoundList found_after;
    if (!run(world, &before, profile, false, &found) ||
        !run(world, &after, profile, true, &found_after)) {
        return 1;
    }
    return compare(&before, &found, &found_after, &step, seed);
}

int main(int argc, char **argv) {
    uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 10) : 100;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    World world;
    bool good = world_open(&world);
    size_t lost = 0;
    for (uint64_t i = 0; good && i < count; i++) {
        lost += try(&world, seed + i) != 0;
    }
    if (good) {
        printf("%llu designs made worse, %zu with something lost\n", (unsigned long long)count,
               lost);
    }
    world_close(&world);
    return good && !lost ? 0 : 1;
}
