#include "rule/needs_field.h"

#include "base/suggest.h"

typedef struct FieldRows {
    const Inventory *inventory;
    const NeedsRow *like;
    Arena *arena;
    NeedsRows *rows;
    KindId kind;
    ColumnId column;
} FieldRows;

static void add(FieldRows *to, EntityId node, EntityId provider) {
    NeedsRow row = *to->like;
    row.node = node;
    row.provider = provider;
    vec_push(to->arena, to->rows, row);
}

static void add_references(FieldRows *to) {
    for (RowId row = 0; row < inventory_row_count(to->inventory, to->kind); row++) {
        int64_t cell;
        if (inventory_cell(to->inventory, to->kind, to->column, row, &cell) && cell) {
            add(to, inventory_id(to->inventory, to->kind, row), (EntityId)cell);
        }
    }
}

static void add_items(FieldRows *to) {
    for (RowId row = 0; row < inventory_row_count(to->inventory, to->kind); row++) {
        Items items = inventory_items(to->inventory, to->kind, to->column, row);
        for (size_t i = 0; i < items.count; i++) {
            add(to, inventory_id(to->inventory, to->kind, row), (EntityId)items.items[i].value);
        }
    }
}

static void add_children(FieldRows *to, KindId children) {
    for (RowId row = 0; row < inventory_row_count(to->inventory, children); row++) {
        RowId parent = inventory_parent(to->inventory, children, row);
        if (parent != NO_ROW &&
            inventory_parent_column(to->inventory, children, row) == to->column) {
            add(to, inventory_id(to->inventory, to->kind, parent),
                inventory_id(to->inventory, children, row));
        }
    }
}

static void complain_field(const Schema *schema, const NeedsRule *rule, KindId kind, Str name,
                           Diags *diags) {
    Diag *diag = diag_error(diags, rule->because_loc, "needs %.*s: there is no field `%.*s`",
                            STR_ARG(rule->id), STR_ARG(rule->field));
    Suggest suggest;
    suggest_init(&suggest,
                 kind == NO_KIND ? str_slice(rule->field, 0, rule->field.n - name.n - 1) : name);
    for (size_t i = 0; kind == NO_KIND && i < schema->kind_count; i++) {
        suggest_try(&suggest, sym_text(schema->interner, schema->kinds[i].name));
    }
    for (size_t i = 0; kind != NO_KIND && i < schema_kind(schema, kind)->column_count; i++) {
        suggest_try(&suggest,
                    sym_text(schema->interner, schema_kind(schema, kind)->columns[i].name));
    }
    if (suggest.best.n) {
        diag_help(diags, diag, "did you mean `%.*s`?", STR_ARG(suggest.best));
    }
}

static bool find_column(FieldRows *to, const NeedsRule *rule, Diags *diags) {
    const Schema *schema = inventory_schema(to->inventory);
    Str name = rule->field;
    Str kind;
    str_cut(&name, '.', &kind);
    to->kind = schema_find_kind(schema, kind);
    to->column = to->kind == NO_KIND
                     ? (ColumnId)NO_COLUMN
                     : kind_find_column(schema_kind(schema, to->kind), schema->interner, name);
    if (to->column == NO_COLUMN) {
        complain_field(schema, rule, to->kind, name, diags);
    }
    return to->column != NO_COLUMN;
}

bool needs_of_field(const Inventory *inventory, const NeedsRule *rule, const NeedsRow *like,
                    Arena *arena, NeedsRows *rows, Diags *diags) {
    FieldRows to = {.inventory = inventory, .like = like, .arena = arena, .rows = rows};
    if (!find_column(&to, rule, diags)) {
        return false;
    }
    const Field *field =
        schema_kind(inventory_schema(inventory), to.kind)->columns[to.column].field;
    if (field->type == TYPE_REF) {
        add_references(&to);
    } else if (field->type == TYPE_LIST && field->item_type == TYPE_REF) {
        add_items(&to);
    } else if (field->type == TYPE_CHILD) {
        add_children(&to, field->target);
    } else {
        diag_error(diags, rule->because_loc, "needs %.*s: the field `%.*s` names no records",
                   STR_ARG(rule->id), STR_ARG(rule->field));
        return false;
    }
    return true;
}
