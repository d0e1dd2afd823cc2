/* The canonical order of findings: severity, rule, subject, related entities. */
#include <stdlib.h>

#include "rule/run.h"

static int compare_ids(const void *a, const void *b) {
    EntityId x = *(const EntityId *)a;
    EntityId y = *(const EntityId *)b;
    return (x > y) - (x < y);
}

size_t ids_sort(EntityId *ids, size_t count) {
    if (count) {
        qsort(ids, count, sizeof *ids, compare_ids);
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!kept || ids[kept - 1] != ids[i]) {
            ids[kept++] = ids[i];
        }
    }
    return kept;
}

static int compare_id_lists(const EntityId *a, size_t a_count, const EntityId *b, size_t b_count) {
    for (size_t i = 0; i < a_count && i < b_count; i++) {
        if (a[i] != b[i]) {
            return a[i] < b[i] ? -1 : 1;
        }
    }
    return (a_count > b_count) - (a_count < b_count);
}

static int compare_findings(const void *a, const void *b) {
    const Finding *x = *(Finding *const *)a;
    const Finding *y = *(Finding *const *)b;
    if (x->severity != y->severity) {
        return x->severity > y->severity ? -1 : 1;
    }
    int order = str_cmp(x->rule->id, y->rule->id);
    if (order) {
        return order;
    }
    if (x->subject != y->subject) {
        return x->subject < y->subject ? -1 : 1;
    }
    return compare_id_lists(x->related, x->related_count, y->related, y->related_count);
}

void findings_order(Finding **findings, size_t count) {
    if (count) {
        qsort(findings, count, sizeof *findings, compare_findings);
    }
    for (size_t i = 0; i < count; i++) {
        findings[i]->number = (uint32_t)i + 1;
    }
}
