/* The function table `path`: the shortest chain of needs from one entity to another. */
#include "rule/kernels.h"

static const MemColumn path_columns[] = {
    {"source", MEM_ENTITY, "Where the chain begins; must be given.", false, NULL},
    {"target", MEM_ENTITY, "Where it ends; must be given.", false, NULL},
    {"phase", MEM_TEXT, "early or settled.", false, phase_values},
    {"step", MEM_INT, "0 = the source.", false, NULL},
    {"node", MEM_ENTITY, "The node of this step.", false, NULL},
};

typedef struct Search {
    EntityId *from; /* by id: the node that needs it; itself for the source; 0 = not reached */
    EntityId *queue;
} Search;

/* Breadth first, in canonical order, so that of equal chains the first wins. */
static bool search_run(Search *search, const Needs *needs, EntityId source, EntityId target,
                       uint8_t phase) {
    size_t head = 0;
    size_t tail = 0;
    search->from[source] = source;
    search->queue[tail++] = source;
    while (head < tail && !search->from[target]) {
        EntityId node = search->queue[head++];
        size_t count;
        const NeedsRow *rows = needs_of(needs, node, &count);
        for (size_t i = 0; i < count; i++) {
            EntityId provider = rows[i].provider;
            if (provider && rows[i].phases & phase && !search->from[provider]) {
                search->from[provider] = node;
                search->queue[tail++] = provider;
            }
        }
    }
    return search->from[target] != 0;
}

static size_t path_length(const Search *search, EntityId source, EntityId target) {
    size_t length = 1;
    for (EntityId at = target; at != source; at = search->from[at]) {
        length++;
    }
    return length;
}

/* Adds the chain of one phase, if there is one. */
static void add_path(const Kernels *kernels, Arena *scratch, const EntityId ends[2],
                     FaultPhase phase, TableRows *rows) {
    const Needs *needs = kernels->faults->needs;
    size_t limit = (size_t)needs->node_limit + 1;
    Search search = {arena_array(scratch, EntityId, limit), arena_array(scratch, EntityId, limit)};
    if (!search_run(&search, needs, ends[0], ends[1], phase == EARLY ? IN_EARLY : IN_SETTLED)) {
        return;
    }
    size_t length = path_length(&search, ends[0], ends[1]);
    EntityId *nodes = arena_array(scratch, EntityId, length);
    EntityId at = ends[1];
    for (size_t i = length; i-- > 0; at = search.from[at]) {
        nodes[i] = at;
    }
    for (size_t i = 0; i < length; i++) {
        table_rows_add(rows, (const int64_t[]){ends[0], ends[1], kernels->phases[phase], (int64_t)i,
                                               nodes[i]});
    }
}

static void path_rows(void *context, const int64_t *arguments, Arena *arena, MemTable *ret) {
    const Kernels *kernels = context;
    EntityId limit = kernels->faults->needs->node_limit;
    Arena *scratch = arena_open(0);
    TableRows rows = {.arena = scratch, .column_count = 5};
    if (arguments[0] > 0 && arguments[0] <= limit && arguments[1] > 0 && arguments[1] <= limit) {
        const EntityId ends[2] = {(EntityId)arguments[0], (EntityId)arguments[1]};
        for (int phase = EARLY; phase < FAULT_PHASES; phase++) {
            add_path(kernels, scratch, ends, (FaultPhase)phase, &rows);
        }
    }
    *ret = *table_of_rows(arena, "path", "", path_columns, &rows);
    arena_close(scratch);
}

FunctionTable kernel_path(const Kernels *kernels) {
    Kernels *copy = arena_new(kernels->arena, Kernels);
    *copy = *kernels;
    return (FunctionTable){"path",
                           "The shortest chain of needs between two entities.",
                           path_columns,
                           sizeof path_columns / sizeof *path_columns,
                           2,
                           path_rows,
                           copy};
}
