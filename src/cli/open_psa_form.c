#include "cli/open_psa_form.h"

#include "cli/service_name.h"
#include "psa/psa_model.h"
#include "rule/cuts.h"
#include "rule/failure_data.h"
#include "rule/kernels.h"

static Str *node_names(Arena *arena, const Faults *faults) {
    Str *names = arena_array(arena, Str, faults->node_count);
    const Interner *interner = inventory_interner(faults->inventory);
    for (size_t v = 0; v < faults->node_count; v++) {
        if (faults->entities[v]) {
            names[v] = inventory_full_name(faults->inventory, arena, faults->entities[v]);
        } else {
            uint32_t label = faults->unknowns[v - faults->first_unknown].label;
            names[v] = arena_printf(arena, "not stated:%.*s",
                                    STR_ARG(sym_text(interner, faults->needs->labels[label])));
        }
    }
    return names;
}

/* What is not stated is as bad as it can be, as in `cuts`; probabilities are the upper ends. */
static bool write_service(Arena *arena, const Faults *faults, EntityId service, FaultPhase phase,
                          Buf *out) {
    FailureData data;
    failure_data_read(arena, faults, &data);
    bool *is_component = arena_array(arena, bool, faults->node_count);
    cut_components(faults, service, is_component);
    Str name = inventory_name(faults->inventory, service);
    PsaExport export = {.graph = faults->graphs[phase][PESSIMISTIC],
                        .is_component = is_component,
                        .names = node_names(arena, faults),
                        .probability = data.most,
                        .top = faults_node(faults, service),
                        .title =
                            arena_printf(arena, "%.*s, %s", STR_ARG(name), phase_values[phase])};
    if (export.top == NO_NODE) {
        complain("nothing is known to stop %.*s: there is no tree to write", STR_ARG(name));
        return false;
    }
    if (!psa_write(&export, out)) {
        complain("below %.*s too much needs each other: the format knows no cycles, and unrolled "
                 "they are too large",
                 STR_ARG(name));
        return false;
    }
    return true;
}

/* The only service, if none is named. */
static EntityId chosen_service(const Faults *faults, Str name) {
    const Services *services = faults->services;
    if (name.n) {
        return service_named(faults, name);
    }
    if (services->target_count == 1) {
        return services->targets[0].service;
    }
    complain("say by --service which of %zu services", services->target_count);
    return 0;
}

int open_psa_form(Session *session, const CommandLine *line, Buf *out) {
    FaultPhase phase = SETTLED;
    Str phase_text = option_text(line, "phase");
    if (phase_text.n && !phase_named(phase_text, &phase)) {
        return EXIT_USAGE;
    }
    Lint *lint = session_lint(session);
    if (!lint) {
        return EXIT_INPUT;
    }
    const Faults *faults = lint_faults(lint);
    EntityId service = chosen_service(faults, option_text(line, "service"));
    int code = !service                                                     ? EXIT_USAGE
               : write_service(session->arena, faults, service, phase, out) ? EXIT_CLEAN
                                                                            : EXIT_INPUT;
    lint_close(lint);
    return code;
}
