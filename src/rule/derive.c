#include "rule/derive.h"

#include "base/suggest.h"
#include "model/value.h"
#include "rule/no_rows.h"
#include "rule/statement.h"

/* A column of a derive statement: name, from_id, or a column of the kind. */
typedef enum TargetType { TARGET_NAME, TARGET_FROM, TARGET_COLUMN } TargetType;
typedef struct Target {
    TargetType type;
    ColumnId column;
    const Field *field;
} Target;

typedef struct Derived {
    Str name;
    EntityId from;
    bool *stated;
    int64_t *cells; /* by target */
} Derived;

typedef struct Deriving {
    StatementRun run;
    const Packs *packs;
    Inventory *inventory;
    const DeriveRule *rule;
    Arena *scratch;
    KindId kind;
    Target *targets;
    size_t target_count;
    VEC(Derived) rows; /* kept until the statement has ended: it may read the kind that it fills */
} Deriving;

static bool find_kind(Deriving *deriving) {
    const Schema *schema = inventory_schema(deriving->inventory);
    Diags *diags = deriving->run.diags;
    deriving->kind = schema_find_kind(schema, deriving->rule->kind);
    if (deriving->kind != NO_KIND && schema_kind(schema, deriving->kind)->derived) {
        return true;
    }
    Suggest suggest;
    suggest_init(&suggest, deriving->rule->kind);
    for (size_t i = 0; i < schema->kind_count; i++) {
        if (schema->kinds[i].derived) {
            suggest_try(&suggest, sym_text(schema->interner, schema->kinds[i].name));
        }
    }
    Diag *diag =
        diag_error(diags, deriving->rule->kind_loc,
                   "\"%.*s\" is no kind that packs may derive (its schema says `derived: true`)",
                   STR_ARG(deriving->rule->kind));
    if (suggest.best.n) {
        diag_help(diags, diag, "did you mean \"%.*s\"?", STR_ARG(suggest.best));
    }
    return false;
}

static bool find_target(Deriving *deriving, Str name, Target *ret) {
    const Schema *schema = inventory_schema(deriving->inventory);
    const Kind *kind = schema_kind(schema, deriving->kind);
    if (str_eq(name, STR("name"))) {
        *ret = (Target){TARGET_NAME, NO_COLUMN, NULL};
        return true;
    }
    if (str_eq(name, STR("from_id"))) {
        *ret = (Target){TARGET_FROM, NO_COLUMN, NULL};
        return true;
    }
    bool is_id = str_ends(name, STR("_id"));
    Str field = is_id ? str_slice(name, 0, name.n - 3) : name;
    ColumnId column = kind_find_column(kind, schema->interner, field);
    if (column != NO_COLUMN) {
        FieldType type = kind->columns[column].field->type;
        if (is_id == (type == TYPE_REF) && type != TYPE_LIST && type != TYPE_CHILD) {
            *ret = (Target){TARGET_COLUMN, column, kind->columns[column].field};
            return true;
        }
    }
    statement_error(&deriving->run, "column `%.*s` is no field of kind %.*s that can be derived",
                    STR_ARG(name), STR_ARG(deriving->rule->kind));
    return false;
}

static bool find_targets(Deriving *deriving) {
    const Query *query = deriving->run.query;
    bool good = statement_column(&deriving->run, "name", true) != SIZE_MAX;
    good = statement_column(&deriving->run, "from_id", true) != SIZE_MAX && good;
    deriving->target_count = query_column_count(query);
    deriving->targets = arena_array(deriving->scratch, Target, deriving->target_count);
    for (size_t i = 0; i < deriving->target_count; i++) {
        good = find_target(deriving, query_column_name(query, i), &deriving->targets[i]) && good;
    }
    return good;
}

static bool read_value(Deriving *deriving, const Target *target, size_t column, int64_t *ret) {
    const Query *query = deriving->run.query;
    if (target->field->type == TYPE_REF) {
        EntityId id;
        bool good = statement_id(&deriving->run, column, &id);
        *ret = id;
        return good;
    }
    if (!query_is_text(query, column)) {
        *ret = query_int(query, column);
        return true;
    }
    Str expected;
    Str text = query_text(query, column);
    if (value_parse(deriving->packs->interner, target->field, target->field->type, text, ret,
                    &expected)) {
        return true;
    }
    statement_error(&deriving->run, "\"%.*s\" in column `%.*s`: expected %.*s", STR_ARG(text),
                    STR_ARG(query_column_name(query, column)), STR_ARG(expected));
    return false;
}

static bool read_row(Deriving *deriving) {
    const Query *query = deriving->run.query;
    Derived row = {.cells = arena_array(deriving->scratch, int64_t, deriving->target_count),
                   .stated = arena_array(deriving->scratch, bool, deriving->target_count)};
    for (size_t i = 0; i < deriving->target_count; i++) {
        const Target *target = &deriving->targets[i];
        bool null = query_is_null(query, i);
        bool good = true;
        switch (target->type) {
        case TARGET_NAME:
            row.name = null ? STR_NONE : arena_copy(deriving->scratch, query_text(query, i));
            break;
        case TARGET_FROM:
            good = statement_id(&deriving->run, i, &row.from);
            break;
        case TARGET_COLUMN:
            row.stated[i] = !null;
            good = null || read_value(deriving, target, i, &row.cells[i]);
            break;
        }
        if (!good) {
            return false;
        }
    }
    if (!row.name.n || !row.from) {
        statement_error(&deriving->run, "a row has no `%s`", row.name.n ? "from_id" : "name");
        return false;
    }
    vec_push(deriving->scratch, &deriving->rows, row);
    return true;
}

static void apply(Deriving *deriving) {
    for (size_t i = 0; i < deriving->rows.count; i++) {
        const Derived *row = &deriving->rows.items[i];
        EntityId id = inventory_derive(deriving->inventory, deriving->kind, row->name, row->from);
        for (size_t t = 0; t < deriving->target_count; t++) {
            if (row->stated[t]) {
                inventory_set_derived(deriving->inventory, id, deriving->targets[t].column,
                                      row->cells[t]);
            }
        }
    }
}

static bool run_statement(Deriving *deriving) {
    bool failed = !find_targets(deriving);
    while (!failed && statement_next(&deriving->run, &failed)) {
        failed = !read_row(deriving);
    }
    return !failed;
}

bool packs_derive(const Packs *packs, const Catalog *catalog, Database *database,
                  Inventory *inventory, Diags *diags) {
    bool good = true;
    Arena *scratch = arena_open(0);
    for (size_t i = 0; i < packs->count; i++) {
        for (size_t j = 0; j < packs->items[i].derive_count; j++) {
            const DeriveRule *rule = &packs->items[i].derives[j];
            Statement statement = {rule->query, rule->query_loc,
                                   arena_printf(scratch, "derive %.*s", STR_ARG(rule->id))};
            Deriving deriving = {.packs = packs,
                                 .inventory = inventory,
                                 .rule = rule,
                                 .scratch = scratch,
                                 .run = {.diags = diags}};
            NoRows check; /* anew: what was derived before counts */
            no_rows_init(&check, scratch, catalog);
            if (!find_kind(&deriving)) {
                good = false;
                continue;
            }
            if (has_no_rows(&check, rule->query)) {
                continue;
            }
            if (!statement_open(&deriving.run, database, inventory, diags, &statement)) {
                good = false;
                continue;
            }
            bool ran = run_statement(&deriving);
            statement_close(&deriving.run);
            good = good && ran;
            if (ran) {
                apply(&deriving);
            }
        }
    }
    arena_close(scratch);
    inventory_finish_derived(inventory);
    return good;
}
