/* Records of one identity become one (CONTRACTS.md section 4).
 *
 * Kinds are taken parents first, because a child's identity begins with its parent's. When all
 * kinds are grouped, references can be compared by what they name, and the cells are merged. */
#include "model/merge.h"

#include <string.h>

static RowId leader_of(const Merger *merger, RowId row) {
    return merge_leader(&merger->groupings[merger->kind], row);
}

/* Two records of one input that another input's names make one. */
static bool check_inputs(Merger *merger, const RowId *rows, size_t count) {
    for (size_t i = 1; i < count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (merge_file(merger, rows[i]) == merge_file(merger, rows[k])) {
                Diag *diag = diag_error(merger->diags, merge_key_loc(merger, rows[i]),
                                        "%.*s and %.*s are two here, but one by "
                                        "the names of another input",
                                        STR_ARG(merge_shown(merger, merger->kind, rows[k])),
                                        STR_ARG(merge_shown(merger, merger->kind, rows[i])));
                diag_place(merger->diags, diag, merge_key_loc(merger, rows[k]), "the other one");
                for (size_t j = 0; j < count; j++) {
                    if (merge_file(merger, rows[j]) != merge_file(merger, rows[i])) {
                        diag_place(merger->diags, diag, merge_key_loc(merger, rows[j]), "one here");
                    }
                }
                return false;
            }
        }
    }
    return true;
}

/* A field left out of a native input counts as none, unless that input says that it is partial;
 * here it is enough that one says so. */
static void settle_absence(Merger *merger, const RowId *rows, size_t count) {
    for (size_t c = 0; c < merger->of->column_count; c++) {
        ColumnStore *store = &merger->table->columns[c];
        int64_t cell;
        bool open = merger->of->columns[c].field->absent_none && !store_get(store, rows[0], &cell);
        for (size_t i = 0; open && i < count; i++) {
            const Row *row = &merger->table->rows[rows[i]];
            if ((row->flags & ROW_NATIVE) &&
                !inventory_is_partial(merger->inventory, row->source, merger->kind, (ColumnId)c)) {
                store_set(store, rows[0], 0, merge_key_loc(merger, rows[i]));
                open = false;
            }
        }
    }
}

static void merge_rows(Merger *merger, const RowId *rows, size_t count) {
    if (!check_inputs(merger, rows, count)) {
        return;
    }
    merge_cells(merger, rows, count);
    settle_absence(merger, rows, count);
    Row *kept = &merger->table->rows[rows[0]];
    for (size_t i = 1; i < count; i++) {
        Row *gone = &merger->table->rows[rows[i]];
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
}

/* The rows of each record in a chain: next[row] is the record's next row. */
static void merge_groups(Merger *merger) {
    size_t count = merger->table->count;
    RowId *next = arena_array(merger->scratch, RowId, count);
    RowId *last = arena_array(merger->scratch, RowId, count);
    VEC(RowId) rows = {0};
    memset(next, 0xFF, count * sizeof *next);
    for (size_t row = 0; row < count; row++) {
        RowId leader = leader_of(merger, (RowId)row);
        last[row] = (RowId)row;
        if (leader != row && !(merger->table->rows[row].flags & ROW_MERGED)) {
            next[last[leader]] = (RowId)row;
            last[leader] = (RowId)row;
        }
    }
    for (size_t row = 0; row < count; row++) {
        if (next[row] == NO_ROW || leader_of(merger, (RowId)row) != row) {
            continue;
        }
        rows.count = 0;
        for (RowId member = (RowId)row; member != NO_ROW; member = next[member]) {
            vec_push(merger->scratch, &rows, member);
        }
        merge_rows(merger, rows.items, rows.count);
    }
}

static bool has_groups(const Merger *merger) {
    const RowId *leader = merger->groupings[merger->kind].leader;
    for (size_t row = 0; row < merger->table->count; row++) {
        if (leader[row] != row) {
            return true;
        }
    }
    return false;
}

/* Child records of fields that came out as none, or unknown. */
static void drop_children(Merger *merger) {
    const Schema *schema = merger->inventory->schema;
    for (size_t k = 0; k < schema->kind_count; k++) {
        Table *children = &merger->inventory->tables[k];
        for (size_t row = 0; schema->kinds[k].child_of == merger->kind && row < children->count;
             row++) {
            Row *child = &children->rows[row];
            for (size_t i = 0; i < merger->childless.count; i++) {
                if (child->parent == merger->childless.items[i].parent &&
                    child->parent_column == merger->childless.items[i].column) {
                    child->flags |= ROW_MERGED;
                }
            }
        }
    }
    merger->childless.count = 0;
}

static void merge_kind(Merger *merger) {
    if (has_groups(merger)) {
        merge_groups(merger);
    }
    if (merger->childless.count) {
        drop_children(merger);
    }
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

/* Each kind with records, parents before children. */
static void each_kind(Merger *merger, void (*step)(Merger *merger)) {
    const Schema *schema = merger->inventory->schema;
    size_t done = 0;
    for (size_t depth = 0; done < schema->kind_count; depth++) {
        for (size_t k = 0; k < schema->kind_count; k++) {
            if (child_depth(schema, (KindId)k) != depth) {
                continue;
            }
            done++;
            merger->kind = (KindId)k;
            merger->of = &schema->kinds[k];
            merger->table = &merger->inventory->tables[k];
            if (merger->table->count && !merger->of->head) {
                step(merger);
            }
        }
    }
}

void inventory_merge(Inventory *inventory, Diags *diags, const LoadOptions *options) {
    Merger merger = {.inventory = inventory,
                     .diags = diags,
                     .options = options,
                     .interner = inventory->schema->interner,
                     .scratch = arena_open(0)};
    size_t count = inventory->schema->kind_count;
    merger.groupings = arena_array(merger.scratch, Grouping, count);
    each_kind(&merger, merge_group);
    each_kind(&merger, merge_kind);
    for (size_t k = 0; k < count; k++) {
        name_index_clear(&merger.groupings[k].tokens);
        name_index_clear(&merger.groupings[k].short_names);
    }
    arena_close(merger.scratch);
}
