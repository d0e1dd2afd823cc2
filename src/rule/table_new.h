/* In-memory tables that the engine fills. */
#ifndef RULE_TABLE_NEW_H
#define RULE_TABLE_NEW_H

#include "query/database.h"

/* A table of `rows` rows with all cells 0; `columns` is kept. */
MemTable *table_new(Arena *arena, const char *name, const char *doc, const MemColumn *columns,
                    size_t column_count, size_t rows);

/* For an array of columns. */
#define TABLE_NEW(arena, name, doc, columns, rows)                                                 \
    table_new((arena), (name), (doc), (columns), sizeof(columns) / sizeof *(columns), (rows))

#endif
