/* Inside of the inventory, for model/ alone: tables of chunked columns.
 *
 * A chunk holds a run of rows of one column and exists only where something is stated, so a field
 * that nobody states costs nothing. Cells hold what model/schema.h says per type, with three
 * packings undone by the accessors of inventory.h:
 *   TYPE_LIST   start of the items in the column's pool << 32 | number of items
 *   TYPE_SIZE   MiB << 1 | 1 if written in GB
 *   TYPE_REF    until references are resolved: the Sym of the name, REF_NONE for `none` */
#ifndef MODEL_STORE_H
#define MODEL_STORE_H

#include "base/threads.h"
#include "model/load.h"

enum { CHUNK_ROWS = 1024 };
#define REF_NONE ((int64_t)-1)

typedef struct Chunk {
    uint64_t stated[CHUNK_ROWS / 64];
    int64_t value[CHUNK_ROWS];
    Loc loc[CHUNK_ROWS];
} Chunk;

typedef struct ItemPool {
    Item *items; /* malloc */
    size_t count, capacity;
} ItemPool;

/* Rows by the entity they refer to: rows[offsets[t] .. offsets[t + 1]), t = target - first. */
typedef struct ReverseIndex {
    EntityId first;
    size_t target_count;
    uint32_t *offsets;
    RowId *rows;
} ReverseIndex;

typedef struct ColumnStore {
    Chunk **chunks; /* malloc, one per CHUNK_ROWS rows; NULL = nothing stated there */
    size_t chunk_count;
    ItemPool pool;
    ReverseIndex referrers; /* of REF columns and lists of REFs, once references are resolved */
} ColumnStore;

enum RowFlag {
    ROW_NATIVE = 1u << 0,  /* some native input states it */
    ROW_IMPORT = 1u << 1,  /* some import states it */
    ROW_STUB = 1u << 2,    /* named, not described */
    ROW_DERIVED = 1u << 3, /* added by a pack */
    ROW_MERGED = 1u << 4,  /* gone into another row; dropped when rows are ordered */
    ROW_STATED = 1u << 5,  /* derived, but also declared in an input */
};

typedef struct Row {
    RowId parent;
    uint32_t position;
    Sym name; /* as displayed; set when rows are ordered */
    Loc loc;
    ColumnId parent_column;
    SourceId source;
    uint8_t flags;
} Row;

typedef struct NameSlot {
    Sym fold;
    RowId row; /* NO_ROW: several records answer to it */
} NameSlot;

/* Open addressing; slot_count is a power of two, 0 = not built. */
typedef struct NameIndex {
    NameSlot *slots;
    size_t slot_count, used;
} NameIndex;

typedef struct Table {
    Row *rows; /* malloc */
    size_t count, capacity;
    ColumnStore *columns;
    EntityId first_id;
    NameIndex names;       /* by fold key of name and aliases */
    NameIndex short_names; /* kinds with host_names: by first label */
    ReverseIndex children; /* by parent row (first = 0) */
} Table;

/* What an input lists completely. */
typedef struct Completeness {
    SourceId source;
    KindId kind;
    ColumnId column; /* NO_COLUMN = the kind's records */
    bool complete;   /* false: declared partial, which wins for that source */
} Completeness;

struct Inventory {
    Schema *schema;
    Sources *sources;
    Arena *arena; /* the schema's */
    Table *tables;
    KindId head_kind;
    InventoryHead head;
    VEC(Completeness) completeness;
    bool *kind_complete; /* by kind, after inventory_finish */
    EntityId entity_count;
    KindId first_derived; /* kinds from here on are derived; they rank last */
    bool deriving;        /* between finish and finish_derived: derived ids are provisional */
    size_t stub_count;
    size_t record_count;
};

static inline bool chunk_has(const Chunk *chunk, size_t at) {
    return chunk && (chunk->stated[at / 64] >> (at % 64) & 1);
}

/* The raw cell; false if not stated. */
static inline bool store_get(const ColumnStore *column, RowId row, int64_t *ret_value) {
    size_t number = row / CHUNK_ROWS;
    const Chunk *chunk = number < column->chunk_count ? column->chunks[number] : NULL;
    if (!chunk || !chunk_has(chunk, row % CHUNK_ROWS)) {
        return false;
    }
    *ret_value = chunk->value[row % CHUNK_ROWS];
    return true;
}

Loc store_loc(const ColumnStore *column, RowId row);
void store_set(ColumnStore *column, RowId row, int64_t value, Loc loc);
/* Another value for a stated cell, which keeps its place. */
static inline void store_replace(ColumnStore *column, RowId row, int64_t value) {
    column->chunks[row / CHUNK_ROWS]->value[row % CHUNK_ROWS] = value;
}
void store_unset(ColumnStore *column, RowId row);
void store_clear(ColumnStore *column);

/* The column with row `order[i]` at place i. */
void store_permute(ColumnStore *column, const RowId *order, size_t count, Arena *scratch);

void pool_add(ItemPool *pool, Item item);
static inline int64_t list_cell(size_t start, size_t count) {
    return (int64_t)((uint64_t)start << 32 | (uint64_t)count);
}
static inline size_t list_start(int64_t cell) {
    return (size_t)((uint64_t)cell >> 32);
}
static inline size_t list_count(int64_t cell) {
    return (size_t)((uint64_t)cell & UINT32_MAX);
}
/* The items of a list cell; NULL if there are none: then there may be no pool yet. */
static inline Item *list_items(const ColumnStore *column, int64_t cell) {
    return list_count(cell) ? column->pool.items + list_start(cell) : NULL;
}

RowId table_add_row(Table *table, Row row);

/* name_index.c */
void name_index_init(NameIndex *index, size_t expected);
void name_index_clear(NameIndex *index);
/* Adds a name; false if another row has it already (its row is returned). */
bool name_index_add(NameIndex *index, Sym fold, RowId row, RowId *ret_other);
/* Adds a name that several rows may share; a second row makes it ambiguous (NO_ROW). */
void name_index_share(NameIndex *index, Sym fold, RowId row);
/* False if nobody has the name; NO_ROW if several do. */
bool name_index_find(const NameIndex *index, Sym fold, RowId *ret_row);
/* The same names, of rows that have moved to places[row]. */
void name_index_move(NameIndex *index, const RowId *places);
/* What stands before the first dot of a full host name; 0 if it has none or is an address. */
Sym name_first_label(Interner *interner, Sym name);
/* Names of a kind's rows as they stand: displayed name and aliases. */
void inventory_index_names(Inventory *inventory, KindId kind);

/* While packs derive, the ids of derived kinds are provisional: a range of its own for each. */
enum { PROVISIONAL_ID = 1u << 28, PROVISIONAL_SPAN = 1u << 22, LIMIT_LABEL_BYTES = 4096 };

/* Runs `work` on each kind: side by side, where there are so many records that threads pay. */
void inventory_each_kind(const Inventory *inventory, ParallelWork *work, void *context);

/* All kinds, each behind the one that its records are children of. */
const KindId *inventory_parents_first(const Inventory *inventory, Arena *scratch);

/* The steps of inventory_finish, in this order. */
void inventory_merge(Inventory *inventory, Diags *diags, const LoadOptions *options); /* merge.c */
/* absence.c: an input says that it does not list a kind, or a field of it, completely. */
bool inventory_is_partial(const Inventory *inventory, SourceId source, KindId kind,
                          ColumnId column);
void inventory_find_complete(Inventory *inventory);
void inventory_find_complete_children(Inventory *inventory);
void inventory_name_rows(Inventory *inventory, KindId kind); /* display_name.c */
void inventory_resolve(Inventory *inventory, Diags *diags);  /* resolve.c: names -> target_pack */
/* order.c: canonical rows, ids, references; `places` gets old row -> new row by kind. */
void inventory_order(Inventory *inventory, RowId **places, Arena *scratch);
/* The same for the rows of one kind, whose parents are in order. */
void inventory_order_kind(Inventory *inventory, KindId kind, RowId **places, Arena *scratch);
/* Ids follow from counts; during derivation the provisional ones are in use. */
void inventory_give_ids(Inventory *inventory);
void inventory_settle_absence(Inventory *inventory); /* absence.c: none, counts of children */
/* Who refers to whom, and where names stand after rows have moved. */
void inventory_index(Inventory *inventory, RowId *const *places); /* reverse_index.c */
void inventory_index_derived(Inventory *inventory);               /* what derived records changed */

static inline int64_t target_pack(KindId kind, RowId row) {
    return (int64_t)((uint64_t)kind << 32 | row);
}

/* A REF column, or a list of REFs. */
static inline bool field_holds_refs(const Field *field) {
    return field->type == TYPE_REF || (field->type == TYPE_LIST && field->item_type == TYPE_REF);
}

#endif
