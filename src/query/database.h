/* SQL over the inventory: one SQLite connection with a virtual table for each kind and list, and
 * for each in-memory table (kernels, constants, mechanisms). One connection a thread; the inventory
 * below is immutable by then, except while packs derive rows. */
#ifndef QUERY_DATABASE_H
#define QUERY_DATABASE_H

#include "base/status.h"
#include "model/inventory.h"

/* ---- in-memory tables: what C computed, shown as SQL ---- */

typedef enum MemType {
    MEM_INT,
    MEM_TEXT,    /* cell: Sym */
    MEM_ENTITY,  /* cell: EntityId; "x_id" plus a text column "x" */
    MEM_VERSION, /* cell: Sym, collation VERSION */
    MEM_EMPTY,   /* no cell has a value; of no type, so that comparisons convert nothing */
} MemType;

enum { MEM_NULL = 0 }; /* for TEXT and ENTITY */
#define MEM_INT_NULL INT64_MIN

typedef struct MemColumn {
    const char *name; /* for MEM_ENTITY without "_id" */
    MemType type;
    const char *doc;
    bool indexed; /* an equality on it is a look-up */
    /* Of MEM_TEXT: every value that can occur, NULL-terminated; a literal compared with it must be
     * one of them. NULL = free text, which switches the check of literals off. */
    const char *const *values;
} MemColumn;

typedef struct MemTable {
    const char *name;
    const char *doc;
    const MemColumn *columns;
    size_t column_count;
    int64_t **cells; /* by column, then row */
    size_t row_count;
    bool constant; /* the same for every inventory: a literal must be a value that occurs in it */
} MemTable;

/* A table whose rows are computed from arguments (`path`, given source and target): the first
 * `argument_count` columns must be constrained by equality. */
typedef struct FunctionTable {
    const char *name;
    const char *doc;
    const MemColumn *columns;
    size_t column_count, argument_count;
    /* Fills `ret` with rows (cells in `arena`) for the arguments. */
    void (*rows)(void *context, const int64_t *arguments, Arena *arena, MemTable *ret);
    void *context;
} FunctionTable;

/* A named SELECT of a pack, shown as a view; parsed when first used. */
typedef struct SqlView {
    Str name; /* an identifier: it goes into SQL as it is */
    Str sql, doc;
    const struct SqlViewColumn { Str name, doc; } * columns; /* that are documented */
    size_t column_count;
} SqlView;

/* Everything a connection shows. The arrays must outlive it and may grow between connections. */
typedef struct Catalog {
    const Inventory *inventory;
    const MemTable *const *tables;
    size_t table_count;
    const FunctionTable *functions;
    size_t function_count;
    const SqlView *views;
    size_t view_count;
    const char *const *words; /* literals that are always allowed (severities), NULL-terminated */
    /* Queries typed by people: a literal may also be any name that occurs in the inventory. Not for
     * packs, whose check must not depend on the input. */
    bool ad_hoc;
} Catalog;

typedef struct Database Database;
typedef struct Query Query;

/* What is wrong with a statement: a reason, and the byte in it (-1 = the statement as a whole). */
typedef struct QueryError {
    Str message; /* in the database's arena, until the next error */
    Str help;    /* "did you mean", the valid names; may be empty */
    long offset;
} QueryError;

/* Before several threads open connections: SQLite counts allocations no more, which takes a lock
 * that they would share. Nothing happens where SQLite runs already. */
void database_prepare_threads(void);

/* Opens a sandboxed connection: read-only, function whitelist, SQLite limits (DIAGNOSTICS 7). */
Status database_open(Arena *arena, const Catalog *catalog, Database **ret_database);
void database_close(Database *database);

/* Compiles one SELECT: nothing behind it, no parameters; each table, column and function must
 * exist, and each enum literal must be a value of an enum column that is read. */
bool query_prepare(Database *database, Str sql, Query **ret_query, QueryError *ret_error);
/* The same for a statement of our own around one of a pack: `?` in it is the bound number. */
bool query_prepare_bound(Database *database, Str sql, Query **ret_query, QueryError *ret_error);
void query_bind(Query *query, int64_t number); /* after query_restart, for the next step */
void query_close(Query *query);

/* Operations (VM steps plus rows delivered by our tables) that a statement may use from now on;
 * 0 = no limit. Reset by query_restart. */
void query_budget(Query *query, uint64_t operations);
uint64_t query_used(const Query *query);

/* A field of records that a statement reads. */
typedef struct ColumnRead {
    KindId kind;
    ColumnId column;
    bool direct;    /* it names the column itself, not only a view that it uses */
    bool effective; /* only with the vendor's default where it is not stated */
} ColumnRead;
/* The fields that the statement prepared last reads, each once; in the arena. */
ColumnRead *database_reads(const Database *database, Arena *arena, size_t *ret_count);

/* From now on statements, prepared ones too, read another finished inventory of the same schema.
 * In-memory tables stay as they are. */
void database_look_at(Database *database, const Inventory *inventory);

/* What the statements of a connection did that are closed or were restarted: the same on every
 * machine. */
typedef struct DatabaseWork {
    uint64_t steps; /* of SQLite's virtual machine */
    uint64_t rows;  /* delivered by our tables */
} DatabaseWork;
DatabaseWork database_work(const Database *database);

/* Stops the statement that many seconds from now; 0 = never. For packs from outside alone: a
 * verdict must not depend on the machine. */
void query_time_limit(Query *query, int seconds);

size_t query_column_count(const Query *query);
Str query_column_name(const Query *query, size_t column);
size_t query_find_column(const Query *query, const char *name); /* SIZE_MAX if absent */

typedef enum QueryStep { QUERY_ROW, QUERY_DONE, QUERY_FAILED } QueryStep;
QueryStep query_step(Query *query, QueryError *ret_error);
void query_restart(Query *query);

/* A cell of the row: NULL, a text (valid until the next step), else a number. */
typedef enum QueryCellType { QUERY_NULL, QUERY_NUMBER, QUERY_TEXT } QueryCellType;
typedef struct QueryCell {
    QueryCellType type;
    int64_t number;
    Str text;
} QueryCell;
QueryCell query_cell(const Query *query, size_t column);

bool query_is_null(const Query *query, size_t column);
bool query_is_text(const Query *query, size_t column);
int64_t query_int(const Query *query, size_t column);
Str query_text(const Query *query, size_t column); /* valid until the next step */

/* Recording of what a verdict could not see: while on, each absent cell that a statement reads is
 * noted once, and each default that was read through a `_effective` column. */
typedef struct CellRef {
    EntityId entity;
    KindId kind;
    ColumnId column;
} CellRef;
/* From the next step on, kinds and lists show these records alone (ascending ids, to live until it
 * is changed): what a verdict rests on stands near its entity. Without any: all. */
void database_show_only(Database *database, const EntityId *ids, size_t count);
void database_record(Database *database, bool on); /* turning it on forgets what was noted */
const CellRef *database_absent_cells(const Database *database, size_t *ret_count);
const CellRef *database_assumed_cells(const Database *database, size_t *ret_count);

/* The merged inventory (tables of kinds and lists, `entity`) as the bytes of an ordinary SQLite
 * database file, hidden columns included, for `topolint convert -o x.db`. */
Status database_dump(Database *database, Arena *arena, Str *ret_bytes);

/* The tables of the catalog with their columns, for `topolint tables`, in canonical order. */
typedef struct TableInfo {
    Str name, doc;
    struct TableColumnInfo {
        Str name, type, doc;
        bool hidden;
    } * columns;
    size_t column_count;
} TableInfo;
void database_tables(Database *database, Arena *arena, TableInfo **ret_tables, size_t *ret_count);

#endif
