/* Formulas to gates. */
#include <string.h>

#include "psa/psa_expression.h"
#include "psa/psa_model.h"

typedef struct PsaReader {
    Arena *arena;
    Diags *diags;
    PsaNames names;
    VEC(Str) node_names;
    VEC(NodeId) owners, members;
    VEC(uint32_t) needed, starts;
    /* Formulas that wait for their node's gate; an element each. */
    struct FormulaList {
        struct Formula *items;
        size_t count, capacity;
    } formulas;
    /* Events without a definition: the first one, and how many. */
    Str undefined_name;
    Loc undefined_loc;
    size_t undefined_count;
    bool good;
} PsaReader;

typedef struct Formula {
    const Node *element;
    NodeId node;
    Str container;
    bool named; /* of a gate's definition, not nested */
} Formula;

bool psa_recognise(Str bytes) {
    Str start = str_slice(bytes, 0, 4096);
    return str_find_str(start, STR("<opsa-mef")) != SIZE_MAX;
}

static void fail(PsaReader *reader, Loc loc, const char *problem, Str what) {
    diag_error(reader->diags, loc, "%s'%.*s'", problem, STR_ARG(what));
    reader->good = false;
}

static NodeId add_node(PsaReader *reader, Str name) {
    vec_push(reader->arena, &reader->node_names, name);
    return (NodeId)(reader->node_names.count - 1);
}

/* ---- arguments ---- */

typedef struct EventTag {
    const char *tag;
    bool any; /* <event>: the sort may stand in its attribute `type` */
    PsaSort sort;
} EventTag;

static const EventTag event_tags[] = {
    {"event", true, PSA_BASIC},
    {"gate", false, PSA_GATE},
    {"basic-event", false, PSA_BASIC},
    {"house-event", false, PSA_HOUSE},
};

static const EventTag *find_event_tag(Str tag) {
    for (size_t i = 0; i < sizeof event_tags / sizeof *event_tags; i++) {
        if (str_eq(tag, str_of(event_tags[i].tag))) {
            return &event_tags[i];
        }
    }
    return NULL;
}

/* A basic event may be used without a definition (its data may stand in a file that is not here);
 * anything else that is not there, or a path that leads nowhere, is a mistake. */
static PsaDefinition *undefined(PsaReader *reader, const Node *element, Str name,
                                bool may_be_event) {
    if (!may_be_event || !name.n || str_find(name, '.', 0) != SIZE_MAX) {
        fail(reader, element->loc, "nothing defines ", name);
        return NULL;
    }
    if (!reader->undefined_count++) {
        reader->undefined_name = name;
        reader->undefined_loc = element->loc;
    }
    return psa_names_add_event(&reader->names, name);
}

static NodeId referred_node(PsaReader *reader, const Node *element, const EventTag *tag,
                            Str container) {
    const Node *type = tag->any ? tree_get(element, "type") : NULL;
    const EventTag *stated = type ? find_event_tag(str_trim(type->text)) : tag;
    if (!stated) {
        fail(reader, type->loc, "unknown type of event ", type->text);
        return NO_NODE;
    }
    Str name = str_trim(tree_text(reader->diags, element, "name"));
    PsaDefinition *definition = psa_names_find(&reader->names, name, container, false);
    if (!definition) {
        definition = undefined(reader, element, name, stated->any || stated->sort == PSA_BASIC);
    } else if (!stated->any && stated->sort != definition->sort) {
        fail(reader, element->loc, "of another sort than it is defined: ", name);
        return NO_NODE;
    }
    if (!definition) {
        return NO_NODE;
    }
    if (definition->node == UINT32_MAX) {
        definition->node = add_node(reader, psa_display_name(definition));
    }
    definition->used = true;
    return definition->node;
}

/* ---- gates ---- */

/* Begins a gate of the node; `firing` members down fell it, of `count` that follow. */
static void add_gate(PsaReader *reader, NodeId owner, size_t count, size_t firing) {
    vec_push(reader->arena, &reader->owners, owner);
    vec_push(reader->arena, &reader->needed, (uint32_t)(count + 1 - firing));
    vec_push(reader->arena, &reader->starts, (uint32_t)(reader->members.count + count));
}

/* A node that is down, whatever happens: it needs one of nothing. One that never is has no gate. */
static void add_constant(PsaReader *reader, NodeId node, bool down) {
    if (down) {
        add_gate(reader, node, 0, 0);
    }
}

static void take_constant(PsaReader *reader, const Node *element, NodeId node) {
    Str value = tree_text(reader->diags, element, "value");
    if (!str_eq(value, STR("true")) && !str_eq(value, STR("false"))) {
        fail(reader, element->loc, "expected the constant true or false, not ", value);
        return;
    }
    add_constant(reader, node, str_eq(value, STR("true")));
}

static NodeId argument_node(PsaReader *reader, const Node *element, Str container) {
    const EventTag *tag = find_event_tag(element->key);
    if (tag) {
        return referred_node(reader, element, tag, container);
    }
    NodeId node = add_node(reader, STR_NONE);
    vec_push(reader->arena, &reader->formulas, ((Formula){element, node, container, false}));
    return node;
}

static bool is_argument(const Node *element) {
    return element->type == NODE_MAP && !str_eq(element->key, STR("label")) &&
           !str_eq(element->key, STR("attributes"));
}

static size_t count_arguments(const Node *element) {
    size_t count = 0;
    for (size_t i = 0; i < element->count; i++) {
        count += is_argument(&element->items[i]);
    }
    return count;
}

/* How many arguments fire the operator; 0 with an error added. */
static size_t firing_of(PsaReader *reader, const Node *element, size_t count) {
    int64_t least = 0;
    if (str_eq(element->key, STR("or"))) {
        return 1;
    }
    if (str_eq(element->key, STR("and"))) {
        return count;
    }
    if (!str_eq(element->key, STR("atleast"))) {
        Diag *diag =
            diag_error(reader->diags, element->loc, "<%.*s> cannot be read", STR_ARG(element->key));
        diag_help(reader->diags, diag,
                  "expected and, or, atleast: a failure never repairs "
                  "anything here, so operators must be monotone");
        return 0;
    }
    Str min = tree_text(reader->diags, element, "min");
    if (!str_to_int(min, &least) || least < 1 || (size_t)least > count) {
        diag_error(reader->diags, element->loc, "min '%.*s' is outside of 1..%zu", STR_ARG(min),
                   count);
        return 0;
    }
    return (size_t)least;
}

static void take_operator(PsaReader *reader, const Formula *formula) {
    const Node *element = formula->element;
    size_t count = count_arguments(element);
    if (!count) {
        fail(reader, element->loc, "no arguments in ", element->key);
        return;
    }
    size_t firing = firing_of(reader, element, count);
    if (!firing) {
        reader->good = false;
        return;
    }
    add_gate(reader, formula->node, count, firing);
    size_t at = reader->members.count;
    for (size_t i = 0; i < count; i++) { /* nested formulas add their own members later */
        vec_push(reader->arena, &reader->members, NO_NODE);
    }
    for (size_t i = 0; i < element->count; i++) {
        if (is_argument(&element->items[i])) {
            NodeId node = argument_node(reader, &element->items[i], formula->container);
            reader->members.items[at++] = node;
        }
    }
}

static void take_formula(PsaReader *reader, const Formula *formula) {
    const Node *element = formula->element;
    const EventTag *tag = find_event_tag(element->key);
    if (str_eq(element->key, STR("constant"))) {
        take_constant(reader, element, formula->node);
    } else if (tag) {
        NodeId node = referred_node(reader, element, tag, formula->container);
        add_gate(reader, formula->node, 1, 1);
        vec_push(reader->arena, &reader->members, node);
    } else {
        take_operator(reader, formula);
    }
}

/* ---- definitions ---- */

static const Node *only_argument(PsaReader *reader, const PsaDefinition *definition) {
    const Node *found = NULL;
    for (size_t i = 0; i < definition->element->count; i++) {
        if (is_argument(&definition->element->items[i])) {
            if (found) {
                fail(reader, definition->element->items[i].loc, "a second formula in ",
                     definition->path);
            }
            found = &definition->element->items[i];
        }
    }
    return found;
}

static void take_gate(PsaReader *reader, const PsaDefinition *definition) {
    const Node *formula = only_argument(reader, definition);
    if (!formula) {
        fail(reader, definition->element->loc, "no formula in ", definition->path);
        return;
    }
    vec_push(reader->arena, &reader->formulas,
             ((Formula){formula, definition->node, definition->container, true}));
}

static void take_house(PsaReader *reader, const PsaDefinition *definition) {
    const Node *value = only_argument(reader, definition);
    if (value && str_eq(value->key, STR("constant"))) {
        take_constant(reader, value, definition->node);
    } else if (value) {
        fail(reader, value->loc, "expected a constant in ", definition->path);
    }
}

static void take_definitions(PsaReader *reader) {
    size_t count = reader->names.definitions.count;
    for (size_t i = 0; i < count; i++) {
        PsaDefinition *definition = &reader->names.definitions.items[i];
        if (definition->sort != PSA_PARAMETER) {
            definition->node = add_node(reader, psa_display_name(definition));
        }
    }
    for (size_t i = 0; i < count; i++) {
        const PsaDefinition *definition = &reader->names.definitions.items[i];
        if (definition->sort == PSA_GATE) {
            take_gate(reader, definition);
        } else if (definition->sort == PSA_HOUSE) {
            take_house(reader, definition);
        }
    }
    for (size_t i = 0; i < reader->formulas.count; i++) {
        Formula formula = reader->formulas.items[i];
        take_formula(reader, &formula);
    }
}

/* ---- the model ---- */

static void take_events(PsaReader *reader, PsaModel *model) {
    for (size_t i = 0; i < reader->names.definitions.count; i++) {
        PsaDefinition *definition = &reader->names.definitions.items[i];
        double value = -1;
        bool has_value = definition->sort == PSA_BASIC || definition->sort == PSA_PARAMETER;
        reader->good =
            (!has_value || psa_value(&reader->names, definition, &value)) && reader->good;
        if (definition->sort == PSA_BASIC && definition->node != UINT32_MAX) {
            model->is_component[definition->node] = true;
            model->probability[definition->node] = value;
        } else if (definition->sort == PSA_GATE && !definition->used) {
            model->tops[model->top_count++] = definition->node;
        }
    }
}

static void make_model(PsaReader *reader, PsaModel *model) {
    size_t n = reader->node_names.count;
    *model = (PsaModel){.node_count = n,
                        .names = reader->node_names.items,
                        .is_component = arena_array(reader->arena, bool, n),
                        .probability = arena_array(reader->arena, double, n),
                        .tops = arena_array(reader->arena, NodeId, n)};
    take_events(reader, model);
    GraphSpec spec = {n,
                      reader->owners.count,
                      reader->owners.items,
                      reader->needed.items,
                      reader->starts.items,
                      reader->members.items};
    if (reader->good) {
        model->graph = graph_build(reader->arena, &spec);
    }
}

static bool collect(PsaReader *reader, const ReadContext *context, SourceId source) {
    const Node *root = tree_read_xml(context, source, reader->arena);
    if (!root) {
        return false;
    }
    if (!str_eq(root->key, STR("opsa-mef"))) {
        fail(reader, root->key_loc, "expected <opsa-mef>, not ", root->key);
        return false;
    }
    return psa_names_collect(&reader->names, root);
}

bool psa_read(const ReadContext *context, const SourceId *sources, size_t count, Arena *arena,
              PsaModel *ret_model) {
    PsaReader reader = {.arena = arena,
                        .diags = context->diags,
                        .names = {.arena = arena, .diags = context->diags},
                        .good = true};
    vec_push(arena, &reader.starts, 0);
    for (size_t i = 0; i < count; i++) {
        reader.good = collect(&reader, context, sources[i]) && reader.good;
    }
    if (!reader.good) {
        return false;
    }
    take_definitions(&reader);
    if (reader.undefined_count) {
        diag_note(context->diags, reader.undefined_loc,
                  "nothing defines '%.*s'%s: taken as basic events", STR_ARG(reader.undefined_name),
                  reader.undefined_count > 1 ? " and others" : "");
    }
    make_model(&reader, ret_model);
    if (reader.good && !ret_model->top_count) {
        diag_error(context->diags, (Loc){.source = sources[0], .line = 1, .column = 1},
                   "no fault tree: no gate is a top");
        return false;
    }
    return reader.good;
}
