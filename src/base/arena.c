/* A list of blocks, each twice as large as the one before up to a maximum. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#if defined(__SANITIZE_ADDRESS__)
#define POISONED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POISONED 1
#endif
#endif
#ifdef POISONED
#include <sanitizer/asan_interface.h>
#define POISON(p, n) __asan_poison_memory_region((p), (n))
#define UNPOISON(p, n) __asan_unpoison_memory_region((p), (n))
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

enum { FIRST_BLOCK = 64 * 1024, LARGEST_BLOCK = 4 * 1024 * 1024 };

typedef struct Block {
    struct Block *previous;
    size_t size, used;
    size_t touched; /* what lies behind was never handed out and is still zero */
    alignas(max_align_t) unsigned char data[];
} Block;

struct Arena {
    Block *block;
    Block *spare; /* the largest block that a release gave back */
    size_t total, limit;
    ArenaExhausted *exhausted;
    void *context;
};

static void exit_exhausted(void *context, const char *reason) {
    (void)context;
    memory_exhausted(reason);
}

Arena *arena_open(size_t limit) {
    Arena *arena = memory_zeroed(1, sizeof *arena);
    arena->limit = limit;
    arena->exhausted = exit_exhausted;
    return arena;
}

static void free_block(Block *block) {
    if (block) {
        UNPOISON(block->data, block->size);
        free(block);
    }
}

void arena_close(Arena *arena) {
    if (!arena) {
        return;
    }
    for (Block *block = arena->block; block;) {
        Block *previous = block->previous;
        free_block(block);
        block = previous;
    }
    free_block(arena->spare);
    free(arena);
}

void arena_join(Arena *arena, Arena *other) {
    Block *first = other->block;
    while (first && first->previous) {
        first = first->previous;
    }
    if (first) {
        first->previous = arena->block;
        arena->block = other->block;
        arena->total += other->total - (other->spare ? other->spare->size : 0);
        other->block = NULL;
    }
    arena_close(other);
}

void arena_on_exhausted(Arena *arena, ArenaExhausted *function, void *context) {
    arena->exhausted = function;
    arena->context = context;
}

static void exhausted(Arena *arena, const char *reason) {
    arena->exhausted(arena->context, reason);
    abort();
}

static Block *take_block(Arena *arena, size_t need) {
    if (arena->spare && arena->spare->size >= need) {
        Block *block = arena->spare;
        arena->spare = NULL;
        return block;
    }
    size_t size = arena->block ? arena->block->size * 2 : FIRST_BLOCK;
    size = size > LARGEST_BLOCK ? LARGEST_BLOCK : size;
    size = size < need ? need : size;
    if (size > SIZE_MAX - sizeof(Block)) {
        exhausted(arena, "a request for memory is too large");
    }
    if (arena->limit && (arena->total > arena->limit || size > arena->limit - arena->total)) {
        exhausted(arena, "the memory limit is reached");
    }
    Block *block = calloc(1, sizeof *block + size);
    if (!block) {
        exhausted(arena, "out of memory");
        return NULL;
    }
    block->size = size;
    arena->total += size;
    POISON(block->data, size);
    return block;
}

void *arena_alloc(Arena *arena, size_t n, size_t size, size_t align) {
    if (size && n > (SIZE_MAX / 2) / size) {
        exhausted(arena, "a request for memory is too large");
    }
    size_t bytes = n * size;
    Block *block = arena->block;
    size_t at = block ? (block->used + align - 1) & ~(align - 1) : 0;
    if (!block || at > block->size || bytes > block->size - at) {
        block = take_block(arena, bytes ? bytes : 1);
        block->previous = arena->block;
        block->used = 0;
        arena->block = block;
        at = 0;
    }
    block->used = at + bytes;
    void *memory = block->data + at;
    UNPOISON(memory, bytes);
    if (block->touched > at) {
        size_t dirty = block->touched - at;
        memset(memory, 0, bytes < dirty ? bytes : dirty);
    }
    if (block->used > block->touched) {
        block->touched = block->used;
    }
    return memory;
}

Str arena_copy(Arena *arena, Str text) {
    char *copy = arena_array(arena, char, text.n + 1);
    if (text.n) {
        memcpy(copy, text.s, text.n);
    }
    return (Str){copy, text.n};
}

Str arena_printf(Arena *arena, const char *format, ...) {
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    size_t n = length > 0 ? (size_t)length : 0;
    char *text = arena_array(arena, char, n + 1);
    if (n) {
        vsnprintf(text, n + 1, format, again);
    }
    va_end(again);
    return (Str){text, n};
}

ArenaMark arena_mark(const Arena *arena) {
    return (ArenaMark){arena->block, arena->block ? arena->block->used : 0};
}

void arena_release(Arena *arena, ArenaMark mark) {
    while (arena->block != mark.block) {
        Block *block = arena->block;
        arena->block = block->previous;
        POISON(block->data, block->size);
        if (!arena->spare || block->size > arena->spare->size) {
            Block *spare = arena->spare;
            arena->spare = block;
            block = spare;
        }
        if (block) {
            arena->total -= block->size;
            free_block(block);
        }
    }
    if (arena->block) {
        arena->block->used = mark.used;
        POISON(arena->block->data + mark.used, arena->block->size - mark.used);
    }
}

size_t arena_size(const Arena *arena) {
    return arena->total;
}

void *arena_grow(Arena *arena, const void *items, size_t count, size_t *capacity, size_t size) {
    size_t larger = *capacity ? *capacity * 2 : 8;
    void *copy = arena_alloc(arena, larger, size, alignof(max_align_t));
    if (count) {
        memcpy(copy, items, count * size);
    }
    *capacity = larger;
    return copy;
}
