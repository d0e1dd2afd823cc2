/* Numbered names, and sets of them as bits. Case of letters does not tell names apart. */
#ifndef RULE_NAME_SET_H
#define RULE_NAME_SET_H

#include "base/arena.h"

typedef uint32_t NameId; /* from 1; 0 = none of the names */

typedef struct Names {
    Arena *arena;
    VEC(Str) texts; /* by number */
    NameId *slots;
    size_t slot_count;
} Names;

/* Names that are longer than LONGEST_NAME are told apart by their beginning alone. */
enum { LONGEST_NAME = 128 };

void names_init(Names *names, Arena *arena, size_t most);
NameId name_add(Names *names, Str name); /* at most `most` different ones */
NameId name_find(const Names *names, Str name);

typedef uint64_t *NameSet;

/* Empty, with room for the names so far. */
NameSet name_set_new(const Names *names, Arena *arena);

/* True if the set grew. */
bool name_set_join(const Names *names, NameSet set, const uint64_t *more);
bool name_sets_meet(const Names *names, const uint64_t *a, const uint64_t *b);

static inline void name_set_add(NameSet set, NameId name) {
    set[name / 64] |= (uint64_t)1 << name % 64;
}
static inline bool name_set_has(const uint64_t *set, NameId name) {
    return set[name / 64] >> name % 64 & 1;
}

#endif
