#include "draw/look.h"

static const Node *item_list(const Node *map, const char *key) {
    const Node *node = tree_get(map, key);
    return node && node->type == NODE_LIST ? node : NULL;
}

static Str item_text(const Node *map, const char *key) {
    const Node *node = tree_get(map, key);
    return node && node->type == NODE_SCALAR ? node->text : STR_NONE;
}

static ColumnId column_of(const Schema *schema, const Kind *kind, Str name) {
    return name.n ? kind_find_column(kind, schema->interner, name) : (ColumnId)NO_COLUMN;
}

static BoxStyle box_style(Str name) {
    static const struct {
        const char *name;
        BoxStyle style;
    } styles[] = {
        {"site", BOX_SITE}, {"rack", BOX_PLAIN}, {"cluster", BOX_PLAIN}, {"host", BOX_HOST}};
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
        if (str_eq(name, str_of(styles[i].name))) {
            return styles[i].style;
        }
    }
    return BOX_PLAIN;
}

static void read_tile(const Schema *schema, const Kind *kind, Look *look) {
    const Node *tile = tree_get(kind->draw, "tile");
    look->tile_by = NO_COLUMN;
    if (tile && tile->type == NODE_SCALAR) {
        look->tile = tile->text;
    } else if (tile) {
        look->tile = item_text(tile, "else");
        look->tile_by = column_of(schema, kind, item_text(tile, "by"));
        look->tiles = tree_get(tile, "values");
    }
}

const Look *looks_read(Arena *arena, const Schema *schema) {
    Look *looks = arena_array(arena, Look, schema->kind_count);
    for (size_t i = 0; i < schema->kind_count; i++) {
        const Kind *kind = &schema->kinds[i];
        Look *look = &looks[i];
        look->tile_by = look->label = look->stands_for = NO_COLUMN;
        if (!kind->draw) {
            continue;
        }
        look->drawn = true;
        read_tile(schema, kind, look);
        Str box = item_text(kind->draw, "box");
        look->is_box = box.n > 0;
        look->box = box_style(box);
        look->is_shared = !look->is_box && kind->fault == FAULT_SHARED;
        Str gate = item_text(kind->draw, "gate");
        look->gate = !gate.n ? GATE_NONE : str_eq(gate, STR("votes")) ? GATE_VOTES : GATE_MEMBERS;
        look->inside = item_list(kind->draw, "inside");
        look->facts = item_list(kind->draw, "facts");
        look->label = column_of(schema, kind, item_text(kind->draw, "label"));
        look->stands_for = column_of(schema, kind, item_text(kind->draw, "stands_for"));
    }
    return looks;
}

/* True if the cell, or one of its items, is the enum value or text `name`. */
static bool cell_has(const Inventory *inventory, KindId kind, ColumnId column, RowId row,
                     Str name) {
    const Field *field = inventory_schema(inventory)->kinds[kind].columns[column].field;
    const Interner *interner = inventory_interner(inventory);
    Items items = inventory_items(inventory, kind, column, row);
    Item single = {0};
    FieldType type = field->type;
    if (type == TYPE_LIST) {
        type = field->item_type;
    } else if (inventory_cell(inventory, kind, column, row, &single.value)) {
        items = (Items){&single, 1};
    }
    for (size_t i = 0; i < items.count; i++) {
        int64_t value = items.items[i].value;
        bool same = type == TYPE_ENUM ? str_eq(sym_text(interner, field->values[value].name), name)
                                      : (type == TYPE_NAME || type == TYPE_STRING) &&
                                            str_eq(sym_text(interner, (Sym)value), name);
        if (same) {
            return true;
        }
    }
    return false;
}

Str look_tile(const Look *look, const Inventory *inventory, EntityId id) {
    RowId row;
    KindId kind = inventory_kind_of(inventory, id, &row);
    for (size_t i = 0; look->tile_by != NO_COLUMN && look->tiles && i < look->tiles->count; i++) {
        const Node *tile = &look->tiles->items[i];
        if (cell_has(inventory, kind, look->tile_by, row, tile->key)) {
            return tile->text;
        }
    }
    return look->tile;
}

Str look_name(const Look *look, const Inventory *inventory, EntityId id) {
    RowId row;
    KindId kind = inventory_kind_of(inventory, id, &row);
    int64_t cell;
    if (look->label != NO_COLUMN && inventory_cell(inventory, kind, look->label, row, &cell)) {
        return sym_text(inventory_interner(inventory), (Sym)cell);
    }
    return inventory_name(inventory, id);
}

EntityId look_reference(const Inventory *inventory, EntityId id, ColumnId column) {
    RowId row;
    KindId kind = inventory_kind_of(inventory, id, &row);
    const Kind *known = schema_kind(inventory_schema(inventory), kind);
    int64_t cell;
    bool stated = column != NO_COLUMN && known->columns[column].field->type == TYPE_REF &&
                  inventory_cell(inventory, kind, column, row, &cell);
    return stated ? (EntityId)cell : 0;
}

/* Follows a path such as a.b: a single child record, then one of its references. */
static EntityId follow(const Inventory *inventory, EntityId id, Str path) {
    const Schema *schema = inventory_schema(inventory);
    Str step;
    while (id && str_cut(&path, '.', &step)) {
        RowId row;
        KindId kind = inventory_kind_of(inventory, id, &row);
        ColumnId column = kind_find_column(&schema->kinds[kind], schema->interner, step);
        if (column == NO_COLUMN) {
            return 0;
        }
        const Field *field = schema->kinds[kind].columns[column].field;
        if (field->type != TYPE_CHILD) {
            id = look_reference(inventory, id, column);
            continue;
        }
        RowList children = inventory_children(inventory, field->target, row);
        EntityId child = 0;
        for (size_t i = 0; i < children.count && !child; i++) {
            if (inventory_parent_column(inventory, field->target, children.rows[i]) == column) {
                child = inventory_id(inventory, field->target, children.rows[i]);
            }
        }
        id = child;
    }
    return id;
}

size_t look_containers(const Look *looks, const Inventory *inventory, EntityId id,
                       EntityId *ret_boxes, size_t maximum) {
    const Look *look = look_of(looks, inventory, id);
    size_t count = 0;
    for (size_t i = 0; look->inside && i < look->inside->count && count < maximum; i++) {
        EntityId box = follow(inventory, id, look->inside->items[i].text);
        if (box && box != id && look_of(looks, inventory, box)->is_box) {
            ret_boxes[count++] = box;
        }
    }
    return count;
}

/* The value as people read it; empty if it is not stated. */
static Str value_text(Arena *arena, const Inventory *inventory, EntityId id, Str name) {
    RowId row;
    const Schema *schema = inventory_schema(inventory);
    KindId kind = inventory_kind_of(inventory, id, &row);
    ColumnId column = kind_find_column(&schema->kinds[kind], schema->interner, name);
    int64_t cell;
    if (column == NO_COLUMN || !inventory_cell(inventory, kind, column, row, &cell)) {
        return STR_NONE;
    }
    const Field *field = schema->kinds[kind].columns[column].field;
    switch (field->type) {
    case TYPE_NAME:
    case TYPE_STRING:
    case TYPE_VERSION:
        return sym_text(schema->interner, (Sym)cell);
    case TYPE_ENUM:
        return sym_text(schema->interner, field->values[cell].name);
    case TYPE_REF:
        return cell ? inventory_name(inventory, (EntityId)cell) : STR("none");
    case TYPE_BOOL:
        return cell ? STR("yes") : STR("no");
    case TYPE_INT:
    case TYPE_DURATION:
    case TYPE_SHARE:
    case TYPE_SIZE:
    case TYPE_DATE:
    case TYPE_LIST:
    case TYPE_GROUP:
    case TYPE_CHILD:
        break;
    }
    return arena_printf(arena, "%lld", (long long)cell);
}

Str look_fact(Arena *arena, const Inventory *inventory, EntityId id, Str text) {
    Str out = STR_NONE;
    Str before;
    Str column;
    for (size_t at = 0; str_placeholder(text, &at, &before, &column);) {
        Str value = value_text(arena, inventory, id, column);
        if (!value.n) {
            return STR_NONE;
        }
        out = arena_printf(arena, "%.*s%.*s%.*s", STR_ARG(out), STR_ARG(before), STR_ARG(value));
    }
    return arena_printf(arena, "%.*s%.*s", STR_ARG(out), STR_ARG(before));
}
