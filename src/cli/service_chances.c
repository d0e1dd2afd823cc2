#include "cli/service_chances.h"

#include "cli/chance_text.h"
#include "model/value.h"

struct ServiceChances {
    Arena *arena;
    const Faults *faults;
    ChanceFinder *finder;
    bool *counted, *left_out; /* by node: in something that was printed */
};

ServiceChances *service_chances_open(const Faults *faults) {
    Arena *arena = arena_open(0);
    ServiceChances *chances = arena_new(arena, ServiceChances);
    *chances = (ServiceChances){.arena = arena,
                                .faults = faults,
                                .finder = chance_finder_open(faults),
                                .counted = arena_array(arena, bool, faults->node_count),
                                .left_out = arena_array(arena, bool, faults->node_count)};
    return chances;
}

void service_chances_close(ServiceChances *chances) {
    if (chances) {
        chance_finder_close(chances->finder);
        arena_close(chances->arena);
    }
}

/* ---- one service ---- */

typedef struct NameContext {
    const Faults *faults;
    Arena *arena;
} NameContext;

static Str component_name(void *context, NodeId component) {
    const NameContext *names = context;
    return inventory_full_name(names->faults->inventory, names->arena,
                               names->faults->entities[component]);
}

static void find(ServiceChances *chances, Arena *arena, EntityId service, FaultPhase phase,
                 ServiceChance *ret_chance) {
    chance_finder_run(chances->finder, arena, service, phase, ret_chance);
    for (size_t i = 0; i < ret_chance->counted_count; i++) {
        chances->counted[ret_chance->counted[i]] = true;
    }
    for (size_t i = 0; i < ret_chance->left_out_count; i++) {
        chances->left_out[ret_chance->left_out[i]] = true;
    }
}

void service_chances_print(ServiceChances *chances, EntityId service, FaultPhase phase, Buf *out) {
    Arena *arena = arena_open(0);
    ServiceChance chance;
    find(chances, arena, service, phase, &chance);
    const Probability *most = &chance.ends[CHANCE_MOST];
    if (chance.exact) {
        buf_addz(out, "    down: ");
        chance_text_range(out, chance.ends[CHANCE_LEAST].value, most->value);
        buf_addc(out, '\n');
        NameContext names = {chances->faults, arena};
        importance_text_add(out, &(ImportanceText){most, "    ", component_name, &names});
    } else {
        buf_addz(out, "    down: not computed, the decision diagram is over its limit\n");
    }
    arena_close(arena);
}

void service_chances_print_bare(ServiceChances *chances, EntityId service, const char *phase_name,
                                FaultPhase phase, Buf *out) {
    Arena *arena = arena_open(0);
    ServiceChance chance;
    find(chances, arena, service, phase, &chance);
    Str name = inventory_name(chances->faults->inventory, service);
    buf_printf(out, "%.*s\t%s\tdown", STR_ARG(name), phase_name);
    if (chance.exact) {
        buf_printf(out, "\t%.6g\t%.6g\n", chance.ends[CHANCE_LEAST].value,
                   chance.ends[CHANCE_MOST].value);
    } else {
        buf_addz(out, "\t-\t-\n");
    }
    arena_close(arena);
}

/* ---- what it rests on ---- */

/* Components of one kind whose records leave a measure unsaid. */
static void print_usual(const ServiceChances *chances, KindId kind, Measure measure, Buf *out) {
    const Faults *faults = chances->faults;
    size_t count = 0;
    MeasureTaken taken = {0};
    for (size_t v = 0; v < faults->node_count; v++) {
        RowId row;
        MeasureTaken one;
        if (chances->counted[v] &&
            inventory_kind_of(faults->inventory, faults->entities[v], &row) == kind &&
            measure_taken(faults->inventory, faults->entities[v], measure, &one) && one.usual) {
            taken = one;
            count++;
        }
    }
    if (!count) {
        return;
    }
    const Schema *schema = inventory_schema(faults->inventory);
    Str kind_name = sym_text(schema->interner, schema_kind(schema, kind)->name);
    buf_printf(out, "  - %.*s.%.*s, not stated of %zu: ", STR_ARG(kind_name),
               STR_ARG(taken.field->key), count);
    value_print_usual(out, schema->interner, taken.field);
    buf_printf(out, " (%.*s)\n", STR_ARG(value_usual_source(taken.field)));
}

static void print_left_out(const ServiceChances *chances, Buf *out) {
    const Faults *faults = chances->faults;
    size_t unknown = 0;
    for (size_t v = 0; v < faults->node_count; v++) {
        if (chances->left_out[v] && faults->entities[v]) {
            Str name = inventory_full_name(faults->inventory, chances->arena, faults->entities[v]);
            buf_printf(out, "  - not counted, nothing says how often it fails: %.*s\n",
                       STR_ARG(name));
        }
        unknown += chances->left_out[v] && !faults->entities[v];
    }
    if (unknown) {
        buf_printf(out, "  - not counted, nothing says what it is: %zu %s\n", unknown,
                   unknown == 1 ? "component" : "components");
    }
}

void service_chances_print_assumptions(const ServiceChances *chances, Buf *out) {
    buf_addz(
        out,
        "assumptions\n"
        "  - components fail independently of each other; what takes several at once counts where "
        "it is a component itself\n"
        "  - early: recovery that needs a boot never comes; settled: it comes at once and never "
        "fails; the truth lies between\n"
        "  - lower ends: what is not stated is as good as it can be; upper ends: as bad\n");
    const Schema *schema = inventory_schema(chances->faults->inventory);
    for (size_t k = 0; k < schema->kind_count; k++) {
        for (int measure = MEASURE_UPTIME; measure <= MEASURE_REPAIR; measure++) {
            print_usual(chances, (KindId)k, (Measure)measure, out);
        }
    }
    print_left_out(chances, out);
}
