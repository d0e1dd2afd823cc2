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

/* Links whose card was left out are dropped: the card is counted in its box. */
static void resolve_links(Builder *builder) {
    for (size_t i = 0; i < builder->links.count; i++) {
        const Link *link = &builder->links.items[i];
        uint32_t to = builder->node_of[link->to];
        if (to != NO_VIEW_NODE) {
            ViewEdge edge = {link->from, to, link->style, NO_BOX, STR_NONE};
            if (link->style == EDGE_VOTE) {
                edge.label = STR("vote");
            }
            vec_push(builder->arena, &builder->view->edges, edge);
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
        buf_printf(out, "%s%.*s", out->size ? ", " : "", STR_ARG(text));
    }
}

static void add_failures(Builder *builder, Buf *out) {
    const Report *report = builder->report;
    EntityId last = 0;
    size_t both = 0;
    for (size_t i = 0; i < builder->facts->clash_count; i++) {
        both += builder->facts->clashes[i].workload != last;
        last = builder->facts->clashes[i].workload;
    }
    if (report->failures_tried) {
        buf_printf(out, ".  Single failures tried: %zu.  Service lost: %zu.  Interrupted: %zu",
                   report->failures_tried, report->failures_settled, report->failures_early);
    }
    if (both) {
        buf_printf(out, ".  Both layers act: %zu", both);
    }
    buf_addc(out, '.');
}

static void add_title(Builder *builder) {
    enum { LINE_MAX_BYTES = 1024 };
    const Schema *schema = inventory_schema(builder->inventory);
    Buf out;
    buf_init(&out, LINE_MAX_BYTES);
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
        builder->view->left_out = arena_printf(
            builder->arena,
            "Left out: %zu cards, %zu services, %zu shared things (at most %d, %d and %d are "
            "drawn; those with findings first).",
            builder->cards_left_out, builder->services_left_out, builder->shared_left_out,
            VIEW_CARDS_MAX, VIEW_SERVICES_MAX, VIEW_SHARED_MAX);
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
    weigh_all(&builder);
    view_add_services(&builder);
    view_choose_cards(&builder);
    resolve_links(&builder);
    view_add_shared(&builder);
    view_add_layers(&builder);
    view_add_badges(&builder);
    add_title(&builder);
    return view;
}
