/* What a merged inventory does not list completely, as the head of a native file says it. */
#ifndef MODEL_PARTIAL_H
#define MODEL_PARTIAL_H

#include "model/inventory.h"

/* True if the head of the first native input does not say it all: there are imports or several
 * inputs. */
bool inventory_is_merged(const Inventory *inventory);

/* The entries of `partial`, in canonical order, in the arena. */
size_t inventory_partial(const Inventory *inventory, Arena *arena, Str **ret_entries);

/* The day of the first import that tells one; empty if none does. */
Str inventory_import_day(const Inventory *inventory);

#endif
