/* Names in an export are unique within a scope only, and a guest's DNS name is what its
 * administrator set. A name that two use is nobody's: then the scope or an id is put behind it. */
#include "base/fold.h"
#include "import/cell_text.h"
#include "import/sheet_work.h"

#define SEVERAL UINT32_MAX

/* ---- claims: the one user of a name, or SEVERAL ---- */

static void claim(SheetWork *work, Sym name, Sym user) {
    uint32_t other = sym_map_get(&work->map, name);
    if (!other || other != user) {
        sym_map_set(&work->map, name, other ? (uint32_t)SEVERAL : user);
    }
}

/* ---- names within a scope ---- */

/* Kinds whose records are known by their name alone. */
static bool known_by_name(const SheetWork *work, KindId kind) {
    if (kind >= ANY_KIND) {
        return false;
    }
    const Kind *of = schema_kind(work->schema, kind);
    return of->key_count == 1 && of->keys[0].count == 1 &&
           of->keys[0].columns[0] == of->name_column;
}

static Sym scoped_key(SheetWork *work, KindId kind, Str name) {
    return work_key(work, "scope of", kind, name, STR_NONE, STR_NONE);
}

static void scan_cell(SheetWork *work, const RowCell *cell, Sym scope) {
    const ColumnMap *map = column_maps_find(&work->sheet->columns, cell->heading);
    if (!map) {
        return;
    }
    const Kind *kind = schema_kind(work->schema, work->sheet->kind);
    const Field *field = kind->columns[map->column].field;
    bool refers =
        field->type == TYPE_REF || (field->type == TYPE_LIST && field->item_type == TYPE_REF);
    KindId of = refers                             ? field->target
                : map->column == kind->name_column ? work->sheet->kind
                                                   : (KindId)NO_KIND;
    Str name = cell_take(map, cell->value);
    if (name.n && known_by_name(work, of)) {
        claim(work, scoped_key(work, of, name), scope);
    }
}

Str names_scoped(SheetWork *work, KindId kind, Str name) {
    if (!known_by_name(work, kind) ||
        sym_map_get(&work->map, scoped_key(work, kind, name)) != SEVERAL) {
        return name;
    }
    Str scope = row_scope(work);
    return scope.n ? arena_printf(work->row_arena, "%.*s (%.*s)", STR_ARG(name), STR_ARG(scope))
                   : STR_NONE;
}

/* ---- names of parent records ---- */

/* Who the row is about: the first key that it states, in its scope. */
static Sym row_identity(SheetWork *work) {
    const Node *key = work->sheet->key;
    for (size_t i = 0; i < key->count; i++) {
        Loc loc;
        Str value = row_text(work, key->items[i].text, &loc);
        if (value.n) {
            return work_key(work, "row", (unsigned)i, row_scope(work), value, STR_NONE);
        }
    }
    return 0;
}

static bool is_address(Str text) {
    for (size_t i = 0; i < text.n; i++) {
        if (text.s[i] != '.' && text.s[i] != ':' && (text.s[i] < '0' || text.s[i] > '9')) {
            return false;
        }
    }
    return true;
}

static bool is_refused(const SheetWork *work, Str host) {
    const Node *list = work->sheet->parent_name_unless;
    for (size_t i = 0; list && i < list->count; i++) {
        if (str_eq_nocase(list->items[i].text, host)) {
            return true;
        }
    }
    return is_address(host);
}

/* The first name heading holds a DNS name, of which the host part counts; empty if it is no name.
 */
static Str host_name(const SheetWork *work, Str *ret_full, Loc *ret_loc) {
    const Node *names = work->sheet->parent_name;
    Str full = names->count > 1 ? row_text(work, names->items[0].text, ret_loc) : STR_NONE;
    Str host = str_slice(full, 0, str_find(full, '.', 0));
    bool usable = !is_address(full) && !is_refused(work, host);
    *ret_full = usable ? full : STR_NONE;
    return usable ? host : STR_NONE;
}

static Str own_name(const SheetWork *work, Loc *ret_loc) {
    const Node *names = work->sheet->parent_name;
    return row_text(work, names->items[names->count - 1].text, ret_loc);
}

static Sym host_key(SheetWork *work, Str name) {
    return work_key(work, "host", 0, name, STR_NONE, STR_NONE);
}

static Sym own_key(SheetWork *work, Str name) {
    return work_key(work, "own", 0, name, STR_NONE, STR_NONE);
}

static void scan_parent(SheetWork *work) {
    Loc loc;
    Str full;
    Sym identity = row_identity(work);
    Str host = host_name(work, &full, &loc);
    Str own = own_name(work, &loc);
    if (host.n) {
        claim(work, host_key(work, host), identity);
        claim(work, host_key(work, full), identity);
    }
    if (own.n) {
        claim(work, own_key(work, own), identity);
    }
}

void names_scan(SheetWork *work) {
    Str scope = row_scope(work);
    if (scope.n) {
        Sym sym = work_key(work, "scope", 0, scope, STR_NONE, STR_NONE);
        for (size_t i = 0; i < work->row.count; i++) {
            scan_cell(work, &work->row.items[i], sym);
        }
    }
    if (work->sheet->parent_kind != NO_KIND) {
        scan_parent(work);
    }
}

bool names_alias_free(SheetWork *work, Str alias) {
    uint32_t user = sym_map_get(&work->map, host_key(work, alias));
    return !user || user == SEVERAL || user == row_identity(work);
}

Str names_parent(SheetWork *work, Loc *ret_loc) {
    Str full;
    Sym identity = row_identity(work);
    Str host = host_name(work, &full, ret_loc);
    if (host.n && sym_map_get(&work->map, host_key(work, host)) == identity) {
        return host;
    }
    Str own = own_name(work, ret_loc);
    if (!own.n ||
        (sym_map_get(&work->map, own_key(work, own)) == identity && names_alias_free(work, own))) {
        return own;
    }
    Loc loc;
    Str id = row_text(work, work->sheet->key->items[0].text, &loc);
    id = id.n && !str_eq(id, own) ? id : row_scope(work);
    return id.n ? arena_printf(work->row_arena, "%.*s (%.*s)", STR_ARG(own), STR_ARG(id)) : own;
}
