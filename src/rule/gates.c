#include "rule/gates.h"

GateRows gate_rows(const NeedsRow *rows, size_t count) {
    size_t n = 0;
    while (n < count && rows[n].label == rows[0].label) {
        n++;
    }
    return (GateRows){rows, n};
}

/* The next distinct provider of the phase: its row, a certain one before an open one. */
static const NeedsRow *next_member(GateRows rows, size_t *at, uint8_t phase) {
    const NeedsRow *found = NULL;
    while (*at < rows.count) {
        const NeedsRow *row = &rows.rows[*at];
        if (found && !needs_same_provider(found, row)) {
            return found;
        }
        if (row->phases & phase && !needs_is_marker(row) &&
            (!found || (found->open && !row->open))) {
            found = row;
        }
        (*at)++;
    }
    return found;
}

static void add_member(Arena *arena, NeedsGate *gate, const NeedsRow *row) {
    if (gate->count == gate->capacity) {
        gate->members =
            arena_grow(arena, gate->members, gate->count, &gate->capacity, sizeof *gate->members);
    }
    gate->members[gate->count++] = row;
}

/* The gate is there, whoever provides. */
static bool is_marked(GateRows rows, uint8_t phase) {
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.rows[i].phases & phase && needs_is_marker(&rows.rows[i])) {
            return true;
        }
    }
    return false;
}

/* How many open members count in this reading. */
static size_t open_members(size_t certain, size_t open, int32_t at_least, bool optimistic) {
    if (at_least == AT_LEAST_ALL) {
        return optimistic ? 0 : open;
    }
    if (optimistic) {
        return open;
    }
    size_t k = (size_t)at_least;
    size_t missing = k > certain ? k - certain : 0;
    return missing < open ? missing : open;
}

/* Leaves that many of the open members, the first. */
static void keep_open(NeedsGate *gate, size_t open) {
    size_t kept = 0;
    for (size_t i = 0; i < gate->count; i++) {
        const NeedsRow *member = gate->members[i];
        if (!member->open || open) {
            open -= member->open;
            gate->members[kept++] = member;
        }
    }
    gate->count = kept;
}

bool gate_resolve(Arena *arena, GateRows rows, GateReading reading, NeedsGate *ret_gate) {
    int32_t at_least = rows.rows[0].at_least;
    size_t open = 0;
    size_t at = 0;
    ret_gate->node = rows.rows[0].node;
    ret_gate->label = rows.rows[0].label;
    ret_gate->count = 0;
    for (const NeedsRow *row = next_member(rows, &at, reading.phase); row;
         row = next_member(rows, &at, reading.phase)) {
        add_member(arena, ret_gate, row);
        open += row->open;
    }
    size_t certain = ret_gate->count - open;
    if (!certain && (reading.optimistic || !open) && !is_marked(rows, reading.phase)) {
        return false; /* nobody knows that it is a requirement at all */
    }
    if (open) {
        keep_open(ret_gate, open_members(certain, open, at_least, reading.optimistic));
    }
    ret_gate->k = at_least == AT_LEAST_ALL ? (uint32_t)ret_gate->count : (uint32_t)at_least;
    return true;
}

static bool check_gate(const Needs *needs, const Packs *packs, const Inventory *inventory,
                       Diags *diags, GateRows rows) {
    for (size_t i = 1; i < rows.count; i++) {
        if (rows.rows[i].at_least == rows.rows[0].at_least) {
            continue;
        }
        const NeedsRule *first = needs->statements[rows.rows[0].statement];
        const NeedsRule *other = needs->statements[rows.rows[i].statement];
        Str label = sym_text(packs->interner, needs->labels[rows.rows[0].label]);
        Str name = inventory_name(inventory, rows.rows[0].node);
        Diag *diag = diag_error(diags, other->query_loc,
                                "needs %.*s: rows disagree on `at_least` of gate \"%.*s\" of %.*s",
                                STR_ARG(other->id), STR_ARG(label), STR_ARG(name));
        diag_place(diags, diag, first->query_loc, "the other value comes from %.*s",
                   STR_ARG(first->id));
        return false;
    }
    return true;
}

bool gates_check(const Needs *needs, const Packs *packs, const Inventory *inventory, Diags *diags) {
    bool good = true;
    for (size_t i = 0; i < needs->count;) {
        size_t count;
        const NeedsRow *rows = needs_of(needs, needs->rows[i].node, &count);
        size_t left = count - (size_t)(&needs->rows[i] - rows);
        GateRows gate = gate_rows(&needs->rows[i], left);
        good = check_gate(needs, packs, inventory, diags, gate) && good;
        i += gate.count;
    }
    return good;
}
