/* Which facts leave arcs of the fault graph open below an entity, or amounts of its capacity: the
 * statements of those run once more for their node, while the tables note what they are asked for.
 */
#include "base/sorted.h"
#include "rule/lint_state.h"
#include "rule/recorder.h"

enum {
    OPEN_VISITS = 20 * 1000, /* nodes looked at below one entity */
    OPEN_ROWS = 16,          /* open arcs that are asked for their facts */
};

typedef struct OpenSearch {
    RuleWorker *worker;
    const Faults *faults;
    CellRef *facts;
    size_t maximum, count, rows;
} OpenSearch;

static void add_fact(OpenSearch *search, CellRef cell) {
    for (size_t i = 0; i < search->count; i++) {
        if (search->facts[i].entity == cell.entity && search->facts[i].kind == cell.kind &&
            search->facts[i].column == cell.column) {
            return;
        }
    }
    if (search->count < search->maximum) {
        search->facts[search->count++] = cell;
    }
}

/* A statement that is asked, and what of it counts. */
typedef struct OpenStatement {
    Str query;
    const Str *facts;
    size_t facts_count;
} OpenStatement;

/* Adds what a run of the statement for the node reads and does not find, among the records shown;
 * false if it finds all. */
static bool add_absent(OpenSearch *search, Recording *recording, OpenStatement statement,
                       EntityId node, IdList shown, uint64_t *budget) {
    RuleWorker *worker = search->worker;
    bool lacks = false;
    if (recording_run(recording, node, shown, budget)) {
        size_t count;
        const CellRef *cells = database_absent_cells(recording->database, &count);
        for (size_t i = 0; i < count; i++) {
            if (fact_is_asked(worker, statement.facts, statement.facts_count, cells[i])) {
                add_fact(search, cells[i]);
                lacks = true;
            }
        }
    }
    return lacks;
}

/* Runs the statement for one node with recording on; false if it cannot be put that way. */
static bool run_statement(OpenSearch *search, OpenStatement statement, EntityId node,
                          const char *open) {
    RuleWorker *worker = search->worker;
    ArenaMark mark = arena_mark(worker->scratch);
    Recording recording;
    recording_open(&recording, worker, SHOW_ALL,
                   arena_printf(worker->scratch,
                                "SELECT 1 FROM (%.*s\n) WHERE node_id = ? AND (%s)",
                                STR_ARG(statement.query), open));
    bool runs = recording.query != NULL;
    uint64_t budget = rule_budget(worker->inventory);
    IdList shown = inventory_nearby(worker->inventory, &node, 1, 2, worker->scratch);
    /* Near the node; what the statement names itself and is not near, anywhere. */
    if (!add_absent(search, &recording, statement, node, shown, &budget) && statement.facts_count) {
        add_absent(search, &recording, statement, node, (IdList){0}, &budget);
    }
    recording_close(&recording);
    arena_release(worker->scratch, mark);
    return runs;
}

static bool is_open(const NeedsRow *row) {
    return row->open || needs_is_unknown(row);
}

static void ask_rows(OpenSearch *search, const NeedsRow *rows, size_t count) {
    for (size_t i = 0; i < count && search->rows < OPEN_ROWS; i++) {
        bool known = i && rows[i - 1].statement == rows[i].statement && is_open(&rows[i - 1]);
        if (is_open(&rows[i]) && !known) {
            search->rows++;
            const NeedsRule *rule = search->faults->needs->statements[rows[i].statement];
            OpenStatement asked = {rule->query, rule->facts, rule->facts_count};
            if (!run_statement(search, asked, rows[i].node,
                               "holds IS NULL OR provider_id IS NULL")) {
                run_statement(search, asked, rows[i].node, "provider_id IS NULL");
            }
        }
    }
}

static void ask_capacity(OpenSearch *search, EntityId node) {
    const Capacity *capacity = &search->worker->lint->capacity;
    size_t at = SORTED_FIND(CapacityRow, node, capacity->rows, capacity->count, node);
    uint16_t asked = UINT16_MAX;
    for (; at < capacity->count && capacity->rows[at].node == node; at++) {
        const CapacityRow *row = &capacity->rows[at];
        if (row->open && row->statement != asked && search->rows++ < OPEN_ROWS) {
            asked = row->statement;
            const CapacityRule *rule = capacity->statements[asked];
            run_statement(search, (OpenStatement){rule->query, rule->facts, rule->facts_count},
                          node, "amount IS NULL");
        }
    }
}

/* Down from the entities in `queue`, breadth first. */
static void descend(OpenSearch *search, EntityId *queue, size_t count, bool *seen) {
    const Needs *const needs[] = {search->faults->needs, search->faults->start};
    for (size_t at = 0; at < count && at < OPEN_VISITS && search->rows < OPEN_ROWS; at++) {
        for (size_t edge = 0; edge < sizeof needs / sizeof *needs; edge++) {
            size_t row_count;
            const NeedsRow *rows = needs_of(needs[edge], queue[at], &row_count);
            ask_rows(search, rows, row_count);
            for (size_t i = 0; i < row_count; i++) {
                EntityId provider = rows[i].provider;
                if (provider && !seen[provider]) {
                    seen[provider] = true;
                    queue[count++] = provider;
                }
            }
        }
    }
}

void graph_open_facts(RuleWorker *worker, EntityId entity, CellRef *ret_facts, size_t maximum,
                      size_t *ret_count) {
    const Faults *faults = &worker->lint->faults;
    NodeId node = faults_node(faults, entity);
    OpenSearch search = {worker, faults, ret_facts, maximum, 0, 0};
    ask_capacity(&search, entity);
    *ret_count = search.count;
    if (node == NO_NODE || !(faults->needs->has_open || faults->start->has_open)) {
        return;
    }
    Arena *scratch = arena_open(0);
    bool *seen = arena_array(scratch, bool, (size_t)faults->needs->node_limit + 1);
    EntityId *queue = arena_array(scratch, EntityId, (size_t)faults->needs->node_limit + 1);
    size_t count = 0;
    seen[entity] = true;
    queue[count++] = entity;
    /* A component: what is open lies below the services that it may stop. */
    const SpofResult *result = &faults->spof[EARLY][PESSIMISTIC];
    for (uint32_t i = result->starts[node]; i < result->starts[node + 1]; i++) {
        EntityId service = faults->entities[result->targets[i]];
        if (!seen[service]) {
            seen[service] = true;
            queue[count++] = service;
        }
    }
    descend(&search, queue, count, seen);
    *ret_count = search.count;
    arena_close(scratch);
}
