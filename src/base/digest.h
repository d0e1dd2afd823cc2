/* SHA-256 of a text. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "base/arena.h"

/* 64 lower-case hex digits, in the arena. */
Str digest_sha256(Arena *arena, Str bytes);

#endif
