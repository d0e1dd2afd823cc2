/* Keys for sorting many names the way people read them. */
#ifndef BASE_NATURAL_H
#define BASE_NATURAL_H

#include "base/arena.h"

/* Bytes that compare (str_cmp) as the texts do by str_cmp_natural; equal where only a tie decides.
 * In the arena. */
Str natural_key(Arena *arena, Str text);

#endif
