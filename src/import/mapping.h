/* The mapping file of a tabular importer, parsed and linked to the schema. The shape:
 *
 *     import: rvtools
 *     title: RVTools
 *     complete: [vm, vm.snapshots]           # what it lists completely, where the sheet is there:
 *                                            # the records of a kind, the children in a field
 *     as_of: {sheet: vMetaData, column: xlsx creation datetime}
 *     sheets:
 *       vHost:
 *         kind: host                         # one record per row ...
 *         key: [Host]                        # ... that has one of these columns; other rows are
 * skipped scope: VI SDK Server               # names and keys are unique within this column's value
 *         columns:
 *           "Host": {field: name}
 *           "# Memory": {field: memory_mb, also: ["Memory MB"]}
 *       vMemory:
 *         join: vm                           # fills the record of another sheet
 *         key: ["VM ID", VM]                 # the first of these that the row states
 *       vSnapshot:
 *         child: {kind: vm_snapshot, of: vm, field: snapshots}
 *         key: ["VM ID", VM]                 # of the parent; `columns` in `child` are its own
 *       vInfo:
 *         parent: {kind: server, field: vm, name: ["DNS Name", VM], name_unless: [localhost],
 *                  unless: [Template, SRM Placeholder], columns: {...}}
 *         # the record is the child of one that the row makes as well, unless one of these is true;
 *         # its name: the host part of the DNS name, else the second; the others become aliases
 *
 * A column: `field`, `also` (other headings), `values` (foreign word -> ours), `take` (datastore:
 * the text in [..]; version: the first number with dots; number: the first digits; fqdn: a name
 * with a dot), `split` (a separator: several items), `unless` (words that mean "not stated"),
 * `counts` (the field is the number of columns for it that hold one of these words, or any if the
 * list is empty). Of two other columns for one field the first in this file that states something
 * counts. */
#ifndef IMPORT_MAPPING_H
#define IMPORT_MAPPING_H

#include "model/inventory.h"

typedef enum TakePart { TAKE_ALL, TAKE_DATASTORE, TAKE_VERSION, TAKE_NUMBER, TAKE_FQDN } TakePart;

typedef struct ColumnMap {
    Str heading;
    const Node *also, *values, *unless, *counts; /* may be NULL */
    ColumnId column;
    TakePart take;
    Str split; /* empty = one value */
} ColumnMap;

typedef struct ColumnMaps {
    ColumnMap *items;
    size_t count;
} ColumnMaps;

typedef enum SheetRole { SHEET_RECORDS, SHEET_JOIN, SHEET_CHILDREN } SheetRole;

typedef struct SheetMap {
    Str name;
    SheetRole role;
    KindId kind;     /* of the records that the rows make or fill */
    KindId owner;    /* CHILDREN: of the parent record */
    ColumnId field;  /* CHILDREN: the parent's field; RECORDS with a parent: likewise */
    const Node *key; /* list of headings */
    Str scope;       /* heading; may be empty */
    ColumnMaps columns;
    KindId parent_kind; /* RECORDS: NO_KIND = none */
    const Node *parent_name, *parent_name_unless, *parent_unless;
    ColumnMaps parent_columns; /* RECORDS: of the parent; CHILDREN: of the owner */
} SheetMap;

typedef struct Complete {
    KindId kind;
    ColumnId column; /* a field of child records; NO_COLUMN = the records of the kind */
} Complete;

typedef struct Mapping {
    Str title, as_of_sheet, as_of_column;
    SheetMap *sheets;
    size_t sheet_count;
    Complete *complete;
    size_t complete_count;
} Mapping;

/* False, with errors, if the mapping does not fit the schema. */
bool mapping_read(Mapping *mapping, const Node *file, const Schema *schema, Arena *arena,
                  Diags *diags);

/* NULL if the sheet is not mapped. Names compare without case. */
const SheetMap *mapping_find_sheet(const Mapping *mapping, Str name);

/* True if the map reads columns of this heading. */
bool column_map_reads(const ColumnMap *map, Str heading);

/* NULL if no column of that heading is mapped. */
const ColumnMap *column_maps_find(const ColumnMaps *maps, Str heading);

/* True if the sheet reads something from a column of this heading. */
bool sheet_map_wants(const SheetMap *sheet, Str heading);

/* "vInfo (VM ID or VM), vHost (Host)": the sheets that make records and their key columns. */
Str mapping_expected(const Mapping *mapping, Arena *arena);

#endif
