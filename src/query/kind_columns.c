/* The SQL columns of a kind, from its schema. */
#include "query/kind_table.h"

typedef struct Layout {
    Database *database;
    const Kind *kind;
    VEC(ColumnDef) columns;
    VEC(KindCell) cells;
} Layout;

static Str sym(const Layout *layout, Sym name) {
    return sym_text(layout->database->interner, name);
}

static ColumnDef *add(Layout *layout, Str name, const char *declared, KindCell cell) {
    ColumnDef column = {.name = name, .declared = declared};
    vec_push(layout->database->arena, &layout->columns, column);
    vec_push(layout->database->arena, &layout->cells, cell);
    return &layout->columns.items[layout->columns.count - 1];
}

static Str joined(const Layout *layout, Str name, const char *suffix) {
    return arena_printf(layout->database->arena, "%.*s%s", STR_ARG(name), suffix);
}

static bool holds(const Field *field, KindId child) {
    bool list = field->type == TYPE_LIST && field->item_type == TYPE_CHILD;
    return (field->type == TYPE_CHILD || list) && field->target == child;
}

static void find_parent_columns(KindTable *table, const Kind *parent) {
    Arena *arena = table->def.database->arena;
    table->parent_columns = arena_array(arena, ColumnId, parent->column_count);
    for (size_t i = 0; i < parent->column_count; i++) {
        if (holds(parent->columns[i].field, table->kind)) {
            table->parent_columns[table->parent_column_count++] = (ColumnId)i;
        }
    }
}

static bool stands_in_list(const KindTable *table, const Kind *parent) {
    for (size_t i = 0; i < table->parent_column_count; i++) {
        if (parent->columns[table->parent_columns[i]].field->type == TYPE_LIST) {
            return true;
        }
    }
    return false;
}

static void add_parent(Layout *layout, KindTable *table) {
    const Schema *schema = inventory_schema(layout->database->inventory);
    KindId parent_kind = layout->kind->child_of;
    if (parent_kind >= schema->kind_count) {
        return;
    }
    const Kind *parent = schema_kind(schema, parent_kind);
    find_parent_columns(table, parent);
    Str name = sym(layout, parent->name);
    ColumnDef *column = add(layout, name, "TEXT", (KindCell){.type = KIND_PARENT});
    column->type = joined(layout, STR("ref "), arena_copy(layout->database->arena, name).s);
    column->doc = STR("The record that it stands in.");
    column =
        add(layout, joined(layout, name, "_id"), "INTEGER", (KindCell){.type = KIND_PARENT_ID});
    column->type = STR("id");
    column->doc = STR("Id of the record that it stands in.");
    column->hidden = true;
    if (stands_in_list(table, parent)) {
        column = add(layout, STR("position"), "INTEGER", (KindCell){.type = KIND_POSITION});
        column->type = STR("int");
        column->doc = STR("Its place in the list, from 1.");
    }
}

static Str field_doc(const Layout *layout, const Field *field) {
    if (!field->unit.n) {
        return field->doc;
    }
    return arena_printf(layout->database->arena, "%.*s Unit: %.*s.", STR_ARG(field->doc),
                        STR_ARG(field->unit));
}

static void add_target_id(Layout *layout, Str name, KindCell cell) {
    cell.type = KIND_TARGET_ID;
    ColumnDef *column = add(layout, joined(layout, name, "_id"), "INTEGER", cell);
    column->hidden = true;
    column->type = STR("id");
    column->doc =
        arena_printf(layout->database->arena, "Id behind %.*s; 0 = stated as none.", STR_ARG(name));
}

static void add_else_id(Layout *layout, const ColumnDef *of, KindCell cell) {
    const Schema *schema = inventory_schema(layout->database->inventory);
    const ElseColumn *other = &layout->kind->columns[cell.column].other;
    const Kind *kind = schema_kind(schema, other->kind);
    cell.type = KIND_ELSE_ID;
    Str name = of->name;
    ColumnDef *column = add(layout, joined(layout, name, "_effective_id"), "INTEGER", cell);
    column->hidden = true;
    column->type = STR("id");
    column->doc =
        arena_printf(layout->database->arena,
                     "Id behind %.*s or, where that is not stated, behind %.*s of its %.*s.",
                     STR_ARG(name), STR_ARG(sym(layout, kind->columns[other->column].name)),
                     STR_ARG(sym(layout, layout->kind->columns[other->through].name)));
}

static void add_effective(Layout *layout, const ColumnDef *of, KindCell cell) {
    const Field *field = cell.field;
    cell.type = KIND_EFFECTIVE;
    ColumnDef copy = *of;
    ColumnDef *column = add(layout, joined(layout, copy.name, "_effective"), copy.declared, cell);
    Str name = column->name;
    *column = copy;
    column->name = name;
    column->hidden = str_find(str_of(copy.declared), ' ', 0) == SIZE_MAX; /* see declare() */
    column->doc = arena_printf(layout->database->arena, "%.*s, or the default %.*s.",
                               STR_ARG(copy.name), STR_ARG(field->default_text));
}

static void add_field(Layout *layout, ColumnId id) {
    const Column *source = &layout->kind->columns[id];
    const Field *field = source->field;
    bool is_name = id == layout->kind->name_column;
    KindCell cell = {is_name ? KIND_NAME : KIND_CELL, id, field};
    const char *declared =
        field_declared(layout->database, layout->kind, field, field->type, source->name);
    ColumnDef *column = add(layout, sym(layout, source->name), declared, cell);
    column->type = field->type == TYPE_LIST ? STR("items")
                                            : field_type_text(layout->database, field, field->type);
    column->doc = field_doc(layout, field);
    column->literals = field_literals(field->type);
    column->field = field;
    ColumnDef described = *column;
    if (field->type == TYPE_REF) {
        add_target_id(layout, described.name, cell);
    }
    if (source->other.through != NO_COLUMN) {
        add_else_id(layout, &described, cell);
    }
    if (field->has_default) {
        add_effective(layout, &described, cell);
    }
}

static bool has_column(const Layout *layout, Str name) {
    for (size_t i = 0; i < layout->columns.count; i++) {
        if (str_eq(layout->columns.items[i].name, name)) {
            return true;
        }
    }
    return false;
}

KindTable *kind_table_describe(Database *database, KindId id) {
    const Kind *kind = schema_kind(inventory_schema(database->inventory), id);
    KindTable *table = arena_new(database->arena, KindTable);
    *table = (KindTable){.kind = id, .schema = kind};
    table->def.database = database;
    table->def.name = sym_text(database->interner, kind->name);
    table->def.doc = kind->doc;
    Layout layout = {.database = database, .kind = kind};
    ColumnDef *column = add(&layout, STR("id"), "INTEGER", (KindCell){.type = KIND_ID});
    column->type = STR("id");
    column->doc = STR("Unique over all kinds.");
    add_parent(&layout, table);
    for (size_t i = 0; i < kind->column_count; i++) {
        add_field(&layout, (ColumnId)i);
    }
    if (!has_column(&layout, STR("name"))) {
        column = add(&layout, STR("name"), "TEXT", (KindCell){.type = KIND_SHOWN});
        column->type = STR("name");
        column->doc = STR("As the record is shown.");
        column->hidden = true;
    }
    table->def.columns = layout.columns.items;
    table->def.column_count = layout.columns.count;
    table->cells = layout.cells.items;
    return table;
}
