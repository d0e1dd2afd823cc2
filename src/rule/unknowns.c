#include "rule/unknowns.h"

static KindId kind_of(const Faults *faults, EntityId id) {
    RowId row;
    return inventory_kind_of(faults->inventory, id, &row);
}

typedef struct Closure {
    size_t label_count, kind_count;
    bool *gates;     /* kind * label_count + label: nodes of the kind have such gates */
    bool *providers; /* label * kind_count + kind */
    bool *known;     /* by label: some provider is */
} Closure;

static void read_rows(Closure *closure, const Faults *faults) {
    const Needs *needs = faults->needs;
    for (size_t i = 0; i < needs->count; i++) {
        const NeedsRow *row = &needs->rows[i];
        closure->gates[kind_of(faults, row->node) * closure->label_count + row->label] = true;
        if (row->provider) {
            closure->providers[row->label * closure->kind_count + kind_of(faults, row->provider)] =
                true;
            closure->known[row->label] = true;
        }
    }
}

/* Down from a label: the kinds of its providers, of the providers of their gates, and so on. */
static void follow(const Closure *closure, size_t label, Arena *scratch, Unknowns *ret) {
    bool *seen = arena_array(scratch, bool, closure->label_count);
    size_t *queue = arena_array(scratch, size_t, closure->label_count);
    size_t count = 0;
    seen[label] = true;
    queue[count++] = label;
    for (size_t at = 0; at < count; at++) {
        ret->any[label] = ret->any[label] || !closure->known[queue[at]];
        for (size_t kind = 0; kind < closure->kind_count; kind++) {
            if (!closure->providers[queue[at] * closure->kind_count + kind]) {
                continue;
            }
            ret->reach[label * ret->kind_count + kind] = true;
            for (size_t next = 0; next < closure->label_count; next++) {
                if (closure->gates[kind * closure->label_count + next] && !seen[next]) {
                    seen[next] = true;
                    queue[count++] = next;
                }
            }
        }
    }
}

void unknowns_init(Unknowns *unknowns, Arena *arena, const Faults *faults) {
    size_t kinds = inventory_schema(faults->inventory)->kind_count;
    size_t labels = faults->needs->label_count;
    *unknowns = (Unknowns){faults, kinds, arena_array(arena, bool, labels *kinds),
                           arena_array(arena, bool, labels)};
    Arena *scratch = arena_open(0);
    Closure closure = {labels, kinds, arena_array(scratch, bool, kinds *labels),
                       arena_array(scratch, bool, labels *kinds),
                       arena_array(scratch, bool, labels)};
    read_rows(&closure, faults);
    for (size_t label = 0; label < labels; label++) {
        follow(&closure, label, scratch, unknowns);
    }
    arena_close(scratch);
}

bool unknowns_may_fall(const Unknowns *unknowns, NodeId node, const bool *kinds) {
    uint32_t label = unknowns->faults->unknowns[node - unknowns->faults->first_unknown].label;
    for (size_t kind = 0; !unknowns->any[label] && kind < unknowns->kind_count; kind++) {
        if (kinds[kind] && unknowns->reach[label * unknowns->kind_count + kind]) {
            return true;
        }
    }
    return unknowns->any[label];
}
