/* One schema file -> one kind. The shape is described in docs/schema-files.md. */
#include <assert.h>
#include <string.h>

#include "base/suggest.h"
#include "model/schema_file.h"
#include "model/value.h"

static const char *const kind_keys[] = {
    "kind",       "plural",  "title",    "doc",  "rank",     "fault", "key",    "label",
    "host_names", "derived", "child_of", "head", "formerly", "draw",  "fields", NULL};

static const char *const field_keys[] = {
    "type",           "item",         "of",     "to",     "kind",     "values",
    "ordered",        "set",          "absent", "min",    "max",      "default",
    "default_source", "doc",          "unit",   "source", "formerly", "measures",
    "usual",          "usual_source", "else",   "fields", NULL};

typedef struct SchemaReader {
    Schema *schema;
    Diags *diags;
} SchemaReader;

static bool read_flag(const SchemaReader *reader, const Node *node, const char *key) {
    Str text = tree_text(reader->diags, node, key);
    if (text.n && !str_eq(text, STR("true")) && !str_eq(text, STR("false"))) {
        diag_error(reader->diags, tree_get(node, key)->loc, "'%s' is true or false", key);
    }
    return str_eq(text, STR("true"));
}

static Sym read_sym(const SchemaReader *reader, const Node *node, const char *key) {
    Str text = tree_text(reader->diags, node, key);
    return text.n ? intern(reader->schema->interner, text) : 0;
}

/* One name, or a list of them. */
static Former read_former(const SchemaReader *reader, const Node *node) {
    Former former = {0};
    const Node *names = tree_get(node, "formerly");
    if (names && names->type == NODE_SCALAR) {
        former.names[former.count++] = intern(reader->schema->interner, names->text);
    } else if (names && (names->type != NODE_LIST || names->count > MAX_FORMER)) {
        diag_error(reader->diags, names->loc, "'formerly' is a name or a list of at most %d",
                   MAX_FORMER);
    }
    for (size_t i = 0; names && names->type == NODE_LIST && i < names->count && i < MAX_FORMER;
         i++) {
        former.names[former.count++] = intern(reader->schema->interner, names->items[i].text);
    }
    return former;
}

static bool read_number(const SchemaReader *reader, const Node *node, const char *key,
                        int64_t *ret_value) {
    Str text = tree_text(reader->diags, node, key);
    if (!text.n) {
        return false;
    }
    if (!str_to_int(text, ret_value)) {
        diag_error(reader->diags, tree_get(node, key)->loc, "'%s' is an integer", key);
        return false;
    }
    return true;
}

/* The number of a name in [first, last] by its printed form; -1 if there is none. */
static int find_name(Str text, Str (*name_of)(int), int last) {
    for (int i = 0; i <= last; i++) {
        if (str_eq(text, name_of(i))) {
            return i;
        }
    }
    return -1;
}

static Str type_name_of(int type) {
    return field_type_name((FieldType)type);
}

static Str fault_name_of(int fault) {
    return fault_class_name((FaultClass)fault);
}

static void complain_name(const SchemaReader *reader, const Node *node, const char *key,
                          Str (*name_of)(int), int last) {
    const Node *at = tree_get(node, key);
    Suggest suggest;
    suggest_init(&suggest, at->text);
    for (int i = 0; i <= last; i++) {
        suggest_try(&suggest, name_of(i));
    }
    Diag *diag =
        diag_error(reader->diags, at->loc, "'%s' cannot be '%.*s'", key, STR_ARG(at->text));
    if (suggest.best.n) {
        diag_help(reader->diags, diag, "did you mean '%.*s'?", STR_ARG(suggest.best));
    }
}

static FieldType read_type(const SchemaReader *reader, const Node *node, const char *key) {
    Str text = tree_text(reader->diags, node, key);
    int type = find_name(text, type_name_of, TYPE_CHILD);
    if (type < 0 && text.n) {
        complain_name(reader, node, key, type_name_of, TYPE_CHILD);
    } else if (type < 0) {
        diag_error(reader->diags, node->loc, "field '%.*s' has no '%s'", STR_ARG(node->key), key);
    }
    return type < 0 ? TYPE_STRING : (FieldType)type;
}

static void read_values(const SchemaReader *reader, const Node *node, Field *field) {
    const Node *list = tree_get(node, "values");
    if (!list || list->type != NODE_LIST || !list->count) {
        diag_error(reader->diags, node->loc, "an enum lists its 'values'");
        return;
    }
    EnumValue *values = arena_array(reader->schema->arena, EnumValue, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const Node *item = &list->items[i];
        bool scalar = item->type == NODE_SCALAR;
        values[i].name =
            scalar ? intern(reader->schema->interner, item->text) : read_sym(reader, item, "name");
        values[i].doc = scalar ? STR_NONE : tree_text(reader->diags, item, "doc");
    }
    field->values = values;
    field->value_count = list->count;
}

static void read_item(const SchemaReader *reader, const Node *node, Field *field) {
    field->item_type = read_type(reader, node, "of");
    field->item = read_sym(reader, node, "item");
    if (!field->item) {
        diag_error(reader->diags, node->loc, "a list names its 'item'");
    }
    if (field->item_type == TYPE_LIST || field->item_type == TYPE_GROUP) {
        diag_error(reader->diags, node->loc, "a list holds values, references or child records");
    }
}

static void read_target(const SchemaReader *reader, const Node *node, Field *field) {
    FieldType type = field->type == TYPE_LIST ? field->item_type : field->type;
    if (type == TYPE_REF || type == TYPE_CHILD) {
        const char *key = type == TYPE_REF ? "to" : "kind";
        field->target_name = read_sym(reader, node, key);
        if (!field->target_name) {
            diag_error(reader->diags, node->loc, "'%.*s' needs '%s'", STR_ARG(node->key), key);
        }
    }
    if (type == TYPE_ENUM) {
        read_values(reader, node, field);
    }
}

static void read_common(const SchemaReader *reader, const Node *node, Field *field) {
    Diags *diags = reader->diags;
    field->doc = tree_text(diags, node, "doc");
    field->unit = tree_text(diags, node, "unit");
    field->source = tree_text(diags, node, "source");
    field->formerly = read_former(reader, node);
    field->ordered = read_flag(reader, node, "ordered");
    field->set = read_flag(reader, node, "set");
    Str absent = tree_text(diags, node, "absent");
    field->absent_none = str_eq(absent, STR("none"));
    if (absent.n && !field->absent_none) {
        diag_error(diags, tree_get(node, "absent")->loc, "'absent' can only be 'none'");
    }
    field->else_node = tree_get(node, "else");
    field->has_min = read_number(reader, node, "min", &field->min);
    field->has_max = read_number(reader, node, "max", &field->max);
    field->default_text = tree_text(diags, node, "default");
    field->default_source = tree_text(diags, node, "default_source");
    if (!field->doc.n && field->type != TYPE_GROUP) {
        diag_error(diags, node->loc, "field '%.*s' has no 'doc'", STR_ARG(node->key));
    }
}

static void read_default(const SchemaReader *reader, const Node *node, Field *field) {
    if (!field->default_text.n) {
        return;
    }
    Str expected = STR_NONE;
    if (field->type == TYPE_LIST || field->type == TYPE_REF || field->type >= TYPE_GROUP ||
        !value_parse(reader->schema->interner, field, field->type, field->default_text,
                     &field->default_value, &expected)) {
        diag_error(reader->diags, tree_get(node, "default")->loc, "'%.*s' is no default for '%.*s'",
                   STR_ARG(field->default_text), STR_ARG(node->key));
        return;
    }
    field->has_default = true;
}

static void read_field(const SchemaReader *reader, const Node *node, Field *field) {
    *field = (Field){.target = NO_KIND, .column = NO_COLUMN, .loc = node->key_loc};
    field->name = intern(reader->schema->interner, node->key);
    field->key = sym_text(reader->schema->interner, field->name);
    if (!tree_check_keys(reader->diags, node, field_keys, "field")) {
        return;
    }
    field->type = read_type(reader, node, "type");
    if (field->type == TYPE_LIST) {
        read_item(reader, node, field);
    }
    read_target(reader, node, field);
    read_common(reader, node, field);
    read_default(reader, node, field);
    schema_read_measure(reader->schema, reader->diags, node, field);
}

/* Groups nest a few levels; the reader's depth limit bounds this. */
static void read_fields(const SchemaReader *reader, const Node *list, Field **ret_fields,
                        size_t *ret_count) {
    struct Level {
        const Node *list;
        Field *fields;
        size_t next;
    } stack[LIMIT_GROUP_DEPTH];
    *ret_fields = arena_array(reader->schema->arena, Field, list->count);
    *ret_count = list->count;
    stack[0] = (struct Level){list, *ret_fields, 0};
    for (size_t depth = 1; depth;) {
        struct Level *level = &stack[depth - 1];
        if (level->next == level->list->count) {
            depth--;
            continue;
        }
        const Node *node = &level->list->items[level->next];
        Field *field = &level->fields[level->next++];
        read_field(reader, node, field);
        const Node *inner = tree_get(node, "fields");
        if (field->type == TYPE_GROUP && (!inner || inner->type != NODE_MAP)) {
            diag_error(reader->diags, node->loc, "a group has 'fields'");
        } else if (field->type == TYPE_GROUP && depth == LIMIT_GROUP_DEPTH) {
            diag_error(reader->diags, node->loc, "groups nest at most %d deep", LIMIT_GROUP_DEPTH);
        } else if (field->type == TYPE_GROUP) {
            field->fields = arena_array(reader->schema->arena, Field, inner->count);
            field->field_count = inner->count;
            stack[depth++] = (struct Level){inner, field->fields, 0};
        }
    }
}

static void read_kind(const SchemaReader *reader, const Node *file, Kind *kind) {
    Diags *diags = reader->diags;
    kind->plural = read_sym(reader, file, "plural");
    kind->title = tree_text(diags, file, "title");
    kind->doc = tree_text(diags, file, "doc");
    kind->label = tree_text(diags, file, "label");
    kind->host_names = read_flag(reader, file, "host_names");
    kind->derived = read_flag(reader, file, "derived");
    kind->head = read_flag(reader, file, "head");
    kind->child_of_name = read_sym(reader, file, "child_of");
    kind->formerly = read_former(reader, file);
    kind->draw = tree_get(file, "draw");
    kind->key_node = tree_get(file, "key");
    int64_t rank = 0;
    read_number(reader, file, "rank", &rank);
    kind->rank = (int)rank;
    Str fault = tree_text(diags, file, "fault");
    int class = fault.n ? find_name(fault, fault_name_of, FAULT_EXTERNAL) : FAULT_NONE;
    if (class < 0) {
        complain_name(reader, file, "fault", fault_name_of, FAULT_EXTERNAL);
    }
    kind->fault = class < 0 ? FAULT_NONE : (FaultClass) class;
    if (!kind->title.n || !kind->doc.n) {
        diag_error(diags, file->loc, "a kind has a 'title' and a 'doc'");
    }
}

void schema_add_kind(Schema *schema, Diags *diags, const Node *file) {
    SchemaReader reader = {schema, diags};
    Str name = tree_text(diags, file, "kind");
    if (!tree_check_keys(diags, file, kind_keys, "schema file")) {
        return;
    }
    const Node *fields = tree_get(file, "fields");
    if (!name.n || !fields || fields->type != NODE_MAP) {
        diag_error(diags, file->loc, "a schema file has a 'kind' and its 'fields'");
        return;
    }
    Kind kind = {.name = intern(schema->interner, name),
                 .child_of = NO_KIND,
                 .loc = tree_get(file, "kind")->loc};
    read_kind(&reader, file, &kind);
    read_fields(&reader, fields, &kind.fields, &kind.field_count);
    Kind *kinds = arena_array(schema->arena, Kind, schema->kind_count + 1);
    if (schema->kind_count) {
        memcpy(kinds, schema->kinds, schema->kind_count * sizeof *kinds);
    }
    kinds[schema->kind_count++] = kind;
    schema->kinds = kinds;
}

static void add_key(Schema *schema, Diags *diags, Kind *kind, const Node *list) {
    Key key = {.count = 0};
    for (size_t i = 0; i < list->count && i < MAX_KEY_FIELDS; i++) {
        ColumnId column = kind_find_column(kind, schema->interner, list->items[i].text);
        if (column == NO_COLUMN) {
            diag_error(diags, list->items[i].loc, "'%.*s' is no field of this kind",
                       STR_ARG(list->items[i].text));
            return;
        }
        key.columns[key.count++] = column;
    }
    kind->keys[kind->key_count++] = key;
}

void schema_link_keys(Schema *schema, Diags *diags, Kind *kind) {
    const Node *keys = kind->key_node;
    if (!keys) {
        if (kind->name_column != NO_COLUMN) {
            kind->keys[kind->key_count++] = (Key){{kind->name_column}, 1};
        }
        return;
    }
    if (keys->type != NODE_LIST || keys->count > MAX_KEYS) {
        diag_error(diags, keys->loc, "'key' is a list of at most %d lists of fields", MAX_KEYS);
        return;
    }
    for (size_t i = 0; i < keys->count; i++) {
        if (keys->items[i].type != NODE_LIST || keys->items[i].count > MAX_KEY_FIELDS) {
            diag_error(diags, keys->items[i].loc, "a key is a list of at most %d fields",
                       MAX_KEY_FIELDS);
        } else {
            add_key(schema, diags, kind, &keys->items[i]);
        }
    }
}

bool schema_read(Schema *schema, const ReadContext *context, const SourceId *sources,
                 size_t count) {
    size_t errors = context->diags->errors;
    for (size_t i = 0; i < count; i++) {
        const Node *file = tree_read_yaml(context, sources[i], schema->arena);
        if (file) {
            schema_add_kind(schema, context->diags, file);
        }
    }
    return context->diags->errors == errors && schema_link(schema, context->diags);
}
