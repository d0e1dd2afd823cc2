/* Inside of writing models: cones with cycles. */
#ifndef PSA_PSA_UNROLL_H
#define PSA_PSA_UNROLL_H

#include "psa/psa_model.h"

/* What is reached of the cone without cycles, in the arena: the same top falls with the same sets
 * of components. False if that takes too many arcs. */
bool psa_unroll(const PsaExport *export, const bool *reached, Arena *arena, PsaExport *ret);

#endif
