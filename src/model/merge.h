/* Inside of merging; for merge*.c alone. */
#ifndef MODEL_MERGE_H
#define MODEL_MERGE_H

#include "model/store.h"

/* Which rows of a kind are one record. */
typedef struct Grouping {
    RowId *leader;         /* union-find parent, by row; NULL: the kind was not grouped yet */
    NameIndex tokens;      /* identity tokens, among them the fold keys of names and aliases */
    NameIndex short_names; /* first labels, of kinds with host_names */
} Grouping;

typedef struct Merger {
    Inventory *inventory;
    Diags *diags;
    const LoadOptions *options;
    Interner *interner;
    Arena *scratch;
    Grouping *groupings; /* by kind */
    KindId kind;         /* the one at work */
    const Kind *of;
    Table *table;
    struct {
        struct Childless {
            RowId parent;
            ColumnId column;
        } * items;
        size_t count, capacity;
    } childless; /* child fields of `kind` that came out as none or unknown */
} Merger;

/* Finds the rows of the kind at work that are one record; the kind's parents were grouped before.
 */
void merge_group(Merger *merger);

/* The place of a record's key, and the input that states it. */
Loc merge_key_loc(const Merger *merger, RowId row);
SourceId merge_file(const Merger *merger, RowId row);

/* The row that stands for all rows of a record. */
RowId merge_leader(const Grouping *grouping, RowId row);

/* The record of that name, full or short, or alias; NO_ROW if there is none or more than one. */
RowId merge_find(const Merger *merger, KindId kind, Sym name);

/* "host 'ESX-01'", "database_copy 'EX-01' of mailbox_database 'DB-01'". */
Str merge_shown(Merger *merger, KindId kind, RowId row);

/* Two cells of a column state the same. */
bool merge_equal(const Merger *merger, const Field *field, FieldType type, int64_t a, int64_t b);

/* One cell of each column from those of all rows of a record; rows[0] is the leader, and the rows
 * are in the order of the inputs. */
void merge_cells(Merger *merger, const RowId *rows, size_t count);

#endif
