/* Definitions of a model by their names and paths; for src/psa alone.
 *
 * MEF names: every definition has a path (tree.component.name). A public one is also known by its
 * name alone. A reference means, in this order, the definition of that name in the innermost
 * container that has one, the public one, the one of that path. */
#ifndef PSA_PSA_NAMES_H
#define PSA_PSA_NAMES_H

#include "read/tree.h"

typedef enum PsaSort { PSA_GATE, PSA_BASIC, PSA_HOUSE, PSA_PARAMETER } PsaSort;

typedef struct PsaDefinition {
    PsaSort sort;
    Str path, container; /* container: the path of what it stands in */
    const Node *element;
    uint32_t node;       /* of the graph; UINT32_MAX for a parameter */
    double value;        /* of a parameter that was computed */
    bool computed, open; /* open: being computed, to find cycles */
    bool is_public;
    bool used; /* a gate that another one uses */
} PsaDefinition;

typedef struct PsaNames {
    Arena *arena;
    Diags *diags;
    VEC(PsaDefinition) definitions;
    /* Two open-addressing tables of definition + 1, by path and by public name; kinds of name
     * apart: events share one space, parameters have their own. */
    uint32_t *by_path, *by_name;
    size_t slots;
} PsaNames;

/* Takes every definition of a document; false with errors added. */
bool psa_names_collect(PsaNames *names, const Node *root);

/* NULL if nothing is meant. */
PsaDefinition *psa_names_find(const PsaNames *names, Str reference, Str container, bool parameter);

/* What people call it: the name of a public one, the path of a private one. */
Str psa_display_name(const PsaDefinition *definition);

/* Adds a basic event that is referred to and nowhere defined. */
PsaDefinition *psa_names_add_event(PsaNames *names, Str name);

#endif
