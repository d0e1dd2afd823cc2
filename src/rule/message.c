/* Messages: placeholders filled from the folded rows of a finding. */
#include <stdlib.h>

#include "base/buf.h"
#include "base/limits.h"
#include "rule/run.h"

enum { LIST_LIMIT = 12 }; /* names in a list before "and n more" */

int columns_find(const ResultColumns *columns, Str name) {
    int found = NO_RESULT;
    for (size_t i = 0; i < columns->count; i++) {
        const ResultColumn *column = &columns->items[i];
        if (str_eq(column->name, name)) {
            if (column->is_entity) {
                return (int)i;
            }
            found = (int)i;
        }
    }
    return found;
}

Str message_list(Arena *arena, const Str *items, size_t count, size_t limit) {
    Buf buf;
    buf_init(&buf, LIMIT_TEXT_BYTES);
    size_t shown = count <= limit ? count : limit - 1;
    for (size_t i = 0; i < shown; i++) {
        bool last = i + 1 == count;
        buf_addz(&buf, i == 0 ? "" : last ? " and " : ", ");
        buf_add(&buf, items[i]);
    }
    if (shown < count) {
        buf_printf(&buf, " and %zu more", count - shown);
    }
    Str text = arena_copy(arena, buf_str(&buf));
    buf_clear(&buf);
    return text;
}

EntityId *subject_ids(const FindingMaker *maker, const Subject *subject, int column,
                      size_t *ret_count) {
    EntityId *ids = arena_array(maker->arena, EntityId, subject->row_count);
    size_t count = 0;
    for (size_t i = 0; i < subject->row_count; i++) {
        const Cell *cell = &subject->rows[i][column];
        if (cell->type == CELL_ENTITY) {
            ids[count++] = (EntityId)cell->number;
        }
    }
    *ret_count = ids_sort(ids, count);
    return ids;
}

static Str cell_text(Arena *arena, const Inventory *inventory, const Cell *cell) {
    switch (cell->type) {
    case CELL_NULL:
        return STR_NONE;
    case CELL_INT:
        return arena_printf(arena, "%lld", (long long)cell->number);
    case CELL_TEXT:
        return cell->text;
    case CELL_ENTITY:
        return inventory_name(inventory, (EntityId)cell->number);
    }
    return STR_NONE;
}

static int compare_texts(const void *a, const void *b) {
    return str_cmp_natural(*(const Str *)a, *(const Str *)b);
}

/* The distinct values of a column as texts: entities in canonical order, others as people sort. */
static Str *distinct_texts(const FindingMaker *maker, const Subject *subject, int column,
                           size_t *ret_count) {
    const Inventory *inventory = maker->inventory;
    Str *texts = arena_array(maker->arena, Str, subject->row_count);
    size_t count = 0;
    if (maker->run->columns.items[column].is_entity) {
        const EntityId *ids = subject_ids(maker, subject, column, &count);
        for (size_t i = 0; i < count; i++) {
            texts[i] = inventory_name(inventory, ids[i]);
        }
        *ret_count = count;
        return texts;
    }
    for (size_t i = 0; i < subject->row_count; i++) {
        const Cell *cell = &subject->rows[i][column];
        if (cell->type != CELL_NULL) {
            texts[count++] = cell_text(maker->arena, inventory, cell);
        }
    }
    if (count) {
        qsort(texts, count, sizeof *texts, compare_texts);
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!kept || !str_eq(texts[kept - 1], texts[i])) {
            texts[kept++] = texts[i];
        }
    }
    *ret_count = kept;
    return texts;
}

static void fill_one(const FindingMaker *maker, const Subject *subject, Str name, Buf *out) {
    Str of = name;
    bool counted = str_ends(name, STR(".count"));
    if (counted) {
        of = str_slice(name, 0, name.n - 6);
    }
    int column = columns_find(&maker->run->columns, of);
    if (column == NO_RESULT) {
        buf_printf(out, "{%.*s}", STR_ARG(name)); /* refused when the pack was checked */
        return;
    }
    size_t count;
    Str *texts = distinct_texts(maker, subject, column, &count);
    if (counted) {
        buf_printf(out, "%zu", count);
    } else {
        buf_add(out,
                count ? message_list(maker->arena, texts, count, LIST_LIMIT) : STR("(not stated)"));
    }
}

Str message_fill(const FindingMaker *maker, const Subject *subject, Str text) {
    Buf out;
    buf_init(&out, LIMIT_TEXT_BYTES);
    Str before;
    Str name;
    for (size_t at = 0; str_placeholder(text, &at, &before, &name);) {
        buf_add(&out, before);
        fill_one(maker, subject, name, &out);
    }
    buf_add(&out, before);
    Str filled = arena_copy(maker->arena, buf_str(&out));
    buf_clear(&out);
    return filled;
}
