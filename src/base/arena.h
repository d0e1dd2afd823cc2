/* Memory that is given back all at once. One arena a run for what lives to the end, one for scratch
 * that is released after each step. Allocation does not fail for the caller: where the system has
 * no more, or the arena's limit is reached, the program says so and ends (arena_on_exhausted). */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdalign.h>
#include <stddef.h>

#include "base/compiler.h"
#include "base/str.h"

typedef struct Arena Arena;

/* `limit` in bytes, 0 = none. */
Arena *arena_open(size_t limit);
void arena_close(Arena *arena); /* NULL is fine */

/* Takes over what was allocated in `other`, by a thread of its own say, and closes that. */
void arena_join(Arena *arena, Arena *other);

/* Zeroed memory for `n` items of `size` bytes; the product is checked. Never NULL. */
void *arena_alloc(Arena *arena, size_t n, size_t size, size_t align);

#define arena_array(arena, Type, n) ((Type *)arena_alloc((arena), (n), sizeof(Type), alignof(Type)))
#define arena_new(arena, Type) arena_array(arena, Type, 1)

/* A copy with a NUL behind it. */
Str arena_copy(Arena *arena, Str text);

/* printf into the arena. */
Str arena_printf(Arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);

/* Everything allocated after the mark is given back; the memory stays with the arena. */
typedef struct ArenaMark {
    void *block;
    size_t used;
} ArenaMark;
ArenaMark arena_mark(const Arena *arena);
void arena_release(Arena *arena, ArenaMark mark);

/* Bytes obtained from the system so far. */
size_t arena_size(const Arena *arena);

/* Called with a reason when memory is exhausted; must not return. The default prints the reason
 * and exits with status 3. Fuzzers and failure-injection tests set a longjmp. */
typedef void ArenaExhausted(void *context, const char *reason);
void arena_on_exhausted(Arena *arena, ArenaExhausted *function, void *context);

/* A growing array in an arena; the one macro that evaluates its arguments more than once.
 * Item pointers are valid until the next push. */
#define VEC(Type)                                                                                  \
    struct {                                                                                       \
        Type *items;                                                                               \
        size_t count, capacity;                                                                    \
    }
#define vec_push(arena, vec, item)                                                                 \
    (*((vec)->count == (vec)->capacity                                                             \
           ? ((vec)->items = arena_grow((arena), (vec)->items, (vec)->count, &(vec)->capacity,     \
                                        sizeof *(vec)->items),                                     \
              (vec)->items + (vec)->count++)                                                       \
           : (vec)->items + (vec)->count++) = (item))

/* For vec_push alone: a larger copy of `items`, with `*capacity` at least doubled. */
void *arena_grow(Arena *arena, const void *items, size_t count, size_t *capacity, size_t size);

#endif
