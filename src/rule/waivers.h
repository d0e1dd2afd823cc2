/* Accepted findings: rule and entity, with a reason; they stay in the report and do not count. */
#ifndef RULE_WAIVERS_H
#define RULE_WAIVERS_H

#include "rule/pack.h"

/* One accepted pair. */
typedef struct WaiverRow {
    const Rule *rule;
    EntityId entity;
    Waiver waiver;
    Loc loc; /* of the entity's name */
    bool expired;
} WaiverRow;

typedef struct WaiverList {
    const WaiverRow *rows;
    size_t count;
} WaiverList;

/* Reads a list of {rule, entity, reason, owner, until}. The inventory must hold the derived
 * records, so after lint_open. False if there was a mistake (added). Everything lives in the arena.
 */
bool waivers_read(const Node *list, const Packs *packs, const Inventory *inventory, Arena *arena,
                  Diags *diags, WaiverList *ret_list);

/* Marks the findings that are accepted; one whose waiver has expired says so in a note. */
void waivers_apply(const WaiverList *list, Arena *arena, const Sources *sources,
                   Finding *const *findings, size_t count);

/* A warning for each row that no finding of the report needed, though its rule was run. */
void waivers_check_used(const WaiverList *list, const Report *report, Diags *diags);

#endif
