#include "read/tree.h"

#include "base/limits.h"
#include "base/suggest.h"

typedef struct Level {
    Node *node;
    VEC(Node) items;
} Level;

typedef struct Builder {
    Arena *arena;
    Diags *diags;
    Level levels[LIMIT_DEPTH + 2];
    size_t depth;
    Node root;
} Builder;

static const Node *find_key(const Level *level, Str key) {
    for (size_t i = 0; i < level->items.count; i++) {
        if (str_eq(level->items.items[i].key, key)) {
            return &level->items.items[i];
        }
    }
    return NULL;
}

static void add_node(Builder *builder, const Event *event) {
    bool element = event->shape == SHAPE_ELEMENT;
    Node node = {.type = element || event->shape == SHAPE_MAP ? NODE_MAP
                         : event->shape == SHAPE_LIST         ? NODE_LIST
                                                              : NODE_SCALAR,
                 .key = arena_copy(builder->arena, event->name),
                 .key_loc = event->name_loc,
                 .loc = event->loc};
    Level *parent = builder->depth ? &builder->levels[builder->depth - 1] : NULL;
    Level *level = &builder->levels[builder->depth++];
    *level = (Level){0};
    level->node = arena_new(builder->arena, Node);
    *level->node = node;
    const Node *first = parent && event->name.n && !element ? find_key(parent, event->name) : NULL;
    if (first && !event->merged) {
        Diag *diag = diag_error(builder->diags, event->name_loc, "'%.*s' is given twice",
                                STR_ARG(event->name));
        diag_place(builder->diags, diag, first->key_loc, "first here");
    }
    level->node->quoted =
        first && event->merged; /* marks a merged key that an explicit one beats */
}

static void close_node(Builder *builder) {
    Level *level = &builder->levels[--builder->depth];
    level->node->items = level->items.items;
    level->node->count = level->items.count;
    if (!builder->depth) {
        builder->root = *level->node;
        return;
    }
    Level *parent = &builder->levels[builder->depth - 1];
    bool beaten = level->node->type != NODE_SCALAR && level->node->quoted;
    if (!beaten) {
        vec_push(builder->arena, &parent->items, *level->node);
    }
}

static bool take_event(void *context, const Event *event) {
    Builder *builder = context;
    switch (event->type) {
    case EVENT_OPEN:
        if (builder->depth == LIMIT_DEPTH + 2) {
            return false;
        }
        add_node(builder, event);
        break;
    case EVENT_TEXT: {
        Node *node = builder->levels[builder->depth - 1].node;
        node->text = arena_copy(builder->arena, event->value);
        node->quoted = event->quoted;
        node->loc = event->loc;
        break;
    }
    case EVENT_ATTRIBUTE: /* the parser refuses one that is given twice */
        vec_push(builder->arena, &builder->levels[builder->depth - 1].items,
                 ((Node){.type = NODE_SCALAR,
                         .quoted = true,
                         .key = arena_copy(builder->arena, event->name),
                         .text = arena_copy(builder->arena, event->value),
                         .key_loc = event->name_loc,
                         .loc = event->loc}));
        break;
    case EVENT_CLOSE:
        close_node(builder);
        break;
    }
    return true;
}

static const Node *read_tree(const ReadContext *context, SourceId source, Arena *arena,
                             Reader *reader) {
    Builder *builder = arena_new(context->scratch, Builder);
    builder->arena = arena;
    builder->diags = context->diags;
    size_t errors = context->diags->errors;
    EventSink sink = {take_event, builder};
    if (!reader(context, source, &sink) || context->diags->errors != errors) {
        return NULL;
    }
    if (!builder->root.loc.source && !builder->root.count) {
        diag_error(context->diags, (Loc){.source = source, .line = 1, .column = 1},
                   "the file is empty");
        return NULL;
    }
    Node *root = arena_new(arena, Node);
    *root = builder->root;
    return root;
}

const Node *tree_read_yaml(const ReadContext *context, SourceId source, Arena *arena) {
    return read_tree(context, source, arena, read_yaml);
}

const Node *tree_read_xml(const ReadContext *context, SourceId source, Arena *arena) {
    const Node *root = read_tree(context, source, arena, read_xml);
    return root && root->count ? &root->items[0] : NULL;
}

const Node *tree_get(const Node *map, const char *key) {
    if (!map || map->type != NODE_MAP) {
        return NULL;
    }
    Str wanted = str_of(key);
    for (size_t i = 0; i < map->count; i++) {
        if (str_eq(map->items[i].key, wanted)) {
            return &map->items[i];
        }
    }
    return NULL;
}

Str tree_text(Diags *diags, const Node *map, const char *key) {
    const Node *node = tree_get(map, key);
    if (!node) {
        return STR_NONE;
    }
    if (node->type != NODE_SCALAR) {
        diag_error(diags, node->loc, "'%s' is a single value", key);
        return STR_NONE;
    }
    return node->text;
}

static bool is_listed(Str key, const char *const *keys) {
    for (size_t i = 0; keys[i]; i++) {
        if (str_eq(key, str_of(keys[i]))) {
            return true;
        }
    }
    return false;
}

bool tree_check_keys(Diags *diags, const Node *map, const char *const *keys, const char *what) {
    if (!map || map->type != NODE_MAP) {
        if (map) {
            diag_error(diags, map->loc, "a %s is a mapping", what);
        }
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < map->count; i++) {
        Str key = map->items[i].key;
        if (is_listed(key, keys) || str_starts(key, STR("x-"))) {
            continue;
        }
        Suggest suggest;
        suggest_init(&suggest, key);
        for (size_t k = 0; keys[k]; k++) {
            suggest_try(&suggest, str_of(keys[k]));
        }
        Diag *diag =
            diag_error(diags, map->items[i].key_loc, "a %s has no '%.*s'", what, STR_ARG(key));
        if (suggest.best.n) {
            diag_help(diags, diag, "did you mean '%.*s'?", STR_ARG(suggest.best));
        }
        good = false;
    }
    return good;
}

size_t tree_choice(Diags *diags, const Node *node, const char *const *names) {
    Str text = node->text;
    for (size_t i = 0; names[i]; i++) {
        if (str_eq(str_of(names[i]), text)) {
            return i;
        }
    }
    Suggest suggest;
    suggest_init(&suggest, text);
    Str list = STR_NONE;
    for (size_t i = 0; names[i]; i++) {
        Str name = str_of(names[i]);
        suggest_try(&suggest, name);
        list =
            arena_printf(diags->arena, "%.*s%s%.*s", STR_ARG(list), i ? ", " : "", STR_ARG(name));
    }
    Diag *diag = diag_error(diags, node->loc, "unknown value \"%.*s\"", STR_ARG(text));
    if (suggest.best.n) {
        diag_help(diags, diag, "did you mean \"%.*s\"? It is one of %.*s", STR_ARG(suggest.best),
                  STR_ARG(list));
    } else {
        diag_help(diags, diag, "it is one of %.*s", STR_ARG(list));
    }
    return SIZE_MAX;
}

static bool emit_open(const Node *node, const EventSink *sink, bool item) {
    static const Shape shapes[] = {
        [NODE_SCALAR] = SHAPE_SCALAR, [NODE_MAP] = SHAPE_MAP, [NODE_LIST] = SHAPE_LIST};
    Event open = {.type = EVENT_OPEN,
                  .shape = shapes[node->type],
                  .name = item ? STR("") : node->key,
                  .name_loc = item ? node->loc : node->key_loc,
                  .loc = node->loc};
    if (!event_emit(sink, &open)) {
        return false;
    }
    Event text = {
        .type = EVENT_TEXT, .quoted = node->quoted, .value = node->text, .loc = node->loc};
    return node->type != NODE_SCALAR || event_emit(sink, &text);
}

bool tree_replay(const Node *node, const EventSink *sink) {
    struct {
        const Node *node;
        size_t next;
    } stack[LIMIT_DEPTH + 2];
    size_t depth = 1;
    stack[0].node = node;
    stack[0].next = 0;
    bool good = emit_open(node, sink, true);
    while (good && depth) {
        const Node *open = stack[depth - 1].node;
        if (stack[depth - 1].next == open->count) {
            good = event_emit(sink, &(Event){.type = EVENT_CLOSE});
            depth--;
            continue;
        }
        const Node *child = &open->items[stack[depth - 1].next++];
        good = emit_open(child, sink, open->type == NODE_LIST);
        stack[depth].node = child;
        stack[depth].next = 0;
        depth++;
    }
    return good;
}
