/* Birnbaum importance of all variables in two passes over the diagram: probabilities bottom-up, the
 * weight with which a node is reached top-down (fault trees: Rauzy 1993). */
#include "graph/probability.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "graph/bdd.h"

typedef struct Diagram {
    const Cone *cone;
    Arena *scratch;
    Bdd *bdd;
    uint32_t *variable; /* by node of the cone; UINT32_MAX */
    uint32_t *node_of;  /* by variable */
    size_t variable_count;
    BddId *functions; /* by node of the cone */
} Diagram;

/* ---- order of variables ---- */

static void order_variables(Diagram *diagram) {
    const Cone *cone = diagram->cone;
    size_t arcs = 1;
    for (uint32_t g = 0; g < cone->gate_starts[cone->node_count]; g++) {
        arcs += cone->gates[g].count;
    }
    bool *seen = arena_array(diagram->scratch, bool, cone->node_count);
    uint32_t *stack = arena_array(diagram->scratch, uint32_t, arcs);
    size_t depth = 0;
    stack[depth++] = cone->root;
    while (depth) {
        uint32_t v = stack[--depth];
        if (seen[v]) {
            continue;
        }
        seen[v] = true;
        if (cone_class_size(cone, v)) {
            diagram->node_of[diagram->variable_count] = v;
            diagram->variable[v] = (uint32_t)diagram->variable_count++;
        }
        for (uint32_t g = cone->gate_starts[v + 1]; g-- > cone->gate_starts[v];) {
            for (uint32_t m = cone->gates[g].count; m-- > 0;) {
                uint32_t member = cone->members[cone->gates[g].start + m];
                if (!seen[member]) {
                    stack[depth++] = member;
                }
            }
        }
    }
}

/* ---- the function of each node ---- */

/* count[j] = at least j of the members so far; in place from the highest down. */
static BddId threshold_function(Diagram *diagram, const ConeGate *gate) {
    ArenaMark mark = arena_mark(diagram->scratch);
    BddId *count = arena_array(diagram->scratch, BddId, gate->threshold + 1);
    memset(count, 0, (gate->threshold + 1) * sizeof *count); /* BDD_FALSE */
    count[0] = BDD_TRUE;
    for (uint32_t m = 0; m < gate->count; m++) {
        BddId member = diagram->functions[diagram->cone->members[gate->start + m]];
        uint32_t most = m + 1 < gate->threshold ? m + 1 : gate->threshold;
        for (uint32_t j = most; j > 0; j--) {
            BddId with = bdd_and(diagram->bdd, member, count[j - 1]);
            count[j] = bdd_or(diagram->bdd, count[j], with);
        }
    }
    BddId result = count[gate->threshold];
    arena_release(diagram->scratch, mark);
    return result;
}

static BddId gate_function(Diagram *diagram, const ConeGate *gate) {
    bool any = gate->threshold == 1;
    if (!any && gate->threshold != gate->count) {
        return threshold_function(diagram, gate);
    }
    BddId result = any ? BDD_FALSE : BDD_TRUE;
    for (uint32_t m = 0; m < gate->count; m++) {
        BddId member = diagram->functions[diagram->cone->members[gate->start + m]];
        result = any ? bdd_or(diagram->bdd, result, member) : bdd_and(diagram->bdd, result, member);
    }
    return result;
}

static BddId node_function(Diagram *diagram, uint32_t node) {
    const Cone *cone = diagram->cone;
    BddId result = BDD_FALSE;
    if (diagram->variable[node] != UINT32_MAX) {
        result = bdd_variable(diagram->bdd, diagram->variable[node]);
    }
    for (uint32_t g = cone->gate_starts[node]; g < cone->gate_starts[node + 1]; g++) {
        result = bdd_or(diagram->bdd, result, gate_function(diagram, &cone->gates[g]));
    }
    return result;
}

/* Cycles: from "never down" until no function changes. False if over budget. */
static bool build_functions(Diagram *diagram) {
    const Cone *cone = diagram->cone;
    diagram->functions = arena_array(diagram->scratch, BddId, cone->node_count);
    for (uint32_t start = 0; start < cone->node_count; start = cone->ends[start]) {
        for (bool changed = true; changed;) {
            changed = false;
            for (uint32_t v = start; v < cone->ends[start]; v++) {
                BddId function = node_function(diagram, v);
                if (function == BDD_NONE) {
                    return false;
                }
                changed =
                    changed || (function != diagram->functions[v] && cone->ends[v] > start + 1);
                diagram->functions[v] = function;
            }
        }
    }
    return true;
}

/* ---- numbers ---- */

/* Probability that some component of the class is down, all but `without` (NO_NODE: all). */
static double class_probability(const Cone *cone, uint32_t node, const double *unavailability,
                                NodeId without) {
    double all_up = 0; /* as a logarithm, or small probabilities vanish beside 1 */
    for (uint32_t i = cone->class_starts[node]; i < cone->class_starts[node + 1]; i++) {
        if (cone->components[i] != without) {
            all_up += log1p(-unavailability[cone->components[i]]);
        }
    }
    return -expm1(all_up);
}

static double *node_probabilities(const Diagram *diagram, const double *q) {
    size_t count;
    const BddNode *nodes = bdd_nodes(diagram->bdd, &count);
    double *p = arena_array(diagram->scratch, double, count);
    p[BDD_TRUE] = 1;
    for (size_t i = BDD_TRUE + 1; i < count; i++) {
        double high = q[nodes[i].variable];
        p[i] = high * p[nodes[i].high] + (1 - high) * p[nodes[i].low];
    }
    return p;
}

/* dP/dq by variable. */
static double *derivatives(const Diagram *diagram, const double *q, const double *p, BddId root) {
    size_t count;
    const BddNode *nodes = bdd_nodes(diagram->bdd, &count);
    double *weight = arena_array(diagram->scratch, double, count);
    double *derivative = arena_array(diagram->scratch, double, diagram->variable_count);
    weight[root] = 1;
    for (size_t i = root; i > BDD_TRUE; i--) {
        uint32_t variable = nodes[i].variable;
        derivative[variable] += weight[i] * (p[nodes[i].high] - p[nodes[i].low]);
        weight[nodes[i].high] += weight[i] * q[variable];
        weight[nodes[i].low] += weight[i] * (1 - q[variable]);
    }
    return derivative;
}

static int compare_importance(const void *a, const void *b) {
    NodeId x = ((const Importance *)a)->component;
    NodeId y = ((const Importance *)b)->component;
    return (x > y) - (x < y);
}

static void fill_importance(const Diagram *diagram, Arena *arena, const double *unavailability,
                            const double *derivative, Probability *probability) {
    const Cone *cone = diagram->cone;
    size_t count = cone->class_starts[cone->node_count];
    probability->importance = arena_array(arena, Importance, count);
    for (size_t i = 0; i < diagram->variable_count; i++) {
        uint32_t node = diagram->node_of[i];
        for (uint32_t c = cone->class_starts[node]; c < cone->class_starts[node + 1]; c++) {
            NodeId component = cone->components[c];
            double q = unavailability[component];
            double b =
                derivative[i] * (1 - class_probability(cone, node, unavailability, component));
            double p = probability->value;
            probability->importance[probability->importance_count++] =
                (Importance){.component = component,
                             .birnbaum = b,
                             .fussell_vesely = p > 0 ? q * b / p : 0,
                             .achievement = p > 0 ? (p + (1 - q) * b) / p : 0};
        }
    }
    if (count) {
        qsort(probability->importance, count, sizeof(Importance), compare_importance);
    }
}

static void evaluate(const Diagram *diagram, Arena *arena, const double *unavailability,
                     bool with_importance, Probability *probability) {
    BddId root = diagram->functions[diagram->cone->root];
    double *q = arena_array(diagram->scratch, double, diagram->variable_count);
    for (size_t i = 0; i < diagram->variable_count; i++) {
        q[i] = class_probability(diagram->cone, diagram->node_of[i], unavailability, NO_NODE);
    }
    double *p = node_probabilities(diagram, q);
    probability->exact = true;
    probability->value = p[root];
    bdd_nodes(diagram->bdd, &probability->diagram_nodes);
    if (with_importance) {
        fill_importance(diagram, arena, unavailability, derivatives(diagram, q, p, root),
                        probability);
    }
}

void cone_probability(const Cone *cone, Arena *arena, const double *unavailability,
                      bool with_importance, size_t node_budget, Probability *ret_probability) {
    *ret_probability = (Probability){.exact = true, .value = cone->is_down ? 1 : 0};
    if (!cone->node_count) {
        return;
    }
    Diagram diagram = {.cone = cone, .scratch = arena_open(0), .bdd = bdd_open(node_budget)};
    diagram.variable = arena_array(diagram.scratch, uint32_t, cone->node_count);
    memset(diagram.variable, 0xFF, cone->node_count * sizeof(uint32_t));
    diagram.node_of = arena_array(diagram.scratch, uint32_t, cone->node_count);
    order_variables(&diagram);
    ret_probability->exact = build_functions(&diagram);
    if (ret_probability->exact) {
        evaluate(&diagram, arena, unavailability, with_importance, ret_probability);
    }
    bdd_close(diagram.bdd);
    arena_close(diagram.scratch);
}
