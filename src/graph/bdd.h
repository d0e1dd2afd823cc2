/* Reduced ordered binary decision diagrams of monotone functions: just what the exact probability
 * of a cone takes. Nodes are never freed; a manager is dropped whole. No recursion.
 *
 * Bryant, "Graph-based algorithms for Boolean function manipulation" (1986); Rauzy, "New algorithms
 * for fault trees analysis" (1993). */
#ifndef GRAPH_BDD_H
#define GRAPH_BDD_H

#include "base/arena.h"

typedef uint32_t BddId;
enum { BDD_FALSE = 0, BDD_TRUE = 1 };
#define BDD_NONE UINT32_MAX

typedef struct BddNode {
    uint32_t variable; /* its place in the order; UINT32_MAX for the two constants */
    BddId low, high;   /* both have smaller ids than the node: children come first */
} BddNode;

typedef struct Bdd Bdd;

/* `node_budget`: nodes at most; what would take more gives BDD_NONE. */
Bdd *bdd_open(size_t node_budget);
void bdd_close(Bdd *bdd); /* NULL is fine */

BddId bdd_variable(Bdd *bdd, uint32_t variable);
/* BDD_NONE if an operand is BDD_NONE or the budget is reached. */
BddId bdd_and(Bdd *bdd, BddId a, BddId b);
BddId bdd_or(Bdd *bdd, BddId a, BddId b);

/* Nodes by id, valid until the next operation; `*ret_count` includes the constants. */
const BddNode *bdd_nodes(const Bdd *bdd, size_t *ret_count);

#endif
