/* Binary search in items that ascend by a number. */
#ifndef BASE_SORTED_H
#define BASE_SORTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The first of `count` items of `size` bytes whose key is not below `key`; `count` if all are. The
 * key, a uint32_t, stands `offset` bytes into the item. */
static inline size_t sorted_find(const void *items, size_t count, size_t size, size_t offset,
                                 uint32_t key) {
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t found;
        memcpy(&found, (const char *)items + middle * size + offset, sizeof found);
        if (found < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The same of structs with the key in a field. */
#define SORTED_FIND(Type, field, items, count, key)                                                \
    sorted_find((items), (count), sizeof(Type), offsetof(Type, field), (key))

/* True if the number is among the ascending ones. */
static inline bool sorted_has(const uint32_t *numbers, size_t count, uint32_t number) {
    size_t at = sorted_find(numbers, count, sizeof *numbers, 0, number);
    return at < count && numbers[at] == number;
}

#endif
