#include "base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

NORETURN void memory_exhausted(const char *reason) {
    fprintf(stderr, "topolint: %s\n", reason);
    exit(3);
}

void *memory_grow(void *memory, size_t n, size_t size) {
    void *grown = n <= SIZE_MAX / size ? realloc(memory, n * size) : NULL;
    if (!grown) {
        memory_exhausted("out of memory");
    }
    return grown;
}

void *memory_zeroed(size_t n, size_t size) {
    void *memory = calloc(n ? n : 1, size);
    if (!memory) {
        memory_exhausted("out of memory");
    }
    return memory;
}
