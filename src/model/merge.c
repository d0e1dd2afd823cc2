/* Records of one identity become one, cell by cell (CONTRACTS.md section 4).
 *
 * Kinds are taken parents first, because a child's identity begins with its parent's. Within a kind
 * every record offers its identity tokens: the first key whose fields are all stated, and for keyed
 * names its aliases. Records that share a token are one (union-find, so that the order of the
 * inputs does not matter); the earliest is kept. The same key twice in one input is an error. */
#include <stdlib.h>
#include <string.h>

#include "model/store.h"
#include "model/value.h"

typedef struct Merger {
    Inventory *inventory;
    Diags *diags;
    const LoadOptions *options;
    Arena *scratch;
    KindId kind;
    const Kind *of;
    Table *table;
    RowId *leader; /* union-find parent, by row */
    NameIndex tokens;
} Merger;

static RowId find_leader(Merger *merger, RowId row) {
    while (merger->leader[row] != row) {
        merger->leader[row] = merger->leader[merger->leader[row]];
        row = merger->leader[row];
    }
    return row;
}

static Sym fold_cell(Merger *merger, const Field *field, int64_t cell) {
    Interner *interner = merger->inventory->schema->interner;
    bool text = field->type == TYPE_NAME || field->type == TYPE_STRING ||
                field->type == TYPE_VERSION || (field->type == TYPE_REF && cell != REF_NONE);
    if (text) {
        return sym_fold(interner, (Sym)cell);
    }
    return intern(interner, arena_printf(merger->scratch, "\x01%lld", (long long)cell));
}

/* One symbol for a key: the fold key itself for a plain name, else the parts joined. */
static Sym key_token(Merger *merger, RowId row, const Key *key) {
    Sym parts[MAX_KEY_FIELDS];
    for (size_t i = 0; i < key->count; i++) {
        int64_t cell;
        if (!store_get(&merger->table->columns[key->columns[i]], row, &cell)) {
            return 0;
        }
        parts[i] = fold_cell(merger, merger->of->columns[key->columns[i]].field, cell);
    }
    const Row *record = &merger->table->rows[row];
    bool list_child = record->parent != NO_ROW && record->position > 0;
    if (key->count == 1 && !list_child && key->columns[0] == merger->of->name_column) {
        return parts[0];
    }
    Buf buf;
    buf_init(&buf, 8192);
    buf_printf(&buf, "\x01%td", key - merger->of->keys);
    if (list_child) {
        buf_printf(&buf, "\x01%u.%u", record->parent, (unsigned)record->parent_column);
    }
    for (size_t i = 0; i < key->count; i++) {
        buf_addc(&buf, '\x01');
        buf_add(&buf, sym_text(merger->inventory->schema->interner, parts[i]));
    }
    Sym token = intern(merger->inventory->schema->interner, buf_str(&buf));
    buf_clear(&buf);
    return token;
}

static Loc key_loc(const Merger *merger, RowId row) {
    if (merger->of->key_count) {
        Loc loc = store_loc(&merger->table->columns[merger->of->keys[0].columns[0]], row);
        if (loc.source) {
            return loc;
        }
    }
    return merger->table->rows[row].loc;
}

static SourceId file_of(const Merger *merger, RowId row) {
    return source_of(merger->inventory->sources, merger->table->rows[row].source)->file;
}

/* A record as messages show it: its name, or the values of its key. */
static Str shown_key(Merger *merger, RowId row, const Key *key) {
    Buf buf;
    buf_init(&buf, 4096);
    for (size_t i = 0; i < key->count; i++) {
        const Field *field = merger->of->columns[key->columns[i]].field;
        int64_t cell;
        if (store_get(&merger->table->columns[key->columns[i]], row, &cell)) {
            buf_addz(&buf, buf.size ? " " : "");
            value_print(&buf, merger->inventory->schema->interner, field,
                        field->type == TYPE_REF ? TYPE_NAME : field->type, cell);
        }
    }
    Str text = arena_copy(merger->scratch, buf.size ? buf_str(&buf) : STR_NONE);
    buf_clear(&buf);
    return text;
}

static void complain_duplicate(Merger *merger, RowId row, RowId other, const Key *key) {
    Str shown = shown_key(merger, row, key);
    Str kind = sym_text(merger->inventory->schema->interner, merger->of->name);
    bool imported = !(merger->table->rows[row].flags & ROW_NATIVE);
    Diag *diag = imported
                     ? diag_warning(merger->diags, key_loc(merger, row),
                                    "%.*s '%.*s' stands here twice; the first is taken",
                                    STR_ARG(kind), STR_ARG(shown))
                     : diag_error(merger->diags, key_loc(merger, row),
                                  "%.*s '%.*s' is described twice", STR_ARG(kind), STR_ARG(shown));
    diag_place(merger->diags, diag, key_loc(merger, other), "first here");
}

/* `key` is NULL for an alias. */
static void offer(Merger *merger, RowId row, Sym token, const Key *key) {
    RowId other;
    if (!token || name_index_add(&merger->tokens, token, row, &other)) {
        return;
    }
    RowId a = find_leader(merger, other);
    RowId b = find_leader(merger, row);
    if (a == b) {
        return;
    }
    if (file_of(merger, other) == file_of(merger, row)) {
        if (key) {
            complain_duplicate(merger, row, other, key);
            merger->table->rows[row].flags |= ROW_MERGED;
        }
        return;
    }
    merger->leader[a < b ? b : a] = a < b ? a : b;
}

static void offer_row(Merger *merger, RowId row) {
    for (size_t k = 0; k < merger->of->key_count; k++) {
        Sym token = key_token(merger, row, &merger->of->keys[k]);
        if (token) {
            offer(merger, row, token, &merger->of->keys[k]);
            break;
        }
    }
    if (merger->of->aliases_column == NO_COLUMN) {
        return;
    }
    Items aliases =
        inventory_items(merger->inventory, merger->kind, merger->of->aliases_column, row);
    for (size_t i = 0; i < aliases.count; i++) {
        offer(merger, row,
              sym_fold(merger->inventory->schema->interner, (Sym)aliases.items[i].value), NULL);
    }
}

/* The only record of a child field merges with that of the parent's other statement. */
static void offer_single_children(Merger *merger) {
    size_t parents = merger->inventory->tables[merger->of->child_of].count;
    RowId *child_of = arena_array(merger->scratch, RowId, parents);
    memset(child_of, 0xFF, parents * sizeof *child_of);
    for (size_t row = 0; row < merger->table->count; row++) {
        Row *record = &merger->table->rows[row];
        if (record->flags & ROW_MERGED || record->parent == NO_ROW || record->position > 0) {
            continue;
        }
        RowId *first = &child_of[record->parent];
        if (*first == NO_ROW) {
            *first = (RowId)row;
        } else {
            RowId a = find_leader(merger, *first);
            RowId b = find_leader(merger, (RowId)row);
            merger->leader[a < b ? b : a] = a < b ? a : b;
        }
    }
}

/* ---- cells ---- */

static bool is_preferred(const Merger *merger, Loc loc) {
    return merger->options->prefer &&
           source_of(merger->inventory->sources, loc.source)->file == merger->options->prefer;
}

static bool is_native(const Merger *merger, Loc loc) {
    return source_of(merger->inventory->sources, loc.source)->native;
}

static bool values_equal(Merger *merger, const Field *field, int64_t a, int64_t b) {
    if (a == b) {
        return true;
    }
    Interner *interner = merger->inventory->schema->interner;
    switch (field->type) {
    case TYPE_NAME:
        return sym_fold(interner, (Sym)a) == sym_fold(interner, (Sym)b);
    case TYPE_REF:
        return a != REF_NONE && b != REF_NONE &&
               sym_fold(interner, (Sym)a) == sym_fold(interner, (Sym)b);
    case TYPE_VERSION:
        return version_cmp(sym_text(interner, (Sym)a), sym_text(interner, (Sym)b)) == 0;
    case TYPE_SIZE:
        return a >> 1 == b >> 1;
    default:
        return false;
    }
}

static void complain_conflict(Merger *merger, const Field *field, Loc a, Loc b, bool error) {
    Str name = sym_text(merger->inventory->schema->interner, field->name);
    Str kind = sym_text(merger->inventory->schema->interner, merger->of->name);
    Diag *diag = error ? diag_error(merger->diags, b, "%.*s of one %.*s is stated with two values",
                                    STR_ARG(name), STR_ARG(kind))
                       : diag_warning(merger->diags, b,
                                      "%.*s of one %.*s is stated with two values: taken as "
                                      "not stated",
                                      STR_ARG(name), STR_ARG(kind));
    diag_place(merger->diags, diag, a, "the other value");
    diag_help(merger->diags, diag,
              "correct one of them, or name the input to believe: --prefer FILE");
}

static void note_override(Merger *merger, const Field *field, Loc kept, Loc dropped) {
    Diag *diag = diag_note(merger->diags, dropped, "%.*s: another input's value is taken",
                           STR_ARG(sym_text(merger->inventory->schema->interner, field->name)));
    diag_place(merger->diags, diag, kept, "this one");
}

/* The record of a child field that counts as none. */
static void drop_child(Merger *merger, ColumnId column, RowId parent) {
    const Schema *schema = merger->inventory->schema;
    for (size_t k = 0; k < schema->kind_count; k++) {
        Table *children = &merger->inventory->tables[k];
        for (size_t row = 0; schema->kinds[k].child_of == merger->kind && row < children->count;
             row++) {
            Row *child = &children->rows[row];
            if (child->parent == parent && child->parent_column == column) {
                child->flags |= ROW_MERGED;
            }
        }
    }
}

static void merge_scalar(Merger *merger, ColumnId column, RowId into, RowId from) {
    ColumnStore *store = &merger->table->columns[column];
    const Field *field = merger->of->columns[column].field;
    int64_t a = 0;
    int64_t b = 0;
    store_get(store, into, &a);
    store_get(store, from, &b);
    Loc at = store_loc(store, into);
    Loc bt = store_loc(store, from);
    if (column == merger->of->name_column || values_equal(merger, field, a, b)) {
        return;
    }
    bool take_b = is_preferred(merger, bt) && !is_preferred(merger, at);
    bool take_a = is_preferred(merger, at) && !is_preferred(merger, bt);
    if (!take_a && !take_b && is_native(merger, at) != is_native(merger, bt)) {
        take_a = is_native(merger, at);
        take_b = !take_a;
    }
    if (take_b) {
        store_set(store, into, b, bt);
    }
    if (field->type == TYPE_CHILD && (take_b ? b : a) == 0) {
        drop_child(merger, column, take_b ? into : from);
    }
    if (take_a || take_b) {
        note_override(merger, field, take_a ? at : bt, take_a ? bt : at);
        return;
    }
    bool error = is_native(merger, at);
    complain_conflict(merger, field, at, bt, error);
    if (!error) {
        store_unset(store, into);
    }
}

static bool has_item(Merger *merger, const Field *field, Items items, int64_t value) {
    Field scalar = *field;
    scalar.type = field->item_type;
    for (size_t i = 0; i < items.count; i++) {
        if (values_equal(merger, &scalar, items.items[i].value, value)) {
            return true;
        }
    }
    return false;
}

static void merge_union(Merger *merger, ColumnId column, RowId into, RowId from) {
    const Field *field = merger->of->columns[column].field;
    ColumnStore *store = &merger->table->columns[column];
    Items a = inventory_items(merger->inventory, merger->kind, column, into);
    Items b = inventory_items(merger->inventory, merger->kind, column, from);
    size_t a_count = a.count;
    size_t b_count = b.count;
    Item *all = arena_array(merger->scratch, Item, a_count + b_count);
    if (a_count) {
        memcpy(all, a.items, a_count * sizeof *all);
    }
    size_t count = a_count;
    for (size_t i = 0; i < b_count; i++) {
        if (!has_item(merger, field, (Items){all, count}, b.items[i].value)) {
            all[count++] = b.items[i];
        }
    }
    size_t start = store->pool.count;
    for (size_t i = 0; i < count; i++) {
        pool_add(&store->pool, all[i]);
    }
    store_set(store, into, list_cell(start, count), store_loc(store, into));
}

static bool lists_equal(Merger *merger, ColumnId column, RowId a, RowId b) {
    const Field *field = merger->of->columns[column].field;
    Items x = inventory_items(merger->inventory, merger->kind, column, a);
    Items y = inventory_items(merger->inventory, merger->kind, column, b);
    Field scalar = *field;
    scalar.type = field->item_type;
    bool equal = x.count == y.count;
    for (size_t i = 0; equal && i < x.count; i++) {
        equal = values_equal(merger, &scalar, x.items[i].value, y.items[i].value);
    }
    return equal;
}

static void merge_list(Merger *merger, ColumnId column, RowId into, RowId from) {
    const Field *field = merger->of->columns[column].field;
    if (field->item_type == TYPE_CHILD) {
        return; /* the records themselves are moved */
    }
    if (field->set) {
        merge_union(merger, column, into, from);
    } else if (!lists_equal(merger, column, into, from)) {
        merge_scalar(merger, column, into, from);
    }
}

static void merge_rows(Merger *merger, RowId into, RowId from) {
    for (size_t c = 0; c < merger->of->column_count; c++) {
        ColumnStore *store = &merger->table->columns[c];
        int64_t a;
        int64_t b;
        if (!store_get(store, from, &b)) {
            continue;
        }
        if (!store_get(store, into, &a)) {
            store_set(store, into, b, store_loc(store, from));
        } else if (merger->of->columns[c].field->type == TYPE_LIST) {
            merge_list(merger, (ColumnId)c, into, from);
        } else {
            merge_scalar(merger, (ColumnId)c, into, from);
        }
    }
    Row *kept = &merger->table->rows[into];
    Row *gone = &merger->table->rows[from];
    if (gone->flags & ROW_NATIVE && !(kept->flags & ROW_NATIVE)) {
        kept->source = gone->source; /* the native input says when its facts were true */
        kept->loc = gone->loc;
    }
    if (kept->parent == NO_ROW) { /* a child that stood alone in one input */
        kept->parent = gone->parent;
        kept->parent_column = gone->parent_column;
    }
    kept->flags |= gone->flags & (ROW_NATIVE | ROW_IMPORT);
    gone->flags |= ROW_MERGED;
}

/* Children follow their parent into the record it became; positions continue. */
static void adopt_children(Merger *merger) {
    const Schema *schema = merger->inventory->schema;
    for (size_t k = 0; k < schema->kind_count; k++) {
        if (schema->kinds[k].child_of != merger->kind) {
            continue;
        }
        Table *children = &merger->inventory->tables[k];
        for (size_t row = 0; row < children->count; row++) {
            Row *child = &children->rows[row];
            if (child->parent == NO_ROW) {
                continue;
            }
            RowId parent = find_leader(merger, child->parent);
            bool orphan = merger->table->rows[parent].flags & ROW_MERGED;
            child->position += parent != child->parent && child->position ? 1u << 20 : 0;
            child->flags = (uint8_t)(child->flags | (orphan ? ROW_MERGED : 0));
            child->parent = parent;
        }
    }
}

static void merge_kind(Merger *merger) {
    size_t count = merger->table->count;
    ArenaMark mark = arena_mark(merger->scratch);
    merger->leader = arena_array(merger->scratch, RowId, count);
    for (size_t row = 0; row < count; row++) {
        merger->leader[row] = (RowId)row;
    }
    name_index_init(&merger->tokens, count);
    for (size_t row = 0; row < count; row++) {
        if (!(merger->table->rows[row].flags & ROW_MERGED)) {
            offer_row(merger, (RowId)row);
        }
    }
    name_index_clear(&merger->tokens);
    if (merger->of->child_of < ANY_KIND) {
        offer_single_children(merger);
    }
    for (size_t row = 0; row < count; row++) {
        RowId leader = find_leader(merger, (RowId)row);
        if (leader != row && !(merger->table->rows[row].flags & ROW_MERGED)) {
            merge_rows(merger, leader, (RowId)row);
        }
    }
    adopt_children(merger);
    arena_release(merger->scratch, mark);
}

/* Depth of a kind below its outermost parent. */
static size_t child_depth(const Schema *schema, KindId kind) {
    size_t depth = 0;
    for (KindId k = kind; schema->kinds[k].child_of < ANY_KIND && depth < schema->kind_count;
         k = schema->kinds[k].child_of) {
        depth++;
    }
    return depth;
}

void inventory_merge(Inventory *inventory, Diags *diags, const LoadOptions *options) {
    const Schema *schema = inventory->schema;
    Merger merger = {
        .inventory = inventory, .diags = diags, .options = options, .scratch = arena_open(0)};
    size_t merged = 0;
    for (size_t depth = 0; merged < schema->kind_count; depth++) {
        for (size_t k = 0; k < schema->kind_count; k++) {
            if (child_depth(schema, (KindId)k) != depth) {
                continue;
            }
            merged++;
            merger.kind = (KindId)k;
            merger.of = &schema->kinds[k];
            merger.table = &inventory->tables[k];
            if (merger.table->count && !merger.of->head) {
                merge_kind(&merger);
            }
        }
    }
    arena_close(merger.scratch);
}
