#include "cli/service_cuts.h"

#include "base/limits.h"
#include "cli/cut_text.h"
#include "cli/service_chances.h"
#include "cli/service_name.h"
#include "rule/cuts.h"
#include "rule/kernels.h"

typedef struct ServiceRun {
    Session *session;
    const CutOptions *options;
    const Faults *faults;
    CutFinder *finder;
    ServiceChances *chances; /* NULL: not asked for */
    Buf *out;
} ServiceRun;

/* ---- text ---- */

typedef struct NameContext {
    const ServiceRun *run;
    const ServiceCut *cut;
    Arena *arena;
} NameContext;

static Str loss_name(void *context, uint32_t e, size_t i) {
    const NameContext *names = context;
    return inventory_full_name(names->run->faults->inventory, names->arena,
                               names->cut->losses[e].items[i]);
}

static void print_cut(const ServiceRun *run, const ServiceCut *cut, Arena *arena) {
    NameContext names = {run, cut, arena};
    CutText text = {.order = cut->order, .name = loss_name, .context = &names};
    for (uint32_t e = 0; e < cut->order; e++) {
        text.sizes[e] = cut->losses[e].count;
    }
    buf_addz(run->out, "      ");
    cut_text_add(run->out, &text);
    buf_addz(run->out, cut->certain ? "\n" : "  (depends on facts that are not stated)\n");
}

static void print_phase(const ServiceRun *run, EntityId service, FaultPhase phase) {
    Arena *arena = arena_open(0);
    ServiceCuts cuts;
    cut_finder_run(run->finder, arena, service, phase, run->options->order, &cuts);
    Str name = inventory_name(run->faults->inventory, service);
    if (!run->options->count) {
        buf_printf(run->out, "  %s%s\n", phase_values[phase],
                   cuts.is_down ? ": does not work with nothing lost" : "");
    }
    size_t at = 0;
    for (uint32_t order = 1; order <= (uint32_t)run->options->order; order++) {
        unsigned long long total = cuts.totals[order];
        if (run->options->count) {
            buf_printf(run->out, "%.*s\t%s\t%u\t%llu\n", STR_ARG(name), phase_values[phase], order,
                       total);
            continue;
        }
        buf_printf(run->out, "    order %u: %llu\n", order, total);
        for (; at < cuts.count && cuts.sets[at].order == order; at++) {
            print_cut(run, &cuts.sets[at], arena);
        }
    }
    if (cuts.truncated) {
        buf_addz(run->out, "    truncated: the work limit was reached, some sets are missing\n");
    }
    if (run->chances && run->options->count) {
        service_chances_print_bare(run->chances, service, phase_values[phase], phase, run->out);
    } else if (run->chances) {
        service_chances_print(run->chances, service, phase, run->out);
    }
    arena_close(arena);
}

static void print_service(const ServiceRun *run, EntityId service) {
    if (!run->options->count) {
        buf_printf(run->out, "%.*s\n", STR_ARG(inventory_name(run->faults->inventory, service)));
    }
    for (FaultPhase phase = run->options->phase; phase <= run->options->last_phase; phase++) {
        print_phase(run, service, phase);
    }
}

static int print_services(ServiceRun *run) {
    const Services *services = run->faults->services;
    if (run->options->service.n) {
        EntityId service = service_named(run->faults, run->options->service);
        if (service) {
            print_service(run, service);
        }
        return service ? EXIT_CLEAN : EXIT_USAGE;
    }
    for (size_t i = 0; i < services->target_count; i++) {
        print_service(run, services->targets[i].service);
    }
    return EXIT_CLEAN;
}

int service_cuts(Session *session, const CutOptions *options, Buf *out) {
    Lint *lint = session_lint(session);
    if (!lint) {
        return EXIT_INPUT;
    }
    const Faults *faults = lint_faults(lint);
    ServiceRun run = {session,
                      options,
                      faults,
                      cut_finder_open(faults, LIMIT_CUT_WORK),
                      options->probability ? service_chances_open(faults) : NULL,
                      out};
    int code = print_services(&run);
    if (code == EXIT_CLEAN && run.chances && !options->count) {
        service_chances_print_assumptions(run.chances, out);
    }
    service_chances_close(run.chances);
    cut_finder_close(run.finder);
    lint_close(lint);
    return code;
}
