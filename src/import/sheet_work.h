/* What the parts of the tabular importer share; for src/import alone.
 *
 * Sheets are read in three passes. SCAN goes over the sheets that make records and finds which
 * names are used by whom; RECORDS makes the records; JOIN reads the sheets that fill or extend
 * them. So the order of the tabs does not matter, and no more than one row is held at a time. */
#ifndef IMPORT_SHEET_WORK_H
#define IMPORT_SHEET_WORK_H

#include "base/buf.h"
#include "import/mapping.h"
#include "import/sheet_import.h"
#include "import/sym_map.h"

typedef enum SheetPass { PASS_SCAN, PASS_RECORDS, PASS_JOIN } SheetPass;

typedef struct RowCell {
    Str heading, value; /* in row_arena */
    Loc loc;
    bool number; /* a number by the file's own account; else a text */
} RowCell;

typedef struct SheetWork {
    Inventory *inventory;
    const Schema *schema;
    const ReadContext *context;
    Mapping mapping;
    Arena *arena;     /* of the whole import */
    Arena *row_arena; /* of the row at hand */
    SymMap map;       /* names and rows by keys of several parts: work_key() */
    Buf text;

    SheetPass pass;
    const SheetFile *file;
    SourceId group;        /* what belongs together: a workbook, the CSV files of a folder */
    size_t *first_rows;    /* by kind: the first row that this group makes */
    const SheetMap *sheet; /* of the rows that come; NULL = none of its rows are wanted */
    bool dated;            /* it is the sheet that tells the day */
    SourceId sheet_source;
    uint8_t *wanted; /* by column: is its heading of use in this sheet? */
    VEC(RowCell) row;
    ArenaMark row_mark;
    size_t lost; /* rows of this sheet that belong to no record */
    Loc first_lost;
    bool found;    /* a sheet that makes records, with its key column */
    bool replaced; /* a warning about characters was given for this source */
    Str as_of;
    int depth;
} SheetWork;

/* The cell under a heading, trimmed; empty if it is not there. */
Str row_text(const SheetWork *work, Str heading, Loc *ret_loc);

/* The row's scope: names are unique within it. Empty if not stated. */
Str row_scope(const SheetWork *work);

/* A symbol for a key of parts, compared as names are. */
Sym work_key(SheetWork *work, const char *what, unsigned number, Str a, Str b, Str c);

/* ---- sheet_events.c: what a file holds ---- */

/* An event of the file at hand; the context is the SheetWork. */
bool sheet_take_event(void *context, const Event *event);

/* ---- sheet_records.c: rows into records ---- */

/* The row at hand, as the pass wants it. */
void records_take_row(SheetWork *work);

/* At the end of a sheet of child records: a record of this group without children, in a field that
 * the export lists completely, has none. */
void records_settle_children(SheetWork *work);

/* ---- sheet_names.c: who is called what ---- */

/* Notes the names in this row (SCAN). */
void names_scan(SheetWork *work);

/* The name as this import writes it: with the scope behind it where two scopes use it; empty if it
 * cannot be told which is meant. In row_arena. */
Str names_scoped(SheetWork *work, KindId kind, Str name);

/* The name of the row's parent record, and where it was stated. */
Str names_parent(SheetWork *work, Loc *ret_loc);

/* True if a further name of the row's parent record may be an alias: nobody else is called so. */
bool names_alias_free(SheetWork *work, Str alias);

/* ---- sheet_cells.c: cells into columns ---- */

/* Sets what the row states about a record, by these maps. */
void cells_set(SheetWork *work, KindId kind, RowId row, const ColumnMaps *maps);

/* At the end of a sheet: counts the mistakes that were not shown. */
void cells_report(SheetWork *work);

/* Sets one text; a warning if it is no such value. */
void cells_set_text(SheetWork *work, KindId kind, RowId row, ColumnId column, Str text, Loc loc);

#endif
