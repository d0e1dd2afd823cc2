/* The schema as JSON Schema 2020-12, for editors and validators of YAML inventories. It accepts
 * what the loader accepts: types come from the schema, so a number may be written in quotes and a
 * name may look like a number. Groups nest no deeper than LIMIT_DEPTH, which the schema's reader
 * keeps. */
#include "base/limits.h"
#include "model/value.h"
#include "report/json_value.h"
#include "report/schema_scalar.h"
#include "report/words.h"

static Str name_of(const Schema *schema, Sym sym) {
    return sym_text(schema->interner, sym);
}

static json_t *reference_to(const Schema *schema, KindId kind) {
    char path[128];
    snprintf(path, sizeof path, "#/$defs/%.*s", STR_ARG(name_of(schema, schema->kinds[kind].name)));
    json_t *value = json_object();
    json_put(value, "$ref", json_string(path));
    return value;
}

static const Field *key_field(const Kind *kind, ColumnId column) {
    for (size_t i = 0; i < kind->field_count; i++) {
        if (kind->fields[i].column == column && kind->fields[i].type != TYPE_SIZE &&
            !kind->fields[i].formerly.count) {
            return &kind->fields[i];
        }
    }
    return NULL;
}

/* One of the alternative keys must be there. Nothing where that cannot be said. */
static void put_keys(const Schema *schema, const Kind *kind, json_t *record) {
    json_t *alternatives = json_array();
    bool sayable = kind->key_count > 0;
    for (size_t k = 0; k < kind->key_count; k++) {
        json_t *required = json_array();
        for (size_t i = 0; i < kind->keys[k].count; i++) {
            const Field *field = key_field(kind, kind->keys[k].columns[i]);
            sayable = sayable && field;
            if (field) {
                json_push(required, json_text(name_of(schema, field->name)));
            }
        }
        json_put(json_push(alternatives, json_object()), "required", required);
    }
    if (sayable) {
        json_put(record, "anyOf", alternatives);
    } else {
        json_decref(alternatives);
    }
}

/* A list of records, each with its key. */
static json_t *records_schema(const Schema *schema, KindId kind) {
    json_t *record = reference_to(schema, kind);
    put_keys(schema, schema_kind(schema, kind), record);
    json_t *value = json_object();
    json_put(value, "type", json_string("array"));
    json_put(value, "items", record);
    return value;
}

static json_t *either(json_t *first, json_t *second) {
    json_t *list = json_array();
    json_push(list, first);
    json_push(list, second);
    json_t *value = json_object();
    json_put(value, "anyOf", list);
    return value;
}

static json_t *or_none(json_t *value) {
    json_t *none = json_object();
    json_put(none, "const", json_string("none"));
    return either(value, none);
}

static json_t *list_schema(const Schema *schema, const Field *field, bool head) {
    json_t *value;
    if (field->item_type == TYPE_CHILD) {
        value = records_schema(schema, field->target);
    } else {
        value = json_object();
        json_put(value, "type", json_string("array"));
        json_put(value, "items", schema_scalar(schema, field, field->item_type));
        if (field->item_type != TYPE_STRING) {
            json_put(value, "uniqueItems", json_true());
        }
        if (head) { /* one item may stand alone there: partial: true */
            value = either(value, schema_scalar(schema, field, field->item_type));
        }
    }
    return field->absent_none ? or_none(value) : value;
}

static void describe(const Schema *schema, const Field *field, json_t *value) {
    Buf text;
    buf_init(&text, LIMIT_TEXT_BYTES);
    buf_add(&text, str_trim(field->doc));
    if (field->unit.n) {
        buf_printf(&text, " Unit: %.*s.", STR_ARG(field->unit));
    }
    if (field->type == TYPE_REF || field->item_type == TYPE_REF) {
        buf_printf(&text, " Names a %.*s.", STR_ARG(name_of(schema, field->target_name)));
    }
    if (field->has_default) {
        buf_printf(&text, " If not stated, %.*s is assumed.", STR_ARG(field->default_text));
    }
    if (field->usual_high) {
        buf_addz(&text, " Usual: ");
        value_print_usual(&text, schema->interner, field);
        buf_addc(&text, '.');
    }
    json_put_stated(value, "description", str_trim(buf_str(&text)));
    buf_clear(&text);
}

static json_t *fields_schema(const Schema *schema, const Field *fields, size_t count, bool head);

static json_t *field_schema(const Schema *schema, const Field *field, bool head) {
    switch (field->type) {
    case TYPE_LIST:
        return list_schema(schema, field, head);
    case TYPE_GROUP: {
        json_t *group = fields_schema(schema, field->fields, field->field_count, false);
        return field->absent_none ? or_none(group) : group;
    }
    case TYPE_CHILD:
        return or_none(reference_to(schema, field->target));
    default:
        return schema_scalar(schema, field, field->type);
    }
}

/* `<field>_mb` or `<field>_gb`, not both. */
static void put_size(const Schema *schema, const Field *field, json_t *properties, json_t *object) {
    static const struct {
        const char *suffix, *type, *pattern;
    } units[] = {{"_mb", "integer", "^[0-9]{1,12}(\\.0{1,3})?$"},
                 {"_gb", "number", "^[0-9]{1,12}(\\.[0-9]{1,3})?$"}};
    json_t *both = json_array();
    for (size_t i = 0; i < 2; i++) {
        char key[LIMIT_NAME_BYTES];
        snprintf(key, sizeof key, "%.*s%s", STR_ARG(name_of(schema, field->name)), units[i].suffix);
        json_t *value = schema_pattern(units[i].type, units[i].pattern);
        describe(schema, field, value);
        json_put(properties, key, value);
        json_push(both, json_string(key));
    }
    json_t *required = json_object();
    json_put(required, "required", both);
    json_t *not = json_object();
    json_put(not, "not", required);
    json_t *all = json_object_get(object, "allOf");
    if (!all) {
        all = json_array();
        json_put(object, "allOf", all);
    }
    json_push(all, not );
}

static void put_field(const Schema *schema, const Field *field, Sym name, bool head,
                      json_t *properties) {
    json_t *value = field_schema(schema, field, head);
    describe(schema, field, value);
    Str key = name_of(schema, name);
    json_object_setn_new(properties, key.s, key.n, value);
}

static json_t *fields_schema(const Schema *schema, const Field *fields, size_t count, bool head) {
    json_t *object = json_object();
    json_t *properties = json_object();
    json_put(object, "type", json_string("object"));
    json_put(object, "additionalProperties", json_false());
    json_t *ignored = json_object();
    json_put(ignored, "^x-", json_true());
    json_put(object, "patternProperties", ignored);
    for (size_t i = 0; i < count; i++) {
        if (fields[i].type == TYPE_SIZE) {
            put_size(schema, &fields[i], properties, object);
            continue;
        }
        put_field(schema, &fields[i], fields[i].name, head, properties);
        for (size_t k = 0; k < fields[i].formerly.count; k++) {
            put_field(schema, &fields[i], fields[i].formerly.names[k], head, properties);
        }
    }
    json_put(object, "properties", properties);
    return object;
}

static json_t *kinds_schema(const Schema *schema) {
    json_t *kinds = json_object();
    for (size_t k = 0; k < schema->kind_count; k++) {
        const Kind *kind = &schema->kinds[k];
        if (!kind->head) {
            json_t *value = fields_schema(schema, kind->fields, kind->field_count, false);
            json_put_stated(value, "title", kind->title);
            json_put_stated(value, "description", str_trim(kind->doc));
            Str name = name_of(schema, kind->name);
            json_object_setn_new(kinds, name.s, name.n, value);
        }
    }
    return kinds;
}

static json_t *head_schema(const Schema *schema) {
    for (size_t k = 0; k < schema->kind_count; k++) {
        if (schema->kinds[k].head) {
            return fields_schema(schema, schema->kinds[k].fields, schema->kinds[k].field_count,
                                 true);
        }
    }
    return fields_schema(schema, NULL, 0, true);
}

void report_schema_json(const Schema *schema, Buf *out) {
    json_t *root = json_object();
    json_put(root, "$schema", json_string("https://json-schema.org/draft/2020-12/schema"));
    json_put(root, "$id", json_string("urn:topolint:inventory:1"));
    json_put(root, "title", json_string("topolint inventory"));
    json_t *head = head_schema(schema);
    json_object_update(root, head);
    json_decref(head);
    json_t *properties = json_object_get(root, "properties");
    json_t *version = json_object();
    json_t *versions = json_array();
    schema_push_value(versions, STR("1"));
    json_put(version, "enum", versions);
    json_put(version, "description", json_string("Version of the format."));
    json_put(properties, "topolint", version);
    for (size_t k = 0; k < schema->kind_count; k++) {
        const Kind *kind = &schema->kinds[k];
        if (kind->plural && !kind->head) {
            json_t *value = records_schema(schema, (KindId)k);
            json_put_stated(value, "description", str_trim(kind->doc));
            Str plural = name_of(schema, kind->plural);
            json_object_setn_new(properties, plural.s, plural.n, value);
        }
    }
    json_t *required = json_array();
    json_push(required, json_string("topolint"));
    json_put(root, "required", required);
    json_put(root, "$defs", kinds_schema(schema));
    json_write(root, out);
}
