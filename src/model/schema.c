/* The parsed schema: look-ups and linking of names to kinds and columns. */
#include "model/schema.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"
#include "model/schema_file.h"

static const char *const type_names[] = {
    [TYPE_NAME] = "name",         [TYPE_STRING] = "string", [TYPE_VERSION] = "version",
    [TYPE_ENUM] = "enum",         [TYPE_BOOL] = "bool",     [TYPE_INT] = "int",
    [TYPE_DURATION] = "duration", [TYPE_SHARE] = "share",   [TYPE_SIZE] = "size",
    [TYPE_DATE] = "date",         [TYPE_REF] = "ref",       [TYPE_LIST] = "list",
    [TYPE_GROUP] = "group",       [TYPE_CHILD] = "child",
};

static const char *const fault_names[] = {
    [FAULT_NONE] = "none",
    [FAULT_NODE] = "node",
    [FAULT_SHARED] = "shared",
    [FAULT_SITE] = "site",
    [FAULT_MAINTENANCE] = "maintenance",
    [FAULT_EXPIRY] = "expiry",
    [FAULT_EXTERNAL] = "external",
};

Str field_type_name(FieldType type) {
    return str_of(type_names[type]);
}

Str fault_class_name(FaultClass fault) {
    return str_of(fault_names[fault]);
}

void schema_init(Schema *schema, Interner *interner, Arena *arena) {
    *schema = (Schema){.interner = interner, .arena = arena};
}

KindId schema_find_kind(const Schema *schema, Str name) {
    Sym sym = intern_find(schema->interner, name);
    for (size_t i = 0; sym && i < schema->kind_count; i++) {
        if (schema->kinds[i].name == sym) {
            return (KindId)i;
        }
    }
    return NO_KIND;
}

KindId schema_find_plural(const Schema *schema, Str plural) {
    Sym sym = intern_find(schema->interner, plural);
    for (size_t i = 0; sym && i < schema->kind_count; i++) {
        if (schema->kinds[i].plural == sym) {
            return (KindId)i;
        }
    }
    return NO_KIND;
}

bool former_has(const Former *former, const Interner *interner, Str name) {
    Sym sym = intern_find(interner, name);
    for (size_t i = 0; sym && i < former->count; i++) {
        if (former->names[i] == sym) {
            return true;
        }
    }
    return false;
}

KindId schema_find_former(const Schema *schema, Str plural) {
    for (size_t i = 0; i < schema->kind_count; i++) {
        const Kind *kind = &schema->kinds[i];
        if (kind->plural && former_has(&kind->formerly, schema->interner, plural)) {
            return (KindId)i;
        }
    }
    return NO_KIND;
}

ColumnId kind_find_column(const Kind *kind, const Interner *interner, Str name) {
    Sym sym = intern_find(interner, name);
    for (size_t i = 0; sym && i < kind->column_count; i++) {
        if (kind->columns[i].name == sym) {
            return (ColumnId)i;
        }
    }
    return NO_COLUMN;
}

/* ---- linking ---- */

typedef VEC(Column) Columns;

static Sym column_name(Schema *schema, Str prefix, const Field *field) {
    Str name = sym_text(schema->interner, field->name);
    const char *suffix = field->type == TYPE_SIZE ? "_mb" : "";
    ArenaMark mark = arena_mark(schema->arena);
    Str text = prefix.n ? arena_printf(schema->arena, "%.*s_%.*s%s", STR_ARG(prefix), STR_ARG(name),
                                       suffix)
                        : arena_printf(schema->arena, "%.*s%s", STR_ARG(name), suffix);
    Sym sym = intern(schema->interner, text);
    arena_release(schema->arena, mark);
    return sym;
}

static KindId link_target(Schema *schema, Diags *diags, Sym name, Loc loc) {
    Str text = sym_text(schema->interner, name);
    if (str_eq(text, STR("any"))) {
        return ANY_KIND;
    }
    KindId kind = schema_find_kind(schema, text);
    if (kind == NO_KIND) {
        Suggest suggest;
        suggest_init(&suggest, text);
        for (size_t i = 0; i < schema->kind_count; i++) {
            suggest_try(&suggest, sym_text(schema->interner, schema->kinds[i].name));
        }
        Diag *diag = diag_error(diags, loc, "there is no kind '%.*s'", STR_ARG(text));
        if (suggest.best.n) {
            diag_help(diags, diag, "did you mean '%.*s'?", STR_ARG(suggest.best));
        }
    }
    return kind;
}

/* Nesting is bounded by the depth limit of the reader; groups in groups are walked with a stack. */
static void flatten(Schema *schema, Diags *diags, Kind *kind) {
    struct Level {
        Field *fields;
        size_t count, next;
        Str prefix;
    } stack[LIMIT_GROUP_DEPTH];
    Columns columns = {0};
    size_t depth = 1;
    stack[0] = (struct Level){kind->fields, kind->field_count, 0, STR_NONE};
    while (depth) {
        struct Level *level = &stack[depth - 1];
        if (level->next == level->count) {
            depth--;
            continue;
        }
        Field *field = &level->fields[level->next++];
        field->column = NO_COLUMN;
        Sym name = column_name(schema, level->prefix, field);
        if (field->type != TYPE_GROUP || field->absent_none) {
            field->column = (ColumnId)columns.count;
            vec_push(schema->arena, &columns, ((Column){name, field, {.through = NO_COLUMN}}));
        }
        if (field->target_name) {
            field->target = link_target(schema, diags, field->target_name, field->loc);
        }
        if (field->type == TYPE_GROUP && depth < LIMIT_GROUP_DEPTH) {
            stack[depth++] = (struct Level){field->fields, field->field_count, 0,
                                            sym_text(schema->interner, name)};
        }
    }
    kind->columns = columns.items;
    kind->column_count = columns.count;
}

static void check_names(Schema *schema, Diags *diags, const Kind *kind) {
    for (size_t i = 0; i < kind->column_count; i++) {
        for (size_t j = i + 1; j < kind->column_count; j++) {
            if (kind->columns[i].name == kind->columns[j].name) {
                Str name = sym_text(schema->interner, kind->columns[i].name);
                diag_error(diags, kind->columns[j].field->loc,
                           "two fields of this kind make the column '%.*s'", STR_ARG(name));
            }
        }
    }
}

static void link_measure(Diags *diags, Kind *kind, ColumnId column) {
    const Field *field = kind->columns[column].field;
    ColumnId *slot = &kind->measure_columns[field->measures - 1];
    if (*slot != NO_COLUMN) {
        diag_error(diags, field->loc, "two fields of this kind have the same 'measures'");
    }
    *slot = column;
}

static void link_well_known(Schema *schema, Diags *diags, Kind *kind) {
    kind->name_column = kind_find_column(kind, schema->interner, STR("name"));
    kind->aliases_column = kind_find_column(kind, schema->interner, STR("aliases"));
    assert(kind->columns || kind->name_column == NO_COLUMN);
    if (kind->name_column != NO_COLUMN &&
        kind->columns[kind->name_column].field->type != TYPE_NAME) {
        kind->name_column = NO_COLUMN;
    }
    for (int m = 0; m < MEASURES; m++) {
        kind->measure_columns[m] = NO_COLUMN;
    }
    for (size_t c = 0; c < kind->column_count; c++) {
        if (kind->columns[c].field->measures) {
            link_measure(diags, kind, (ColumnId)c);
        }
    }
}

static int compare_kinds(const void *a, const void *b) {
    const SortedKind *x = a;
    const SortedKind *y = b;
    if (x->kind.rank != y->kind.rank) {
        return x->kind.rank < y->kind.rank ? -1 : 1;
    }
    return str_cmp(x->name, y->name);
}

static void sort_kinds(Schema *schema) {
    ArenaMark mark = arena_mark(schema->arena);
    SortedKind *sorted = arena_array(schema->arena, SortedKind, schema->kind_count);
    for (size_t i = 0; i < schema->kind_count; i++) {
        sorted[i] =
            (SortedKind){schema->kinds[i], sym_text(schema->interner, schema->kinds[i].name)};
    }
    if (schema->kind_count) {
        qsort(sorted, schema->kind_count, sizeof *sorted, compare_kinds);
    }
    for (size_t i = 0; i < schema->kind_count; i++) {
        schema->kinds[i] = sorted[i].kind;
    }
    arena_release(schema->arena, mark);
}

static void check_duplicates(Schema *schema, Diags *diags) {
    for (size_t i = 1; i < schema->kind_count; i++) {
        for (size_t j = 0; j < i; j++) {
            const Kind *a = &schema->kinds[j];
            const Kind *b = &schema->kinds[i];
            if (a->name == b->name || (a->plural && a->plural == b->plural)) {
                Str name = sym_text(schema->interner, b->name);
                Diag *diag =
                    diag_error(diags, b->loc, "kind '%.*s' is declared twice", STR_ARG(name));
                diag_place(diags, diag, a->loc, "first here");
            }
        }
    }
}

bool schema_link(Schema *schema, Diags *diags) {
    size_t errors = diags->errors;
    check_duplicates(schema, diags);
    sort_kinds(schema);
    for (size_t i = 0; i < schema->kind_count; i++) {
        flatten(schema, diags, &schema->kinds[i]);
        link_well_known(schema, diags, &schema->kinds[i]);
    }
    for (size_t i = 0; i < schema->kind_count; i++) {
        Kind *kind = &schema->kinds[i];
        check_names(schema, diags, kind);
        if (kind->child_of_name) {
            kind->child_of = link_target(schema, diags, kind->child_of_name, kind->loc);
        }
        schema_link_keys(schema, diags, kind);
        schema_link_else(schema, diags, kind);
    }
    return diags->errors == errors;
}
