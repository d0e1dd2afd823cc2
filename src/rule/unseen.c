/* "What we could not see": what packs say that no input shows (`not_seen` of pack.yaml), by layer.
 */
#include "rule/lint_state.h"
#include "rule/run.h"

enum { ITEMS_MAX = 24 };

static Unseen *find_layer(Unseen *layers, size_t *count, Arena *arena, Str name) {
    for (size_t i = 0; i < *count; i++) {
        if (str_eq(layers[i].layer, name)) {
            return &layers[i];
        }
    }
    layers[*count] = (Unseen){.layer = name, .missing = arena_array(arena, Str, ITEMS_MAX)};
    return &layers[(*count)++];
}

static void add_missing(Unseen *layer, Str text) {
    for (size_t i = 0; i < layer->missing_count; i++) {
        if (str_eq(layer->missing[i], text)) {
            return;
        }
    }
    if (layer->missing_count < ITEMS_MAX) {
        layer->missing[layer->missing_count++] = text;
    }
}

/* A statement that fails here was good when the packs were checked: it ran out of its budget. */
static void add_rows(const Lint *lint, Database *database, Arena *arena, const NotSeen *ask,
                     Unseen *layer) {
    Query *query;
    QueryError error;
    if (!query_prepare(database, ask->query, &query, &error)) {
        add_missing(layer, arena_copy(arena, error.message));
        return;
    }
    query_budget(query, rule_budget(lint->inventory));
    QueryStep step;
    while ((step = query_step(query, &error)) == QUERY_ROW) {
        if (!query_is_null(query, 0)) {
            add_missing(layer, arena_copy(arena, query_text(query, 0)));
        }
    }
    if (step == QUERY_FAILED) {
        add_missing(layer, arena_copy(arena, error.message));
    }
    query_close(query);
}

const Unseen *lint_unseen(const Lint *lint, Database *database, Arena *arena, size_t *ret_count) {
    const Packs *packs = lint->packs;
    size_t most = 0;
    for (size_t i = 0; i < packs->count; i++) {
        most += packs->items[i].not_seen_count;
    }
    Unseen *layers = arena_array(arena, Unseen, most);
    size_t count = 0;
    for (size_t i = 0; i < packs->count; i++) {
        for (size_t j = 0; j < packs->items[i].not_seen_count; j++) {
            const NotSeen *ask = &packs->items[i].not_seen[j];
            Unseen *layer = find_layer(layers, &count, arena, ask->layer);
            add_rows(lint, database, arena, ask, layer);
        }
    }
    *ret_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (layers[i].missing_count) {
            layers[(*ret_count)++] = layers[i];
        }
    }
    return layers;
}
