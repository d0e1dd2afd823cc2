#include "rule/verdicts.h"

#include "rule/run.h"

typedef struct VerdictColumns {
    size_t entity, fails, severity; /* SIZE_MAX if absent */
} VerdictColumns;

static Verdict read_verdict(const Query *query, const VerdictColumns *columns) {
    if (columns->fails == SIZE_MAX) {
        return VERDICT_FAIL;
    }
    return query_is_null(query, columns->fails)    ? VERDICT_UNKNOWN
           : query_int(query, columns->fails) != 0 ? VERDICT_FAIL
                                                   : VERDICT_PASS;
}

static void take(Verdicts *verdicts, EntityVerdict found) {
    for (size_t i = 0; i < verdicts->count; i++) {
        EntityVerdict *known = &verdicts->items[i];
        if (str_eq(known->entity, found.entity)) {
            if (found.verdict > known->verdict ||
                (found.verdict == known->verdict && str_cmp(found.severity, known->severity) < 0)) {
                *known = found;
            }
            return;
        }
    }
    verdicts->items[verdicts->count++] = found;
}

Verdicts verdicts_of(Query *query, const Inventory *inventory, Arena *arena) {
    VerdictColumns columns = {query_find_column(query, "entity"), query_find_column(query, "fails"),
                              query_find_column(query, "severity")};
    Verdicts verdicts = {
        .items = arena_array(arena, EntityVerdict, inventory_entity_count(inventory) + 1)};
    query_restart(query);
    query_budget(query, rule_budget(inventory));
    QueryError error;
    QueryStep step;
    while ((step = query_step(query, &error)) == QUERY_ROW) {
        EntityId id = (EntityId)query_int(query, columns.entity);
        EntityVerdict found = {.entity = inventory_full_name(inventory, arena, id),
                               .verdict = read_verdict(query, &columns)};
        if (found.verdict == VERDICT_FAIL && columns.severity != SIZE_MAX) {
            found.severity = arena_copy(arena, query_text(query, columns.severity));
        }
        take(&verdicts, found);
    }
    verdicts.failed = step == QUERY_FAILED;
    query_restart(query); /* before its rows change under it */
    return verdicts;
}

const EntityVerdict *verdicts_find(const Verdicts *verdicts, Str entity) {
    for (size_t i = 0; i < verdicts->count; i++) {
        if (str_eq(verdicts->items[i].entity, entity)) {
            return &verdicts->items[i];
        }
    }
    return NULL;
}

bool verdicts_equal(const Verdicts *a, const Verdicts *b) {
    bool equal = a->count == b->count;
    for (size_t i = 0; equal && i < a->count; i++) {
        const EntityVerdict *other = verdicts_find(b, a->items[i].entity);
        equal = other && other->verdict == a->items[i].verdict &&
                str_eq(other->severity, a->items[i].severity);
    }
    return equal;
}
