/* The mapping file of a tabular importer, parsed and linked to the schema. The shape:
 *
 *     import: rvtools
 *     title: RVTools
 *     needs: {sheet: vInfo, column: VM}      # what makes a file one of these
 *     complete: [vm, host]                   # kinds it lists completely, where their sheet is
 * there as_of: {sheet: vMetaData, column: xlsx creation datetime} sheets: vHost: kind: host # one
 * record per row ... key: [Host]                        # ... that has these columns; rows without
 * are skipped scope: VI SDK Server               # names are unique within this column's value
 *         columns:
 *           "Host": {field: name}
 *           "# Memory": {field: memory_mb, also: ["Memory MB"]}
 *       vMemory:
 *         join: vm                           # fills the record of another sheet
 *         key: ["VM ID", VM]                 # the first of these that is stated and known
 *       vSnapshot:
 *         child: {kind: vm_snapshot, of: vm, field: snapshots}
 *         key: ["VM ID", VM]                 # of the parent
 *       vInfo:
 *         parent: {kind: server, field: vm, name: ["DNS Name", VM], alias: VM,
 *                  unless: [Template, SRM Placeholder], columns: {...}}
 *
 * A column: `field`, `also` (other headings), `values` (foreign word -> ours), `take` (datastore:
 * the text in [..]; version: the first number with dots; host: up to the first dot), `split` (a
 * separator: several items), `unless` (words that mean "not stated"). */
#ifndef IMPORT_MAPPING_H
#define IMPORT_MAPPING_H

#include "model/inventory.h"

typedef enum TakePart { TAKE_ALL, TAKE_DATASTORE, TAKE_VERSION, TAKE_HOST } TakePart;

typedef struct ColumnMap {
    Str heading;
    const Node *also, *values, *unless; /* may be NULL */
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
    const Node *parent_name, *parent_unless;
    Str parent_alias;
    ColumnMaps parent_columns;
} SheetMap;

typedef struct Mapping {
    Str title, needs_sheet, needs_column, as_of_sheet, as_of_column;
    SheetMap *sheets;
    size_t sheet_count;
    const Node *complete;
} Mapping;

/* False, with errors, if the mapping does not fit the schema. */
bool mapping_read(Mapping *mapping, const Node *file, const Schema *schema, Arena *arena,
                  Diags *diags);

/* NULL if the sheet is not mapped. Names compare without case. */
const SheetMap *mapping_find_sheet(const Mapping *mapping, Str name);

/* NULL if no column of that heading is mapped. */
const ColumnMap *column_maps_find(const ColumnMaps *maps, Str heading);

#endif
