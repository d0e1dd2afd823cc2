/* Which records stand near others: what explains a verdict about one of them is found there. */
#ifndef MODEL_NEARBY_H
#define MODEL_NEARBY_H

#include "model/inventory.h"

enum {
    NEARBY_RECORDS = 400, /* at most */
    NEARBY_REFERRERS =
        64, /* a record that more of one kind name is everybody's: not followed back */
};

/* Ascending ids, in the arena. */
typedef struct IdList {
    const EntityId *ids;
    size_t count;
} IdList;

bool id_list_has(IdList list, EntityId id);

/* The records, their children and parents, what those refer to, and so on. */
IdList inventory_foundations(const Inventory *inventory, const EntityId *from, size_t count,
                             Arena *arena);

/* The same, with the items of lists, and with whoever refers to one of them, in so many steps. */
IdList inventory_nearby(const Inventory *inventory, const EntityId *from, size_t count,
                        int steps_back, Arena *arena);

#endif
