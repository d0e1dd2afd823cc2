/* "What we could not see": kinds that rules of a layer ask for and of which no input shows a record
 * or says that there is none. */
#include "base/buf.h"
#include "base/limits.h"
#include "rule/lint_state.h"
#include "rule/mentions.h"

/* True if nothing is known of the kind, not even that there are none. */
static bool is_unseen(const Inventory *inventory, KindId kind) {
    const Kind *of = schema_kind(inventory_schema(inventory), kind);
    return !of->head && !of->derived && of->plural && !inventory_row_count(inventory, kind) &&
           !inventory_is_complete(inventory, kind);
}

typedef struct LayerKinds {
    Str layer;
    bool *kinds; /* by kind */
} LayerKinds;

static LayerKinds *find_layer(LayerKinds *layers, size_t *count, Arena *scratch, Str name,
                              size_t kind_count) {
    for (size_t i = 0; i < *count; i++) {
        if (str_eq(layers[i].layer, name)) {
            return &layers[i];
        }
    }
    layers[*count] = (LayerKinds){name, arena_array(scratch, bool, kind_count)};
    return &layers[(*count)++];
}

static void mark_kinds(const Lint *lint, Arena *scratch, const Rule *rule, bool *kinds) {
    const Schema *schema = inventory_schema(lint->inventory);
    SqlClosure closure = sql_closure(lint->packs, scratch, rule->query);
    for (size_t i = 0; i < schema->kind_count; i++) {
        Str name = sym_text(schema->interner, schema->kinds[i].name);
        kinds[i] = kinds[i] || (is_unseen(lint->inventory, (KindId)i) &&
                                (str_eq(rule->applies_to, name) || sql_mentions(&closure, name)));
    }
}

/* "storage: no datastore, storage array"; empty if the layer lacks nothing. */
static Str layer_line(const Lint *lint, Arena *arena, const LayerKinds *layer) {
    const Schema *schema = inventory_schema(lint->inventory);
    Buf line;
    buf_init(&line, LIMIT_TEXT_BYTES);
    for (size_t i = 0; i < schema->kind_count; i++) {
        if (layer->kinds[i]) {
            const Kind *kind = &schema->kinds[i];
            Str title = kind->title.n ? kind->title : sym_text(schema->interner, kind->name);
            if (!line.size) {
                buf_printf(&line, "%.*s: no ", STR_ARG(layer->layer));
            } else {
                buf_addz(&line, ", ");
            }
            buf_add(&line, title);
        }
    }
    Str text = line.size ? arena_copy(arena, buf_str(&line)) : STR_NONE;
    buf_clear(&line);
    return text;
}

const Str *lint_unseen(const Lint *lint, Arena *arena, size_t *ret_count) {
    Arena *scratch = arena_open(0);
    size_t rule_count;
    size_t layer_count = 0;
    const Rule **rules = packs_rules(lint->packs, scratch, &rule_count);
    LayerKinds *layers = arena_array(scratch, LayerKinds, rule_count);
    size_t kind_count = inventory_schema(lint->inventory)->kind_count;
    for (size_t i = 0; i < rule_count; i++) {
        LayerKinds *layer = find_layer(layers, &layer_count, scratch, rules[i]->layer, kind_count);
        mark_kinds(lint, scratch, rules[i], layer->kinds);
    }
    Str *lines = arena_array(arena, Str, layer_count);
    *ret_count = 0;
    for (size_t i = 0; i < layer_count; i++) {
        Str line = layer_line(lint, arena, &layers[i]);
        if (line.n) {
            lines[(*ret_count)++] = line;
        }
    }
    arena_close(scratch);
    return lines;
}
