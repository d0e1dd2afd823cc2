/* spf_terms(text): the terms of an SPF record as a table-valued function. */
#include "query/connection.h"
#include "query/spf.h"

typedef struct SpfCursor {
    sqlite3_vtab_cursor base;
    Arena *arena; /* of the record and its terms */
    SpfTerm *terms;
    size_t at, count;
    Str text;
} SpfCursor;

enum SpfColumn {
    TERM_TEXT,
    TERM_KIND,
    TERM_AT,
    TERM_LENGTH,
    TERM_ERROR,
    TERM_RECORD,
    TERM_COLUMNS
};

static SpfCursor *cursor_of(sqlite3_vtab_cursor *cursor) {
    return (SpfCursor *)(void *)cursor;
}

static int spf_best_index(sqlite3_vtab *handle, sqlite3_index_info *info) {
    (void)handle;
    for (int i = 0; i < info->nConstraint; i++) {
        if (constraint_is_lookup(info, i) && info->aConstraint[i].iColumn == TERM_RECORD) {
            info->aConstraintUsage[i].argvIndex = 1;
            info->aConstraintUsage[i].omit = 1;
            info->estimatedRows = 8;
            info->estimatedCost = 20;
            return SQLITE_OK;
        }
    }
    return SQLITE_CONSTRAINT;
}

static int spf_filter(sqlite3_vtab_cursor *base, int number, const char *text, int argc,
                      sqlite3_value **argv) {
    (void)number;
    (void)text;
    (void)argc;
    SpfCursor *cursor = cursor_of(base);
    arena_close(cursor->arena);
    cursor->arena = arena_open(0);
    cursor->at = cursor->count = 0;
    Str record;
    if (argument_text(argv[0], &record)) {
        cursor->text = arena_copy(cursor->arena, record);
        spf_parse(cursor->arena, cursor->text, &cursor->terms, &cursor->count);
    }
    table_of_cursor(base)->database->rows += 1 + cursor->count;
    return SQLITE_OK;
}

static int spf_next(sqlite3_vtab_cursor *base) {
    cursor_of(base)->at++;
    return SQLITE_OK;
}

static int spf_eof(sqlite3_vtab_cursor *base) {
    const SpfCursor *cursor = cursor_of(base);
    return cursor->at >= cursor->count;
}

/* The terms go with the next record. */
static void result_copy(sqlite3_context *context, Str text) {
    sqlite3_result_text(context, text.s, (int)text.n, SQLITE_TRANSIENT);
}

static int spf_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const SpfCursor *cursor = cursor_of(base);
    const SpfTerm *term = &cursor->terms[cursor->at];
    switch ((enum SpfColumn)column) {
    case TERM_TEXT:
        result_copy(context, term->term);
        break;
    case TERM_KIND:
        result_str(context, str_of(spf_kind_names[term->kind]));
        break;
    case TERM_AT:
        sqlite3_result_int64(context, (sqlite3_int64)term->at);
        break;
    case TERM_LENGTH:
        sqlite3_result_int64(context, (sqlite3_int64)term->length);
        break;
    case TERM_ERROR:
        if (term->error.n) {
            result_copy(context, term->error);
        }
        break;
    case TERM_RECORD:
        result_copy(context, cursor->text);
        break;
    case TERM_COLUMNS:
        break;
    }
    return SQLITE_OK;
}

static int spf_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *ret_id) {
    *ret_id = (sqlite3_int64)cursor_of(base)->at + 1;
    return SQLITE_OK;
}

static int spf_close(sqlite3_vtab_cursor *base) {
    arena_close(cursor_of(base)->arena);
    return table_close_cursor(base);
}

static const sqlite3_module spf_module = {
    .xConnect = table_connect,
    .xBestIndex = spf_best_index,
    .xDisconnect = table_disconnect,
    .xOpen = table_open_cursor,
    .xClose = spf_close,
    .xFilter = spf_filter,
    .xNext = spf_next,
    .xEof = spf_eof,
    .xColumn = spf_column,
    .xRowid = spf_rowid,
};

static const ColumnDef spf_columns[] = {
    [TERM_TEXT] = {.name = STR_INIT("term"),
                   .declared = "TEXT",
                   .type = STR_INIT("text"),
                   .doc = STR_INIT("The term as written.")},
    [TERM_KIND] = {.name = STR_INIT("kind"),
                   .declared = "TEXT",
                   .type = STR_INIT("text"),
                   .doc = STR_INIT(
                       "Mechanism or modifier; unknown = neither, or one that is ignored."),
                   .literals = LITERAL_WORDS,
                   .words = spf_kind_names},
    [TERM_AT] = {.name = STR_INIT("at"),
                 .declared = "INTEGER",
                 .type = STR_INIT("int"),
                 .doc = STR_INIT("Code point, from 1, of the term or of the part that is wrong.")},
    [TERM_LENGTH] = {.name = STR_INIT("length"),
                     .declared = "INTEGER",
                     .type = STR_INIT("int"),
                     .doc = STR_INIT("Code points of it.")},
    [TERM_ERROR] = {.name = STR_INIT("error"),
                    .declared = "TEXT",
                    .type = STR_INIT("text"),
                    .doc = STR_INIT("What is wrong with the term; NULL = nothing.")},
    [TERM_RECORD] = {.name = STR_INIT("record"),
                     .declared = "TEXT",
                     .type = STR_INIT("text"),
                     .doc = STR_INIT("The argument."),
                     .hidden = true},
};

TableDef *spf_table_new(Database *database) {
    TableDef *def = arena_new(database->arena, TableDef);
    *def = (TableDef){.name = STR("spf_terms"),
                      .doc = STR("Terms of the SPF record that is given as argument (RFC 7208); no "
                                 "rows for any other text."),
                      .columns = table_columns(database, spf_columns, TERM_COLUMNS),
                      .column_count = TERM_COLUMNS,
                      .module = &spf_module,
                      .cursor_size = sizeof(SpfCursor)};
    return def;
}
