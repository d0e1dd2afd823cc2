#include "cli/group_cuts.h"

#include "base/threads.h"
#include "rule/kernels.h"
#include "rule/loss_text.h"
#include "rule/redundant_cuts.h"

typedef struct GroupPrint {
    const CutOptions *options;
    const Faults *faults;
    FaultPhase phase;
    Buf *out;
} GroupPrint;

static void print_counts(const GroupPrint *print, const RedundantCuts *cuts) {
    const uint64_t totals[] = {cuts->single_count, cuts->pairs[0].total + cuts->pairs[1].total};
    Str owner = inventory_name(print->faults->inventory, cuts->owner);
    for (int order = 1; order <= print->options->order; order++) {
        buf_printf(print->out, "%.*s\t%.*s\t%s\t%d\t%llu\n", STR_ARG(owner), STR_ARG(cuts->label),
                   phase_values[print->phase], order, (unsigned long long)totals[order - 1]);
    }
}

static void print_pairs(const GroupPrint *print, const GroupPairs *pairs) {
    LossText text = {print->faults, print->phase, pairs->classes, true};
    for (size_t i = 0; i < pairs->count; i++) {
        buf_addz(print->out, "      ");
        loss_text_add(print->out, &text, &pairs->groups[i]);
        buf_addz(print->out, pairs->certain ? "\n" : "  (depends on facts that are not stated)\n");
    }
}

static void print_group(const GroupPrint *print, const RedundantCuts *cuts) {
    Str owner = inventory_name(print->faults->inventory, cuts->owner);
    buf_printf(print->out, "  %.*s, %.*s: %u of %u\n", STR_ARG(owner), STR_ARG(cuts->label),
               cuts->k, cuts->n);
    buf_printf(print->out, "    order 1: %zu\n", cuts->single_count);
    for (size_t i = 0; i < cuts->single_count; i++) {
        LossClass loss = {&cuts->single[i], 1};
        LossText text = {print->faults, print->phase, &loss, true};
        buf_addz(print->out, "      ");
        loss_text_add_class(print->out, &text, 0);
        buf_addc(print->out, '\n');
    }
    if (print->options->order >= 2) {
        buf_printf(print->out, "    order 2: %llu\n",
                   (unsigned long long)(cuts->pairs[0].total + cuts->pairs[1].total));
        print_pairs(print, &cuts->pairs[0]);
        print_pairs(print, &cuts->pairs[1]);
    }
}

static void print_phase(const GroupPrint *print) {
    Arena *arena = arena_open(0);
    RedundantCutsList list;
    redundant_cuts(arena, print->faults, print->phase, print->options->order, processor_count(),
                   &list);
    if (!print->options->count) {
        buf_printf(print->out, "%s\n", phase_values[print->phase]);
    }
    for (size_t i = 0; i < list.count; i++) {
        if (print->options->count) {
            print_counts(print, &list.items[i]);
        } else {
            print_group(print, &list.items[i]);
        }
    }
    if (list.truncated) {
        buf_addz(print->out, "truncated: the work limit was reached, some pairs are missing\n");
    }
    arena_close(arena);
}

int group_cuts(Session *session, const CutOptions *options, Buf *out) {
    Lint *lint = session_lint(session);
    if (!lint) {
        return EXIT_INPUT;
    }
    GroupPrint print = {.options = options, .faults = lint_faults(lint), .out = out};
    for (print.phase = options->phase; print.phase <= options->last_phase; print.phase++) {
        print_phase(&print);
    }
    lint_close(lint);
    return EXIT_CLEAN;
}
