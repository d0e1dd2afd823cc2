/* The schema: which kinds there are and what their fields mean. Read from schemas/<kind>.yaml; the
 * single source for loading, validation messages, SQL tables, published schemas and the reference.
 *
 * A kind's fields form a tree (groups hold fields); its columns are the tree flattened: one column
 * per scalar, list, child field and per group that can be absent. `ha: {enabled}`
 * is `ha_enabled`. */
#ifndef MODEL_SCHEMA_H
#define MODEL_SCHEMA_H

#include "base/intern.h"
#include "read/tree.h"

typedef uint16_t KindId;   /* index into Schema.kinds; canonical order (rank, then name) */
typedef uint16_t ColumnId; /* index into Kind.columns */
enum { NO_KIND = UINT16_MAX, NO_COLUMN = UINT16_MAX, ANY_KIND = UINT16_MAX - 1 };

typedef enum FieldType {
    TYPE_NAME,     /* cell: Sym */
    TYPE_STRING,   /* cell: Sym */
    TYPE_VERSION,  /* cell: Sym; numbers separated by dots */
    TYPE_ENUM,     /* cell: index into values */
    TYPE_BOOL,     /* cell: 0, 1 */
    TYPE_INT,      /* cell: the integer */
    TYPE_DURATION, /* cell: seconds; written 30s, 5m, 2h, 7d, 1d2h or bare seconds */
    TYPE_SHARE,    /* cell: per mille; written 25% or 2.5% */
    TYPE_SIZE,     /* cell: MiB; written as X_mb or X_gb */
    TYPE_DATE,     /* cell: days since 1970-01-01; written YYYY-MM-DD */
    TYPE_REF,      /* cell: EntityId, 0 = stated as none */
    TYPE_LIST,     /* cell: number of items; the items stand in a pool of the column */
    TYPE_GROUP,    /* a map of fields, flattened; a column only if it can be absent: 1, 0 = none */
    TYPE_CHILD,    /* one record of another kind: cell 1, 0 = none */
} FieldType;

typedef enum FaultClass {
    FAULT_NONE, /* a logical kind: it does not fail by itself */
    FAULT_NODE,
    FAULT_SHARED,
    FAULT_SITE,
    FAULT_MAINTENANCE,
    FAULT_EXPIRY,
    FAULT_EXTERNAL,
    FAULT_CLASSES, /* how many */
} FaultClass;

typedef struct EnumValue {
    Sym name;
    Str doc; /* may be empty */
} EnumValue;

/* Names that a kind or field had before: still read, with a note. */
enum { MAX_FORMER = 4 };
typedef struct Former {
    Sym names[MAX_FORMER];
    size_t count;
} Former;

/* What a duration says about failures; a kind has at most one field of each. */
typedef enum Measure {
    MEASURE_NONE,
    MEASURE_UPTIME, /* mean time from one failure to the next */
    MEASURE_REPAIR, /* mean time until it works again */
} Measure;
enum { MEASURES = 2 }; /* a measure's place in an array: measure - 1 */

typedef struct Field {
    Sym name; /* as written in YAML and XML */
    Str key;  /* its text */
    FieldType type;
    FieldType item_type; /* of a list: TYPE_NAME .. TYPE_REF, or TYPE_CHILD for child records */
    Sym item;            /* of a list: name of one item (XML element, SQL column) */
    KindId target;       /* REF, CHILD or a list of those: the kind, ANY_KIND = any */
    Sym target_name;
    const EnumValue *values;
    size_t value_count;
    bool ordered;     /* an enum whose values are ordered */
    bool set;         /* a list whose items are merged by union */
    bool absent_none; /* left out of a native inventory means "none" */
    bool has_min, has_max;
    int64_t min, max;
    bool has_default;
    int64_t default_value; /* as a cell */
    Str default_text, default_source;
    Measure measures;
    int64_t usual_low, usual_high; /* where it is not stated: cells; 0 and 0 = nobody knows */
    Str usual_source;              /* empty: an estimate */
    Str doc, unit,
        source; /* source: where the fact comes from (cmdlet property, API path, column) */
    Former formerly;
    const Node *else_node; /* "host.cluster"; NULL if there is none */
    struct Field *fields;  /* of a group */
    size_t field_count;
    ColumnId column; /* NO_COLUMN for a group that cannot be absent */
    Loc loc;
} Field;

/* What holds where a reference is not stated: a column of the record behind another one. */
typedef struct ElseColumn {
    ColumnId through; /* NO_COLUMN: nothing */
    KindId kind;      /* of that record */
    ColumnId column;
} ElseColumn;

typedef struct Column {
    Sym name; /* in SQL: group prefix and field name joined by '_' (size: with _mb) */
    const Field *field;
    ElseColumn other;
} Column;

enum { MAX_KEY_FIELDS = 4, MAX_KEYS = 6 };
typedef struct Key { /* one alternative of a kind's identity */
    ColumnId columns[MAX_KEY_FIELDS];
    size_t count;
} Key;

typedef struct Kind {
    Sym name;   /* singular: table name, XML element */
    Sym plural; /* top-level key in YAML and XML; 0 for kinds that are only children */
    Str title, doc;
    int rank; /* canonical order */
    FaultClass fault;
    bool host_names; /* a short name matches the only FQDN that begins with it */
    bool derived;    /* rows come from packs as well */
    Sym child_of_name;
    KindId child_of; /* NO_KIND if it has no parent; then column `parent` is not used */
    Key keys[MAX_KEYS];
    size_t key_count;
    Str label; /* how a record of a composite key is shown, e.g. "{name} {type}"; may be empty */
    ColumnId name_column;               /* NO_COLUMN if the kind has no field `name` */
    ColumnId aliases_column;            /* NO_COLUMN if it has none */
    ColumnId measure_columns[MEASURES]; /* NO_COLUMN if it has none */
    Field *fields;
    size_t field_count;
    Column *columns;
    size_t column_count;
    const Node *draw; /* how it looks in diagrams: tile, container, facts; NULL if not drawn */
    const Node *key_node;
    bool head;       /* its fields are the head of a file */
    Former formerly; /* top-level keys and elements */
    Loc loc;
} Kind;

typedef struct Schema {
    Interner *interner;
    Arena *arena;
    Kind *kinds;
    size_t kind_count;
} Schema;

/* Reads schema files (already added to `context->sources`) and links them: references, keys,
 * columns. False if one has an error; all errors are reported. */
bool schema_read(Schema *schema, const ReadContext *context, const SourceId *sources, size_t count);

void schema_init(Schema *schema, Interner *interner, Arena *arena);

/* NO_KIND if there is none of that name (singular). */
KindId schema_find_kind(const Schema *schema, Str name);
KindId schema_find_plural(const Schema *schema, Str plural);

/* The kind that had this top-level key before. */
KindId schema_find_former(const Schema *schema, Str plural);

/* True if the name is one of them. */
bool former_has(const Former *former, const Interner *interner, Str name);

/* NO_COLUMN if there is none of that (flattened) name. */
ColumnId kind_find_column(const Kind *kind, const Interner *interner, Str name);

static inline const Kind *schema_kind(const Schema *schema, KindId kind) {
    return &schema->kinds[kind];
}

Str field_type_name(FieldType type);
Str fault_class_name(FaultClass fault);

#endif
