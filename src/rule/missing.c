/* What an undecided verdict lacks: the query runs once more for one entity while the tables note
 * what they are asked for. */
#include <stdlib.h>

#include "rule/recorder.h"

enum {
    SAMPLE_RUNS = 48,     /* queries run again for one rule; the rest joins the sets found */
    SAMPLE_ENTITIES = 20, /* named for one rule and set of facts */
    FACTS_MAX = 12,       /* facts of one set */
    OPEN_MAX = 64,        /* facts that leave arcs of the graph open below one entity */
    MISSING_MAX = 240,    /* facts of one set, record by record */
};

Str fact_name(Arena *arena, const Inventory *inventory, KindId kind, ColumnId column) {
    const Interner *interner = inventory_interner(inventory);
    const Kind *of = schema_kind(inventory_schema(inventory), kind);
    Str name = sym_text(interner, of->name);
    Str field = sym_text(interner, of->columns[column].name);
    return arena_printf(arena, "%.*s.%.*s", STR_ARG(name), STR_ARG(field));
}

/* What the rule itself says of an undecided entity: column `note` of its first row. */
static Str note_for(RuleWorker *worker, const RuleRun *run, EntityId entity, uint64_t *budget) {
    Query *query;
    QueryError error;
    Str sql = arena_printf(worker->scratch,
                           "SELECT note FROM (%.*s\n) WHERE entity = %u AND fails IS NULL",
                           STR_ARG(run->rule->query), entity);
    if (!*budget || columns_find(&run->columns, STR("note")) == NO_RESULT ||
        run->columns.fails == NO_RESULT || !query_prepare(worker->database, sql, &query, &error)) {
        return STR_NONE;
    }
    query_budget(query, *budget);
    Str note = STR_NONE;
    while (!note.n && query_step(query, &error) == QUERY_ROW) {
        if (query_is_text(query, 0)) {
            note = arena_copy(worker->arena, query_text(query, 0));
        }
    }
    uint64_t used = query_used(query);
    query_close(query);
    *budget -= used < *budget ? used : *budget;
    return note;
}

/* A set of facts with the entities that lack them. */
typedef struct FactSet {
    NotAssessed result;
    EntityId *entities;
    CellRef columns[FACTS_MAX]; /* entity is not used */
    size_t column_count;
    KindId kind;     /* of its entities */
    EntityId entity; /* the first of them */
    bool own;        /* all facts belong to the entity's own record */
    VEC(MissingFact) missing;
} FactSet;

typedef struct FactSets {
    VEC(FactSet) sets;
} FactSets;

static void add_missing(FactSet *set, Arena *arena, CellRef cell) {
    if (set->missing.count < MISSING_MAX) {
        vec_push(arena, &set->missing, ((MissingFact){cell.entity, cell.kind, cell.column}));
    } else {
        set->result.missing_cut = true;
    }
}

static void add_column(FactSet *set, Arena *arena, CellRef cell) {
    add_missing(set, arena, cell);
    for (size_t i = 0; i < set->column_count; i++) {
        if (set->columns[i].kind == cell.kind && set->columns[i].column == cell.column) {
            return;
        }
    }
    if (set->column_count < FACTS_MAX) {
        set->columns[set->column_count++] = cell;
    }
}

static int compare_texts(const void *a, const void *b) {
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

static void name_facts(RuleWorker *worker, FactSet *set) {
    Str *facts = arena_array(worker->arena, Str, set->column_count);
    for (size_t i = 0; i < set->column_count; i++) {
        facts[i] = fact_name(worker->arena, worker->inventory, set->columns[i].kind,
                             set->columns[i].column);
    }
    if (set->column_count) {
        qsort(facts, set->column_count, sizeof *facts, compare_texts);
    }
    set->result.facts = facts;
    set->result.fact_count = set->column_count;
}

static bool same_facts(const FactSet *a, const FactSet *b) {
    if (a->column_count != b->column_count || !str_eq(a->result.reason, b->result.reason)) {
        return false;
    }
    for (size_t i = 0; i < a->column_count; i++) {
        if (!str_eq(a->result.facts[i], b->result.facts[i])) {
            return false;
        }
    }
    return true;
}

/* True if the entity's own record lacks all facts of the set. */
static bool lacks_own(const Inventory *inventory, const FactSet *set, KindId kind, RowId row) {
    if (!set->own || set->kind != kind) {
        return false;
    }
    for (size_t i = 0; i < set->column_count; i++) {
        int64_t value;
        if (inventory_cell(inventory, kind, set->columns[i].column, row, &value)) {
            return false;
        }
    }
    return true;
}

static void count_entity(FactSet *set, EntityId entity) {
    if (set->result.entity_count < SAMPLE_ENTITIES) {
        set->entities[set->result.entity_count++] = entity;
    }
    set->result.count++;
}

bool fact_is_asked(RuleWorker *worker, const Str *facts, size_t count, CellRef cell) {
    Str name = fact_name(worker->scratch, worker->inventory, cell.kind, cell.column);
    bool found = !count;
    for (size_t i = 0; i < count && !found; i++) {
        found = str_eq(facts[i], name);
    }
    return found;
}

/* Adds the cells that the rule asks for, or all of them. */
static void add_cells(RuleWorker *worker, const Rule *rule, FactSet *set, const CellRef *cells,
                      size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!rule || fact_is_asked(worker, rule->facts, rule->facts_count, cells[i])) {
            add_column(set, worker->arena, cells[i]);
            set->own = set->own && cells[i].entity == set->entity;
        }
    }
}

/* Absent cells that the verdict about an entity reads, near it or anywhere. Those that the rule
 * asks for; without one, all. */
static void add_absent(FactSet *set, Recording *recording, const Rule *rule, bool anywhere,
                       uint64_t *budget) {
    RuleWorker *worker = recording->worker;
    ArenaMark mark = arena_mark(worker->scratch);
    IdList near = {0};
    if (!anywhere) {
        near = inventory_nearby(worker->inventory, &set->entity, 1, 2, worker->scratch);
    }
    if (recording_run(recording, set->entity, near, budget)) {
        size_t count;
        const CellRef *cells = database_absent_cells(recording->database, &count);
        add_cells(worker, rule, set, cells, count);
    }
    arena_release(worker->scratch, mark);
}

static bool is_explained(const FactSet *set) {
    return set->column_count || set->result.reason.n;
}

/* Where no fact is missing near the entity, the rule itself knows best; then whatever is. */
static void explain(FactSet *set, Recording *recording, const RuleRun *run, uint64_t *budget) {
    add_absent(set, recording, run->rule, false, budget);
    if (!is_explained(set)) {
        set->result.reason = note_for(recording->worker, run, set->entity, budget);
    }
    if (!is_explained(set)) {
        add_absent(set, recording, run->rule, true, budget);
    }
    if (!is_explained(set)) {
        CellRef open[OPEN_MAX];
        size_t count;
        graph_open_facts(recording->worker, set->entity, open, OPEN_MAX, &count);
        add_cells(recording->worker, NULL, set, open, count);
        set->own = false;
    }
    for (int anywhere = 0; anywhere < 2 && !is_explained(set); anywhere++) {
        add_absent(set, recording, NULL, anywhere, budget); /* it asks for nothing that it lacks */
    }
}

/* The set of facts of an entity, from a run of its own. */
static FactSet sample(Recording *recording, const RuleRun *run, EntityId entity, uint64_t *budget) {
    RuleWorker *worker = recording->worker;
    RowId row;
    FactSet set = {
        .kind = inventory_kind_of(worker->inventory, entity, &row), .entity = entity, .own = true};
    explain(&set, recording, run, budget);
    name_facts(worker, &set);
    return set;
}

static void add_sampled(Recording *recording, const RuleRun *run, FactSets *all, EntityId entity,
                        uint64_t *budget) {
    RuleWorker *worker = recording->worker;
    FactSet set = sample(recording, run, entity, budget);
    for (size_t i = 0; i < all->sets.count; i++) {
        FactSet *known = &all->sets.items[i];
        if (same_facts(known, &set)) {
            count_entity(known, entity);
            for (size_t k = 0; k < set.missing.count; k++) {
                const MissingFact *fact = &set.missing.items[k];
                add_missing(known, worker->arena,
                            (CellRef){fact->record, fact->kind, fact->column});
            }
            return;
        }
    }
    set.entities = arena_array(worker->arena, EntityId, SAMPLE_ENTITIES);
    set.result.rule = run->rule;
    set.result.entities = set.entities;
    count_entity(&set, entity);
    vec_push(worker->scratch, &all->sets, set);
}

/* Sorts an entity into a set that was found already; `anyhow` takes the last one of its kind. */
static bool add_known(RuleWorker *worker, FactSets *all, EntityId entity, bool anyhow) {
    RowId row;
    KindId kind = inventory_kind_of(worker->inventory, entity, &row);
    for (size_t i = all->sets.count; i-- > 0;) {
        FactSet *set = &all->sets.items[i];
        bool own = lacks_own(worker->inventory, set, kind, row);
        if ((anyhow && set->kind == kind) || own) {
            count_entity(set, entity);
            set->result.missing_cut = set->result.missing_cut || !own;
            for (size_t k = 0; own && k < set->column_count; k++) {
                CellRef cell = set->columns[k];
                cell.entity = entity;
                add_missing(set, worker->arena, cell);
            }
            return true;
        }
    }
    return false;
}

static int compare_sets(const void *a, const void *b) {
    const NotAssessed *x = a;
    const NotAssessed *y = b;
    for (size_t i = 0; i < x->fact_count && i < y->fact_count; i++) {
        int order = str_cmp(x->facts[i], y->facts[i]);
        if (order) {
            return order;
        }
    }
    if (x->fact_count != y->fact_count) {
        return x->fact_count < y->fact_count ? -1 : 1;
    }
    int order = str_cmp(x->reason, y->reason);
    if (order) {
        return order;
    }
    return (x->entities[0] > y->entities[0]) - (x->entities[0] < y->entities[0]);
}

void name_missing_facts(RuleWorker *worker, RuleRun *run, const EntityId *entities, size_t count) {
    FactSets all = {0};
    uint64_t budget = rule_budget(worker->inventory);
    size_t runs = 0;
    Recording recording;
    recording_open_rule(&recording, worker, SHOW_ALL, run, "IS NULL");
    for (size_t i = 0; i < count; i++) {
        bool spent = runs == SAMPLE_RUNS || !budget;
        if (!add_known(worker, &all, entities[i], spent)) {
            add_sampled(&recording, run, &all, entities[i], &budget);
            runs++;
        }
    }
    recording_close(&recording);
    run->unknown = arena_array(worker->arena, NotAssessed, all.sets.count);
    run->unknown_count = all.sets.count;
    for (size_t i = 0; i < all.sets.count; i++) {
        run->unknown[i] = all.sets.items[i].result;
        run->unknown[i].missing = all.sets.items[i].missing.items;
        run->unknown[i].missing_count = all.sets.items[i].missing.count;
    }
    if (run->unknown_count) {
        qsort(run->unknown, run->unknown_count, sizeof *run->unknown, compare_sets);
    }
}
