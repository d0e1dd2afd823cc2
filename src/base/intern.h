/* Names as small integers. Interning never changes text; comparison of names goes through their
 * fold key, which is a symbol of its own. Symbols are dense and in order of first appearance, so
 * never let their order reach an output. */
#ifndef BASE_INTERN_H
#define BASE_INTERN_H

#include "base/arena.h"

typedef uint32_t Sym; /* 0 = none */

typedef struct Interner Interner;

Interner *interner_open(void);
void interner_close(Interner *interner);

/* The symbol of a text; the text is copied. The empty text has a symbol too. */
Sym intern(Interner *interner, Str text);

/* Makes room for so many more texts, so that the table is not moved again and again. */
void interner_expect(Interner *interner, size_t texts);

/* 0 if the text was never interned. */
Sym intern_find(const Interner *interner, Str text);

/* NUL-terminated; the empty Str for 0. */
Str sym_text(const Interner *interner, Sym sym);

/* The symbol of the fold key. Adds it on first use, unless the interner is frozen; then all keys
 * are there already. */
Sym sym_fold(Interner *interner, Sym sym);

/* Computes all fold keys; from then on every call is a pure look-up and safe from any thread.
 * intern() of a new text is an assertion failure until interner_thaw(). */
void interner_freeze(Interner *interner);
void interner_thaw(Interner *interner);
bool interner_is_frozen(const Interner *interner);

/* As sym_fold, on a frozen interner. */
Sym sym_fold_frozen(const Interner *interner, Sym sym);

size_t interner_count(const Interner *interner);

#endif
