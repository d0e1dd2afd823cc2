/* docs/model.md: what to state, in which words, and where the fact comes from. Groups nest no
 * deeper than LIMIT_DEPTH, which the schema's reader keeps. */
#include <assert.h>

#include "base/limits.h"
#include "model/value.h"
#include "report/escape.h"
#include "report/report.h"

typedef struct Writer {
    const Schema *schema;
    Buf *out;
} Writer;

static Str name_of(const Writer *writer, Sym sym) {
    return sym_text(writer->schema->interner, sym);
}

static const char *type_text(FieldType type) {
    switch (type) {
    case TYPE_NAME:
        return "name";
    case TYPE_STRING:
        return "text";
    case TYPE_VERSION:
        return "version";
    case TYPE_ENUM:
        return "one of the values";
    case TYPE_BOOL:
        return "true or false";
    case TYPE_INT:
        return "integer";
    case TYPE_DURATION:
        return "duration";
    case TYPE_SHARE:
        return "share";
    case TYPE_SIZE:
        return "size";
    case TYPE_DATE:
        return "date";
    case TYPE_REF:
        return "name of a";
    case TYPE_LIST:
        return "list";
    case TYPE_GROUP:
        return "group";
    case TYPE_CHILD:
        return "one";
    }
    assert(false);
    return "";
}

static void kind_link(const Writer *writer, const Field *field) {
    if (field->target == ANY_KIND) {
        buf_addz(writer->out, "record of any kind, as `kind:name`");
        return;
    }
    Str name = name_of(writer, field->target_name);
    buf_printf(writer->out, "[%.*s](#%.*s)", STR_ARG(name), STR_ARG(name));
}

static void write_type(const Writer *writer, const Field *field) {
    FieldType type = field->type;
    if (type == TYPE_LIST) {
        buf_addz(writer->out, field->set ? "set of: " : "list of: ");
        type = field->item_type;
    }
    buf_addz(writer->out,
             type == TYPE_CHILD && field->type == TYPE_LIST ? "records" : type_text(type));
    if (type == TYPE_REF || type == TYPE_CHILD) {
        buf_addc(writer->out, ' ');
        kind_link(writer, field);
    }
}

static void write_values(const Writer *writer, const Field *field) {
    Buf *out = writer->out;
    for (size_t i = 0; i < field->value_count; i++) {
        buf_addz(out, i ? ", " : "");
        escape_code(out, name_of(writer, field->values[i].name));
    }
    if (field->ordered) {
        buf_addz(out, " (ordered)");
    }
    if (field->has_min && field->has_max) {
        buf_printf(out, "%lld to %lld", (long long)field->min, (long long)field->max);
    } else if (field->has_min) {
        buf_printf(out, "%lld or more", (long long)field->min);
    } else if (field->has_max) {
        buf_printf(out, "%lld or less", (long long)field->max);
    }
}

static void write_default(const Writer *writer, const Field *field) {
    Buf *out = writer->out;
    if (field->has_default) {
        escape_code(out, field->default_text);
        if (field->default_source.n) {
            buf_addz(out, ": ");
            escape_markdown(out, str_trim(field->default_source));
        }
    } else if (field->absent_none) {
        buf_addz(out, "left out: none");
    } else if (field->usual_high) {
        buf_addz(out, "usual: ");
        value_print_usual(out, writer->schema->interner, field);
        buf_addz(out, ": ");
        escape_markdown(out, value_usual_source(field));
    }
}

static void write_doc(const Writer *writer, const Field *field) {
    Buf *out = writer->out;
    escape_markdown(out, str_trim(field->doc));
    for (size_t i = 0; i < field->value_count; i++) {
        if (field->values[i].doc.n) {
            buf_addc(out, ' ');
            escape_code(out, name_of(writer, field->values[i].name));
            buf_addz(out, ": ");
            escape_markdown(out, str_trim(field->values[i].doc));
            buf_addc(out, '.');
        }
    }
    for (size_t i = 0; i < field->formerly.count; i++) {
        buf_printf(out, " Formerly `%.*s`.", STR_ARG(name_of(writer, field->formerly.names[i])));
    }
}

static void write_row(const Writer *writer, const Field *field, Str prefix) {
    Buf *out = writer->out;
    Str name = name_of(writer, field->name);
    if (field->type == TYPE_SIZE) {
        buf_printf(out, "| `%.*s%.*s_mb`, `_gb` | ", STR_ARG(prefix), STR_ARG(name));
    } else {
        buf_printf(out, "| `%.*s%.*s` | ", STR_ARG(prefix), STR_ARG(name));
    }
    write_type(writer, field);
    buf_addz(out, " | ");
    write_values(writer, field);
    buf_addz(out, " | ");
    escape_markdown(out, field->unit);
    buf_addz(out, " | ");
    write_default(writer, field);
    buf_addz(out, " | ");
    write_doc(writer, field);
    buf_addz(out, " | ");
    escape_markdown(out, str_trim(field->source));
    buf_addz(out, " |\n");
}

static void write_rows(const Writer *writer, const Field *fields, size_t count, Str prefix) {
    for (size_t i = 0; i < count; i++) {
        const Field *field = &fields[i];
        bool group = field->type == TYPE_GROUP;
        if (!group || field->doc.n) {
            write_row(writer, field, prefix);
        }
        if (group) {
            Buf below;
            buf_init(&below, LIMIT_TEXT_BYTES);
            buf_printf(&below, "%.*s%.*s.", STR_ARG(prefix), STR_ARG(name_of(writer, field->name)));
            write_rows(writer, field->fields, field->field_count, buf_str(&below));
            buf_clear(&below);
        }
    }
}

static void write_key(const Writer *writer, const Kind *kind) {
    Buf *out = writer->out;
    for (size_t k = 0; k < kind->key_count; k++) {
        buf_addz(out, k ? ", else by " : ", known by ");
        for (size_t i = 0; i < kind->keys[k].count; i++) {
            Str name = name_of(writer, kind->columns[kind->keys[k].columns[i]].name);
            buf_printf(out, "%s`%.*s`", i ? " and " : "", STR_ARG(name));
        }
    }
}

static void write_facts(const Writer *writer, const Kind *kind) {
    Buf *out = writer->out;
    if (kind->plural) {
        buf_printf(out, "Records stand under `%.*s`", STR_ARG(name_of(writer, kind->plural)));
        if (kind->child_of != NO_KIND) {
            buf_printf(out, " or inside a %.*s", STR_ARG(name_of(writer, kind->child_of_name)));
        }
    } else if (kind->child_of_name) {
        buf_printf(out, "Records stand inside a %.*s",
                   STR_ARG(name_of(writer, kind->child_of_name)));
    } else {
        buf_addz(out, "Records stand inside others");
    }
    write_key(writer, kind);
    buf_addz(out, ".");
    if (kind->host_names) {
        buf_addz(out, " A short name matches the one full name that begins with it.");
    }
    if (kind->derived) {
        buf_addz(out, " Rule packs add records of their own.");
    }
    if (kind->fault == FAULT_NONE) {
        buf_addz(out, " It does not fail by itself.\n\n");
    } else {
        buf_printf(out, " It can fail: %.*s.\n\n", STR_ARG(fault_class_name(kind->fault)));
    }
}

static void write_kind(const Writer *writer, const Kind *kind) {
    Buf *out = writer->out;
    buf_printf(out, "## %.*s\n\n", STR_ARG(name_of(writer, kind->name)));
    escape_markdown(out, str_trim(kind->doc));
    buf_addz(out, "\n\n");
    if (!kind->head) {
        write_facts(writer, kind);
    }
    buf_addz(out, "| field | type | values | unit | default | meaning | where it comes from |\n"
                  "|---|---|---|---|---|---|---|\n");
    write_rows(writer, kind->fields, kind->field_count, STR_NONE);
    buf_addc(out, '\n');
}

static void write_limits(Buf *out) {
    buf_addz(out,
             "## Limits\n\nAn input beyond a limit is refused with a message that names it.\n\n"
             "| limit | value | of what |\n|---|---|---|\n");
    for (size_t i = 0; i < limit_count; i++) {
        const Limit *limit = &limit_table[i];
        buf_printf(out, "| %s | %zu %s | %s |\n", limit->name, limit->value, limit->unit,
                   limit->doc);
    }
}

static void write_introduction(Buf *out) {
    buf_addz(out, "# The inventory\n\n");
    buf_addz(out,
             "Generated from `schemas/`. An inventory is a YAML or XML file; in XML the same "
             "names are attributes (single values) and elements (lists, groups, records).\n\n");
    buf_addz(out,
             "- What is not stated is unknown, never false: leave a key out if you do not know."
             " `none` (a name, a record) and `[]` (a list) say that there is nothing.\n");
    buf_addz(out, "- A duration is written `30s`, `5m`, `2h`, `7d`, `1h30m` or in seconds; a share"
                  " `25%`; a date `2026-01-31`; a version in quotes, `\"14.1\"`; a size with its"
                  " unit in the key, `<field>_gb: 16` or `<field>_mb: 512`.\n");
    buf_addz(out, "- A default is a vendor's: where it decides a verdict, the report says"
                  " *assumed*.\n");
    buf_addz(out, "- Keys that begin with `x-` are yours; they are ignored.\n\n");
}

void report_schema_markdown(const Schema *schema, Buf *out) {
    Writer writer = {.schema = schema, .out = out};
    write_introduction(out);
    for (size_t k = 0; k < schema->kind_count; k++) {
        if (schema->kinds[k].head) {
            write_kind(&writer, &schema->kinds[k]);
        }
    }
    for (size_t k = 0; k < schema->kind_count; k++) {
        if (!schema->kinds[k].head) {
            write_kind(&writer, &schema->kinds[k]);
        }
    }
    write_limits(out);
}
