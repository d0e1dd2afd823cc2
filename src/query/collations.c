/* VERSION: numbers separated by dots; FOLD: names as Windows compares them; ENUM_...: the rank of
 * an ordered enum's values. */
#include "base/fold.h"
#include "model/value.h"
#include "query/connection.h"

static Str bytes(const void *text, int size) {
    return (Str){text, (size_t)size};
}

static int compare_versions(void *context, int n, const void *a, int m, const void *b) {
    (void)context;
    return version_cmp(bytes(a, n), bytes(b, m));
}

static int compare_folded(void *context, int n, const void *a, int m, const void *b) {
    Database *database = context;
    ArenaMark mark = arena_mark(database->scratch);
    int order =
        str_cmp(fold_key(database->scratch, bytes(a, n)), fold_key(database->scratch, bytes(b, m)));
    arena_release(database->scratch, mark);
    return order;
}

typedef struct RankedEnum {
    const Field *field;
    const Interner *interner;
} RankedEnum;

static size_t rank_of(const RankedEnum *ranked, Str value) {
    size_t i = 0;
    while (i < ranked->field->value_count &&
           !str_eq(sym_text(ranked->interner, ranked->field->values[i].name), value)) {
        i++;
    }
    return i;
}

/* A text that is no value stands behind all values. */
static int compare_ranks(void *context, int n, const void *a, int m, const void *b) {
    const RankedEnum *ranked = context;
    size_t x = rank_of(ranked, bytes(a, n));
    size_t y = rank_of(ranked, bytes(b, m));
    if (x != y) {
        return x < y ? -1 : 1;
    }
    return x < ranked->field->value_count ? 0 : str_cmp(bytes(a, n), bytes(b, m));
}

const char *collation_of_enum(Database *database, const Kind *kind, const Field *field,
                              Sym column) {
    Str kind_name = sym_text(database->interner, kind->name);
    Str column_name = sym_text(database->interner, column);
    const char *name =
        arena_printf(database->arena, "ENUM_%.*s_%.*s", STR_ARG(kind_name), STR_ARG(column_name)).s;
    RankedEnum *ranked = arena_new(database->arena, RankedEnum);
    *ranked = (RankedEnum){field, database->interner};
    sqlite3_create_collation_v2(database->sqlite, name, SQLITE_UTF8, ranked, compare_ranks, NULL);
    return name;
}

int collations_register(Database *database) {
    int code = sqlite3_create_collation_v2(database->sqlite, "VERSION", SQLITE_UTF8, NULL,
                                           compare_versions, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_create_collation_v2(database->sqlite, "FOLD", SQLITE_UTF8, database,
                                           compare_folded, NULL);
    }
    return code;
}
