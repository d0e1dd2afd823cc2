#include "rule/mechanisms.h"

#include <stdlib.h>

#include "rule/pool.h"
#include "rule/table_new.h"

static const MemColumn mechanism_columns[] = {
    {"mechanism", MEM_TEXT, "Id of the mechanism.", true, NULL},
    {"title", MEM_TEXT, "What people call it.", false, NULL},
    {"acts", MEM_TEXT, "Verb for messages: restarts, activates ...", false, NULL},
    {"layer", MEM_INT,
     "Layer it acts in: 1 storage, 2 network, 3 host, 4 virtual machine, 5 guest cluster, 6 "
     "application "
     "data, 7 client entry, 8 site.",
     false, NULL},
    {"subject", MEM_TEXT, "What it acts on, in one word of the pack's.", false, NULL},
    {"action", MEM_TEXT, "What it does: restart, move-live, promote ...", false, NULL},
    {"state", MEM_TEXT, "What becomes of the workload's state: cold, live, saved ...", false, NULL},
    {"authority", MEM_TEXT, "The decision that it takes.", false, NULL},
    {"arbiter", MEM_TEXT, "Who settles it if several could act.", false, NULL},
    {"automatic", MEM_INT, "1 if nobody has to press a button.", false, NULL},
    {"detect_min", MEM_INT, "Seconds until it notices, least.", false, NULL},
    {"detect_max", MEM_INT, "Seconds until it notices, most.", false, NULL},
    {"act_min", MEM_INT, "Seconds it needs to act, least.", false, NULL},
    {"act_max", MEM_INT, "Seconds it needs to act, most.", false, NULL},
    {"unverified", MEM_TEXT, "What of it no source confirms: detect_s, act_s ...", false, NULL},
};

static const MemColumn trigger_columns[] = {
    {"mechanism", MEM_TEXT, "Id of the mechanism.", true, NULL},
    {"trigger", MEM_TEXT, "An event that it reacts to.", true, NULL},
};

static const MemColumn protection_columns[] = {
    {"mechanism", MEM_TEXT, "Id of the mechanism.", true, NULL},
    {"subject", MEM_ENTITY, "What it acts on.", true, NULL},
    {"workload", MEM_ENTITY, "The server whose work it protects.", true, NULL},
    {"scope", MEM_ENTITY, "The cluster or group within which it acts.", true, NULL},
    {"holds", MEM_INT, "1 if it is active, NULL if a fact is missing to tell.", false, NULL},
};

static size_t count_mechanisms(const Packs *packs, size_t *ret_triggers) {
    size_t count = 0;
    *ret_triggers = 0;
    for (size_t i = 0; i < packs->count; i++) {
        for (size_t j = 0; j < packs->items[i].mechanism_count; j++) {
            *ret_triggers += packs->items[i].mechanisms[j].trigger_count;
            count++;
        }
    }
    return count;
}

static Str list_unverified(Arena *arena, const Mechanism *mechanism) {
    Str list = STR_NONE;
    for (size_t i = 0; i < mechanism->unverified_count; i++) {
        list = arena_printf(arena, "%.*s%s%.*s", STR_ARG(list), i ? ", " : "",
                            STR_ARG(mechanism->unverified[i]));
    }
    return list;
}

static void fill_mechanism(Interner *interner, const Mechanism *mechanism, Str unverified,
                           int64_t **cells, size_t row) {
    const int64_t values[] = {
        intern(interner, mechanism->id),
        intern(interner, mechanism->title),
        intern(interner, mechanism->acts),
        mechanism->layer,
        intern(interner, mechanism->subject),
        intern(interner, mechanism->action),
        intern(interner, mechanism->state),
        mechanism->authority.n ? (int64_t)intern(interner, mechanism->authority) : MEM_NULL,
        mechanism->arbiter.n ? (int64_t)intern(interner, mechanism->arbiter) : MEM_NULL,
        mechanism->automatic,
        mechanism->detect_min,
        mechanism->detect_max,
        mechanism->act_min,
        mechanism->act_max,
        mechanism->unverified_count ? (int64_t)intern(interner, unverified) : MEM_NULL};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        cells[i][row] = values[i];
    }
}

void mechanisms_describe(Arena *arena, const Packs *packs,
                         const MemTable *ret_tables[MECHANISM_TABLES]) {
    size_t triggers;
    size_t count = count_mechanisms(packs, &triggers);
    MemTable *table =
        TABLE_NEW(arena, "mechanism", "Recovery mechanisms.", mechanism_columns, count);
    MemTable *trigger = TABLE_NEW(arena, "mechanism_trigger", "What mechanisms react to.",
                                  trigger_columns, triggers);
    size_t row = 0;
    size_t trigger_row = 0;
    for (size_t i = 0; i < packs->count; i++) {
        for (size_t j = 0; j < packs->items[i].mechanism_count; j++) {
            const Mechanism *mechanism = &packs->items[i].mechanisms[j];
            fill_mechanism(packs->interner, mechanism, list_unverified(arena, mechanism),
                           table->cells, row++);
            for (size_t t = 0; t < mechanism->trigger_count; t++, trigger_row++) {
                trigger->cells[0][trigger_row] = intern(packs->interner, mechanism->id);
                trigger->cells[1][trigger_row] = intern(packs->interner, mechanism->triggers[t]);
            }
        }
    }
    table->constant = true;
    trigger->constant = true;
    ret_tables[0] = table;
    ret_tables[1] = trigger;
}

typedef struct ProtectionRow {
    EntityId subject, workload, scope;
    uint32_t mechanism; /* index of the statement */
    bool open;
} ProtectionRow;

typedef struct Protecting {
    StatementPool pool;
    struct ProtectionRows {
        VEC(ProtectionRow) rows;
    } * results; /* by statement */
    const Mechanism **mechanisms;
    size_t count;
} Protecting;

static bool read_row(StatementRun *run, const size_t columns[4], ProtectionRow *ret,
                     bool *ret_skip) {
    Query *query = run->query;
    bool judged = columns[3] != SIZE_MAX;
    ret->open = judged && query_is_null(query, columns[3]);
    *ret_skip = judged && !ret->open && query_int(query, columns[3]) == 0;
    if (*ret_skip) {
        return true;
    }
    if (!statement_id(run, columns[0], &ret->subject) ||
        !statement_id(run, columns[1], &ret->workload) ||
        (columns[2] != SIZE_MAX && !statement_id(run, columns[2], &ret->scope))) {
        return false;
    }
    if (!ret->subject) {
        statement_error(run, "a row has no `subject_id`");
    }
    return ret->subject != 0;
}

static bool read_rows(void *context, StatementRun *run, int worker, size_t index) {
    Protecting *all = context;
    size_t columns[4] = {
        statement_column(run, "subject_id", true), statement_column(run, "workload_id", true),
        statement_column(run, "scope_id", false), statement_column(run, "holds", false)};
    bool failed = columns[0] == SIZE_MAX || columns[1] == SIZE_MAX;
    while (!failed && statement_next(run, &failed)) {
        ProtectionRow row = {.mechanism = (uint32_t)index};
        bool skip;
        failed = !read_row(run, columns, &row, &skip);
        if (!failed && !skip) {
            vec_push(all->pool.workers[worker].arena, &all->results[index].rows, row);
        }
    }
    return !failed;
}

static int compare_rows(const void *a, const void *b) {
    const ProtectionRow *x = a;
    const ProtectionRow *y = b;
    const uint32_t left[] = {x->subject, x->mechanism, x->workload, x->scope, x->open};
    const uint32_t right[] = {y->subject, y->mechanism, y->workload, y->scope, y->open};
    for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
        if (left[i] != right[i]) {
            return left[i] < right[i] ? -1 : 1;
        }
    }
    return 0;
}

/* The columns, with the ids that `mechanism` can hold, so that a misspelt one is refused. */
static MemColumn *columns_with_ids(Arena *arena, const Packs *packs, size_t *ret_count) {
    size_t triggers;
    const char **ids = arena_array(arena, const char *, count_mechanisms(packs, &triggers) + 1);
    size_t count = 0;
    for (size_t i = 0; i < packs->count; i++) {
        for (size_t j = 0; j < packs->items[i].mechanism_count; j++) {
            ids[count++] = arena_copy(arena, packs->items[i].mechanisms[j].id).s;
        }
    }
    *ret_count = sizeof protection_columns / sizeof *protection_columns;
    MemColumn *columns = arena_array(arena, MemColumn, *ret_count);
    for (size_t i = 0; i < *ret_count; i++) {
        columns[i] = protection_columns[i];
    }
    columns[0].values = ids;
    return columns;
}

/* All rows, sorted, each once (a row that is certain before the same one that is open). */
static void fill_protection(Arena *arena, Arena *scratch, const Packs *packs, const Protecting *all,
                            MemTable *ret) {
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++) {
        count += all->results[i].rows.count;
    }
    ProtectionRow *rows = arena_array(scratch, ProtectionRow, count);
    count = 0;
    for (size_t i = 0; i < all->count; i++) {
        for (size_t j = 0; j < all->results[i].rows.count; j++) {
            rows[count++] = all->results[i].rows.items[j];
        }
    }
    if (count) {
        qsort(rows, count, sizeof *rows, compare_rows);
    }
    size_t column_count;
    const MemColumn *columns = columns_with_ids(arena, packs, &column_count);
    MemTable *table =
        table_new(arena, "protection", "What each mechanism protects, as the inventory stands.",
                  columns, column_count, count);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const ProtectionRow *row = &rows[i];
        if (i && rows[i - 1].subject == row->subject && rows[i - 1].mechanism == row->mechanism &&
            rows[i - 1].workload == row->workload && rows[i - 1].scope == row->scope) {
            continue;
        }
        table->cells[0][kept] = intern(packs->interner, all->mechanisms[row->mechanism]->id);
        table->cells[1][kept] = row->subject;
        table->cells[2][kept] = row->workload;
        table->cells[3][kept] = row->scope;
        table->cells[4][kept++] = row->open ? MEM_INT_NULL : 1;
    }
    table->row_count = kept;
    *ret = *table;
}

bool mechanisms_protect(Arena *arena, const Packs *packs, const Catalog *catalog, Diags *diags,
                        int threads, MemTable *ret_table) {
    Arena *scratch = arena_open(0);
    Protecting all = {0};
    size_t triggers;
    size_t maximum = count_mechanisms(packs, &triggers);
    Statement *statements = arena_array(scratch, Statement, maximum);
    all.mechanisms = arena_array(scratch, const Mechanism *, maximum);
    for (size_t i = 0; i < packs->count; i++) {
        for (size_t j = 0; j < packs->items[i].mechanism_count; j++) {
            const Mechanism *mechanism = &packs->items[i].mechanisms[j];
            if (mechanism->active.n) {
                statements[all.count] =
                    (Statement){mechanism->active, mechanism->active_loc,
                                arena_printf(scratch, "mechanism %.*s", STR_ARG(mechanism->id))};
                all.mechanisms[all.count++] = mechanism;
            }
        }
    }
    all.results = arena_array(scratch, struct ProtectionRows, all.count);
    pool_open(&all.pool, scratch, catalog, threads);
    all.pool.skips_empty = true;
    bool good = pool_run(&all.pool, statements, all.count, read_rows, &all, diags);
    fill_protection(arena, scratch, packs, &all, ret_table);
    pool_close(&all.pool);
    arena_close(scratch);
    return good;
}
