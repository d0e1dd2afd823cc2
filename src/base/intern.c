/* Open addressing over (hash, symbol) pairs; texts in an arena of their own. */
#include "base/intern.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/platform.h"

typedef struct Slot {
    uint32_t hash;
    Sym sym;
} Slot;

struct Interner {
    Arena *arena;
    Slot *slots;
    size_t slot_count; /* a power of two */
    Str *texts;        /* by symbol */
    Sym *folds;        /* by symbol; 0 = not yet known */
    size_t count, capacity;
    size_t folded; /* the folds of all symbols before are known */
    bool frozen;
};

static void *checked_realloc(void *memory, size_t n, size_t size) {
    void *grown = realloc(memory, n * size);
    if (!grown) {
        fputs("topolint: out of memory\n", stderr);
        exit(3);
    }
    return grown;
}

static Slot *fresh_slots(size_t n) {
    Slot *slots = checked_realloc(NULL, n, sizeof *slots);
    memory_prefer_large_pages(slots, n * sizeof *slots);
    memset(slots, 0, n * sizeof *slots);
    return slots;
}

Interner *interner_open(void) {
    Interner *interner = checked_realloc(NULL, 1, sizeof *interner);
    *interner = (Interner){.arena = arena_open(0), .slot_count = 1024, .capacity = 512};
    interner->slots = fresh_slots(interner->slot_count);
    interner->texts = checked_realloc(NULL, interner->capacity, sizeof(Str));
    interner->folds = checked_realloc(NULL, interner->capacity, sizeof(Sym));
    interner->texts[0] = STR_NONE;
    interner->folds[0] = 0;
    interner->count = 1;
    return interner;
}

void interner_close(Interner *interner) {
    if (interner) {
        arena_close(interner->arena);
        free(interner->slots);
        free(interner->texts);
        free(interner->folds);
        free(interner);
    }
}

/* Eight bytes a step (after wyhash's folding multiply): names are hashed once per mention. */
static uint32_t hash_of(Str text) {
    uint64_t hash = 0x9E3779B97F4A7C15u ^ text.n;
    size_t i = 0;
    for (; i + 8 <= text.n; i += 8) {
        uint64_t word;
        memcpy(&word, text.s + i, 8);
        hash = (hash ^ word) * 0xFF51AFD7ED558CCDu;
        hash ^= hash >> 32;
    }
    uint64_t rest = 0;
    for (; i < text.n; i++) {
        rest = rest << 8 | (unsigned char)text.s[i];
    }
    hash = (hash ^ rest) * 0xC4CEB9FE1A85EC53u;
    return (uint32_t)(hash >> 32) ^ (uint32_t)hash;
}

static Slot *find_slot(const Interner *interner, Str text, uint32_t hash) {
    size_t mask = interner->slot_count - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        Slot *slot = &interner->slots[i];
        if (!slot->sym || (slot->hash == hash && str_eq(interner->texts[slot->sym], text))) {
            return slot;
        }
    }
}

static void grow_slots(Interner *interner, size_t slot_count) {
    Slot *old = interner->slots;
    size_t n = interner->slot_count;
    interner->slot_count = slot_count;
    interner->slots = fresh_slots(interner->slot_count);
    size_t mask = interner->slot_count - 1;
    for (size_t k = 0; k < n; k++) {
        if (old[k].sym) {
            size_t i = old[k].hash & mask;
            while (interner->slots[i].sym) {
                i = (i + 1) & mask;
            }
            interner->slots[i] = old[k];
        }
    }
    free(old);
}

Sym intern(Interner *interner, Str text) {
    uint32_t hash = hash_of(text);
    Slot *slot = find_slot(interner, text, hash);
    if (slot->sym) {
        return slot->sym;
    }
    assert(!interner->frozen);
    if (interner->count == interner->capacity) {
        interner->capacity *= 2;
        interner->texts = checked_realloc(interner->texts, interner->capacity, sizeof(Str));
        interner->folds = checked_realloc(interner->folds, interner->capacity, sizeof(Sym));
    }
    Sym sym = (Sym)interner->count++;
    interner->texts[sym] = arena_copy(interner->arena, text);
    interner->folds[sym] = 0;
    *slot = (Slot){hash, sym};
    if (interner->count * 4 > interner->slot_count * 3) {
        grow_slots(interner, interner->slot_count * 2);
    }
    return sym;
}

void interner_expect(Interner *interner, size_t texts) {
    size_t slot_count = interner->slot_count;
    while ((interner->count + texts) * 4 > slot_count * 3) {
        slot_count *= 2;
    }
    if (slot_count > interner->slot_count) {
        grow_slots(interner, slot_count);
    }
}

Sym intern_find(const Interner *interner, Str text) {
    return find_slot(interner, text, hash_of(text))->sym;
}

Str sym_text(const Interner *interner, Sym sym) {
    assert(sym < interner->count);
    return interner->texts[sym];
}

Sym sym_fold(Interner *interner, Sym sym) {
    assert(sym < interner->count);
    if (!interner->folds[sym] && sym) {
        Str text = interner->texts[sym];
        ArenaMark mark = arena_mark(interner->arena);
        Str key = fold_key(interner->arena, text);
        if (key.s == text.s) {
            interner->folds[sym] = sym;
            return sym;
        }
        char local[256];
        bool small = key.n <= sizeof local;
        if (small) {
            memcpy(local, key.s, key.n);
            arena_release(interner->arena, mark);
            key.s = local;
        }
        Sym fold = intern(interner, key);
        interner->folds[fold] = fold;
        interner->folds[sym] = fold;
    }
    return interner->folds[sym];
}

void interner_freeze(Interner *interner) {
    for (; interner->folded < interner->count; interner->folded++) {
        sym_fold(interner, (Sym)interner->folded);
    }
    interner->frozen = true;
}

void interner_thaw(Interner *interner) {
    interner->frozen = false;
}

bool interner_is_frozen(const Interner *interner) {
    return interner->frozen;
}

Sym sym_fold_frozen(const Interner *interner, Sym sym) {
    assert(interner->frozen && sym < interner->count);
    return interner->folds[sym];
}

size_t interner_count(const Interner *interner) {
    return interner->count;
}
