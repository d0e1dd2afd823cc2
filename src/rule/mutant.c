#include "rule/mutant.h"

/* ---- the document ---- */

static Node copy_node(Arena *arena, const Node *node) {
    Node copy = *node;
    copy.items = arena_array(arena, Node, node->count);
    for (size_t i = 0; i < node->count; i++) {
        copy.items[i] = copy_node(arena, &node->items[i]);
    }
    return copy;
}

Draft draft_of(Arena *arena, const Node *root, const Inventory *inventory) {
    Draft draft = {arena, arena_new(arena, Node), inventory};
    *draft.root = copy_node(arena, root);
    return draft;
}

static bool same_place(Loc a, Loc b) {
    return a.source == b.source && a.line == b.line && a.column == b.column;
}

static bool holds_place(const Node *node, Loc loc) {
    bool held = same_place(node->loc, loc) || same_place(node->key_loc, loc);
    for (size_t i = 0; !held && i < node->count; i++) {
        held = holds_place(&node->items[i], loc);
    }
    return held;
}

/* `ha_enabled` is `enabled` in `ha`; a size has its unit behind it. */
static bool is_key_of(Str key, const Field *field) {
    size_t n = field->key.n;
    return str_eq(key, field->key) ||
           (field->type == TYPE_SIZE && key.n == n + 3 && str_starts(key, field->key));
}

/* The innermost entry of that key around the place. */
static Node *find_entry(Node *node, const Field *field, Loc loc) {
    for (size_t i = 0; i < node->count; i++) {
        if (holds_place(&node->items[i], loc)) {
            Node *below = find_entry(&node->items[i], field, loc);
            bool here = is_key_of(node->items[i].key, field);
            return below ? below : here ? &node->items[i] : NULL;
        }
    }
    return NULL;
}

bool draft_find(const Draft *draft, KindId kind, ColumnId column, RowId row,
                WrittenCell *ret_cell) {
    int64_t value;
    const Inventory *inventory = draft->inventory;
    const Field *field = schema_kind(inventory_schema(inventory), kind)->columns[column].field;
    if (!inventory_cell(inventory, kind, column, row, &value)) {
        return false;
    }
    Loc loc = inventory_cell_loc(inventory, kind, column, row);
    *ret_cell = (WrittenCell){draft, kind, column, row, find_entry(draft->root, field, loc)};
    return ret_cell->node != NULL;
}

/* ---- changes ---- */

static const Field *field_of(const WrittenCell *cell) {
    const Schema *schema = inventory_schema(cell->draft->inventory);
    return schema_kind(schema, cell->kind)->columns[cell->column].field;
}

/* Left out means not stated, not none. */
static void make_partial(const WrittenCell *cell) {
    const Schema *schema = inventory_schema(cell->draft->inventory);
    const Kind *kind = schema_kind(schema, cell->kind);
    Arena *arena = cell->draft->arena;
    Str name = sym_text(schema->interner, kind->name);
    Str column = sym_text(schema->interner, kind->columns[cell->column].name);
    Node *root = cell->draft->root;
    const Node *before = tree_get(root, "partial");
    size_t listed = before && before->type == NODE_LIST ? before->count : 0;
    Node *items = arena_array(arena, Node, listed + 1);
    for (size_t i = 0; i < listed; i++) {
        items[i] = before->items[i];
    }
    items[listed] = (Node){.type = NODE_SCALAR,
                           .text = arena_printf(arena, "%.*s.%.*s", STR_ARG(name), STR_ARG(column)),
                           .loc = root->loc};
    Node *entries = arena_array(arena, Node, root->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < root->count; i++) {
        if (&root->items[i] != before) {
            entries[count++] = root->items[i];
        }
    }
    entries[count++] = (Node){.type = NODE_LIST,
                              .key = STR("partial"),
                              .key_loc = root->loc,
                              .loc = root->loc,
                              .items = items,
                              .count = listed + 1};
    root->items = entries;
    root->count = count;
}

typedef struct Words {
    const char *const *items;
    size_t count;
} Words;

#define WORDS(...)                                                                                 \
    ((Words){(const char *const[]){__VA_ARGS__},                                                   \
             sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)})

/* Values at both ends and, of versions, those between which products differ. */
static Words words_of(FieldType type) {
    switch (type) {
    case TYPE_BOOL:
        return WORDS("true", "false");
    case TYPE_INT:
    case TYPE_SIZE:
        return WORDS("0", "1", "2", "5", "1000", "1000000");
    case TYPE_DURATION:
        return WORDS("0s", "1s", "1m", "1d", "1000d");
    case TYPE_SHARE:
        return WORDS("0%", "1%", "50%", "100%");
    case TYPE_DATE:
        return WORDS("1990-01-01", "2090-01-01");
    case TYPE_VERSION:
        return WORDS("1.0", "5.0", "6.1", "6.3", "8.3", "10.0", "14.0", "14.3", "15.0", "15.1",
                     "15.2", "99.0");
    case TYPE_STRING:
        return WORDS("x", "1", "v=spf1 -all", "v=spf1 +all");
    case TYPE_NAME:
    case TYPE_ENUM:
    case TYPE_REF:
    case TYPE_LIST:
    case TYPE_GROUP:
    case TYPE_CHILD:
        return (Words){0};
    }
    return (Words){0};
}

/* The records that it could refer to, then none. */
static bool other_target(const WrittenCell *cell, KindId target, size_t number, Str *ret_text) {
    const Inventory *inventory = cell->draft->inventory;
    size_t count = target < inventory_schema(inventory)->kind_count
                       ? inventory_row_count(inventory, target)
                       : 0;
    *ret_text = number < count
                    ? inventory_name(inventory, inventory_id(inventory, target, (RowId)number))
                    : STR("none");
    return number <= count;
}

static bool other_text(const WrittenCell *cell, size_t number, Str *ret_text) {
    const Field *field = field_of(cell);
    Words words = words_of(field->type);
    switch (field->type) {
    case TYPE_ENUM:
        if (number < field->value_count) {
            const Schema *schema = inventory_schema(cell->draft->inventory);
            *ret_text = sym_text(schema->interner, field->values[number].name);
        }
        return number < field->value_count;
    case TYPE_REF:
        return other_target(cell, field->target, number, ret_text);
    case TYPE_GROUP:
    case TYPE_CHILD:
        *ret_text = STR("none");
        return number == 0;
    default:
        if (number < words.count) {
            *ret_text = str_of(words.items[number]);
        }
        return number < words.count;
    }
}

/* Empty, without its first item, without its last. */
static bool shorten(Node *list, size_t number) {
    size_t count = list->count;
    if (number > 2 || list->type != NODE_LIST || !count) {
        return false;
    }
    list->count = number ? count - 1 : 0;
    list->items += number == 1;
    return true;
}

static bool change(const WrittenCell *cell, size_t number) {
    Node *node = cell->node;
    if (field_of(cell)->type == TYPE_LIST) {
        return shorten(node, number);
    }
    Str text;
    if (!other_text(cell, number, &text)) {
        return false;
    }
    *node = (Node){.type = NODE_SCALAR,
                   .key = node->key,
                   .text = arena_copy(cell->draft->arena, text),
                   .key_loc = node->key_loc,
                   .loc = node->loc};
    return true;
}

bool mutant_apply(const WrittenCell *cell, size_t number, Mutant *ret_mutant) {
    *ret_mutant = (Mutant){cell, *cell->node, *cell->draft->root};
    if (number) {
        return change(cell, number - 1);
    }
    cell->node->key = STR("x-left-out"); /* such keys are skipped */
    if (field_of(cell)->absent_none) {
        make_partial(cell);
    }
    return true;
}

void mutant_undo(const Mutant *mutant) {
    *mutant->cell->node = mutant->saved;
    *mutant->cell->draft->root = mutant->head;
}
