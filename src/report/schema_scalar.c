#include "report/schema_scalar.h"

#include <assert.h>

#include "base/limits.h"

static Str name_of(const Schema *schema, Sym sym) {
    return sym_text(schema->interner, sym);
}

static json_t *type_list(const char *first, const char *second, const char *third) {
    json_t *list = json_array();
    json_push(list, json_string(first));
    json_push(list, json_string(second));
    if (third) {
        json_push(list, json_string(third));
    }
    return list;
}

json_t *schema_text(int64_t limit) {
    json_t *value = json_object();
    json_put(value, "type", type_list("string", "number", "boolean"));
    json_put_int(value, "minLength", 1);
    json_put_int(value, "maxLength", limit);
    return value;
}

json_t *schema_pattern(const char *type, const char *pattern) {
    json_t *value = json_object();
    if (type) {
        json_put(value, "type", type_list(type, "string", NULL));
        json_put_int(value, "minimum", 0);
    } else {
        json_put(value, "type", json_string("string"));
    }
    json_put_int(value, "minLength", 1);
    json_put(value, "pattern", json_string(pattern));
    return value;
}

static json_t *int_schema(const Field *field) {
    json_t *value = json_object();
    json_put(value, "type", type_list("integer", "string", NULL));
    json_put(value, "pattern", json_string("^-?[0-9]+$"));
    if (field->has_min) {
        json_put_int(value, "minimum", field->min);
    }
    if (field->has_max) {
        json_put_int(value, "maximum", field->max);
    }
    return value;
}

void schema_push_value(json_t *list, Str name) {
    static const char *const yes[] = {"true", "yes", "on", "y", NULL};
    static const char *const no[] = {"false", "no", "off", "n", NULL};
    json_push(list, json_text(name));
    int64_t number;
    if (str_to_int(name, &number)) {
        json_push(list, json_integer(number));
    }
    for (size_t i = 0; yes[i]; i++) {
        if (str_eq_nocase(name, str_of(yes[i]))) {
            json_push(list, json_true());
        }
        if (str_eq_nocase(name, str_of(no[i]))) {
            json_push(list, json_false());
        }
    }
}

static json_t *enum_schema(const Schema *schema, const Field *field) {
    json_t *list = json_array();
    for (size_t i = 0; i < field->value_count; i++) {
        schema_push_value(list, name_of(schema, field->values[i].name));
    }
    json_t *value = json_object();
    json_put(value, "enum", list);
    return value;
}

static json_t *bool_schema(void) {
    json_t *list = json_array();
    schema_push_value(list, STR("true"));
    schema_push_value(list, STR("false"));
    json_t *value = json_object();
    json_put(value, "enum", list);
    return value;
}

static json_t *version_schema(void) {
    json_t *value = json_object();
    json_put(value, "type", type_list("string", "number", NULL));
    json_put_int(value, "minimum", 0);
    json_put(value, "pattern", json_string("^[0-9]+(\\.[0-9]+)*$"));
    return value;
}

json_t *schema_scalar(const Schema *schema, const Field *field, FieldType type) {
    switch (type) {
    case TYPE_REF:
        return field->target == ANY_KIND ? schema_pattern(NULL, "^[a-z][a-z0-9_]*:.")
                                         : schema_text(LIMIT_NAME_BYTES);
    case TYPE_NAME:
        return schema_text(LIMIT_NAME_BYTES);
    case TYPE_STRING:
        return schema_text(LIMIT_TEXT_BYTES);
    case TYPE_VERSION:
        return version_schema();
    case TYPE_ENUM:
        return enum_schema(schema, field);
    case TYPE_BOOL:
        return bool_schema();
    case TYPE_INT:
        return int_schema(field);
    case TYPE_DURATION:
        return schema_pattern("integer", "^([0-9]{1,9}|([0-9]{1,9}d)?([0-9]{1,9}h)?([0-9]{1,9}m)?"
                                         "([0-9]{1,9}s)?)$");
    case TYPE_SHARE:
        return schema_pattern(NULL, "^0*(100(\\.0{1,3})?|[0-9]{1,2}(\\.[0-9]0{0,2})?)%$");
    case TYPE_DATE:
        return schema_pattern(NULL, "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$");
    case TYPE_SIZE:
    case TYPE_LIST:
    case TYPE_GROUP:
    case TYPE_CHILD:
        break;
    }
    assert(false);
    return json_object();
}
