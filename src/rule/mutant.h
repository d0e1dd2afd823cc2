/* Changes of one fact in a written inventory: it is left out, or another value stands there. The
 * document is changed in place and put back. */
#ifndef RULE_MUTANT_H
#define RULE_MUTANT_H

#include "model/inventory.h"

/* A document that may be changed, and the run of it as it stands. */
typedef struct Draft {
    Arena *arena;
    Node *root;
    const Inventory *inventory; /* loaded from it */
} Draft;

/* A copy of the document, in the arena. */
Draft draft_of(Arena *arena, const Node *root, const Inventory *inventory);

/* Where a stated cell is written. */
typedef struct WrittenCell {
    const Draft *draft;
    KindId kind;
    ColumnId column;
    RowId row;
    Node *node;
} WrittenCell;

/* False if it is written nowhere: derived, or counted from what stands elsewhere. */
bool draft_find(const Draft *draft, KindId kind, ColumnId column, RowId row, WrittenCell *ret_cell);

/* The n-th change, from 0; number 0 leaves the fact out. False if there are no more. What was there
 * is put back by mutant_undo(). */
typedef struct Mutant {
    const WrittenCell *cell;
    Node saved, head;
} Mutant;
bool mutant_apply(const WrittenCell *cell, size_t number, Mutant *ret_mutant);
void mutant_undo(const Mutant *mutant);

#endif
