/* The placement view: services over gates over what they run on, where it stands, over what that
 * shares. */
#include "draw/view_build.h"

static void weigh(Builder *builder, EntityId id, Weight weight) {
    if (builder->weights[id] < weight) {
        builder->weights[id] = (uint8_t)weight;
    }
}

static void weigh_all(Builder *builder) {
    for (size_t i = 0; i < builder->report->finding_count; i++) {
        const Finding *finding = builder->report->findings[i];
        if (finding->waiver) {
            continue;
        }
        weigh(builder, view_drawn(builder, finding->subject), WEIGHT_SUBJECT);
        for (size_t j = 0; j < finding->related_count; j++) {
            weigh(builder, view_drawn(builder, finding->related[j]), WEIGHT_RELATED);
        }
    }
    for (size_t i = 0; i < builder->facts->clash_count; i++) {
        weigh(builder, builder->facts->clashes[i].workload, WEIGHT_CLASH);
    }
}

/* What stands nowhere and what a service needs itself, such as a record: not below all boxes. */
static void lift_cards(Builder *builder) {
    View *view = builder->view;
    for (size_t i = 0; i < view->edges.count; i++) {
        const ViewEdge *edge = &view->edges.items[i];
        ViewNode *to = edge->to == NO_VIEW_NODE ? NULL : &view->nodes.items[edge->to];
        if (to && to->shape == VIEW_CARD && to->box == NO_BOX && edge->from != NO_VIEW_NODE &&
            view->nodes.items[edge->from].shape == VIEW_SERVICE) {
            to->shape = VIEW_BESIDE;
        }
    }
    for (size_t i = 0; i < view->edges.count; i++) { /* gates stand in that row themselves */
        const ViewEdge *edge = &view->edges.items[i];
        if (edge->from != NO_VIEW_NODE && edge->to != NO_VIEW_NODE &&
            view->nodes.items[edge->from].shape == VIEW_GATE &&
            view->nodes.items[edge->to].shape == VIEW_BESIDE) {
            view->nodes.items[edge->to].shape = VIEW_CARD;
        }
    }
}

/* ---- the title ---- */

static void add_count(Builder *builder, Buf *out, KindId kind) {
    size_t count = 0;
    size_t rows = inventory_row_count(builder->inventory, kind);
    for (RowId row = 0; row < rows; row++) {
        EntityId id = inventory_id(builder->inventory, kind, row);
        count += view_drawn(builder, id) == id;
    }
    if (count) {
        Str text =
            view_plural(builder->arena, &inventory_schema(builder->inventory)->kinds[kind], count);
        buf_printf(out, "%s%.*s", str_ends(buf_str(out), STR(" ")) ? "" : ", ", STR_ARG(text));
    }
}

/* "2 (ESX-01, ESX-02)": the names where they are few. */
static void add_named(Builder *builder, Buf *out, const char *what, const EntityId *ids,
                      size_t count) {
    enum { NAMES_MAX = 4, NAME_CHARS_MAX = 24 };
    buf_printf(out, ".  %s: %zu", what, count);
    for (size_t i = 0; i < count && count <= NAMES_MAX; i++) {
        Str name =
            view_cut(builder->arena, inventory_name(builder->inventory, ids[i]), NAME_CHARS_MAX);
        buf_printf(out, "%s%.*s%s", i ? ", " : " (", STR_ARG(name), i + 1 == count ? ")" : "");
    }
}

static void add_failures(Builder *builder, Buf *out) {
    const RunFacts *facts = builder->facts;
    const Faults *faults = facts->faults;
    VEC(EntityId) lost[LOSS_STOPS + 1] = {{0}};
    VEC(EntityId) both = {0};
    for (EntityId id = 1; id <= builder->limit; id++) {
        bool tried = false;
        NodeId node = faults_node(faults, id);
        Loss loss = node == NO_NODE ? LOSS_NONE : faults_loss(faults, node, &tried);
        vec_push(builder->arena, &lost[loss], id);
    }
    for (size_t i = 0; i < facts->clash_count; i++) {
        EntityId failed = facts->clashes[i].failed;
        bool known = false;
        for (size_t j = 0; j < both.count; j++) {
            known = known || both.items[j] == failed;
        }
        if (!known) {
            vec_push(builder->arena, &both, failed);
        }
    }
    if (builder->report->failures_tried) {
        buf_printf(out, ".  Single failures tried: %zu", builder->report->failures_tried);
        add_named(builder, out, "Service lost", lost[LOSS_STOPS].items, lost[LOSS_STOPS].count);
    }
    if (lost[LOSS_INTERRUPTS].count) {
        add_named(builder, out, "Interrupted", lost[LOSS_INTERRUPTS].items,
                  lost[LOSS_INTERRUPTS].count);
    }
    if (both.count) {
        add_named(builder, out, "Both layers act", both.items, both.count);
    }
    buf_addc(out, '.');
}

static Str left_out_text(const Builder *builder) {
    const struct {
        size_t count;
        const char *one, *many;
    } parts[] = {{builder->cards_left_out, "card", "cards"},
                 {builder->services_left_out, "service", "services"},
                 {builder->shared_left_out, "shared thing", "shared things"}};
    Str text = STR("Left out, those with findings last: ");
    bool first = true;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].count) {
            text = arena_printf(builder->arena, "%.*s%s%zu %s", STR_ARG(text), first ? "" : ", ",
                                parts[i].count, parts[i].count == 1 ? parts[i].one : parts[i].many);
            first = false;
        }
    }
    return text;
}

static void add_title(Builder *builder) {
    enum { LINE_MAX_BYTES = 1024 };
    const Schema *schema = inventory_schema(builder->inventory);
    Buf out;
    buf_init(&out, LINE_MAX_BYTES);
    buf_addz(&out, "Services over placement.  ");
    for (size_t kind = schema->kind_count; kind--;) {
        const Look *look = &builder->looks[kind];
        bool placed = look->drawn && look->inside && !look->is_shared && !look->gate;
        if (placed || look->is_box) {
            add_count(builder, &out, (KindId)kind);
        }
    }
    add_failures(builder, &out);
    Str name = inventory_head(builder->inventory)->name;
    builder->view->title = view_cut(builder->arena, name.n ? name : STR("Placement"), 70);
    builder->view->subtitle = arena_copy(builder->arena, buf_str(&out));
    buf_clear(&out);
    if (builder->cards_left_out || builder->services_left_out || builder->shared_left_out) {
        builder->view->left_out = left_out_text(builder);
    }
}

const View *view_placement(Arena *arena, const Report *report, const RunFacts *facts, bool ascii) {
    View *view = arena_new(arena, View);
    *view = (View){.arena = arena, .report = report, .ascii = ascii};
    const Inventory *inventory = facts->inventory;
    Builder builder = {.arena = arena,
                       .report = report,
                       .facts = facts,
                       .inventory = inventory,
                       .looks = looks_read(arena, inventory_schema(inventory)),
                       .graph = facts->faults->graphs[EARLY][PESSIMISTIC],
                       .view = view,
                       .limit = (EntityId)inventory_entity_count(inventory)};
    builder.node_of = arena_array(arena, uint32_t, builder.limit + 1);
    builder.box_of = arena_array(arena, uint32_t, builder.limit + 1);
    builder.weights = arena_array(arena, uint8_t, builder.limit + 1);
    for (EntityId id = 0; id <= builder.limit; id++) {
        builder.node_of[id] = NO_VIEW_NODE;
        builder.box_of[id] = NO_BOX;
    }
    view_find_containers(&builder);
    weigh_all(&builder);
    view_add_services(&builder);
    view_choose_cards(&builder);
    view_resolve_links(&builder);
    lift_cards(&builder);
    view_add_shared(&builder);
    view_add_layers(&builder);
    view_add_badges(&builder);
    view_fold(&builder);
    add_title(&builder);
    return view;
}
