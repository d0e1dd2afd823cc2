/* How much of the time each component is down by itself: mean time to repair over mean time to
 * failure and repair, from what its record states, else from what is usual for its kind. */
#ifndef RULE_FAILURE_DATA_H
#define RULE_FAILURE_DATA_H

#include "rule/faults.h"

typedef struct FailureData {
    /* By node: share of the time, at its least and at its most; negative = nothing is known. */
    double *least, *most;
} FailureData;

void failure_data_read(Arena *arena, const Faults *faults, FailureData *ret_data);

/* What was taken for a component, of one measure; usual: its record does not state it. */
typedef struct MeasureTaken {
    const Field *field;
    int64_t low, high; /* seconds */
    bool usual;
} MeasureTaken;

/* False if neither its record nor its kind says anything. */
bool measure_taken(const Inventory *inventory, EntityId id, Measure measure,
                   MeasureTaken *ret_taken);

#endif
