#include "cli/service_name.h"

#include <stdio.h>

#include "base/suggest.h"
#include "cli/session.h"
#include "rule/kernels.h"

EntityId service_named(const Faults *faults, Str name) {
    Suggest suggest;
    suggest_init(&suggest, name);
    for (size_t i = 0; i < faults->services->target_count; i++) {
        EntityId id = faults->services->targets[i].service;
        Str candidate = inventory_name(faults->inventory, id);
        if (str_eq_nocase(candidate, name)) {
            return id;
        }
        suggest_try(&suggest, candidate);
    }
    complain("there is no service '%.*s'", STR_ARG(name));
    if (suggest.best.n) {
        fprintf(stderr, "did you mean '%.*s'?\n", STR_ARG(suggest.best));
    }
    return 0;
}

bool phase_named(Str name, FaultPhase *ret_phase) {
    for (FaultPhase phase = EARLY; phase < FAULT_PHASES; phase++) {
        if (str_eq(name, str_of(phase_values[phase]))) {
            *ret_phase = phase;
            return true;
        }
    }
    complain("--phase %.*s: expected early or settled", STR_ARG(name));
    return false;
}
