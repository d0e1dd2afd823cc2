/* How likely the services of an inventory are down, and what those numbers rest on. */
#ifndef CLI_SERVICE_CHANCES_H
#define CLI_SERVICE_CHANCES_H

#include "base/buf.h"
#include "rule/chances.h"

typedef struct ServiceChances ServiceChances;

/* Closed with service_chances_close. */
ServiceChances *service_chances_open(const Faults *faults);
void service_chances_close(ServiceChances *chances);

/* The range of one phase and the components that it hangs on. */
void service_chances_print(ServiceChances *chances, EntityId service, FaultPhase phase, Buf *out);

/* The range alone: "NAME, tab, PHASE, tab, down, tab, least, tab, most". */
void service_chances_print_bare(ServiceChances *chances, EntityId service, const char *phase_name,
                                FaultPhase phase, Buf *out);

/* What all that was printed rests on. */
void service_chances_print_assumptions(const ServiceChances *chances, Buf *out);

#endif
