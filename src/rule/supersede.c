/* One cause, one finding: what a finding supersedes becomes its evidence. */
#include <stdlib.h>

#include "rule/run.h"

/* Findings by subject, so that a rule's superseded ones are found without a scan. */
typedef struct Superseding {
    Arena *arena;
    Finding **by_subject;
    size_t count;
    bool *taken; /* beside by_subject */
} Superseding;

static int compare_subjects(const void *a, const void *b) {
    const Finding *x = *(Finding *const *)a;
    const Finding *y = *(Finding *const *)b;
    if (x->subject != y->subject) {
        return x->subject < y->subject ? -1 : 1;
    }
    return str_cmp(x->rule->id, y->rule->id);
}

static size_t first_of_subject(const Superseding *all, EntityId subject) {
    size_t low = 0;
    size_t high = all->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->by_subject[middle]->subject < subject) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool supersedes(const Rule *rule, const Rule *other) {
    for (size_t i = 0; i < rule->supersedes_count; i++) {
        if (str_eq(rule->supersedes[i], other->id)) {
            return true;
        }
    }
    return false;
}

typedef struct Evidence {
    const Finding **items;
    size_t count, capacity;
} Evidence;

static void take(Superseding *all, const Finding *carrier, EntityId subject, Evidence *evidence) {
    for (size_t i = first_of_subject(all, subject);
         i < all->count && all->by_subject[i]->subject == subject; i++) {
        const Finding *other = all->by_subject[i];
        if (!all->taken[i] && other != carrier && supersedes(carrier->rule, other->rule)) {
            all->taken[i] = true;
            vec_push(all->arena, evidence, other);
        }
    }
}

static void add_evidence(Finding *finding, const Evidence *evidence, Arena *arena) {
    size_t count = finding->evidence_count + evidence->count;
    const Finding **items = arena_array(arena, const Finding *, count);
    for (size_t i = 0; i < count; i++) {
        items[i] = i < finding->evidence_count ? finding->evidence[i]
                                               : evidence->items[i - finding->evidence_count];
    }
    finding->evidence = items;
    finding->evidence_count = count;
}

/* Findings about the same subject are carried first, then those about members. */
static void carry(Superseding *all, Finding *finding, bool members) {
    Evidence evidence = {0};
    if (!members) {
        take(all, finding, finding->subject, &evidence);
    }
    for (size_t i = 0; members && i < finding->related_count; i++) {
        take(all, finding, finding->related[i], &evidence);
    }
    if (evidence.count) {
        add_evidence(finding, &evidence, all->arena);
    }
}

static size_t drop_taken(const Superseding *all, Finding **findings, size_t count) {
    for (size_t i = 0; i < all->count; i++) {
        all->by_subject[i]->number = all->taken[i];
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!findings[i]->number) {
            findings[kept++] = findings[i];
        }
    }
    return kept;
}

void findings_supersede(Arena *arena, Finding **findings, size_t *count) {
    if (!*count) {
        return;
    }
    Superseding all = {.arena = arena, .count = *count};
    all.by_subject = arena_array(arena, Finding *, *count);
    all.taken = arena_array(arena, bool, *count);
    for (size_t i = 0; i < *count; i++) {
        all.by_subject[i] = findings[i];
    }
    qsort(all.by_subject, all.count, sizeof *all.by_subject, compare_subjects);
    findings_order(findings, *count);
    for (int members = 0; members < 2; members++) {
        for (size_t i = 0; i < *count; i++) {
            if (findings[i]->rule->supersedes_count) {
                carry(&all, findings[i], members);
            }
        }
    }
    *count = drop_taken(&all, findings, *count);
}
