/* Which records are one (CONTRACTS.md sections 1 and 4).
 *
 * Within a kind every record offers its identity tokens: the first key whose fields are all stated,
 * and its aliases. Records that share a token are one (union-find, so that the order of the inputs
 * does not matter); the earliest is kept. The same key twice in one input is an error. */
#include "model/merge.h"

#include <string.h>

#include "base/buf.h"
#include "model/value.h"

static RowId find(RowId *leader, RowId row) {
    while (leader[row] != row) {
        leader[row] = leader[leader[row]];
        row = leader[row];
    }
    return row;
}

static RowId find_leader(const Merger *merger, RowId row) {
    return find(merger->groupings[merger->kind].leader, row);
}

RowId merge_leader(const Grouping *grouping, RowId row) {
    return find(grouping->leader, row);
}

RowId merge_find(const Merger *merger, KindId kind, Sym name) {
    const Grouping *grouping = &merger->groupings[kind];
    Sym fold = sym_fold(merger->interner, name);
    RowId row;
    if (name_index_find(&grouping->tokens, fold, &row)) {
        return merge_leader(grouping, row);
    }
    bool dotless = str_find(sym_text(merger->interner, name), '.', 0) == SIZE_MAX;
    bool found = dotless && name_index_find(&grouping->short_names, fold, &row);
    return found ? row : (RowId)NO_ROW;
}

/* References in keys are compared by the record that they name, where it is known by then. */
static Sym fold_cell(Merger *merger, const Field *field, int64_t cell) {
    bool ref = field->type == TYPE_REF && cell != REF_NONE;
    if (ref && field->target < ANY_KIND) {
        RowId row = merge_find(merger, field->target, (Sym)cell);
        if (row != NO_ROW) {
            return intern(merger->interner, arena_printf(merger->scratch, "\x01row %u", row));
        }
    }
    if (ref || field->type == TYPE_NAME || field->type == TYPE_STRING ||
        field->type == TYPE_VERSION) {
        return sym_fold(merger->interner, (Sym)cell);
    }
    return intern(merger->interner, arena_printf(merger->scratch, "\x01%lld", (long long)cell));
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
        buf_add(&buf, sym_text(merger->interner, parts[i]));
    }
    Sym token = intern(merger->interner, buf_str(&buf));
    buf_clear(&buf);
    return token;
}

Loc merge_key_loc(const Merger *merger, RowId row) {
    if (merger->of->key_count) {
        Loc loc = store_loc(&merger->table->columns[merger->of->keys[0].columns[0]], row);
        if (loc.source) {
            return loc;
        }
    }
    return merger->table->rows[row].loc;
}

SourceId merge_file(const Merger *merger, RowId row) {
    return source_of(merger->inventory->sources, merger->table->rows[row].source)->file;
}

/* The values of a key, if all are stated. */
static Str shown_key(Merger *merger, KindId kind, RowId row, const Key *key) {
    const Kind *of = schema_kind(merger->inventory->schema, kind);
    Buf buf;
    buf_init(&buf, LIMIT_LABEL_BYTES);
    for (size_t i = 0; i < key->count; i++) {
        int64_t cell;
        if (!store_get(&merger->inventory->tables[kind].columns[key->columns[i]], row, &cell)) {
            buf_cut(&buf, 0);
            break;
        }
        const Field *field = of->columns[key->columns[i]].field;
        buf_addz(&buf, buf.size ? " " : "");
        if (field->type != TYPE_REF || cell != REF_NONE) {
            value_print(&buf, merger->interner, field, field->type, cell);
        }
    }
    Str text = arena_copy(merger->diags->arena, buf.size ? buf_str(&buf) : STR_NONE);
    buf_clear(&buf);
    return text;
}

/* The key that is the name alone, else the first. */
static const Key *name_key(const Kind *kind) {
    for (size_t k = 0; k < kind->key_count; k++) {
        if (kind->keys[k].count == 1 && kind->keys[k].columns[0] == kind->name_column) {
            return &kind->keys[k];
        }
    }
    return &kind->keys[0];
}

Str merge_shown(Merger *merger, KindId kind, RowId row) {
    const Kind *of = schema_kind(merger->inventory->schema, kind);
    const Table *table = &merger->inventory->tables[kind];
    Str name = sym_text(merger->interner, of->name);
    RowId parent = table->rows[row].parent;
    Str below = parent == NO_ROW ? STR_NONE : merge_shown(merger, of->child_of, parent);
    for (size_t k = 0; k <= of->key_count && of->key_count; k++) {
        Str shown = shown_key(merger, kind, row, k ? &of->keys[k - 1] : name_key(of));
        if (shown.n) {
            return arena_printf(merger->diags->arena, "%.*s '%.*s'%s%.*s", STR_ARG(name),
                                STR_ARG(shown), below.n ? " of " : "", STR_ARG(below));
        }
    }
    return arena_printf(merger->diags->arena, "%.*s%s%.*s", STR_ARG(name), below.n ? " of " : "",
                        STR_ARG(below));
}

static void complain_duplicate(Merger *merger, RowId row, RowId other) {
    Str shown = merge_shown(merger, merger->kind, row);
    bool imported = !(merger->table->rows[row].flags & ROW_NATIVE);
    Diag *diag = imported
                     ? diag_warning(merger->diags, merge_key_loc(merger, row),
                                    "%.*s stands here twice; the first is taken", STR_ARG(shown))
                     : diag_error(merger->diags, merge_key_loc(merger, row),
                                  "%.*s is described twice", STR_ARG(shown));
    diag_place(merger->diags, diag, merge_key_loc(merger, other), "first here");
}

/* An alias that another record of the same input has as its name, or alias. */
static void complain_alias(Merger *merger, RowId row, RowId other, const Item *alias) {
    if (!(merger->table->rows[row].flags & ROW_NATIVE)) {
        return; /* exports repeat names; whoever refers to one is told */
    }
    Diag *diag = diag_error(merger->diags, alias->loc, "'%.*s' is a name of another %.*s",
                            STR_ARG(sym_text(merger->interner, (Sym)alias->value)),
                            STR_ARG(sym_text(merger->interner, merger->of->name)));
    diag_place(merger->diags, diag, merge_key_loc(merger, other), "this one");
}

static void join(Merger *merger, RowId a, RowId b) {
    RowId *leader = merger->groupings[merger->kind].leader;
    leader[a < b ? b : a] = a < b ? a : b;
}

/* `alias` is NULL for a key. */
static void offer(Merger *merger, RowId row, Sym token, const Item *alias) {
    RowId other;
    if (!token || name_index_add(&merger->groupings[merger->kind].tokens, token, row, &other)) {
        return;
    }
    RowId a = find_leader(merger, other);
    RowId b = find_leader(merger, row);
    if (a == b) {
        return;
    }
    if (merge_file(merger, other) != merge_file(merger, row)) {
        join(merger, a, b);
    } else if (alias) {
        complain_alias(merger, row, other, alias);
    } else {
        complain_duplicate(merger, row, other);
        merger->table->rows[row].flags |= ROW_MERGED;
    }
}

static void offer_key(Merger *merger, RowId row) {
    Sym token = 0;
    for (size_t k = 0; k < merger->of->key_count && !token; k++) {
        token = key_token(merger, row, &merger->of->keys[k]);
    }
    offer(merger, row, token, NULL);
}

static void offer_aliases(Merger *merger, RowId row) {
    Items aliases =
        inventory_items(merger->inventory, merger->kind, merger->of->aliases_column, row);
    for (size_t i = 0; i < aliases.count; i++) {
        offer(merger, row, sym_fold(merger->interner, (Sym)aliases.items[i].value),
              &aliases.items[i]);
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
            join(merger, find_leader(merger, *first), find_leader(merger, (RowId)row));
        }
    }
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

static void index_short_names(Merger *merger) {
    Grouping *grouping = &merger->groupings[merger->kind];
    const ColumnStore *names = &merger->table->columns[merger->of->name_column];
    name_index_init(&grouping->short_names, merger->table->count);
    for (size_t row = 0; row < merger->table->count; row++) {
        int64_t name;
        if (!(merger->table->rows[row].flags & ROW_MERGED) && store_get(names, (RowId)row, &name)) {
            Sym label = name_first_label(merger->interner, (Sym)name);
            if (label) {
                name_index_share(&grouping->short_names, sym_fold(merger->interner, label),
                                 find_leader(merger, (RowId)row));
            }
        }
    }
}

void merge_group(Merger *merger) {
    Grouping *grouping = &merger->groupings[merger->kind];
    size_t count = merger->table->count;
    grouping->leader = arena_array(merger->scratch, RowId, count);
    for (size_t row = 0; row < count; row++) {
        grouping->leader[row] = (RowId)row;
    }
    name_index_init(&grouping->tokens, count);
    for (size_t row = 0; row < count; row++) {
        if (!(merger->table->rows[row].flags & ROW_MERGED)) {
            offer_key(merger, (RowId)row);
        }
    }
    for (size_t row = 0; merger->of->aliases_column != NO_COLUMN && row < count; row++) {
        if (!(merger->table->rows[row].flags & ROW_MERGED)) {
            offer_aliases(merger, (RowId)row);
        }
    }
    if (merger->of->child_of < ANY_KIND) {
        offer_single_children(merger);
    }
    adopt_children(merger);
    if (merger->of->host_names && merger->of->name_column != NO_COLUMN) {
        index_short_names(merger);
    }
}
