/* `else: host.cluster` of a reference: where it is not stated, what the record behind another
 * reference states. */
#include "model/schema_file.h"

static bool is_ref(const Kind *kind, ColumnId column) {
    return column != NO_COLUMN && kind->columns[column].field->type == TYPE_REF;
}

/* False if the text is not `<reference of this kind>.<reference to the same kind>`. */
static bool link(const Schema *schema, const Kind *kind, Column *of, Str text) {
    size_t dot = str_find(text, '.', 0);
    if (of->field->type != TYPE_REF || dot == SIZE_MAX) {
        return false;
    }
    ColumnId through = kind_find_column(kind, schema->interner, str_slice(text, 0, dot));
    if (!is_ref(kind, through) || kind->columns[through].field->target >= ANY_KIND) {
        return false;
    }
    KindId target = kind->columns[through].field->target;
    const Kind *other = schema_kind(schema, target);
    ColumnId column = kind_find_column(other, schema->interner, str_slice(text, dot + 1, text.n));
    if (!is_ref(other, column) || other->columns[column].field->target != of->field->target) {
        return false;
    }
    of->other = (ElseColumn){through, target, column};
    return true;
}

void schema_link_else(Schema *schema, Diags *diags, Kind *kind) {
    for (size_t i = 0; i < kind->column_count; i++) {
        const Node *node = kind->columns[i].field->else_node;
        if (node && !link(schema, kind, &kind->columns[i], node->text)) {
            diag_error(diags, node->loc,
                       "'else' of a reference is another reference of this kind, a dot, and a "
                       "reference of what that names to the same kind");
        }
    }
}
