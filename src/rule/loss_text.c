#include "rule/loss_text.h"

enum { MOST_NAMES = 6 }; /* of one side, before "and n more" */

static void add_name(Buf *out, const LossText *text, EntityId id) {
    const Inventory *inventory = text->faults->inventory;
    if (text->with_kind) {
        buf_add(out, inventory_kind_name(inventory, id));
        buf_addc(out, ':');
    }
    buf_add(out, inventory_name(inventory, id));
}

/* The components of several classes, of which any will do. */
static void add_side(Buf *out, const LossText *text, const uint32_t *classes, size_t count,
                     bool grouped) {
    size_t total = 0;
    for (size_t c = 0; c < count; c++) {
        total += text->classes[classes[c]].count;
    }
    size_t shown = 0;
    buf_addz(out, grouped && total > 1 ? "(" : "");
    for (size_t c = 0; c < count; c++) {
        const LossClass *of = &text->classes[classes[c]];
        for (size_t i = 0; i < of->count && shown < MOST_NAMES; i++, shown++) {
            buf_addz(out, shown ? " or " : "");
            add_name(out, text, of->items[i]);
        }
    }
    if (shown < total) {
        buf_printf(out, " or one of %zu more", total - shown);
    }
    buf_addz(out, grouped && total > 1 ? ")" : "");
}

/* ---- any two of a set ---- */

static bool is_member(const FaultGraph *graph, const Gate *gate, NodeId node) {
    for (uint32_t m = 0; m < gate->count; m++) {
        if (graph->members[gate->start + m] == node) {
            return true;
        }
    }
    return false;
}

/* Each class holds a member of the gate, and it has no others. */
static bool is_gate(const LossText *text, const PairGroup *group, GateId id) {
    const FaultGraph *graph = text->faults->graphs[text->phase][PESSIMISTIC];
    const Gate *gate = &graph->gates[id];
    if (gate->count != group->first_count) {
        return false;
    }
    for (size_t c = 0; c < group->first_count; c++) {
        const LossClass *of = &text->classes[group->first[c]];
        bool found = false;
        for (size_t i = 0; i < of->count && !found; i++) {
            found = is_member(graph, gate, faults_node(text->faults, of->items[i]));
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

/* The gate that the set is; NO_GATE. */
static GateId find_gate(const LossText *text, const PairGroup *group) {
    const FaultGraph *graph = text->faults->graphs[text->phase][PESSIMISTIC];
    const LossClass *first = &text->classes[group->first[0]];
    for (size_t i = 0; i < first->count; i++) {
        NodeId node = faults_node(text->faults, first->items[i]);
        for (uint32_t u = graph->user_starts[node]; u < graph->user_starts[node + 1]; u++) {
            if (is_gate(text, group, graph->users[u])) {
                return graph->users[u];
            }
        }
    }
    return NO_GATE;
}

static void add_any_two(Buf *out, const LossText *text, const PairGroup *group) {
    const Faults *faults = text->faults;
    const Inventory *inventory = faults->inventory;
    GateId id = find_gate(text, group);
    buf_printf(out, "any 2 of ");
    if (id != NO_GATE) {
        Sym label = faults->needs->labels[faults->labels[text->phase][PESSIMISTIC][id]];
        NodeId owner = faults->graphs[text->phase][PESSIMISTIC]->gates[id].owner;
        Str name = inventory_name(inventory, faults->entities[owner]);
        Str words = sym_text(inventory_interner(inventory), label);
        buf_printf(out, "the %zu %.*s of %.*s: ", group->first_count, STR_ARG(words),
                   STR_ARG(name));
    }
    for (size_t c = 0; c < group->first_count && c < MOST_NAMES; c++) {
        buf_addz(out, c ? ", " : "");
        add_side(out, text, &group->first[c], 1, true);
    }
    if (group->first_count > MOST_NAMES) {
        buf_printf(out, " and %zu more", group->first_count - MOST_NAMES);
    }
}

void loss_text_add(Buf *out, const LossText *text, const PairGroup *group) {
    if (!group->second_count && group->first_count > 2) {
        add_any_two(out, text, group);
    } else if (!group->second_count) {
        add_side(out, text, &group->first[0], 1, true);
        buf_addz(out, " + ");
        add_side(out, text, &group->first[1], 1, true);
    } else {
        add_side(out, text, group->first, group->first_count, true);
        buf_addz(out, " + ");
        add_side(out, text, group->second, group->second_count, true);
    }
}

void loss_text_add_class(Buf *out, const LossText *text, uint32_t class_index) {
    add_side(out, text, &class_index, 1, false);
}
