/* The terms of an SPF record (RFC 7208, grammar in section 12), each with what is wrong with it.
 * Syntax alone: nothing is looked up. */
#ifndef QUERY_SPF_H
#define QUERY_SPF_H

#include "base/arena.h"

typedef enum SpfKind {
    SPF_VERSION,
    SPF_ALL,
    SPF_INCLUDE,
    SPF_A,
    SPF_MX,
    SPF_PTR,
    SPF_IP4,
    SPF_IP6,
    SPF_EXISTS,
    SPF_REDIRECT,
    SPF_EXP,
    SPF_UNKNOWN, /* a modifier that is ignored (no error), or no term at all (an error) */
    SPF_KIND_COUNT,
} SpfKind;

typedef struct SpfTerm {
    Str term; /* a slice of the record */
    SpfKind kind;
    size_t at, length; /* code points, from 1: of the term, or of the part that is wrong */
    Str error;         /* empty if the term is right */
} SpfTerm;

extern const char *const spf_kind_names[]; /* by SpfKind, NULL behind the last */

/* False, and no terms, if the text is no SPF record (it does not begin with "v=spf1"). */
bool spf_parse(Arena *arena, Str text, SpfTerm **ret_terms, size_t *ret_count);

#endif
