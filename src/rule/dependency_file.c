/* dependencies.yaml: statements whose rows are services, the arcs of the fault graph and what parts
 * of it can carry. */
#include "rule/pack_file.h"

static void read_derives(PackReader *reader, const Node *file) {
    static const char *const keys[] = {"id", "kind", "doc", "source", "query", NULL};
    const Node *list = field_list(reader, file, "derive");
    if (!list) {
        return;
    }
    Pack *pack = reader->pack;
    pack->derives = arena_array(reader->arena, DeriveRule, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const Node *node = &list->items[i];
        if (!tree_check_keys(reader->diags, node, keys, "derive statement") &&
            node->type != NODE_MAP) {
            continue;
        }
        DeriveRule *derive = &pack->derives[pack->derive_count++];
        derive->id = field_need(reader, node, "id");
        derive->kind = field_need(reader, node, "kind");
        derive->doc = field_need(reader, node, "doc");
        derive->source = tree_text(reader->diags, node, "source");
        derive->query = field_query(reader, node, "query", &derive->query_loc);
        const Node *kind = tree_get(node, "kind");
        derive->kind_loc = kind ? kind->loc : node->loc;
    }
    field_check_twice(reader, list, "id");
}

static void read_because(PackReader *reader, const Node *node, NeedsRule *needs) {
    static const char *const keys[] = {"of", "field", NULL};
    static const char *const ends[] = {"node", "provider", NULL};
    const Node *because = tree_get(node, "because");
    needs->because_of = STR("node");
    needs->because_loc = node->loc;
    if (!because) {
        diag_error(reader->diags, node->loc,
                   "`because` is missing: it says which field is the place of these arcs");
        return;
    }
    needs->because_loc = because->loc;
    if (!tree_check_keys(reader->diags, because, keys, "because") && because->type != NODE_MAP) {
        return;
    }
    Str of = field_need(reader, because, "of");
    if (of.n && field_choice(reader, tree_get(because, "of"), ends)) {
        needs->because_of = of;
    }
    needs->because_field = tree_text(reader->diags, because, "field");
}

const char *const edge_names[] = {"run", "start", "manage", NULL};

static EdgeKind read_edge(PackReader *reader, const Node *node) {
    const Node *edge = tree_get(node, "edge");
    size_t choice = edge ? tree_choice(reader->diags, edge, edge_names) : SIZE_MAX;
    return choice == SIZE_MAX ? EDGE_RUN : (EdgeKind)choice;
}

static void read_query(PackReader *reader, const Node *node, NeedsRule *needs) {
    needs->query = field_query(reader, node, "query", &needs->query_loc);
    needs->facts = field_texts(reader, node, "facts", &needs->facts_count);
    read_because(reader, node, needs);
}

/* The place of such an arc is the field itself. */
static void read_field(PackReader *reader, const Node *node, NeedsRule *needs) {
    static const char *const phases[] = {"early", "settled", NULL};
    needs->field = field_need(reader, node, "field");
    needs->gate = field_need(reader, node, "gate");
    needs->at_least = field_int(reader, node, "at_least", -1);
    Str phase = tree_text(reader->diags, node, "phase");
    if (phase.n && field_choice(reader, tree_get(node, "phase"), phases)) {
        needs->phase = phase;
    }
    Str kind;
    needs->because_field = needs->field;
    str_cut(&needs->because_field, '.', &kind);
    needs->because_of = STR("node");
    needs->because_loc = needs->query_loc = tree_get(node, "field")->loc;
    if (needs->at_least < -1 || needs->at_least > INT32_MAX) {
        diag_error(reader->diags, tree_get(node, "at_least")->loc,
                   "`at_least` is a number of providers");
    }
}

static void read_needs(PackReader *reader, const Node *file) {
    static const char *const query_keys[] = {"id",      "doc",   "source", "edge",
                                             "because", "facts", "query",  NULL};
    static const char *const field_keys[] = {"id",   "doc",      "source", "edge", "field",
                                             "gate", "at_least", "phase",  NULL};
    const Node *list = field_list(reader, file, "needs");
    if (!list) {
        return;
    }
    Pack *pack = reader->pack;
    pack->needs = arena_array(reader->arena, NeedsRule, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const Node *node = &list->items[i];
        bool of_field = node->type == NODE_MAP && tree_get(node, "field");
        if (!tree_check_keys(reader->diags, node, of_field ? field_keys : query_keys,
                             "needs statement") &&
            node->type != NODE_MAP) {
            continue;
        }
        NeedsRule *needs = &pack->needs[pack->needs_count++];
        needs->id = field_need(reader, node, "id");
        needs->doc = field_need(reader, node, "doc");
        needs->source = tree_text(reader->diags, node, "source");
        needs->edge = read_edge(reader, node);
        (of_field ? read_field : read_query)(reader, node, needs);
    }
    field_check_twice(reader, list, "id");
}

static void read_capacities(PackReader *reader, const Node *file) {
    static const char *const keys[] = {"id", "doc", "source", "losses", "facts", "query", NULL};
    static const char *const losses[] = {"any", "members", NULL};
    const Node *list = field_list(reader, file, "capacity");
    if (!list) {
        return;
    }
    Pack *pack = reader->pack;
    pack->capacities = arena_array(reader->arena, CapacityRule, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const Node *node = &list->items[i];
        if (!tree_check_keys(reader->diags, node, keys, "capacity statement") &&
            node->type != NODE_MAP) {
            continue;
        }
        CapacityRule *rule = &pack->capacities[pack->capacity_count++];
        rule->id = field_need(reader, node, "id");
        rule->doc = field_need(reader, node, "doc");
        rule->source = tree_text(reader->diags, node, "source");
        const Node *loss = tree_get(node, "losses");
        rule->members_only = loss && tree_choice(reader->diags, loss, losses) == 1;
        rule->facts = field_texts(reader, node, "facts", &rule->facts_count);
        rule->query = field_query(reader, node, "query", &rule->query_loc);
    }
    field_check_twice(reader, list, "id");
}

void dependency_file_read(PackReader *reader, const Node *file) {
    static const char *const keys[] = {"derive", "needs", "capacity", NULL};
    tree_check_keys(reader->diags, file, keys, "dependencies.yaml");
    read_derives(reader, file);
    read_needs(reader, file);
    read_capacities(reader, file);
}
