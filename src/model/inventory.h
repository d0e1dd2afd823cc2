/* The inventory: one table per kind, one column per field, stored by column in chunks that exist
 * only where something is stated. Each stated cell keeps its place.
 *
 * Life: inventory_open, loads (model/load.h, import/), inventory_finish (merging, canonical order,
 * references; after it rows are final and ids given), derived rows (inventory_derive,
 * inventory_finish_derived), then read-only and safe from any thread.
 *
 * Rows of a kind are 0..n-1 in canonical order; the id of an entity is 1 + number of rows of the
 * kinds before its own + its row. */
#ifndef MODEL_INVENTORY_H
#define MODEL_INVENTORY_H

#include "model/schema.h"

typedef uint32_t EntityId; /* from 1; 0 = none */
typedef uint32_t RowId;
#define NO_ROW ((RowId)UINT32_MAX) /* no enum: it does not fit an int */

typedef struct Inventory Inventory;

/* A value with its place. */
typedef struct Item {
    int64_t value; /* as a cell of the list's item type */
    Loc loc;
} Item;

typedef struct Items {
    const Item *items;
    size_t count;
} Items;

Inventory *inventory_open(Schema *schema, Sources *sources);
void inventory_close(Inventory *inventory);

const Schema *inventory_schema(const Inventory *inventory);
const Interner *inventory_interner(const Inventory *inventory);
const Sources *inventory_sources(const Inventory *inventory);

/* Head of the inventory. */
typedef struct InventoryHead {
    Str name;         /* of the first native input; may be empty */
    Str as_of;        /* of the run: --as-of, else the first native input's, else today */
    bool as_of_given; /* by --as-of: then it holds for every record */
    Sym availability; /* `single`, `ha`, `site-resilient`; 0 if not stated */
    Loc availability_loc;
} InventoryHead;
const InventoryHead *inventory_head(const Inventory *inventory);

size_t inventory_row_count(const Inventory *inventory, KindId kind);
size_t inventory_entity_count(const Inventory *inventory); /* highest id */

/* The cell; false if it is not stated. */
bool inventory_cell(const Inventory *inventory, KindId kind, ColumnId column, RowId row,
                    int64_t *ret_value);
/* The cell, else the schema's default; `*ret_assumed` tells which. False if neither. */
bool inventory_effective(const Inventory *inventory, KindId kind, ColumnId column, RowId row,
                         int64_t *ret_value, bool *ret_assumed);
/* Place of a stated cell (its value); of a list: its first item, else its key; {0} if
 * not stated. */
Loc inventory_cell_loc(const Inventory *inventory, KindId kind, ColumnId column, RowId row);

/* Items of a list column (not of child records); empty if not stated. */
Items inventory_items(const Inventory *inventory, KindId kind, ColumnId column, RowId row);

/* A child record's parent (NO_ROW if it has none), its position in the parent's list from 1, and
 * the field of the parent it stands in. */
RowId inventory_parent(const Inventory *inventory, KindId kind, RowId row);
uint32_t inventory_position(const Inventory *inventory, KindId kind, RowId row);
ColumnId inventory_parent_column(const Inventory *inventory, KindId kind, RowId row);

/* Rows of child kind `kind` under a parent row, in order of position (contiguous in `ret`). */
typedef struct RowList {
    const RowId *rows;
    size_t count;
} RowList;
RowList inventory_children(const Inventory *inventory, KindId kind, RowId parent);

/* Rows of `kind` whose REF column (or list of REFs) `column` holds `target`. */
RowList inventory_referrers(const Inventory *inventory, KindId kind, ColumnId column,
                            EntityId target);

/* Ids. */
EntityId inventory_id(const Inventory *inventory, KindId kind, RowId row);
KindId inventory_kind_of(const Inventory *inventory, EntityId id, RowId *ret_row);
Str inventory_kind_name(const Inventory *inventory, EntityId id); /* empty for none */
/* "kind:name", in the arena: as people name an entity where a name alone may be of several. */
Str inventory_full_name(const Inventory *inventory, Arena *arena, EntityId id);
Str inventory_name(const Inventory *inventory, EntityId id); /* as displayed */
Sym inventory_name_sym(const Inventory *inventory, EntityId id);
Loc inventory_loc(const Inventory *inventory, EntityId id); /* its key cell; never empty */
bool inventory_is_stub(const Inventory *inventory, EntityId id);

/* True if `child` is a record inside `parent` that took its name: people read both as one thing. */
bool inventory_is_namesake(const Inventory *inventory, EntityId child, EntityId parent);

/* The record of a name (fold key, alias; short name for kinds with host_names), NO_ROW if there is
 * none or several. */
RowId inventory_find(const Inventory *inventory, KindId kind, Str name);
/* "kind:name", or a bare name that is unique over the kinds; 0 if none, `*ret_several` if many. */
EntityId inventory_find_entity(const Inventory *inventory, Str text, bool *ret_several);

/* True if some input lists this kind completely; for a column also that field of its records. */
bool inventory_is_complete(const Inventory *inventory, KindId kind);

/* The day against which dates in this record are judged (of the input that stated it). */
int64_t inventory_as_of(const Inventory *inventory, EntityId id);

/* Derived rows (kinds with `derived`): adds a record of that name or finds the declared one. Its
 * place is that of `from`. Ids of derived kinds are final only after inventory_finish_derived; the
 * others never change. */
EntityId inventory_derive(Inventory *inventory, KindId kind, Str name, EntityId from);
bool inventory_set_derived(Inventory *inventory, EntityId id, ColumnId column, int64_t value);
void inventory_finish_derived(Inventory *inventory);

/* Number of stubs: named in a reference, described nowhere. */
size_t inventory_stub_count(const Inventory *inventory);

#endif
