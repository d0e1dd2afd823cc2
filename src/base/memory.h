/* Heap memory for what grows outside of an arena. Never NULL: where the system has no more, the
 * program says so and ends. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

#include "base/compiler.h"

/* realloc to `n` items of `size` bytes; the product is checked. */
void *memory_grow(void *memory, size_t n, size_t size);

/* `n` zeroed items. */
void *memory_zeroed(size_t n, size_t size);

/* "topolint: <reason>", exit code 3. */
NORETURN void memory_exhausted(const char *reason);

#endif
