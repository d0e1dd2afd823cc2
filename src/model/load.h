/* Loading inventories: events of a reader, driven by the schema, into the inventory. */
#ifndef MODEL_LOAD_H
#define MODEL_LOAD_H

#include "model/inventory.h"

typedef struct LoadOptions {
    Str as_of;       /* --as-of; empty if not given */
    SourceId prefer; /* the input named as authority; 0 = none */
} LoadOptions;

/* Loads a native inventory (YAML, or XML with `xml` true) with the given reader. All mistakes are
 * reported; false if there was one. */
bool load_native(Inventory *inventory, const ReadContext *context, SourceId source, Reader *reader,
                 bool xml);

/* Loads a native inventory from a subtree (the examples in rule files). */
bool load_tree(Inventory *inventory, const ReadContext *context, SourceId source, const Node *node);

/* After all inputs: merges records of one identity, orders them, resolves references. All
 * mistakes of all inputs are reported; false if there was one. */
bool inventory_finish(Inventory *inventory, Diags *diags, const LoadOptions *options);

/* The writing side, for importers: records are opened, filled cell by cell and closed. Cells of
 * references are given by name. */
RowId inventory_add_record(Inventory *inventory, KindId kind, SourceId source, RowId parent,
                           ColumnId parent_column, Loc loc);

/* Parses `text` as the column's type and sets the cell, or appends an item to a list column. False
 * (and a reason in `*ret_expected`, e.g. "an integer") if it is no such value; nothing is
 * set then. */
bool inventory_set_text(Inventory *inventory, KindId kind, ColumnId column, RowId row, Str text,
                        Loc loc, Str *ret_expected);
/* Sets the cell of a TYPE_SIZE column in MiB, or any integer-like cell directly. */
void inventory_set_value(Inventory *inventory, KindId kind, ColumnId column, RowId row,
                         int64_t value, Loc loc);
/* Takes a cell back: it is not stated. */
void inventory_unset(Inventory *inventory, KindId kind, ColumnId column, RowId row);
/* True if a list column of names already holds this text (by fold key). */
bool inventory_has_item(Inventory *inventory, KindId kind, ColumnId column, RowId row, Str text);
/* Puts a record added with a parent at the end of the parent's list of children. */
void inventory_append_child(Inventory *inventory, KindId kind, RowId row);
/* States that a list or reference has nothing. */
void inventory_set_none(Inventory *inventory, KindId kind, ColumnId column, RowId row, Loc loc);

/* Marks what an input lists completely (importers: their mapping's `complete:`). */
void inventory_set_complete(Inventory *inventory, SourceId source, KindId kind, ColumnId column);

#endif
