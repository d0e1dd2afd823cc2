#include "rule/capacity_gate.h"

static bool same_gate(const CapacityRow *a, const CapacityRow *b) {
    return a->node == b->node && str_eq(a->resource, b->resource);
}

/* A member may supply in several rows. */
static bool counts_member(const Capacity *capacity, size_t i) {
    const CapacityRow *row = &capacity->rows[i];
    return row->member &&
           !(i && same_gate(&row[-1], row) && !row[-1].demand && row[-1].member == row->member);
}

static void add_amount(Amounts *amounts, const Capacity *capacity, size_t i) {
    const CapacityRow *row = &capacity->rows[i];
    if (row->demand) {
        amounts->demand += row->amount;
        amounts->open_demands += row->open;
    } else {
        amounts->supply += row->amount;
        amounts->open_supplies += row->open;
        amounts->members += counts_member(capacity, i);
    }
}

/* Classes of faults that services must survive, where a gate does not say for which it is. */
static uint32_t common_classes(const Services *services) {
    return services->target_count ? services_faults(services)
                                  : 1u << FAULT_NODE | 1u << FAULT_SHARED;
}

/* What the services that demand of it must survive. */
static uint32_t judged_classes(const CapacityGate *gate, const Capacity *capacity,
                               const Services *services) {
    uint32_t classes = 0;
    bool serves = false;
    for (size_t i = gate->from; i < gate->to; i++) {
        const CapacityRow *row = &capacity->rows[i];
        const ServiceTarget *target =
            row->demand && row->member ? services_find(services, row->member) : NULL;
        classes |= target ? target->faults : 0;
        serves |= target != NULL;
    }
    return serves ? classes : common_classes(services);
}

CapacityGate *capacity_gates(Arena *arena, const Capacity *capacity, const Services *services,
                             size_t *ret_count, uint32_t **ret_row_gate) {
    VEC(CapacityGate) gates = {0};
    uint32_t *row_gate = arena_array(arena, uint32_t, capacity->count);
    for (size_t i = 0; i < capacity->count; i++) {
        const CapacityRow *row = &capacity->rows[i];
        if (!i || !same_gate(&row[-1], row)) {
            vec_push(arena, &gates, (CapacityGate){.from = i});
        }
        CapacityGate *gate = &gates.items[gates.count - 1];
        gate->to = i + 1;
        gate->incomplete |= !row->demand && !row->member;
        gate->members_only |= capacity->statements[row->statement]->members_only;
        add_amount(&gate->all, capacity, i);
        row_gate[i] = (uint32_t)gates.count - 1;
    }
    for (size_t g = 0; g < gates.count; g++) {
        gates.items[g].judged = judged_classes(&gates.items[g], capacity, services);
    }
    *ret_count = gates.count;
    *ret_row_gate = row_gate;
    return gates.items;
}

void capacity_gate_lose(CapacityGate *gate, const Capacity *capacity, size_t row) {
    if (!gate->touched) {
        gate->touched = true;
        gate->lost = (Amounts){0};
    }
    add_amount(&gate->lost, capacity, row);
}

static Amounts left_of(const CapacityGate *gate) {
    return (Amounts){gate->all.supply - gate->lost.supply, gate->all.demand - gate->lost.demand,
                     gate->all.members - gate->lost.members,
                     gate->all.open_supplies - gate->lost.open_supplies,
                     gate->all.open_demands - gate->lost.open_demands};
}

static int holds(const Amounts *left) {
    if (!left->open_supplies && left->demand > left->supply) {
        return 0;
    }
    return !left->open_demands && left->demand <= left->supply ? 1 : -1;
}

/* A failure before what is open, that before what holds; then by what is missing. */
static bool is_worse(const CapacityGate *gate, const Amounts *left, int held) {
    static const int rank[] = {1, 0, 2}; /* open, fails, holds */
    if (!gate->has_worst || held != gate->worst_holds) {
        return !gate->has_worst || rank[held + 1] < rank[gate->worst_holds + 1];
    }
    int64_t missing = left->demand - left->supply;
    return missing > gate->worst_left.demand - gate->worst_left.supply;
}

void capacity_gate_judge(CapacityGate *gate, EntityId loss, FaultClass fault) {
    gate->touched = false;
    if (!(gate->judged >> fault & 1)) {
        return;
    }
    Amounts left = left_of(gate);
    if (!gate->lost.members || !left.members) {
        return; /* nothing is lost that supplies, or all of it, which is no matter of capacity */
    }
    int held = holds(&left);
    if (is_worse(gate, &left, held)) {
        gate->worst = loss;
        gate->worst_left = left;
        gate->worst_holds = held;
        gate->has_worst = true;
    }
}
