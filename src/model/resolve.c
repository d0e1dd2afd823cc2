/* References by name become references to rows. What nobody describes is an error where an input
 * lists the kind completely, else a stub: a record of which nothing but its name is known. */
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/suggest.h"
#include "model/store.h"

enum {
    MOST_CANDIDATES = 8,              /* of an ambiguous name, shown */
    MOST_COMPARED = 256,              /* items of a list with the next one */
    LIMIT_COMPARED = 5 * 1000 * 1000, /* names that are looked at for all proposals of a run */
};

#define REF_UNKNOWN ((int64_t)-2) /* it cannot be told which is meant: not stated */

typedef struct Resolver {
    Inventory *inventory;
    Diags *diags;
    Interner *interner;
    size_t compared; /* names looked at for proposals so far */
} Resolver;

/* False once enough names were looked at: proposals for a file full of mistakes must not cost more
 * than reading it. */
static bool may_compare(Resolver *resolver, const Table *table) {
    resolver->compared += table->count;
    return resolver->compared < LIMIT_COMPARED + table->count;
}

static void suggest_rows(Resolver *resolver, KindId kind, Diag *diag, Str wanted) {
    const Table *table = &resolver->inventory->tables[kind];
    if (!diag || !may_compare(resolver, table)) {
        return;
    }
    Suggest suggest;
    suggest_init(&suggest, wanted);
    for (size_t row = 0; row < table->count; row++) {
        if (!(table->rows[row].flags & (ROW_MERGED | ROW_STUB)) && table->rows[row].name) {
            suggest_try(&suggest, sym_text(resolver->interner, table->rows[row].name));
        }
    }
    if (suggest.best.n) {
        diag_help(resolver->diags, diag, "did you mean '%.*s'?", STR_ARG(suggest.best));
    }
}

static bool find_row(const Resolver *resolver, KindId kind, Sym name, RowId *ret_row) {
    const Table *table = &resolver->inventory->tables[kind];
    Sym fold = sym_fold(resolver->interner, name);
    if (name_index_find(&table->names, fold, ret_row)) {
        return true;
    }
    bool dotless = str_find(sym_text(resolver->interner, name), '.', 0) == SIZE_MAX;
    return dotless && name_index_find(&table->short_names, fold, ret_row);
}

static RowId add_stub(Resolver *resolver, KindId kind, Sym name, Loc loc) {
    Table *table = &resolver->inventory->tables[kind];
    const Kind *of = schema_kind(resolver->inventory->schema, kind);
    RowId row = table_add_row(table, (Row){.parent = NO_ROW,
                                           .parent_column = NO_COLUMN,
                                           .name = name,
                                           .loc = loc,
                                           .source = loc.source,
                                           .flags = ROW_STUB});
    if (of->name_column != NO_COLUMN) {
        store_set(&table->columns[of->name_column], row, name, loc);
    }
    if (!table->names.slot_count) {
        name_index_init(&table->names, 16);
    }
    name_index_share(&table->names, sym_fold(resolver->interner, name), row);
    resolver->inventory->stub_count++;
    return row;
}

static int64_t missing(Resolver *resolver, KindId kind, Sym name, Loc loc) {
    const Kind *of = schema_kind(resolver->inventory->schema, kind);
    bool imported = !source_of(resolver->inventory->sources, loc.source)->native;
    if (resolver->inventory->kind_complete[kind] && !imported && !of->derived) {
        Diag *diag = diag_error(resolver->diags, loc, "there is no %.*s '%.*s'",
                                STR_ARG(sym_text(resolver->interner, of->name)),
                                STR_ARG(sym_text(resolver->interner, name)));
        suggest_rows(resolver, kind, diag, sym_text(resolver->interner, name));
        return REF_NONE;
    }
    return target_pack(kind, add_stub(resolver, kind, name, loc));
}

/* The name, an alias or the first label of the row. */
static bool answers_to(const Resolver *resolver, KindId kind, RowId row, Sym fold) {
    const Kind *of = schema_kind(resolver->inventory->schema, kind);
    Sym name = resolver->inventory->tables[kind].rows[row].name;
    Sym label = of->host_names ? name_first_label(resolver->interner, name) : 0;
    if (sym_fold(resolver->interner, name) == fold ||
        (label && sym_fold(resolver->interner, label) == fold)) {
        return true;
    }
    Items aliases = of->aliases_column == NO_COLUMN
                        ? (Items){0}
                        : inventory_items(resolver->inventory, kind, of->aliases_column, row);
    for (size_t i = 0; i < aliases.count; i++) {
        if (sym_fold(resolver->interner, (Sym)aliases.items[i].value) == fold) {
            return true;
        }
    }
    return false;
}

/* A name that several records answer to: each is shown. Nobody corrects an export by hand:
 * there it states nothing. */
static int64_t take_ambiguous(Resolver *resolver, KindId kind, Sym name, Loc loc) {
    const Table *table = &resolver->inventory->tables[kind];
    const Kind *of = schema_kind(resolver->inventory->schema, kind);
    Sym fold = sym_fold(resolver->interner, name);
    bool native = source_of(resolver->inventory->sources, loc.source)->native;
    Str text = sym_text(resolver->interner, name);
    Str kind_name = sym_text(resolver->interner, of->name);
    Diag *diag = native ? diag_error(resolver->diags, loc, "'%.*s' names several %.*s records",
                                     STR_ARG(text), STR_ARG(kind_name))
                        : diag_warning(resolver->diags, loc,
                                       "'%.*s' names several %.*s records: read as not stated",
                                       STR_ARG(text), STR_ARG(kind_name));
    if (native) {
        diag_help(resolver->diags, diag, "write the full name of the one that is meant");
    }
    size_t shown = diag && may_compare(resolver, table) ? 0 : MOST_CANDIDATES;
    for (size_t row = 0; row < table->count && shown < MOST_CANDIDATES; row++) {
        const Row *record = &table->rows[row];
        if ((record->flags & ROW_MERGED) || !record->name ||
            !answers_to(resolver, kind, (RowId)row, fold)) {
            continue;
        }
        Loc at = of->name_column == NO_COLUMN
                     ? (Loc){0}
                     : store_loc(&table->columns[of->name_column], (RowId)row);
        diag_place(resolver->diags, diag, at.source ? at : record->loc, "%.*s",
                   STR_ARG(sym_text(resolver->interner, record->name)));
        shown++;
    }
    return native ? REF_NONE : REF_UNKNOWN;
}

static int64_t resolve_in_kind(Resolver *resolver, KindId kind, Sym name, Loc loc) {
    RowId row;
    if (!find_row(resolver, kind, name, &row)) {
        return missing(resolver, kind, name, loc);
    }
    if (row == NO_ROW) {
        return take_ambiguous(resolver, kind, name, loc);
    }
    return target_pack(kind, row);
}

/* "kind:name", for references to any kind. */
static int64_t resolve_any(Resolver *resolver, Sym name, Loc loc) {
    Str text = sym_text(resolver->interner, name);
    size_t colon = str_find(text, ':', 0);
    KindId kind = colon == SIZE_MAX
                      ? (KindId)NO_KIND
                      : schema_find_kind(resolver->inventory->schema, str_slice(text, 0, colon));
    if (kind == NO_KIND) {
        Diag *diag = diag_error(resolver->diags, loc, "'%.*s' does not say of which kind it is",
                                STR_ARG(text));
        diag_help(resolver->diags, diag, "write kind:name, e.g. server:%.*s", STR_ARG(text));
        return REF_NONE;
    }
    return resolve_in_kind(resolver, kind,
                           intern(resolver->interner, str_slice(text, colon + 1, text.n)), loc);
}

static int64_t resolve(Resolver *resolver, const Field *field, int64_t cell, Loc loc) {
    if (cell == REF_NONE) {
        return REF_NONE;
    }
    return field->target == ANY_KIND ? resolve_any(resolver, (Sym)cell, loc)
                                     : resolve_in_kind(resolver, field->target, (Sym)cell, loc);
}

/* One record named twice in a list, by two of its names: an error inside one input, else once is
 * enough. */
static void drop_twice(Resolver *resolver, ColumnStore *store, RowId row, int64_t cell) {
    size_t count = list_count(cell);
    Item *items = list_items(store, cell);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const Item *first = NULL;
        for (size_t k = kept > MOST_COMPARED ? kept - MOST_COMPARED : 0; k < kept && !first; k++) {
            first =
                items[k].value == items[i].value && items[i].value != REF_NONE ? &items[k] : NULL;
        }
        if (!first) {
            items[kept++] = items[i];
        } else if (items[i].loc.source == first->loc.source &&
                   source_of(resolver->inventory->sources, first->loc.source)->native) {
            Diag *diag = diag_error(resolver->diags, items[i].loc, "this is listed twice");
            diag_place(resolver->diags, diag, first->loc, "the same by another name");
        }
    }
    if (kept < count) {
        Loc loc = store_loc(store, row);
        store_set(store, row, list_cell(list_start(cell), kept), loc);
    }
}

static void resolve_items(Resolver *resolver, const Field *field, KindId kind, ColumnId column,
                          RowId row, int64_t cell) {
    ColumnStore *store = &resolver->inventory->tables[kind].columns[column];
    Item *items = list_items(store, cell);
    bool told = true;
    for (size_t i = 0; i < list_count(cell); i++) {
        items[i].value = resolve(resolver, field, items[i].value, items[i].loc);
        told &= items[i].value != REF_UNKNOWN;
    }
    if (!told) { /* what is left would not be the whole list */
        store_unset(store, row);
    } else {
        drop_twice(resolver, store, row, cell);
    }
}

static void resolve_column(Resolver *resolver, KindId kind, ColumnId column) {
    Table *table = &resolver->inventory->tables[kind];
    const Field *field = schema_kind(resolver->inventory->schema, kind)->columns[column].field;
    for (size_t row = 0; row < table->count; row++) {
        int64_t cell;
        if ((table->rows[row].flags & ROW_MERGED) ||
            !store_get(&table->columns[column], (RowId)row, &cell)) {
            continue;
        }
        if (field->type != TYPE_REF) {
            resolve_items(resolver, field, kind, column, (RowId)row, cell);
            continue;
        }
        Loc loc = store_loc(&table->columns[column], (RowId)row);
        int64_t target = resolve(resolver, field, cell, loc);
        if (target == REF_UNKNOWN) {
            store_unset(&table->columns[column], (RowId)row);
        } else {
            store_set(&table->columns[column], (RowId)row, target, loc);
        }
    }
}

void inventory_resolve(Inventory *inventory, Diags *diags) {
    Resolver resolver = {
        .inventory = inventory, .diags = diags, .interner = inventory->schema->interner};
    const Schema *schema = inventory->schema;
    for (size_t k = 0; k < schema->kind_count; k++) {
        for (size_t c = 0; c < schema->kinds[k].column_count; c++) {
            if (field_holds_refs(schema->kinds[k].columns[c].field)) {
                resolve_column(&resolver, (KindId)k, (ColumnId)c);
            }
        }
    }
}
