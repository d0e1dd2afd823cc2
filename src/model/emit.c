#include "model/emit.h"

#include "base/limits.h"
#include "model/partial.h"
#include "model/store.h"
#include "model/value.h"

/* One level of fields that is being written: a record's, or a group's inside it. */
typedef struct Level {
    KindId kind;
    RowId row;
    const Field *fields;
    size_t count, next;
    Str name;         /* to close with */
    bool group;       /* else a record */
    bool more;        /* something but scalars follows or followed */
    RowList children; /* of the list that is being written */
    size_t child;
    const Field *list;
} Level;

enum { MOST_LEVELS = 32, LIMIT_GROUP_FIELDS = 256 };

typedef struct Walk {
    Emitter emitter;
    const Inventory *inventory;
    const Interner *interner;
    Level levels[MOST_LEVELS];
    size_t depth;
    Buf text;
} Walk;

static bool stated(const Walk *walk, const Level *level, const Field *field, int64_t *ret_cell) {
    if (field->column == NO_COLUMN) {
        return false;
    }
    const ColumnStore *store = &walk->inventory->tables[level->kind].columns[field->column];
    return store_get(store, level->row, ret_cell);
}

static bool is_scalar(const Field *field) {
    return field->type != TYPE_LIST && field->type != TYPE_GROUP && field->type != TYPE_CHILD;
}

/* A group has something to say if any field below it is stated. */
static bool group_has_any(const Walk *walk, const Level *level, const Field *group) {
    const Field *stack[LIMIT_GROUP_FIELDS];
    size_t depth = 0;
    int64_t cell;
    if (stated(walk, level, group, &cell)) {
        return true;
    }
    for (size_t i = 0; i < group->field_count && depth < LIMIT_GROUP_FIELDS; i++) {
        stack[depth++] = &group->fields[i];
    }
    while (depth) {
        const Field *field = stack[--depth];
        if (stated(walk, level, field, &cell)) {
            return true;
        }
        for (size_t i = 0;
             field->type == TYPE_GROUP && i < field->field_count && depth < LIMIT_GROUP_FIELDS;
             i++) {
            stack[depth++] = &field->fields[i];
        }
    }
    return false;
}

static Str field_name(const Walk *walk, const Field *field) {
    return sym_text(walk->interner, field->name);
}

static void put_ref(Walk *walk, const Field *field, int64_t cell) {
    buf_cut(&walk->text, 0);
    if (!cell) {
        buf_addz(&walk->text, "none");
        return;
    }
    if (field->target == ANY_KIND) {
        RowId row;
        KindId kind = inventory_kind_of(walk->inventory, (EntityId)cell, &row);
        Sym name = schema_kind(walk->inventory->schema, kind)->name;
        buf_printf(&walk->text, "%.*s:", STR_ARG(sym_text(walk->interner, name)));
    }
    buf_add(&walk->text, inventory_name(walk->inventory, (EntityId)cell));
}

static Str value_text(Walk *walk, const Field *field, FieldType type, int64_t cell) {
    if (type == TYPE_REF) {
        put_ref(walk, field, cell);
    } else {
        buf_cut(&walk->text, 0);
        value_print(&walk->text, walk->interner, field, type, cell);
    }
    return walk->text.size ? buf_str(&walk->text) : STR_NONE;
}

static void write_scalars(Walk *walk, Level *level) {
    for (size_t i = 0; i < level->count; i++) {
        const Field *field = &level->fields[i];
        int64_t cell;
        bool has = stated(walk, level, field, &cell);
        bool none = has && !is_scalar(field) && field->type != TYPE_LIST && !cell;
        if (none) {
            walk->emitter.format->scalar(&walk->emitter, field_name(walk, field), STR("none"));
        } else if (has && is_scalar(field)) {
            Str name = field_name(walk, field);
            Str value = value_text(walk, field, field->type, cell);
            char sized[128];
            if (field->type == TYPE_SIZE) {
                int n =
                    snprintf(sized, sizeof sized, "%.*s_%s", STR_ARG(name), cell & 1 ? "gb" : "mb");
                name = (Str){sized, (size_t)n};
            }
            walk->emitter.format->scalar(&walk->emitter, name, value);
        } else if (!is_scalar(field)) {
            level->more |= field->type == TYPE_GROUP ? group_has_any(walk, level, field) : has;
        }
    }
}

static Level *push_level(Walk *walk, KindId kind, RowId row, const Field *fields, size_t count) {
    Level *level = &walk->levels[walk->depth++];
    *level = (Level){.kind = kind, .row = row, .fields = fields, .count = count};
    return level;
}

static void open_level(Walk *walk, Level *level, Str name, bool item) {
    level->name = name;
    walk->emitter.format->open_map(&walk->emitter, name, item);
    write_scalars(walk, level);
    walk->emitter.format->fields_done(&walk->emitter, level->more);
}

static void open_record_level(Walk *walk, KindId kind, RowId row, Str name, bool item) {
    const Kind *of = schema_kind(walk->inventory->schema, kind);
    open_level(walk, push_level(walk, kind, row, of->fields, of->field_count), name, item);
}

static void write_list(Walk *walk, const Level *level, const Field *field) {
    Items items = inventory_items(walk->inventory, level->kind, field->column, level->row);
    Arena *scratch = arena_open(0);
    Str *values = arena_array(scratch, Str, items.count);
    for (size_t i = 0; i < items.count; i++) {
        values[i] =
            arena_copy(scratch, value_text(walk, field, field->item_type, items.items[i].value));
    }
    walk->emitter.format->values(&walk->emitter, field_name(walk, field),
                                 sym_text(walk->interner, field->item), values, items.count);
    arena_close(scratch);
}

static RowList own_children(const Walk *walk, const Level *level, const Field *field) {
    RowList all = inventory_children(walk->inventory, field->target, level->row);
    size_t from = 0;
    while (from < all.count && inventory_parent_column(walk->inventory, field->target,
                                                       all.rows[from]) != field->column) {
        from++;
    }
    size_t to = from;
    while (to < all.count &&
           inventory_parent_column(walk->inventory, field->target, all.rows[to]) == field->column) {
        to++;
    }
    return (RowList){all.rows + from, to - from};
}

static void write_structure(Walk *walk, Level *level, const Field *field) {
    int64_t cell = 0;
    bool has = stated(walk, level, field, &cell);
    switch (field->type) {
    case TYPE_LIST:
        if (has && field->item_type != TYPE_CHILD) {
            write_list(walk, level, field);
        } else if (has) {
            level->children = own_children(walk, level, field);
            level->child = 0;
            level->list = field;
            walk->emitter.format->open_list(&walk->emitter, field_name(walk, field));
        }
        break;
    case TYPE_GROUP:
        if (group_has_any(walk, level, field) && !(has && !cell) && walk->depth < MOST_LEVELS) {
            Level *group =
                push_level(walk, level->kind, level->row, field->fields, field->field_count);
            group->group = true;
            open_level(walk, group, field_name(walk, field), false);
        }
        break;
    case TYPE_CHILD: {
        RowList rows = own_children(walk, level, field);
        if (rows.count && walk->depth < MOST_LEVELS) {
            open_record_level(walk, field->target, rows.rows[0], field_name(walk, field), false);
        }
        break;
    }
    default:
        break;
    }
}

static void step(Walk *walk) {
    Level *level = &walk->levels[walk->depth - 1];
    if (level->list) {
        const Field *field = level->list;
        if (level->child < level->children.count && walk->depth < MOST_LEVELS) {
            RowId row = level->children.rows[level->child++];
            open_record_level(walk, field->target, row, sym_text(walk->interner, field->item),
                              true);
            return;
        }
        walk->emitter.format->close_list(&walk->emitter, field_name(walk, field),
                                         level->children.count > 0);
        level->list = NULL;
        return;
    }
    if (level->next < level->count) {
        write_structure(walk, level, &level->fields[level->next++]);
        return;
    }
    walk->emitter.format->close_map(&walk->emitter, level->name, level->more);
    walk->depth--;
}

static bool is_written(const Inventory *inventory, KindId kind, RowId row) {
    const Row *record = &inventory->tables[kind].rows[row];
    return (record->flags & (ROW_NATIVE | ROW_IMPORT)) && record->parent == NO_ROW;
}

static void write_kind(Walk *walk, KindId kind) {
    const Kind *of = schema_kind(walk->inventory->schema, kind);
    const Table *table = &walk->inventory->tables[kind];
    bool opened = false;
    for (size_t row = 0; row < table->count; row++) {
        if (!is_written(walk->inventory, kind, (RowId)row)) {
            continue;
        }
        if (!opened) {
            walk->emitter.format->open_list(&walk->emitter, sym_text(walk->interner, of->plural));
            opened = true;
        }
        open_record_level(walk, kind, (RowId)row, sym_text(walk->interner, of->name), true);
        while (walk->depth) {
            step(walk);
        }
    }
    if (opened) {
        walk->emitter.format->close_list(&walk->emitter, sym_text(walk->interner, of->plural),
                                         true);
    }
}

static bool head_states(Walk *walk, const Level *level, const char *name) {
    int64_t cell;
    for (size_t i = 0; walk->inventory->tables[level->kind].count && i < level->count; i++) {
        if (str_eq(field_name(walk, &level->fields[i]), str_of(name))) {
            return stated(walk, level, &level->fields[i], &cell);
        }
    }
    return false;
}

/* The lists of the head. Of a merged inventory it says what the whole does not list completely,
 * unless the first input said so itself. */
static void write_head_lists(Walk *walk, const Level *level) {
    Arena *scratch = arena_open(0);
    Str *entries;
    size_t count = inventory_partial(walk->inventory, scratch, &entries);
    if (count && inventory_is_merged(walk->inventory) && !head_states(walk, level, "partial")) {
        walk->emitter.format->values(&walk->emitter, STR("partial"), STR("entry"), entries, count);
    }
    arena_close(scratch);
    for (size_t i = 0; walk->inventory->tables[level->kind].count && i < level->count; i++) {
        int64_t cell;
        if (level->fields[i].type == TYPE_LIST && stated(walk, level, &level->fields[i], &cell)) {
            write_list(walk, level, &level->fields[i]);
        }
    }
}

static void write_head(Walk *walk) {
    const Kind *kind = schema_kind(walk->inventory->schema, walk->inventory->head_kind);
    Level level = {
        .kind = walk->inventory->head_kind, .fields = kind->fields, .count = kind->field_count};
    Str day = inventory_import_day(walk->inventory);
    if (!head_states(walk, &level, "topolint")) { /* imports, and parts of other files */
        walk->emitter.format->scalar(&walk->emitter, STR("topolint"), STR("1"));
    }
    if (walk->inventory->tables[level.kind].count) {
        write_scalars(walk, &level);
    }
    if (day.n && !head_states(walk, &level, "as_of")) {
        walk->emitter.format->scalar(&walk->emitter, STR("as_of"), day);
    }
    walk->emitter.format->fields_done(&walk->emitter, true);
    write_head_lists(walk, &level);
}

void emit_inventory(const Inventory *inventory, const EmitFormat *format, Buf *out) {
    Walk *walk = arena_new(inventory->arena, Walk);
    *walk = (Walk){.emitter = {out, inventory, 0, format},
                   .inventory = inventory,
                   .interner = inventory->schema->interner};
    buf_init(&walk->text, LIMIT_TEXT_BYTES + LIMIT_NAME_BYTES);
    format->begin(&walk->emitter);
    write_head(walk);
    for (size_t k = 0; k < inventory->schema->kind_count; k++) {
        if (k != inventory->head_kind && inventory->schema->kinds[k].plural) {
            write_kind(walk, (KindId)k);
        }
    }
    format->end(&walk->emitter);
    buf_clear(&walk->text);
}
