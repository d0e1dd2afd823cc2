#include "cli/entity_text.h"

Str entity_text(Arena *arena, const Inventory *inventory, EntityId id) {
    RowId row;
    const Kind *kind =
        schema_kind(inventory_schema(inventory), inventory_kind_of(inventory, id, &row));
    return arena_printf(arena, "%.*s:%.*s",
                        STR_ARG(sym_text(inventory_interner(inventory), kind->name)),
                        STR_ARG(inventory_name(inventory, id)));
}
