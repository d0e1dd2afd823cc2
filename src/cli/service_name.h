/* Services and phases as people name them on the command line. */
#ifndef CLI_SERVICE_NAME_H
#define CLI_SERVICE_NAME_H

#include "rule/faults.h"

/* The service of that name; 0 with a complaint. */
EntityId service_named(const Faults *faults, Str name);

/* The phase of that name; false with a complaint. */
bool phase_named(Str name, FaultPhase *ret_phase);

#endif
