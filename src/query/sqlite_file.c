/* The inventory as an ordinary SQLite database: built in memory, handed out as bytes. */
#include "base/buf.h"
#include "query/connection.h"

typedef struct Dump {
    Database *database;
    sqlite3 *target;
    Buf sql;
} Dump;

static bool is_id(const ColumnDef *column) {
    return str_eq(column->name, STR("id"));
}

/* INTEGER or TEXT: our collations are unknown elsewhere. */
static Str plain_type(const ColumnDef *column) {
    Str declared = str_of(column->declared);
    return str_slice(declared, 0, str_find(declared, ' ', 0));
}

static int run(Dump *dump) {
    return sqlite3_exec(dump->target, buf_str(&dump->sql).s, NULL, NULL, NULL);
}

static int create_table(Dump *dump, const TableDef *def) {
    Buf *sql = &dump->sql;
    buf_cut(sql, 0);
    buf_printf(sql, "CREATE TABLE \"%.*s\"(", STR_ARG(def->name));
    for (size_t i = 0; i < def->column_count; i++) {
        const ColumnDef *column = &def->columns[i];
        buf_printf(sql, "%s\"%.*s\" %.*s%s", i ? ", " : "", STR_ARG(column->name),
                   STR_ARG(plain_type(column)), is_id(column) ? " PRIMARY KEY" : "");
    }
    buf_addc(sql, ')');
    return run(dump);
}

static int create_indexes(Dump *dump, const TableDef *def) {
    int code = SQLITE_OK;
    for (size_t i = 0; code == SQLITE_OK && i < def->column_count; i++) {
        const ColumnDef *column = &def->columns[i];
        if (!str_ends(column->name, STR("_id"))) {
            continue;
        }
        buf_cut(&dump->sql, 0);
        buf_printf(&dump->sql, "CREATE INDEX \"%.*s_by_%.*s\" ON \"%.*s\"(\"%.*s\")",
                   STR_ARG(def->name), STR_ARG(column->name), STR_ARG(def->name),
                   STR_ARG(column->name));
        code = run(dump);
    }
    return code;
}

static Str select_of(Dump *dump, const TableDef *def) {
    buf_cut(&dump->sql, 0);
    buf_addz(&dump->sql, "SELECT ");
    for (size_t i = 0; i < def->column_count; i++) {
        buf_printf(&dump->sql, "%s\"%.*s\"", i ? ", " : "", STR_ARG(def->columns[i].name));
    }
    buf_printf(&dump->sql, " FROM \"%.*s\"", STR_ARG(def->name));
    return buf_str(&dump->sql);
}

static Str insert_of(Dump *dump, const TableDef *def) {
    buf_cut(&dump->sql, 0);
    buf_printf(&dump->sql, "INSERT INTO \"%.*s\" VALUES (", STR_ARG(def->name));
    for (size_t i = 0; i < def->column_count; i++) {
        buf_addz(&dump->sql, i ? ", ?" : "?");
    }
    buf_addc(&dump->sql, ')');
    return buf_str(&dump->sql);
}

static void bind(sqlite3_stmt *insert, const Query *query, size_t count) {
    for (size_t i = 0; i < count; i++) {
        int at = (int)i + 1;
        if (query_is_null(query, i)) {
            sqlite3_bind_null(insert, at);
        } else if (query_is_text(query, i)) {
            Str text = query_text(query, i);
            sqlite3_bind_text(insert, at, text.s, (int)text.n, SQLITE_TRANSIENT);
        } else {
            sqlite3_bind_int64(insert, at, query_int(query, i));
        }
    }
}

static Status failed(Dump *dump, Str reason) {
    return (Status){true, arena_printf(dump->database->arena, "cannot write the SQLite file: %.*s",
                                       STR_ARG(reason))};
}

static Status target_failed(Dump *dump) {
    return failed(dump, str_of(sqlite3_errmsg(dump->target)));
}

static Status copy_rows(Dump *dump, const TableDef *def) {
    QueryError error;
    Query *query;
    if (!query_prepare(dump->database, select_of(dump, def), &query, &error)) {
        return failed(dump, error.message);
    }
    Str sql = insert_of(dump, def);
    sqlite3_stmt *insert = NULL;
    int code = sqlite3_prepare_v2(dump->target, sql.s, (int)sql.n, &insert, NULL);
    QueryStep step = QUERY_DONE;
    while (code == SQLITE_OK && (step = query_step(query, &error)) == QUERY_ROW) {
        bind(insert, query, def->column_count);
        code = sqlite3_step(insert) == SQLITE_DONE ? sqlite3_reset(insert) : SQLITE_ERROR;
    }
    Status status = step == QUERY_FAILED ? failed(dump, error.message)
                    : code != SQLITE_OK  ? target_failed(dump)
                                         : STATUS_OK;
    sqlite3_finalize(insert);
    query_close(query);
    return status;
}

static Status copy_tables(Dump *dump) {
    if (sqlite3_exec(dump->target, "BEGIN", NULL, NULL, NULL) != SQLITE_OK) {
        return target_failed(dump);
    }
    for (size_t i = 0; i < dump->database->tables.count; i++) {
        const TableDef *def = dump->database->tables.items[i];
        if (!def->is_record) {
            continue;
        }
        if (create_table(dump, def) != SQLITE_OK) {
            return target_failed(dump);
        }
        Status status = copy_rows(dump, def);
        if (status.failed) {
            return status;
        }
        if (create_indexes(dump, def) != SQLITE_OK) {
            return target_failed(dump);
        }
    }
    return sqlite3_exec(dump->target, "COMMIT", NULL, NULL, NULL) == SQLITE_OK
               ? STATUS_OK
               : target_failed(dump);
}

Status database_dump(Database *database, Arena *arena, Str *ret_bytes) {
    Dump dump = {.database = database};
    buf_init(&dump.sql, 1 << 20);
    Status status = STATUS_OK;
    if (sqlite3_open(":memory:", &dump.target) != SQLITE_OK) {
        status = target_failed(&dump);
    }
    status = status.failed ? status : copy_tables(&dump);
    sqlite3_int64 size = 0;
    unsigned char *bytes = status.failed ? NULL : sqlite3_serialize(dump.target, "main", &size, 0);
    if (bytes) {
        *ret_bytes = arena_copy(arena, (Str){(const char *)bytes, (size_t)size});
    } else if (!status.failed) {
        status = failed(&dump, STR("out of memory"));
    }
    sqlite3_free(bytes);
    sqlite3_close(dump.target);
    buf_clear(&dump.sql);
    status.reason = status.failed ? arena_copy(arena, status.reason) : status.reason;
    return status;
}
