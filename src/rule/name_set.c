#include "rule/name_set.h"

#include <assert.h>

/* The name in small letters, in the room given. */
static Str in_small(Str name, char room[LONGEST_NAME]) {
    size_t n = name.n < LONGEST_NAME ? name.n : LONGEST_NAME;
    for (size_t i = 0; i < n; i++) {
        char c = name.s[i];
        room[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (Str){room, n};
}

static NameId *slot_of(const Names *names, Str name) {
    size_t at = (size_t)str_hash(name) & (names->slot_count - 1);
    while (names->slots[at] && !str_eq(names->texts.items[names->slots[at]], name)) {
        at = (at + 1) & (names->slot_count - 1);
    }
    return &names->slots[at];
}

void names_init(Names *names, Arena *arena, size_t most) {
    *names = (Names){.arena = arena, .slot_count = 64};
    while (names->slot_count < most * 2) {
        names->slot_count *= 2;
    }
    names->slots = arena_array(arena, NameId, names->slot_count);
    vec_push(arena, &names->texts, STR_NONE);
}

NameId name_find(const Names *names, Str name) {
    char room[LONGEST_NAME];
    return *slot_of(names, in_small(name, room));
}

NameId name_add(Names *names, Str name) {
    char room[LONGEST_NAME];
    Str small = in_small(name, room);
    NameId *slot = slot_of(names, small);
    if (!*slot) {
        assert(names->texts.count < names->slot_count);
        *slot = (NameId)names->texts.count;
        vec_push(names->arena, &names->texts, arena_copy(names->arena, small));
    }
    return *slot;
}

static size_t set_words(const Names *names) {
    return names->texts.count / 64 + 1;
}

NameSet name_set_new(const Names *names, Arena *arena) {
    return arena_array(arena, uint64_t, set_words(names));
}

bool name_set_join(const Names *names, NameSet set, const uint64_t *more) {
    uint64_t grown = 0;
    for (size_t i = 0; i < set_words(names); i++) {
        grown |= more[i] & ~set[i];
        set[i] |= more[i];
    }
    return grown != 0;
}

bool name_sets_meet(const Names *names, const uint64_t *a, const uint64_t *b) {
    uint64_t common = 0;
    for (size_t i = 0; i < set_words(names); i++) {
        common |= a[i] & b[i];
    }
    return common != 0;
}
