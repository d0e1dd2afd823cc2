/* Derived records: what packs see in an inventory that nobody wrote down, such as services. */
#ifndef RULE_DERIVE_H
#define RULE_DERIVE_H

#include "rule/pack.h"

/* Runs the derive statements of all packs in order, each seeing what earlier ones added, and makes
 * the ids final. False with errors added. */
bool packs_derive(const Packs *packs, const Catalog *catalog, Database *database,
                  Inventory *inventory, Diags *diags);

#endif
