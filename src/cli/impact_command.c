/* impact: what a set of losses at once stops, interrupts and leaves running. */
#include <stdlib.h>

#include "base/limits.h"
#include "base/platform.h"
#include "cli/inputs.h"
#include "rule/impact.h"

static const Option options[] = {
    {"output", 'o', "FILE", "where it goes; else standard output"},
    {0},
};

typedef struct ImpactText {
    const Inventory *inventory;
    Arena *arena;
    Buf *out;
} ImpactText;

static bool is_among(EntityId id, const EntityId *ids, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (ids[i] == id) {
            return true;
        }
    }
    return false;
}

static void print_range(const ImpactText *text, const char *before, int64_t least, int64_t most) {
    if (least == MEM_INT_NULL) {
        return;
    }
    if (least == most) {
        buf_printf(text->out, "%s %lld s", before, (long long)least);
    } else {
        buf_printf(text->out, "%s %lld to %lld s", before, (long long)least, (long long)most);
    }
}

static void print_recovery(const ImpactText *text, const Protection *protection) {
    const Mechanism *mechanism = protection->mechanism;
    buf_printf(text->out, "      %.*s: %.*s",
               STR_ARG(inventory_name(text->inventory, protection->workload)),
               STR_ARG(mechanism->title));
    if (protection->scope) {
        buf_printf(text->out, " of %.*s",
                   STR_ARG(inventory_name(text->inventory, protection->scope)));
    }
    print_range(text, ", notices after", mechanism->detect_min, mechanism->detect_max);
    print_range(text, ", acts within", mechanism->act_min, mechanism->act_max);
    buf_addz(text->out, mechanism->act_min == MEM_INT_NULL ? ", then it boots" : "");
    buf_addz(text->out, mechanism->unverified_count ? " (times not verified)" : "");
    buf_addz(text->out, protection->open ? " (if it is active: a fact is not stated)\n" : "\n");
}

/* What is new in the settled phase; early, what goes beyond that. */
static void print_failures(const ImpactText *text, const ServiceImpact *impact, FaultPhase phase,
                           const char *heading) {
    bool any = false;
    for (size_t i = 0; i < impact->new_failure_count[phase]; i++) {
        EntityId id = impact->new_failures[phase][i];
        if (phase == EARLY &&
            is_among(id, impact->new_failures[SETTLED], impact->new_failure_count[SETTLED])) {
            continue;
        }
        buf_addz(text->out, any ? ", " : heading);
        buf_printf(text->out, "%s%.*s", any ? "" : " ",
                   STR_ARG(inventory_full_name(text->inventory, text->arena, id)));
        any = true;
    }
    buf_addz(text->out, any ? "\n" : "");
}

static void print_service(const ImpactText *text, const ServiceImpact *impact) {
    buf_printf(text->out, "  %.*s%s\n", STR_ARG(inventory_name(text->inventory, impact->service)),
               impact->certain ? "" : "  (may be: facts are not stated)");
    for (size_t i = 0; i < impact->path_count && impact->path_count > 1; i++) {
        buf_addz(text->out, i ? " -> " : "      ");
        buf_add(text->out, inventory_name(text->inventory, impact->path[i]));
        buf_addz(text->out, i + 1 == impact->path_count ? "\n" : "");
    }
    for (size_t i = 0; i < impact->recovery_count; i++) {
        print_recovery(text, impact->recoveries[i]);
    }
    print_failures(text, impact, EARLY, "      until slower recovery has acted hangs on:");
    print_failures(text, impact, SETTLED, "      from now on hangs on:");
}

static void print_state(const ImpactText *text, const ServiceImpact *impacts, size_t count,
                        ServiceState state, const char *heading) {
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (impacts[i].state == state) {
            buf_addz(text->out, any ? "" : heading);
            any = true;
            print_service(text, &impacts[i]);
        }
    }
}

static void print_impact(const ImpactText *text, const RunFacts *facts, const EntityId *losses,
                         size_t loss_count) {
    buf_addz(text->out, "lost at once:");
    for (size_t i = 0; i < loss_count; i++) {
        buf_printf(text->out, "%s %.*s", i ? "," : "",
                   STR_ARG(inventory_full_name(text->inventory, text->arena, losses[i])));
    }
    buf_addc(text->out, '\n');
    size_t count;
    const ServiceImpact *impacts = impact_of(text->arena, facts, losses, loss_count, &count);
    print_state(text, impacts, count, SERVICE_DOWN, "\ndoes not work with nothing lost:\n");
    print_state(text, impacts, count, SERVICE_STOPS, "\nstops until somebody repairs it:\n");
    print_state(text, impacts, count, SERVICE_INTERRUPTED,
                "\ninterrupted until slower recovery has acted:\n");
    print_state(text, impacts, count, SERVICE_RUNS, "\nkeeps running:\n");
}

/* ---- arguments: files first, then what is lost ---- */

static size_t file_count(const CommandLine *line) {
    size_t count = 0;
    while (count < line->argument_count &&
           (str_eq(line->arguments[count], STR("-")) || path_exists(line->arguments[count].s))) {
        count++;
    }
    return count;
}

/* False with complaints. */
static bool find_losses(const Session *session, const Faults *faults, const Str *names,
                        size_t count, EntityId *ret_losses) {
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        bool several = false;
        ret_losses[i] = inventory_find_entity(session->inventory, names[i], &several);
        const char *problem = NULL;
        if (several) {
            problem = "is several things: write kind:name";
        } else if (!ret_losses[i]) {
            problem = "is neither a file nor something in the inventory";
        } else if (faults_node(faults, ret_losses[i]) == NO_NODE) {
            problem = "stands below no service: nothing hangs on it";
        }
        if (problem) {
            complain("'%.*s' %s", STR_ARG(names[i]), problem);
            good = false;
        }
    }
    return good;
}

static int compare_ids(const void *a, const void *b) {
    EntityId x = *(const EntityId *)a;
    EntityId y = *(const EntityId *)b;
    return (x > y) - (x < y);
}

static int ask(Session *session, const CommandLine *line, Lint *lint, const Str *names,
               size_t count) {
    RunFacts facts;
    bool good = run_facts_read(lint, session->arena, &session->diags, &facts);
    session_print_diags(session);
    EntityId *losses = arena_array(session->arena, EntityId, count);
    if (!good || !find_losses(session, facts.faults, names, count, losses)) {
        return good ? EXIT_USAGE : EXIT_INPUT;
    }
    qsort(losses, count, sizeof *losses, compare_ids);
    Buf out;
    buf_init(&out, LIMIT_REPORT_BYTES);
    ImpactText text = {session->inventory, session->arena, &out};
    print_impact(&text, &facts, losses, count);
    return session_write(session, option_text(line, "output"), &out) ? EXIT_CLEAN : EXIT_INPUT;
}

static int run(Session *session, const CommandLine *line) {
    size_t files = file_count(line);
    if (files == line->argument_count) {
        complain("impact: nothing is lost");
        fputs("try: topolint impact FILE... host:ESX-01\n", stderr);
        return EXIT_USAGE;
    }
    int code = inputs_load(session, line, line->arguments, files);
    if (code != EXIT_CLEAN) {
        return code;
    }
    Lint *lint = session_lint(session);
    if (!lint) {
        return EXIT_INPUT;
    }
    code = ask(session, line, lint, line->arguments + files, line->argument_count - files);
    lint_close(lint);
    return code;
}

const Command command_impact = {
    .name = "impact",
    .arguments = "[OPTION...] FILE... COMPONENT...",
    .doc = "tells what several losses at once stop, interrupt and leave running",
    .reads_inputs = true,
    .options = options,
    .run = run,
};
