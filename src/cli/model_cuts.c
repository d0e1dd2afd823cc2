#include "cli/model_cuts.h"

#include "base/limits.h"
#include "cli/chance_text.h"
#include "cli/cut_text.h"
#include "graph/probability.h"
#include "psa/psa_model.h"

typedef struct ModelCuts {
    Session *session;
    const PsaModel *model;
    const CutOptions *options;
    Buf *out;
} ModelCuts;

/* ---- sets of classes, one a line ---- */

typedef struct NameContext {
    const PsaModel *model;
    const Cone *cone;
    const CutClassSet *set;
} NameContext;

static Str event_name(void *context, uint32_t e, size_t i) {
    const NameContext *names = context;
    size_t at = names->cone->class_starts[names->set->nodes[e]] + i;
    return names->model->names[names->cone->components[at]];
}

static void print_set(const ModelCuts *cuts, const Cone *cone, const CutClassSet *set) {
    NameContext names = {cuts->model, cone, set};
    CutText text = {.order = set->order, .name = event_name, .context = &names};
    for (uint32_t e = 0; e < set->order; e++) {
        text.sizes[e] = cone_class_size(cone, set->nodes[e]);
    }
    buf_addz(cuts->out, "    ");
    cut_text_add(cuts->out, &text);
    buf_addc(cuts->out, '\n');
}

static void print_sets(const ModelCuts *cuts, const Cone *cone, const CutSets *sets) {
    size_t at = 0;
    for (uint32_t order = 1; order <= (uint32_t)cuts->options->order; order++) {
        buf_printf(cuts->out, "  order %u: %llu\n", order, (unsigned long long)sets->totals[order]);
        for (; at < sets->count && sets->sets[at].order == order; at++) {
            print_set(cuts, cone, &sets->sets[at]);
        }
    }
}

static void print_counts(const ModelCuts *cuts, const CutSets *sets) {
    for (int order = 1; order <= cuts->options->order; order++) {
        buf_printf(cuts->out, "%d\t%llu\n", order, (unsigned long long)sets->totals[order]);
    }
}

/* ---- tops ---- */

static Str node_name(void *context, NodeId node) {
    return ((const Str *)context)[node];
}

static bool print_probability(const ModelCuts *cuts, const Cone *cone, Arena *arena) {
    const PsaModel *model = cuts->model;
    for (size_t i = 0; cone->node_count && i < cone->class_starts[cone->node_count]; i++) {
        if (model->probability[cone->components[i]] < 0) {
            complain("the probability of '%.*s' is not stated",
                     STR_ARG(model->names[cone->components[i]]));
            return false;
        }
    }
    Probability probability;
    cone_probability(cone, arena, model->probability, !cuts->options->count, LIMIT_DIAGRAM_NODES,
                     &probability);
    if (!probability.exact) {
        complain("the decision diagram has more than %d nodes", LIMIT_DIAGRAM_NODES);
        return false;
    }
    buf_printf(cuts->out, "probability\t%.12g\n", probability.value);
    importance_text_add(cuts->out,
                        &(ImportanceText){&probability, "  ", node_name, (void *)model->names});
    return true;
}

static bool print_top(const ModelCuts *cuts, ConeBuilder *builder, NodeId top, Arena *arena) {
    const Cone *cone = cone_of_node(builder, arena, top);
    if (cuts->model->top_count > 1 || !cuts->options->count) {
        buf_printf(cuts->out, "%.*s%s\n", STR_ARG(cuts->model->names[top]),
                   cone->is_down ? ": happens with no failure at all" : "");
    }
    CutSets sets;
    cone_cut_sets(cone, arena, cuts->options->order, LIMIT_CUT_WORK, &sets);
    if (cuts->options->count) {
        print_counts(cuts, &sets);
    } else {
        print_sets(cuts, cone, &sets);
    }
    if (sets.truncated) {
        buf_addz(cuts->out, "truncated: the work limit was reached, some sets are missing\n");
    }
    return !cuts->options->probability || print_probability(cuts, cone, arena);
}

int model_cuts(Session *session, const SourceId *sources, size_t count, const CutOptions *options,
               Buf *out) {
    PsaModel model;
    bool good = psa_read(&session->context, sources, count, session->arena, &model);
    session_print_diags(session);
    if (!good) {
        return EXIT_INPUT;
    }
    ModelCuts cuts = {session, &model, options, out};
    Arena *arena = arena_open(0);
    ConeBuilder *builder = cone_builder_new(arena, model.graph, model.is_component);
    for (size_t i = 0; i < model.top_count; i++) {
        good = print_top(&cuts, builder, model.tops[i], arena) && good;
    }
    arena_close(arena);
    return good ? EXIT_CLEAN : EXIT_INPUT;
}
