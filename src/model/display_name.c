/* Displayed names of records: as stated, by the label of the kind, or by parent and position. */
#include "base/limits.h"
#include "model/store.h"
#include "model/value.h"

static void add_cell(const Inventory *inventory, KindId kind, RowId row, Str column, Buf *out) {
    const Kind *of = schema_kind(inventory->schema, kind);
    const Row *record = &inventory->tables[kind].rows[row];
    if (of->child_of < ANY_KIND && record->parent != NO_ROW &&
        str_eq(column, sym_text(inventory->schema->interner, of->child_of_name))) {
        Sym parent = inventory->tables[of->child_of].rows[record->parent].name;
        buf_add(out, sym_text(inventory->schema->interner, parent));
        return;
    }
    ColumnId id = kind_find_column(of, inventory->schema->interner, column);
    int64_t cell;
    if (id == NO_COLUMN || !store_get(&inventory->tables[kind].columns[id], row, &cell)) {
        return;
    }
    const Field *field = of->columns[id].field;
    if (field->type == TYPE_REF) {
        bool named = cell != REF_NONE;
        buf_add(out, named ? sym_text(inventory->schema->interner, (Sym)cell) : STR("none"));
    } else {
        value_print(out, inventory->schema->interner, field, field->type, cell);
    }
}

static void add_label(const Inventory *inventory, KindId kind, RowId row, Str label, Buf *out) {
    Str before;
    Str column;
    for (size_t at = 0; str_placeholder(label, &at, &before, &column);) {
        buf_add(out, before);
        add_cell(inventory, kind, row, column, out);
    }
    buf_add(out, before);
}

static void add_key_fields(const Inventory *inventory, KindId kind, RowId row, Buf *out) {
    const Kind *of = schema_kind(inventory->schema, kind);
    const Row *record = &inventory->tables[kind].rows[row];
    Interner *interner = inventory->schema->interner;
    if (of->child_of < ANY_KIND && record->parent != NO_ROW) {
        buf_add(out, sym_text(interner, inventory->tables[of->child_of].rows[record->parent].name));
        if (record->position) {
            buf_printf(out, " %.*s %u", STR_ARG(sym_text(interner, of->name)), record->position);
        }
    }
    for (size_t i = 0; of->key_count && i < of->keys[0].count && !record->position; i++) {
        if (out->size) {
            buf_addc(out, ' ');
        }
        add_cell(inventory, kind, row, sym_text(interner, of->columns[of->keys[0].columns[i]].name),
                 out);
    }
}

static Sym displayed_name(Inventory *inventory, KindId kind, RowId row, Buf *buf) {
    const Kind *of = schema_kind(inventory->schema, kind);
    const Row *record = &inventory->tables[kind].rows[row];
    int64_t cell;
    if (of->name_column != NO_COLUMN && !of->label.n &&
        store_get(&inventory->tables[kind].columns[of->name_column], row, &cell)) {
        return (Sym)cell;
    }
    bool child = of->child_of < ANY_KIND && record->parent != NO_ROW;
    if (child && !record->position && !of->label.n) {
        return inventory->tables[of->child_of].rows[record->parent].name;
    }
    buf_cut(buf, 0);
    if (of->label.n) {
        add_label(inventory, kind, row, of->label, buf);
    } else {
        add_key_fields(inventory, kind, row, buf);
    }
    return intern(inventory->schema->interner, str_trim(buf_str(buf)));
}

void inventory_name_rows(Inventory *inventory, KindId kind) {
    Table *table = &inventory->tables[kind];
    Buf buf;
    buf_init(&buf, LIMIT_LABEL_BYTES);
    buf_addc(&buf, ' ');
    for (size_t row = 0; row < table->count; row++) {
        if (!(table->rows[row].flags & ROW_MERGED) && !table->rows[row].name) {
            table->rows[row].name = displayed_name(inventory, kind, (RowId)row, &buf);
        }
    }
    buf_clear(&buf);
}
