/* The table of a kind: which SQL column shows which cell; for kind_columns.c and kind_table.c. */
#ifndef QUERY_KIND_TABLE_H
#define QUERY_KIND_TABLE_H

#include "query/connection.h"

typedef enum KindCellType {
    KIND_ID,
    KIND_PARENT, /* displayed name of the parent */
    KIND_PARENT_ID,
    KIND_POSITION, /* in the parent's list */
    KIND_NAME,     /* the name field, else the displayed name */
    KIND_SHOWN,    /* the displayed name, of kinds without a name field */
    KIND_CELL,
    KIND_EFFECTIVE, /* the cell, else the schema's default */
    KIND_TARGET_ID, /* id behind a reference */
    KIND_ELSE_ID,   /* the same, else what the schema's `else` says */
} KindCellType;

typedef struct KindCell {
    KindCellType type;
    ColumnId column;
    const Field *field;
} KindCell;

typedef struct KindTable {
    TableDef def;
    KindId kind;
    const Kind *schema;
    KindCell *cells;          /* by SQL column */
    ColumnId *parent_columns; /* fields of the parent that hold records of this kind */
    size_t parent_column_count;
} KindTable;

typedef struct KindCursor {
    sqlite3_vtab_cursor base;
    Database *database;
    const Inventory *inventory;
    const KindTable *table;
    const RowId *rows; /* NULL: all rows in order */
    size_t at, count;
    RowId row;
    RowId single;
    ColumnId none_column; /* not NO_COLUMN: only rows that state `none` there */
    bool skips;           /* some rows are not delivered */
} KindCursor;

static inline KindCursor *kind_cursor(sqlite3_vtab_cursor *cursor) {
    return (KindCursor *)(void *)cursor;
}

/* xColumn (kind_cells.c). */
int kind_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column);

/* Describes the table of a kind; the callbacks are set by kind_table.c. */
KindTable *kind_table_describe(Database *database, KindId kind);

#endif
