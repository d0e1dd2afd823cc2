/* Fault trees in the Open-PSA Model Exchange Format (MEF 2.0d): a fault graph with names, without
 * an inventory. https://open-psa.github.io/mef/
 *
 * A gate of the format becomes a node with one gate over its arguments; "or" is fired by one
 * member, "and" by all, "atleast" by `min` of them. Nested formulas become nodes without a name. A
 * house event is a constant. Common-cause groups, event trees and operators that are not monotone
 * (not, xor, nand, nor, iff, imply, cardinality) are refused with their place. */
#ifndef PSA_PSA_MODEL_H
#define PSA_PSA_MODEL_H

#include "base/buf.h"
#include "graph/fault_graph.h"
#include "read/event.h"

typedef struct PsaModel {
    size_t node_count;
    Str *names;          /* by node; empty for a nested formula */
    bool *is_component;  /* by node: a basic event */
    double *probability; /* by node: of a basic event; negative = not stated */
    NodeId *tops;        /* gates that no other gate uses, in order of definition */
    size_t top_count;
    FaultGraph *graph;
} PsaModel;

/* True if the bytes look like a file of this format. */
bool psa_recognise(Str bytes);

/* Reads the sources as one model, into the arena. False with errors added. */
bool psa_read(const ReadContext *context, const SourceId *sources, size_t count, Arena *arena,
              PsaModel *ret_model);

/* What is below one node as a model of one fault tree. The format knows no cycles: they are
 * unrolled (psa_unroll.h); false if they are too large for that. `names` and `probability` (may be
 * NULL) by node. */
typedef struct PsaExport {
    const FaultGraph *graph;
    const bool *is_component;
    const Str *names;
    const double *probability;
    NodeId top;
    Str title;
} PsaExport;
bool psa_write(const PsaExport *export, Buf *out);

#endif
