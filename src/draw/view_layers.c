/* What is written on cards: facts, a bar for each recovery layer, the row between two that both
 * act; and the boxes that are the scope of a layer. */
#include "base/fold.h"
#include "base/sorted.h"
#include "draw/view_build.h"

enum { FACTS_MAX = 4, FACT_CHARS_MAX = 26, BAR_CHARS_MAX = 24 };

/* Bytes of the longest start of a list that fits a line, behind a comma; 0 if it has none there. */
static size_t line_end(Str text) {
    size_t end = 0;
    size_t at = 0;
    for (size_t chars = 0; chars < FACT_CHARS_MAX && at < text.n; chars++) {
        bool comma = text.s[at] == ',';
        utf8_next(text, &at);
        end = comma ? at : end;
    }
    return end;
}

/* A long list takes two lines. */
static void add_fact(Builder *builder, ViewNode *node, Str text) {
    bool longer = utf8_length(text) > FACT_CHARS_MAX;
    size_t end = longer && node->lines.count + 1 < FACTS_MAX ? line_end(text) : 0;
    if (end) {
        vec_push(builder->arena, &node->lines, str_slice(text, 0, end));
        text = str_trim(str_slice(text, end, text.n));
    }
    if (text.n && node->lines.count < FACTS_MAX) {
        vec_push(builder->arena, &node->lines, view_cut(builder->arena, text, FACT_CHARS_MAX));
    }
}

static void add_facts(Builder *builder, ViewNode *node) {
    const RunFacts *facts = builder->facts;
    size_t at = SORTED_FIND(CardFact, entity, facts->facts, facts->fact_count, node->entity);
    for (; at < facts->fact_count && facts->facts[at].entity == node->entity; at++) {
        add_fact(builder, node, facts->facts[at].text);
    }
    const Node *own = look_of(builder->looks, builder->inventory, node->entity)->facts;
    for (size_t i = 0; own && i < own->count; i++) {
        add_fact(builder, node,
                 look_fact(builder->arena, builder->inventory, node->entity, own->items[i].text));
    }
}

/* ---- bars ---- */

static const Clash *find_clash(const RunFacts *facts, EntityId workload, const Mechanism *mechanism,
                               bool lower) {
    for (size_t i = 0; i < facts->clash_count; i++) {
        const Clash *clash = &facts->clashes[i];
        if (clash->workload == workload && (lower ? clash->lower : clash->upper) == mechanism) {
            return clash;
        }
    }
    return NULL;
}

/* With the group within which it acts, where that is no box and not too long: the gate says it as
 * well. */
static Str bar_text(const Builder *builder, const Protection *row) {
    Str title = row->mechanism->title;
    if (!row->scope || look_of(builder->looks, builder->inventory, row->scope)->is_box ||
        row->scope == row->workload) {
        return title;
    }
    Str scope = inventory_name(builder->inventory, row->scope);
    Str text = arena_printf(builder->arena, "%.*s, %.*s", STR_ARG(title), STR_ARG(scope));
    return utf8_length(text) <= BAR_CHARS_MAX ? text : title;
}

/* One bar for each tone: the mechanism that clashes, else that of the lowest layer. */
static void add_bar(Builder *builder, ViewNode *node, const Protection *row) {
    const Tone *tone = tone_of_layer(row->mechanism->glyph);
    if (!tone) {
        return;
    }
    const Clash *clash = find_clash(builder->facts, row->workload, row->mechanism, true);
    Bar bar = {.tone = tone,
               .text = bar_text(builder, row),
               .layer = row->mechanism->layer,
               .open = row->open};
    if (clash) {
        Str failed =
            view_cut(builder->arena, inventory_name(builder->inventory, clash->failed), 16);
        bar.clash = arena_printf(builder->arena, "both act when %.*s fails", STR_ARG(failed));
    }
    bool clashes = bar.clashes =
        clash || find_clash(builder->facts, row->workload, row->mechanism, false);
    for (size_t i = 0; i < node->bars.count; i++) {
        if (node->bars.items[i].tone == tone) {
            bool kept = node->bars.items[i].clashes;
            if (clashes || (!kept && row->mechanism->layer < node->bars.items[i].layer)) {
                node->bars.items[i] = bar;
            }
            return;
        }
    }
    vec_push(builder->arena, &node->bars, bar);
}

static const Protection *protections_of(const RunFacts *facts, EntityId workload,
                                        size_t *ret_count) {
    size_t from =
        SORTED_FIND(Protection, workload, facts->protections, facts->protection_count, workload);
    size_t end = from;
    while (end < facts->protection_count && facts->protections[end].workload == workload) {
        end++;
    }
    *ret_count = end - from;
    return *ret_count ? &facts->protections[from] : NULL;
}

/* True if its loss alone stops a service until somebody repairs it. */
static bool is_fatal(const Builder *builder, EntityId id) {
    const Faults *faults = builder->facts->faults;
    NodeId node = faults_node(faults, id);
    if (node == NO_NODE || faults->faults[node] == FAULT_NONE) {
        return false;
    }
    const SpofResult *spof = &faults->spof[SETTLED][PESSIMISTIC];
    for (uint32_t i = spof->starts[node]; i < spof->starts[node + 1]; i++) {
        if (faults_is_judged(faults, node, spof->targets[i]) &&
            faults_stops(&faults->spof[SETTLED][OPTIMISTIC], node, spof->targets[i])) {
            return true;
        }
    }
    return false;
}

static bool is_open(const Builder *builder, EntityId id) {
    size_t count = 0;
    const NeedsRow *rows = needs_of(builder->facts->faults->needs, id, &count);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].open || needs_is_unknown(&rows[i])) {
            return true;
        }
    }
    return false;
}

/* The record or one of the machines below it that are drawn with it. */
static bool stands_open(const Builder *builder, EntityId id) {
    const FaultGraph *graph = builder->graph;
    const Faults *faults = builder->facts->faults;
    if (is_open(builder, id)) {
        return true;
    }
    NodeId node = faults_node(faults, id);
    for (uint32_t g = node == NO_NODE ? 0 : graph->gate_starts[node];
         node != NO_NODE && g < graph->gate_starts[node + 1]; g++) {
        const Gate *gate = &graph->gates[graph->own_gates[g]];
        for (uint32_t i = 0; i < gate->count; i++) {
            EntityId member = faults->entities[graph->members[gate->start + i]];
            if (member && view_drawn(builder, member) == id && is_open(builder, member)) {
                return true;
            }
        }
    }
    return false;
}

static void fill_card(Builder *builder, ViewNode *node) {
    add_facts(builder, node);
    size_t count = 0;
    const Protection *rows = protections_of(builder->facts, node->entity, &count);
    for (size_t i = 0; i < count; i++) {
        add_bar(builder, node, &rows[i]);
    }
    node->open = stands_open(builder, node->entity);
    node->bare = !node->bars.count && is_fatal(builder, node->entity);
}

/* ---- gates ---- */

static bool acts_on(const Builder *builder, EntityId member, const Protection *like) {
    size_t count = 0;
    const Protection *rows = protections_of(builder->facts, member, &count);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].mechanism == like->mechanism && rows[i].scope == like->scope) {
            return true;
        }
    }
    return false;
}

/* The layer that makes a gate's members stand in for each other: one that acts on each of them and
 * is no matter of the place where they run; the gate's own before any other. */
static const Tone *gate_tone(const Builder *builder, EntityId gate, const EntityId *members,
                             size_t member_count) {
    size_t count = 0;
    const Protection *rows =
        member_count ? protections_of(builder->facts, members[0], &count) : NULL;
    const Tone *found = NULL;
    for (size_t i = 0; i < count; i++) {
        const Tone *tone = tone_of_layer(rows[i].mechanism->glyph);
        bool own = gate && rows[i].scope == gate;
        bool all = tone && tone != &tone_hypervisor && (!found || own);
        for (size_t j = 1; all && j < member_count; j++) {
            all = acts_on(builder, members[j], &rows[i]);
        }
        found = all ? tone : found;
        if (all && own) {
            break;
        }
    }
    return found;
}

static void fill_gate(Builder *builder, uint32_t at) {
    VEC(EntityId) members = {0};
    for (size_t i = 0; i < builder->links.count; i++) {
        const Link *link = &builder->links.items[i];
        if (link->from == at && link->style == EDGE_ALTERNATIVE) {
            vec_push(builder->arena, &members, link->to);
        }
    }
    ViewNode *node = &builder->view->nodes.items[at];
    node->tone = gate_tone(builder, node->entity, members.items, members.count);
}

/* ---- boxes ---- */

/* Machines within a scope on which its mechanism certainly acts. */
static size_t count_protected(const Builder *builder, const Protection *of) {
    size_t count = 0;
    for (size_t i = 0; i < builder->facts->protection_count; i++) {
        const Protection *row = &builder->facts->protections[i];
        count += row->mechanism == of->mechanism && row->scope == of->scope && !row->open;
    }
    return count;
}

/* "vSphere HA restart of every VM in this box", or of how many of them. */
static Str scope_note(const Builder *builder, const Protection *row, uint32_t box) {
    const Schema *schema = inventory_schema(builder->inventory);
    KindId id = schema_find_kind(schema, row->mechanism->subject);
    Str title = row->mechanism->title;
    if (id == NO_KIND) {
        return title;
    }
    size_t total = view_count_inside(builder, id, box, false);
    size_t count = count_protected(builder, row);
    Str word = builder->looks[id].tile;
    return count >= total ? arena_printf(builder->arena, "%.*s of every %.*s in this box",
                                         STR_ARG(title), STR_ARG(word))
                          : arena_printf(builder->arena, "%.*s of %zu of %zu %.*ss in this box",
                                         STR_ARG(title), count, total, STR_ARG(word));
}

/* The dashed box is the scope of a mechanism, of the lowest layer where there are several. */
static void mark_scopes(Builder *builder) {
    View *view = builder->view;
    const Protection **chosen =
        arena_array(builder->arena, const Protection *, view->boxes.count + 1);
    for (size_t i = 0; i < builder->facts->protection_count; i++) {
        const Protection *row = &builder->facts->protections[i];
        uint32_t at = row->scope ? builder->box_of[row->scope] : NO_BOX;
        if (at == NO_BOX || row->open || view->boxes.items[at].style != BOX_PLAIN ||
            tone_of_layer(row->mechanism->glyph) != &tone_hypervisor) {
            continue;
        }
        if (!chosen[at] || row->mechanism->layer < chosen[at]->mechanism->layer) {
            chosen[at] = row;
        }
    }
    for (uint32_t i = 0; i < view->boxes.count; i++) {
        if (chosen[i]) {
            view->boxes.items[i].style = BOX_SCOPE;
            view->boxes.items[i].tone = &tone_hypervisor;
            view->boxes.items[i].note = scope_note(builder, chosen[i], i);
        }
    }
}

/* Then the consumer says how many they are. */
static bool has_consumer(const View *view, uint32_t service) {
    for (size_t i = 0; i < view->edges.count; i++) {
        const ViewEdge *edge = &view->edges.items[i];
        if (edge->to == service && edge->from != NO_VIEW_NODE &&
            view->nodes.items[edge->from].shape == VIEW_CONSUMER) {
            return true;
        }
    }
    return false;
}

void view_add_layers(Builder *builder) {
    for (size_t i = 0; i < builder->view->nodes.count; i++) {
        ViewNode *node = &builder->view->nodes.items[i];
        if (view_node_is_card(node)) {
            fill_card(builder, node);
        } else if (node->shape == VIEW_GATE) {
            fill_gate(builder, (uint32_t)i);
        } else if (node->shape == VIEW_SERVICE && !has_consumer(builder->view, (uint32_t)i)) {
            add_facts(builder, node);
        }
    }
    mark_scopes(builder);
}
