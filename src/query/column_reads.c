/* Which fields of records the statement prepared last reads. */
#include "query/connection.h"

typedef VEC(ColumnRead) Reads;

static void add(Arena *arena, Reads *reads, ColumnRead read) {
    for (size_t i = 0; i < reads->count; i++) {
        ColumnRead *known = &reads->items[i];
        if (known->kind == read.kind && known->column == read.column) {
            known->direct = known->direct || read.direct;
            known->effective = known->effective && read.effective;
            return;
        }
    }
    vec_push(arena, reads, read);
}

ColumnRead *database_reads(const Database *database, Arena *arena, size_t *ret_count) {
    Reads reads = {0};
    for (size_t t = 0; t < database->tables.count; t++) {
        const TableDef *def = database->tables.items[t];
        for (size_t c = 0; c < def->column_count; c++) {
            ColumnRead read;
            if (def->columns[c].read_by == database->statement &&
                (kind_table_reads(def, c, &read) || list_table_reads(def, c, &read))) {
                add(arena, &reads, read);
            }
        }
    }
    *ret_count = reads.count;
    return reads.items;
}
