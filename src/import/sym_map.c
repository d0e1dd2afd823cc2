#include "import/sym_map.h"

#include <stdio.h>
#include <stdlib.h>

void sym_map_clear(SymMap *map) {
    free(map->slots);
    *map = (SymMap){0};
}

static SymEntry *find(const SymMap *map, Sym key) {
    size_t mask = map->slot_count - 1;
    size_t i = (size_t)(key * 2654435761u) & mask;
    while (map->slots[i].key && map->slots[i].key != key) {
        i = (i + 1) & mask;
    }
    return &map->slots[i];
}

static void grow(SymMap *map) {
    SymMap larger = {.slot_count = map->slot_count ? map->slot_count * 2 : 1024, .used = map->used};
    larger.slots = calloc(larger.slot_count, sizeof *larger.slots);
    if (!larger.slots) {
        fputs("topolint: out of memory\n", stderr);
        exit(3);
    }
    for (size_t i = 0; i < map->slot_count; i++) {
        if (map->slots[i].key) {
            *find(&larger, map->slots[i].key) = map->slots[i];
        }
    }
    free(map->slots);
    *map = larger;
}

uint32_t sym_map_get(const SymMap *map, Sym key) {
    return map->slot_count ? find(map, key)->value : 0;
}

void sym_map_set(SymMap *map, Sym key, uint32_t value) {
    if ((map->used + 1) * 4 > map->slot_count * 3) {
        grow(map);
    }
    SymEntry *entry = find(map, key);
    map->used += !entry->key;
    *entry = (SymEntry){key, value};
}
