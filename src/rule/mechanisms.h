/* The recovery mechanisms of all packs as tables, and where each one is active. */
#ifndef RULE_MECHANISMS_H
#define RULE_MECHANISMS_H

#include "rule/pack.h"

enum { MECHANISM_TABLES = 2 };

/* Tables `mechanism` and `mechanism_trigger`. Texts are interned. */
void mechanisms_describe(Arena *arena, const Packs *packs,
                         const MemTable *ret_tables[MECHANISM_TABLES]);

/* Runs the `active` statements -> table `protection`. False with errors added. */
bool mechanisms_protect(Arena *arena, const Packs *packs, const Catalog *catalog, Diags *diags,
                        int threads, MemTable *ret_table);

#endif
