/* Symbols to small numbers; grows as needed. */
#ifndef IMPORT_SYM_MAP_H
#define IMPORT_SYM_MAP_H

#include "base/intern.h"

typedef struct SymEntry {
    Sym key;
    uint32_t value; /* 0 = not set */
} SymEntry;

typedef struct SymMap {
    SymEntry *slots; /* open addressing; malloc */
    size_t slot_count, used;
} SymMap;

void sym_map_clear(SymMap *map);

uint32_t sym_map_get(const SymMap *map, Sym key); /* 0 if there is none */
void sym_map_set(SymMap *map, Sym key, uint32_t value);

#endif
