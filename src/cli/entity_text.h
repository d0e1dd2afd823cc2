/* Entities as they are written on the command line. */
#ifndef CLI_ENTITY_TEXT_H
#define CLI_ENTITY_TEXT_H

#include "model/inventory.h"

/* "kind:name", in the arena. */
Str entity_text(Arena *arena, const Inventory *inventory, EntityId id);

#endif
