/* Cut sets of an Open-PSA model. */
#ifndef CLI_MODEL_CUTS_H
#define CLI_MODEL_CUTS_H

#include "base/buf.h"
#include "cli/command.h"
#include "graph/cut_sets.h"
#include "rule/faults.h"

typedef struct CutOptions {
    int order;
    Str service;                  /* empty: all */
    FaultPhase phase, last_phase; /* from the first to the last */
    bool count, probability;
} CutOptions;

/* Reads the sources as one model and prints the cut sets of its tops. Returns an exit code. */
int model_cuts(Session *session, const SourceId *sources, size_t count, const CutOptions *options,
               Buf *out);

#endif
