/* Contracts: whether each service survives what it must, by trying it on the fault graphs. */
#ifndef RULE_CONTRACT_H
#define RULE_CONTRACT_H

#include "rule/contract_term.h"
#include "rule/kernels.h"

/* What a fault set's query yields. */
typedef struct FaultMembers {
    Str name;
    NodeId *nodes; /* of those that occur in the graph, ascending */
    size_t count;
    size_t total; /* with those that do not */
    bool *kinds;  /* by KindId: of all of them */
} FaultMembers;

/* The sets of all packs that some contract names (fault_members.c). Terms that are none, and
 * unknown sets, are errors at the place of the term; false if there was one. */
typedef struct FaultSets {
    FaultMembers *items;
    size_t count;
} FaultSets;
bool fault_sets_read(const Kernels *kernels, const Packs *packs, const Catalog *catalog,
                     Diags *diags, FaultSets *ret_sets);
const FaultMembers *fault_sets_find(const FaultSets *sets, Str name); /* NULL if there is none */

/* Terms must be good (fault_sets_read). */
typedef struct ContractTables {
    MemTable *contract, *loss;
} ContractTables;
ContractTables kernel_contract(const Kernels *kernels, const FaultSets *sets);

#endif
