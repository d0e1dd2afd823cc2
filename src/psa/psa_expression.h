/* The probability of a basic event; for src/psa alone. */
#ifndef PSA_PSA_EXPRESSION_H
#define PSA_PSA_EXPRESSION_H

#include "psa/psa_names.h"

/* The value of a definition (basic event or parameter), 0..1 for an event; negative where none is
 * stated or what it takes is not known here (the mission time, say), which adds a warning. False
 * with an error added: a parameter that needs itself, an unknown one, an event outside of 0..1. */
bool psa_value(PsaNames *names, PsaDefinition *definition, double *ret_value);

#endif
