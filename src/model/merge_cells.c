/* The cells of records that are one (CONTRACTS.md section 4): what all state is taken, sets are
 * united, a conflict is an error between native inputs, a native input wins over an import, and
 * what imports state differently is not stated. All statements of a cell are weighed together, so
 * that the order of the inputs does not matter. */
#include <string.h>

#include "base/buf.h"
#include "model/merge.h"
#include "model/value.h"

typedef struct Statement {
    int64_t cell;
    Loc loc;
} Statement;

enum { LIMIT_SHOWN = 80 };

static bool is_preferred(const Merger *merger, Loc loc) {
    return merger->options->prefer &&
           source_of(merger->inventory->sources, loc.source)->file == merger->options->prefer;
}

static bool is_native(const Merger *merger, Loc loc) {
    return source_of(merger->inventory->sources, loc.source)->native;
}

/* Of names that nobody describes. */
static bool is_short_for(const Merger *merger, Sym name, Sym full) {
    Sym label = name_first_label(merger->interner, full);
    return label && sym_fold(merger->interner, label) == sym_fold(merger->interner, name);
}

static bool same_ref(const Merger *merger, KindId target, Sym a, Sym b) {
    if (sym_fold(merger->interner, a) == sym_fold(merger->interner, b)) {
        return true;
    }
    if (target >= ANY_KIND) {
        return false;
    }
    RowId x = merge_find(merger, target, a);
    RowId y = merge_find(merger, target, b);
    if (x != NO_ROW || y != NO_ROW) {
        return x == y;
    }
    bool may_be_short = schema_kind(merger->inventory->schema, target)->host_names;
    return may_be_short && (is_short_for(merger, a, b) || is_short_for(merger, b, a));
}

bool merge_equal(const Merger *merger, const Field *field, FieldType type, int64_t a, int64_t b) {
    if (a == b) {
        return true;
    }
    switch (type) {
    case TYPE_NAME:
        return sym_fold(merger->interner, (Sym)a) == sym_fold(merger->interner, (Sym)b);
    case TYPE_REF:
        return a != REF_NONE && b != REF_NONE && same_ref(merger, field->target, (Sym)a, (Sym)b);
    case TYPE_VERSION:
        return version_cmp(sym_text(merger->interner, (Sym)a),
                           sym_text(merger->interner, (Sym)b)) == 0;
    case TYPE_SIZE:
        return a >> 1 == b >> 1;
    default:
        return false;
    }
}

static const Item *items_of(const Merger *merger, ColumnId column, int64_t cell) {
    return list_items(&merger->table->columns[column], cell);
}

static bool has_item(const Merger *merger, const Field *field, const Item *items, size_t count,
                     int64_t value) {
    for (size_t i = 0; i < count; i++) {
        if (merge_equal(merger, field, field->item_type, items[i].value, value)) {
            return true;
        }
    }
    return false;
}

static bool cells_equal(const Merger *merger, ColumnId column, int64_t a, int64_t b) {
    const Field *field = merger->of->columns[column].field;
    if (field->type != TYPE_LIST) {
        return merge_equal(merger, field, field->type, a, b);
    }
    bool equal = list_count(a) == list_count(b);
    const Item *x = items_of(merger, column, a);
    const Item *y = items_of(merger, column, b);
    for (size_t i = 0; equal && i < list_count(a); i++) {
        equal = merge_equal(merger, field, field->item_type, x[i].value, y[i].value);
    }
    return equal;
}

/* ---- messages ---- */

static void print_scalar(const Merger *merger, const Field *field, FieldType type, int64_t cell,
                         Buf *out) {
    if (type == TYPE_REF && cell == REF_NONE) {
        buf_addz(out, "none");
    } else if (type == TYPE_CHILD || type == TYPE_GROUP) {
        buf_addz(out, cell ? type == TYPE_CHILD ? "a record" : "a group" : "none");
    } else {
        value_print(out, merger->interner, field, type, cell);
    }
}

static Str shown_cell(const Merger *merger, ColumnId column, int64_t cell) {
    const Field *field = merger->of->columns[column].field;
    Buf buf;
    buf_init(&buf, LIMIT_SHOWN);
    if (field->type == TYPE_LIST) {
        for (size_t i = 0; i < list_count(cell); i++) {
            buf_addz(&buf, i ? ", " : "[");
            print_scalar(merger, field, field->item_type, items_of(merger, column, cell)[i].value,
                         &buf);
        }
        buf_addz(&buf, list_count(cell) ? "]" : "[]");
    } else {
        print_scalar(merger, field, field->type, cell, &buf);
    }
    Str text = arena_printf(merger->diags->arena, "%.*s%s", STR_ARG(buf_str(&buf)),
                            buf.truncated ? "..." : "");
    buf_clear(&buf);
    return text;
}

static Diag *complain_conflict(Merger *merger, ColumnId column, RowId row, const Statement *a,
                               const Statement *b) {
    Str name = sym_text(merger->interner, merger->of->columns[column].name);
    Str record = merge_shown(merger, merger->kind, row);
    Str x = shown_cell(merger, column, a->cell);
    Str y = shown_cell(merger, column, b->cell);
    bool error = is_native(merger, a->loc);
    Diag *diag =
        error ? diag_error(merger->diags, b->loc, "%.*s of %.*s is stated as %.*s and as %.*s",
                           STR_ARG(name), STR_ARG(record), STR_ARG(x), STR_ARG(y))
              : diag_warning(merger->diags, b->loc,
                             "%.*s of %.*s is stated as %.*s and as %.*s: taken as not stated",
                             STR_ARG(name), STR_ARG(record), STR_ARG(x), STR_ARG(y));
    diag_place(merger->diags, diag, a->loc, "the other value");
    diag_help(merger->diags, diag, "%s--prefer FILE names the input to believe",
              error ? "correct one of them; " : "");
    return diag;
}

static void note_override(Merger *merger, ColumnId column, RowId row, const Statement *kept,
                          const Statement *dropped) {
    Str name = sym_text(merger->interner, merger->of->columns[column].name);
    Str record = merge_shown(merger, merger->kind, row);
    Diag *diag =
        diag_note(merger->diags, dropped->loc, "%.*s of %.*s is taken as %.*s, not as %.*s",
                  STR_ARG(name), STR_ARG(record), STR_ARG(shown_cell(merger, column, kept->cell)),
                  STR_ARG(shown_cell(merger, column, dropped->cell)));
    diag_place(merger->diags, diag, kept->loc, "this is taken");
}

/* ---- settling ---- */

/* The first statement of the input to believe, else of a native input, else of an import. */
static size_t pick(const Merger *merger, const Statement *all, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (is_preferred(merger, all[i].loc)) {
            return i;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (is_native(merger, all[i].loc)) {
            return i;
        }
    }
    return 0;
}

/* What is none has no fields and no record. */
static void drop_below(Merger *merger, const Field *field, RowId into) {
    if (field->type == TYPE_CHILD) {
        struct Childless entry = {into, field->column};
        vec_push(merger->scratch, &merger->childless, entry);
    }
    for (size_t i = 0; field->type == TYPE_GROUP && i < field->field_count; i++) {
        const Field *below = &field->fields[i];
        if (below->column != NO_COLUMN) {
            store_unset(&merger->table->columns[below->column], into);
        }
        if (below->type == TYPE_GROUP) {
            drop_below(merger, below, into);
        }
    }
}

static void settle(Merger *merger, ColumnId column, RowId into, const Statement *all,
                   size_t count) {
    const Field *field = merger->of->columns[column].field;
    const Statement *taken = &all[pick(merger, all, count)];
    const Statement *first = taken;
    const Statement *against = NULL; /* another import's */
    for (size_t i = 0; i < count; i++) {
        const Statement *other = &all[i];
        if (cells_equal(merger, column, taken->cell, other->cell)) {
            first = other < first ? other : first;
        } else if (is_preferred(merger, taken->loc) ||
                   is_native(merger, taken->loc) != is_native(merger, other->loc)) {
            note_override(merger, column, into, taken, other);
        } else if (is_native(merger, taken->loc) || !against) {
            complain_conflict(merger, column, into, taken, other);
            against = is_native(merger, taken->loc) ? NULL : other;
        }
    }
    ColumnStore *store = &merger->table->columns[column];
    if (against) {
        store_unset(store, into);
    } else {
        store_set(store, into, taken->cell, first->loc);
    }
    bool structure = field->type == TYPE_CHILD || field->type == TYPE_GROUP;
    if (structure && (against || !taken->cell)) {
        drop_below(merger, field, into);
    }
}

static void unite(Merger *merger, ColumnId column, RowId into, const Statement *all, size_t count) {
    const Field *field = merger->of->columns[column].field;
    ColumnStore *store = &merger->table->columns[column];
    size_t most = 0;
    for (size_t i = 0; i < count; i++) {
        most += list_count(all[i].cell);
    }
    Item *items = arena_array(merger->scratch, Item, most);
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        const Item *from = items_of(merger, column, all[i].cell);
        for (size_t k = 0; k < list_count(all[i].cell); k++) {
            if (!has_item(merger, field, items, n, from[k].value)) {
                items[n++] = from[k];
            }
        }
    }
    size_t start = store->pool.count;
    for (size_t i = 0; i < n; i++) {
        pool_add(&store->pool, items[i]);
    }
    store_set(store, into, list_cell(start, n), all[0].loc);
}

/* The first name is displayed; the others, if they are not spellings of it, become aliases. */
static void keep_names(Merger *merger, RowId into, const Statement *all, size_t count) {
    store_set(&merger->table->columns[merger->of->name_column], into, all[0].cell, all[0].loc);
    if (merger->of->aliases_column == NO_COLUMN) {
        return;
    }
    for (size_t i = 1; i < count; i++) {
        Str name = sym_text(merger->interner, (Sym)all[i].cell);
        bool same = sym_fold(merger->interner, (Sym)all[i].cell) ==
                    sym_fold(merger->interner, (Sym)all[0].cell);
        Str expected;
        if (!same && !inventory_has_item(merger->inventory, merger->kind,
                                         merger->of->aliases_column, into, name)) {
            inventory_set_text(merger->inventory, merger->kind, merger->of->aliases_column, into,
                               name, all[i].loc, &expected);
        }
    }
}

/* An alias that is the name itself says nothing. */
static void drop_own_name(Merger *merger, RowId row) {
    int64_t name, cell;
    ColumnId column = merger->of->aliases_column;
    if (column == NO_COLUMN || merger->of->name_column == NO_COLUMN ||
        !store_get(&merger->table->columns[column], row, &cell) ||
        !store_get(&merger->table->columns[merger->of->name_column], row, &name)) {
        return;
    }
    Item *items = list_items(&merger->table->columns[column], cell);
    size_t kept = 0;
    for (size_t i = 0; i < list_count(cell); i++) {
        if (sym_fold(merger->interner, (Sym)items[i].value) !=
            sym_fold(merger->interner, (Sym)name)) {
            items[kept++] = items[i];
        }
    }
    store_set(&merger->table->columns[column], row, list_cell(list_start(cell), kept),
              store_loc(&merger->table->columns[column], row));
}

static bool states_preferred(const Merger *merger, const Statement *all, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (is_preferred(merger, all[i].loc)) {
            return true;
        }
    }
    return false;
}

/* Sets are united, but what the input to believe refers to is taken alone: so it can say that
 * something is not there any more. Names and roles are only ever added. */
static bool is_united(const Merger *merger, const Field *field, const Statement *all,
                      size_t count) {
    return field->type == TYPE_LIST && field->set &&
           !(field->item_type == TYPE_REF && states_preferred(merger, all, count));
}

static void merge_column(Merger *merger, ColumnId column, RowId into, const Statement *all,
                         size_t count) {
    const Field *field = merger->of->columns[column].field;
    if (count == 1) {
        store_set(&merger->table->columns[column], into, all[0].cell, all[0].loc);
    } else if (is_united(merger, field, all, count)) {
        unite(merger, column, into, all, count);
    } else if (field->type != TYPE_LIST || field->item_type != TYPE_CHILD) {
        settle(merger, column, into, all, count); /* child records are merged as records */
    }
}

static size_t collect(const Merger *merger, ColumnId column, const RowId *rows, size_t count,
                      Statement *ret_all) {
    const ColumnStore *store = &merger->table->columns[column];
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (store_get(store, rows[i], &ret_all[n].cell)) {
            ret_all[n++].loc = store_loc(store, rows[i]);
        }
    }
    return n;
}

void merge_cells(Merger *merger, const RowId *rows, size_t count) {
    ArenaMark mark = arena_mark(merger->scratch);
    Statement *all = arena_array(merger->scratch, Statement, count);
    ColumnId name = merger->of->name_column;
    for (size_t c = 0; c < merger->of->column_count; c++) {
        size_t n = c == name ? 0 : collect(merger, (ColumnId)c, rows, count, all);
        if (n) {
            merge_column(merger, (ColumnId)c, rows[0], all, n);
        }
    }
    size_t names = name == NO_COLUMN ? 0 : collect(merger, name, rows, count, all);
    if (names) {
        keep_names(merger, rows[0], all, names);
    }
    drop_own_name(merger, rows[0]);
    if (!merger->childless.count) {
        arena_release(merger->scratch, mark);
    }
}
