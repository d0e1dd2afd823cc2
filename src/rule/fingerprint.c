/* The identity of a finding over time: rule and subject, never places, texts or related names. A
 * rule that was renamed keeps its first name here. */
#include "base/buf.h"
#include "base/digest.h"
#include "base/limits.h"
#include "rule/run.h"

/* Kind and fold key of the record and of those that hold it, outermost last. */
static void add_subject(Buf *buf, const Inventory *inventory, EntityId id) {
    RowId row;
    const Schema *schema = inventory_schema(inventory);
    const Interner *interner = inventory_interner(inventory);
    KindId kind = inventory_kind_of(inventory, id, &row);
    while (kind != NO_KIND && row != NO_ROW) {
        EntityId at = inventory_id(inventory, kind, row);
        Sym fold = sym_fold_frozen(interner, inventory_name_sym(inventory, at));
        buf_addc(buf, '\n');
        buf_add(buf, sym_text(interner, schema_kind(schema, kind)->name));
        buf_addc(buf, '\n');
        buf_add(buf, sym_text(interner, fold));
        row = inventory_parent(inventory, kind, row);
        kind = schema_kind(schema, kind)->child_of;
    }
}

static void add_cell(Buf *buf, const Inventory *inventory, const Cell *cell) {
    buf_addc(buf, '\n');
    switch (cell->type) {
    case CELL_NULL:
        break;
    case CELL_INT:
        buf_printf(buf, "%lld", (long long)cell->number);
        break;
    case CELL_TEXT:
        buf_add(buf, cell->text);
        break;
    case CELL_ENTITY:
        add_subject(buf, inventory, (EntityId)cell->number);
        break;
    }
}

Str finding_fingerprint(const FindingMaker *maker, const Subject *subject) {
    const Rule *rule = maker->run->rule;
    Buf buf;
    buf_init(&buf, LIMIT_TEXT_BYTES);
    buf_addz(&buf, "topolint/1\n");
    buf_add(&buf, rule->formerly_count ? rule->formerly[0] : rule->id);
    add_subject(&buf, maker->inventory, subject->entity);
    for (size_t i = 0; i < rule->identity_count; i++) {
        int column = columns_find(&maker->run->columns, rule->identity[i]);
        if (column != NO_RESULT) {
            add_cell(&buf, maker->inventory, &subject->rows[0][column]);
        }
    }
    Str hex = digest_sha256(maker->arena, buf_str(&buf));
    buf_clear(&buf);
    return hex;
}
