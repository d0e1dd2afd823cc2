/* From loaded records to the inventory that is queried: the steps, in their order. */
#include "base/platform.h"
#include "model/store.h"
#include "model/value.h"

/* The row of the head that decides: of the input to believe, else the first that states the column.
 */
static RowId deciding_row(const Table *table, ColumnId column, SourceId prefer) {
    RowId first = NO_ROW;
    for (size_t row = 0; row < table->count; row++) {
        int64_t cell;
        if (store_get(&table->columns[column], (RowId)row, &cell)) {
            first = first == NO_ROW ? (RowId)row : first;
            if (table->rows[row].source == prefer) {
                return (RowId)row;
            }
        }
    }
    return first;
}

/* What all native inputs must agree on, unless one of them is to be believed. */
static void settle_availability(Inventory *inventory, Diags *diags, const LoadOptions *options) {
    InventoryHead *head = &inventory->head;
    const Table *table = &inventory->tables[inventory->head_kind];
    const Kind *of = schema_kind(inventory->schema, inventory->head_kind);
    ColumnId column = kind_find_column(of, inventory->schema->interner, STR("availability"));
    RowId taken =
        column == NO_COLUMN ? (RowId)NO_ROW : deciding_row(table, column, options->prefer);
    int64_t value;
    if (taken == NO_ROW || !store_get(&table->columns[column], taken, &value)) {
        return;
    }
    head->availability = of->columns[column].field->values[value].name;
    head->availability_loc = store_loc(&table->columns[column], taken);
    bool believed = options->prefer && table->rows[taken].source == options->prefer;
    for (size_t row = 0; row < table->count && !believed; row++) {
        int64_t cell;
        if (store_get(&table->columns[column], (RowId)row, &cell) && cell != value) {
            Diag *diag = diag_error(diags, store_loc(&table->columns[column], (RowId)row),
                                    "availability is stated with two values");
            diag_place(diags, diag, head->availability_loc, "the other value");
            diag_help(diags, diag, "correct one of them; --prefer FILE names the input to believe");
        }
    }
    store_set(&table->columns[column], 0, value, head->availability_loc); /* what is written */
}

static void set_head(Inventory *inventory, const LoadOptions *options) {
    InventoryHead *head = &inventory->head;
    const Table *table = &inventory->tables[inventory->head_kind];
    const Kind *of = schema_kind(inventory->schema, inventory->head_kind);
    head->as_of_given = options->as_of.n > 0;
    head->as_of = options->as_of;
    for (size_t row = 0; row < table->count; row++) {
        int64_t cell;
        Str as_of = source_of(inventory->sources, table->rows[row].source)->as_of;
        if (!head->name.n && of->name_column != NO_COLUMN &&
            store_get(&table->columns[of->name_column], (RowId)row, &cell)) {
            head->name = sym_text(inventory->schema->interner, (Sym)cell);
        }
        head->as_of = head->as_of.n ? head->as_of : as_of;
    }
    for (size_t i = 1; i < inventory->sources->count && !head->as_of.n; i++) {
        head->as_of = inventory->sources->items[i].as_of; /* an import's export date */
    }
    if (!head->as_of.n) {
        head->as_of = clock_today(inventory->arena);
    }
}

void inventory_each_kind(const Inventory *inventory, ParallelWork *work, void *context) {
    enum { RECORDS_FOR_THREADS = 10000 };
    int threads = inventory->record_count < RECORDS_FOR_THREADS ? 1 : processor_count();
    parallel_run(threads, inventory->schema->kind_count, work, context);
}

const KindId *inventory_parents_first(const Inventory *inventory, Arena *scratch) {
    const Schema *schema = inventory->schema;
    KindId *kinds = arena_array(scratch, KindId, schema->kind_count);
    bool *listed = arena_array(scratch, bool, schema->kind_count);
    for (size_t count = 0; count < schema->kind_count;) {
        for (size_t k = 0; k < schema->kind_count; k++) {
            KindId parent = schema->kinds[k].child_of;
            if (!listed[k] && (parent >= ANY_KIND || listed[parent] || parent == k)) {
                kinds[count++] = (KindId)k;
                listed[k] = true;
            }
        }
    }
    return kinds;
}

static void name_all(Inventory *inventory, const KindId *kinds) {
    for (size_t i = 0; i < inventory->schema->kind_count; i++) {
        inventory_name_rows(inventory, kinds[i]);
        inventory_index_names(inventory, kinds[i]);
    }
}

static bool has_records(const Inventory *inventory) {
    for (size_t k = 0; k < inventory->schema->kind_count; k++) {
        if (inventory->tables[k].count && k != inventory->head_kind) {
            return true;
        }
    }
    return false;
}

bool inventory_finish(Inventory *inventory, Diags *diags, const LoadOptions *options) {
    size_t errors = diags->errors;
    Arena *scratch = arena_open(0);
    RowId **places = arena_array(scratch, RowId *, inventory->schema->kind_count);
    inventory_merge(inventory, diags, options);
    inventory_find_complete(inventory);
    inventory_find_complete_children(inventory);
    name_all(inventory, inventory_parents_first(inventory, scratch));
    inventory_resolve(inventory, diags);
    inventory_order(inventory, places, scratch);
    set_head(inventory, options);
    settle_availability(inventory, diags, options);
    inventory_settle_absence(inventory);
    inventory_index(inventory, places);
    if (!has_records(inventory) && !diags->errors) {
        Loc start = {.source = inventory->sources->count > 1 ? 1 : 0, .line = 1, .column = 1};
        for (size_t i = 1; i < inventory->sources->count; i++) {
            if (inventory->sources->items[i].origin == ORIGIN_INPUT) {
                start.source = (SourceId)i;
                break;
            }
        }
        diag_error(diags, start, "no records: there is nothing to check");
    }
    arena_close(scratch);
    return diags->errors == errors;
}
