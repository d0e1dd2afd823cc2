/* The schema as XSD 1.0, for editors and validators of XML inventories (STYLE.md section 5: scalars
 * are attributes, lists one wrapper element, children never repeated: xs:all is enough). Groups
 * nest no deeper than LIMIT_DEPTH, which the schema's reader keeps. */
#include <assert.h>
#include <stdarg.h>

#include "base/limits.h"
#include "report/escape.h"
#include "report/report.h"

typedef struct Writer {
    const Schema *schema;
    Buf *out;
    int depth;
} Writer;

static Str name_of(const Writer *writer, Sym sym) {
    return sym_text(writer->schema->interner, sym);
}

PRINTF_LIKE(2, 3)
static void line(Writer *writer, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char text[4096];
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    buf_repeat(writer->out, ' ', (size_t)writer->depth * 2);
    buf_printf(writer->out, "%s\n", text);
}

static void document(Writer *writer, Str doc) {
    if (!str_trim(doc).n) {
        return;
    }
    buf_repeat(writer->out, ' ', (size_t)writer->depth * 2);
    buf_addz(writer->out, "<xs:annotation><xs:documentation>");
    escape_xml(writer->out, str_trim(doc));
    buf_addz(writer->out, "</xs:documentation></xs:annotation>\n");
}

static void patterned(Writer *writer, const char *base, const char *pattern) {
    line(writer, "<xs:restriction base=\"%s\"><xs:pattern value=\"%s\"/></xs:restriction>", base,
         pattern);
}

static void text_limits(Writer *writer, const char *base, size_t limit) {
    line(writer, "<xs:restriction base=\"%s\">", base);
    line(writer, "  <xs:minLength value=\"1\"/>");
    line(writer, "  <xs:maxLength value=\"%zu\"/>", limit);
    line(writer, "</xs:restriction>");
}

static void enumeration(Writer *writer, const char *base, const Field *field) {
    line(writer, "<xs:restriction base=\"%s\">", base);
    for (size_t i = 0; i < field->value_count; i++) {
        buf_repeat(writer->out, ' ', (size_t)writer->depth * 2 + 2);
        buf_addz(writer->out, "<xs:enumeration value=\"");
        escape_xml(writer->out, name_of(writer, field->values[i].name));
        buf_addz(writer->out, "\"/>\n");
    }
    line(writer, "</xs:restriction>");
}

static void integer(Writer *writer, const Field *field) {
    line(writer, "<xs:restriction base=\"xs:integer\">");
    line(writer, "  <xs:pattern value=\"-?[0-9]+\"/>");
    if (field->has_min) {
        line(writer, "  <xs:minInclusive value=\"%lld\"/>", (long long)field->min);
    }
    if (field->has_max) {
        line(writer, "  <xs:maxInclusive value=\"%lld\"/>", (long long)field->max);
    }
    line(writer, "</xs:restriction>");
}

/* `base` is xs:string for an attribute, xs:token for the text of an element, where the loader
 * takes no notice of blanks around it. */
static void restriction(Writer *writer, const Field *field, FieldType type, const char *base) {
    switch (type) {
    case TYPE_REF:
        if (field->target == ANY_KIND) {
            patterned(writer, base, "[a-z][a-z0-9_]*:.+");
            break;
        }
        text_limits(writer, base, LIMIT_NAME_BYTES);
        break;
    case TYPE_NAME:
        text_limits(writer, base, LIMIT_NAME_BYTES);
        break;
    case TYPE_STRING:
        text_limits(writer, base, LIMIT_TEXT_BYTES);
        break;
    case TYPE_VERSION:
        patterned(writer, base, "[0-9]+(\\.[0-9]+)*");
        break;
    case TYPE_ENUM:
        enumeration(writer, base, field);
        break;
    case TYPE_BOOL:
        patterned(writer, base, "true|false");
        break;
    case TYPE_INT:
        integer(writer, field);
        break;
    case TYPE_DURATION:
        patterned(writer, base,
                  "[0-9]{1,9}|([0-9]{1,9}d)([0-9]{1,9}h)?([0-9]{1,9}m)?([0-9]{1,9}s)?|"
                  "([0-9]{1,9}h)([0-9]{1,9}m)?([0-9]{1,9}s)?|([0-9]{1,9}m)([0-9]{1,9}s)?|"
                  "[0-9]{1,9}s");
        break;
    case TYPE_SHARE:
        patterned(writer, base, "0*(100(\\.0{1,3})?|[0-9]{1,2}(\\.[0-9]0{0,2})?)%");
        break;
    case TYPE_DATE:
        patterned(writer, base, "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])");
        break;
    case TYPE_SIZE:
        patterned(writer, base, "[0-9]{1,12}(\\.[0-9]{1,3})?");
        break;
    case TYPE_LIST:
    case TYPE_GROUP:
    case TYPE_CHILD:
        assert(false);
    }
}

static void simple_type(Writer *writer, const Field *field, FieldType type, const char *base) {
    line(writer, "<xs:simpleType>");
    writer->depth++;
    restriction(writer, field, type, base);
    writer->depth--;
    line(writer, "</xs:simpleType>");
}

static bool is_structure(const Field *field) {
    return field->type == TYPE_LIST || field->type == TYPE_GROUP || field->type == TYPE_CHILD;
}

static void attribute(Writer *writer, const Field *field, Str name, const char *suffix,
                      bool required) {
    line(writer, "<xs:attribute name=\"%.*s%s\"%s>", STR_ARG(name), suffix,
         required ? " use=\"required\"" : "");
    writer->depth++;
    document(writer, field->doc);
    simple_type(writer, field, field->type, "xs:string");
    writer->depth--;
    line(writer, "</xs:attribute>");
}

/* The one format that this topolint reads. */
static void version_attribute(Writer *writer, const Field *field) {
    line(writer, "<xs:attribute name=\"%.*s\" use=\"required\">",
         STR_ARG(name_of(writer, field->name)));
    writer->depth++;
    document(writer, field->doc);
    line(writer, "<xs:simpleType>");
    line(writer, "  <xs:restriction base=\"xs:string\"><xs:enumeration value=\"1\"/>"
                 "</xs:restriction>");
    line(writer, "</xs:simpleType>");
    writer->depth--;
    line(writer, "</xs:attribute>");
}

static void none_attribute(Writer *writer, const Field *field) {
    bool may = field->type == TYPE_CHILD || field->absent_none;
    if (may) {
        Str name = name_of(writer, field->name);
        line(writer, "<xs:attribute name=\"%.*s\" type=\"stated-none\"/>", STR_ARG(name));
    }
}

static void attributes(Writer *writer, const Field *fields, size_t count, ColumnId key) {
    for (size_t i = 0; i < count; i++) {
        const Field *field = &fields[i];
        Str name = name_of(writer, field->name);
        bool required = key != NO_COLUMN && field->column == key && !field->formerly.count;
        if (is_structure(field)) {
            none_attribute(writer, field);
        } else if (str_eq(name, STR("topolint"))) {
            version_attribute(writer, field);
        } else if (field->type == TYPE_SIZE) {
            attribute(writer, field, name, "_mb", false);
            attribute(writer, field, name, "_gb", false);
        } else {
            attribute(writer, field, name, "", required);
            for (size_t k = 0; k < field->formerly.count; k++) {
                attribute(writer, field, name_of(writer, field->formerly.names[k]), "", false);
            }
        }
    }
}

static void structures(Writer *writer, const Field *fields, size_t count);

static void list_type(Writer *writer, const Field *field) {
    Str item = name_of(writer, field->item);
    line(writer, "<xs:complexType>");
    line(writer, "  <xs:sequence>");
    writer->depth += 2;
    if (field->item_type == TYPE_CHILD) {
        Str kind = name_of(writer, writer->schema->kinds[field->target].name);
        line(writer,
             "<xs:element name=\"%.*s\" type=\"%.*s\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>",
             STR_ARG(item), STR_ARG(kind));
    } else {
        line(writer, "<xs:element name=\"%.*s\" minOccurs=\"0\" maxOccurs=\"unbounded\">",
             STR_ARG(item));
        writer->depth++;
        simple_type(writer, field, field->item_type, "xs:token");
        writer->depth--;
        line(writer, "</xs:element>");
    }
    writer->depth -= 2;
    line(writer, "  </xs:sequence>");
    line(writer, "</xs:complexType>");
}

static void structure(Writer *writer, const Field *field, Sym sym) {
    Str name = name_of(writer, sym);
    if (field->type == TYPE_CHILD) {
        Str kind = name_of(writer, writer->schema->kinds[field->target].name);
        line(writer, "<xs:element name=\"%.*s\" type=\"%.*s\" minOccurs=\"0\"/>", STR_ARG(name),
             STR_ARG(kind));
        return;
    }
    line(writer, "<xs:element name=\"%.*s\" minOccurs=\"0\">", STR_ARG(name));
    writer->depth++;
    document(writer, field->doc);
    if (field->type == TYPE_LIST) {
        list_type(writer, field);
    } else {
        line(writer, "<xs:complexType>");
        writer->depth++;
        structures(writer, field->fields, field->field_count);
        attributes(writer, field->fields, field->field_count, NO_COLUMN);
        writer->depth--;
        line(writer, "</xs:complexType>");
    }
    writer->depth--;
    line(writer, "</xs:element>");
}

static void structure_elements(Writer *writer, const Field *fields, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (is_structure(&fields[i])) {
            structure(writer, &fields[i], fields[i].name);
            for (size_t k = 0; k < fields[i].formerly.count; k++) {
                structure(writer, &fields[i], fields[i].formerly.names[k]);
            }
        }
    }
}

static void structures(Writer *writer, const Field *fields, size_t count) {
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        any = any || is_structure(&fields[i]);
    }
    if (any) {
        line(writer, "<xs:all>");
        writer->depth++;
        structure_elements(writer, fields, count);
        writer->depth--;
        line(writer, "</xs:all>");
    }
}

static bool holds_child(const Field *fields, size_t count, KindId kind) {
    for (size_t i = 0; i < count; i++) {
        if ((fields[i].type == TYPE_CHILD && fields[i].target == kind) ||
            (fields[i].type == TYPE_GROUP &&
             holds_child(fields[i].fields, fields[i].field_count, kind))) {
            return true;
        }
    }
    return false;
}

/* The attribute that every record of the kind must have: a single child takes its parent's name. */
static ColumnId required_column(const Schema *schema, KindId id) {
    const Kind *kind = schema_kind(schema, id);
    for (size_t k = 0; k < schema->kind_count; k++) {
        if (holds_child(schema->kinds[k].fields, schema->kinds[k].field_count, id)) {
            return NO_COLUMN;
        }
    }
    return kind->key_count == 1 && kind->keys[0].count == 1 ? kind->keys[0].columns[0] : NO_COLUMN;
}

static void kind_type(Writer *writer, KindId id) {
    const Kind *kind = schema_kind(writer->schema, id);
    line(writer, "<xs:complexType name=\"%.*s\">", STR_ARG(name_of(writer, kind->name)));
    writer->depth++;
    document(writer, kind->doc);
    structures(writer, kind->fields, kind->field_count);
    attributes(writer, kind->fields, kind->field_count, required_column(writer->schema, id));
    writer->depth--;
    line(writer, "</xs:complexType>");
}

static void collection(Writer *writer, const Kind *kind) {
    Str name = name_of(writer, kind->name);
    line(writer, "<xs:element name=\"%.*s\" minOccurs=\"0\">",
         STR_ARG(name_of(writer, kind->plural)));
    line(writer, "  <xs:complexType>");
    line(writer, "    <xs:sequence>");
    line(writer,
         "      <xs:element name=\"%.*s\" type=\"%.*s\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>",
         STR_ARG(name), STR_ARG(name));
    line(writer, "    </xs:sequence>");
    line(writer, "  </xs:complexType>");
    line(writer, "</xs:element>");
}

static void root_element(Writer *writer, const Kind *head) {
    line(writer, "<xs:element name=\"%.*s\">", STR_ARG(name_of(writer, head->name)));
    line(writer, "  <xs:complexType>");
    line(writer, "    <xs:all>");
    writer->depth += 3;
    structure_elements(writer, head->fields, head->field_count);
    for (size_t k = 0; k < writer->schema->kind_count; k++) {
        const Kind *kind = &writer->schema->kinds[k];
        if (kind->plural && !kind->head) {
            collection(writer, kind);
        }
    }
    writer->depth--;
    line(writer, "</xs:all>");
    attributes(writer, head->fields, head->field_count, NO_COLUMN);
    writer->depth -= 2;
    line(writer, "  </xs:complexType>");
    line(writer, "</xs:element>");
}

void report_schema_xsd(const Schema *schema, Buf *out) {
    Writer writer = {.schema = schema, .out = out};
    line(&writer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    line(&writer, "<!-- Native XML inventories. Names that begin with x- are ignored by the loader;"
                  " XSD 1.0 cannot say so. -->");
    line(&writer, "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">");
    writer.depth++;
    for (size_t k = 0; k < schema->kind_count; k++) {
        if (schema->kinds[k].head) {
            root_element(&writer, &schema->kinds[k]);
        }
    }
    line(&writer, "<xs:simpleType name=\"stated-none\">");
    line(&writer, "  <xs:restriction base=\"xs:string\"><xs:enumeration value=\"none\"/>"
                  "</xs:restriction>");
    line(&writer, "</xs:simpleType>");
    for (size_t k = 0; k < schema->kind_count; k++) {
        if (!schema->kinds[k].head) {
            kind_type(&writer, (KindId)k);
        }
    }
    writer.depth--;
    line(&writer, "</xs:schema>");
}
