/* Inside of the query module: what its files share. A connection describes each table once
 * (TableDef); a virtual table module reads the cells behind the description. */
#ifndef QUERY_CONNECTION_H
#define QUERY_CONNECTION_H

#include <sqlite3.h>

#include "base/limits.h"
#include "query/database.h"

/* Which words a literal may be that is compared with a column (CONTRACTS.md section 7). */
typedef enum LiteralSource {
    LITERAL_NONE,      /* numbers and free text: no word */
    LITERAL_FIELD,     /* the values of an enum field */
    LITERAL_REFERENCE, /* `none` */
    LITERAL_KINDS,     /* names of kinds */
    LITERAL_WORDS,     /* a list */
    LITERAL_CELLS,     /* what stands in the column of a constant table */
    LITERAL_ANY,       /* text that is not known before: switches the check off */
} LiteralSource;

typedef struct ColumnDef {
    Str name;
    const char *declared; /* SQL type and collation */
    Str type, doc;        /* for people */
    bool hidden;
    LiteralSource literals;
    const Field *field;       /* LITERAL_FIELD */
    const char *const *words; /* LITERAL_WORDS, NULL-terminated */
    const MemTable *cells;    /* LITERAL_CELLS ... */
    size_t cells_column;      /* ... and its column there */
    uint32_t read_by;         /* number of the last statement that read it ... */
    bool direct;              /* ... and itself names it, not only a view that it uses */
} ColumnDef;

/* First member of KindTable, ListTable ...; lives as long as the connection. */
typedef struct TableDef {
    Database *database;
    Str name, doc;
    ColumnDef *columns;
    size_t column_count;
    const sqlite3_module *module;
    size_t cursor_size;
    bool is_record; /* states the inventory: goes into a SQLite file */
} TableDef;

typedef struct TableHandle { /* what SQLite holds */
    sqlite3_vtab base;
    TableDef *def;
} TableHandle;

/* Cells noted while recording: an ordered set. */
typedef struct CellSet {
    VEC(CellRef) cells;
    uint32_t *slots; /* index + 1 into cells */
    size_t slot_count;
} CellSet;

typedef struct ViewState {
    bool made;
    bool broken; /* its SQL does not parse */
    Str message;
    long offset;
} ViewState;

struct Database {
    sqlite3 *sqlite;
    Arena *arena;        /* descriptions of tables; closed with the connection */
    Arena *error_arena;  /* text of the last error */
    Arena *record_arena; /* noted cells */
    Arena *scratch;      /* for collations and conversions, released after each use */
    const Catalog *catalog;
    const Inventory *inventory;
    const Interner *interner;
    VEC(TableDef *) tables; /* in the order of database_tables */
    ViewState *views;       /* by index in the catalog */
    bool declaring;         /* our own table or view: the authorizer stands aside */
    bool recording;
    CellSet absent, assumed;
    const RowList *shown;      /* by kind; NULL = all records */
    const EntityId *shown_ids; /* the same, ascending */
    size_t shown_count;
    uint32_t shown_number; /* of the choice, from 1 */
    Arena *shown_arena;
    uint64_t rows;  /* delivered by our tables */
    uint64_t steps; /* of statements that are closed or were restarted */
    Query *running;
    Query *idle;                  /* closed queries, for the next */
    uint32_t statement;           /* number of the statement being compiled */
    VEC(ColumnDef *) reads;       /* columns that it reads */
    const char *refused_function; /* by the authorizer, NULL if it was no function; static text */
};

struct Query {
    Database *database;
    sqlite3_stmt *statement;
    uint64_t budget, rows, rows_before, ticks, deadline_ns;
    bool over_budget, late;
    Query *next_idle;
};

enum { TICK_OPERATIONS = 1000 }; /* VM operations between two looks at the budget */

/* ---- tables (table.c) ---- */

/* Shared callbacks of our modules; `aux` of the module is the TableDef. */
int table_connect(sqlite3 *sqlite, void *aux, int argc, const char *const *argv,
                  sqlite3_vtab **ret_table, char **ret_error);
int table_disconnect(sqlite3_vtab *table);
int table_open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **ret_cursor);
int table_close_cursor(sqlite3_vtab_cursor *cursor);

/* Registers a described table; a failed status if the name is taken. */
Status table_register(Database *database, TableDef *def);
TableDef *table_find(const Database *database, Str name); /* without case; NULL if none */
ColumnDef *table_find_column(const TableDef *def, Str name);

/* A copy of constant descriptions, for this connection. */
ColumnDef *table_columns(Database *database, const ColumnDef *columns, size_t count);

static inline TableDef *table_of(sqlite3_vtab *table) {
    return ((TableHandle *)(void *)table)->def;
}
static inline TableDef *table_of_cursor(sqlite3_vtab_cursor *cursor) {
    return table_of(cursor->pVtab);
}

/* The integer that an equality with `value` asks for; false if no integer is equal to it. */
bool argument_integer(sqlite3_value *value, int64_t *ret_integer);
/* Its text; false for NULL and blobs. */
bool argument_text(sqlite3_value *value, Str *ret_text);

/* The row of that id; NO_ROW if it is no record of the kind. */
RowId row_of_id(const Inventory *inventory, KindId kind, int64_t id);
/* The kind of any id, NO_KIND if nobody has it. */
KindId kind_of_id(const Inventory *inventory, int64_t id, RowId *ret_row);

static inline void result_str(sqlite3_context *context, Str text) {
    sqlite3_result_text(context, text.s, (int)text.n, SQLITE_STATIC);
}
static inline void result_sym(sqlite3_context *context, const Interner *interner, int64_t sym) {
    result_str(context, sym_text(interner, (Sym)sym));
}
void result_date(sqlite3_context *context, int64_t days);
/* The displayed name; 'none' for 0. */
void result_entity(sqlite3_context *context, const Inventory *inventory, int64_t id);

/* A scalar cell or list item of the field's (item) type. */
void result_cell(sqlite3_context *context, const Database *database, const Field *field,
                 int64_t cell);

/* What xBestIndex decides for one usable equality. */
typedef struct Plan {
    int constraint; /* -1: full scan */
    int number;     /* idxNum: the look-up and its column */
    double rows;
    bool unique;
} Plan;
void plan_apply(sqlite3_index_info *info, const Plan *plan, double table_rows, bool by_id);
bool constraint_is_lookup(const sqlite3_index_info *info, int i);
bool constraint_is_binary(sqlite3_index_info *info, int i);

/* SQL type and collation of a scalar field; `type` is the field's or that of its items. */
const char *field_declared(Database *database, const Kind *kind, const Field *field, FieldType type,
                           Sym column);
Str field_type_text(Database *database, const Field *field, FieldType type);
LiteralSource field_literals(FieldType type);

/* ---- the tables ---- */

Status kind_tables_register(Database *database);                            /* kind_table.c */
TableDef *list_table_new(Database *database, KindId kind, ColumnId column); /* list_table.c */
TableDef *mem_table_new(Database *database, const MemTable *table);         /* mem_table.c */
TableDef *function_table_new(Database *database, const FunctionTable *function);
TableDef *entity_table_new(Database *database);    /* entity_table.c */
TableDef *kind_list_table_new(Database *database); /* kind_list_table.c */
TableDef *spf_table_new(Database *database);       /* spf_table.c */

/* The cell of a record that a column shows; false if it shows none, or is of another table. */
bool kind_table_reads(const TableDef *def, size_t column, ColumnRead *ret_read);
bool list_table_reads(const TableDef *def, size_t column, ColumnRead *ret_read);

/* ---- recording (cell_record.c) ---- */

/* True if database_show_only leaves the record out. */
bool row_is_hidden(const Database *database, KindId kind, RowId row);
void cell_set_add(Arena *arena, CellSet *set, CellRef cell);
void record_absent(Database *database, EntityId entity, KindId kind, ColumnId column);
void record_assumed(Database *database, EntityId entity, KindId kind, ColumnId column);

/* ---- functions and collations ---- */

int functions_register(Database *database);  /* functions.c; an SQLite code */
int collations_register(Database *database); /* collations.c */
/* Name of the collation that ranks the values of an ordered enum; registers it. */
const char *collation_of_enum(Database *database, const Kind *kind, const Field *field, Sym column);

/* ---- the sandbox (sandbox.c, literals.c, query_error.c) ---- */

void sandbox_limit(Database *database);
void sandbox_arm(Database *database); /* authorizer and budget; the last step of opening */
/* Names that a statement may call. */
extern const char *const allowed_functions[];
extern const size_t allowed_function_count;

/* False if a literal is no value of the columns that the last statement reads. */
bool literals_check(Database *database, Str sql, QueryError *ret_error);

/* What SQLite said about `sql`, in our words. */
void query_error_of_prepare(Database *database, Str sql, QueryError *ret_error);
void query_error_of_step(Query *query, QueryError *ret_error);
void query_error_set(Database *database, QueryError *ret_error, long offset, Str message, Str help);

/* Checks the names of the catalog's views; creates those that a statement names, through views. */
Status views_open(Database *database);
void views_create(Database *database, Str sql);
const SqlView *view_find(const Database *database, Str name, size_t *ret_index);

/* Compiles without the checks that follow; an SQLite code. `*ret_tail` is what stands behind. */
int query_compile(Database *database, Str sql, sqlite3_stmt **ret_statement, Str *ret_tail);

#endif
