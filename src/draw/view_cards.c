/* Which records become cards, and the boxes around them. What does not fit is counted in
 * its box. */
#include "draw/view_build.h"

typedef struct Count {
    KindId kind;
    size_t total, found; /* found: carries a finding */
} Count;
typedef VEC(Count) CountList;

typedef struct CardStep {
    Builder *builder;
    CountList *rests; /* by box + 1 */
    size_t shown;
} CardStep;

/* ---- boxes ---- */

static EntityId container_of(const Builder *builder, EntityId id) {
    return builder->containers[id];
}

static uint32_t add_box(Builder *builder, EntityId id, uint32_t parent) {
    View *view = builder->view;
    RowId row;
    KindId kind = inventory_kind_of(builder->inventory, id, &row);
    Str title = schema_kind(inventory_schema(builder->inventory), kind)->title;
    Str name = look_name(&builder->looks[kind], builder->inventory, id);
    ViewBox box = {.entity = id,
                   .parent = parent,
                   .style = builder->looks[kind].box,
                   .kind = title,
                   .name = view_cut(builder->arena, name, VIEW_NAME_MAX),
                   .tooltip = name,
                   .element_id = view_element_id(builder, id)};
    vec_push(builder->arena, &view->boxes, box);
    builder->box_of[id] = (uint32_t)view->boxes.count - 1;
    return builder->box_of[id];
}

/* The box of a container with all around it; NO_BOX for 0. */
static uint32_t box_for(Builder *builder, EntityId container) {
    enum { DEPTH_MAX = 8 };
    EntityId chain[DEPTH_MAX];
    size_t depth = 0;
    uint32_t box = NO_BOX;
    for (EntityId id = container; id && depth < DEPTH_MAX; id = container_of(builder, id)) {
        box = builder->box_of[id];
        if (box != NO_BOX) {
            break;
        }
        chain[depth++] = id;
    }
    while (depth) {
        box = add_box(builder, chain[--depth], box);
    }
    return box;
}

/* The innermost box that is drawn around a record. */
static uint32_t drawn_box(const Builder *builder, EntityId id) {
    EntityId box = container_of(builder, id);
    for (int depth = 0; box && depth < 8 && builder->box_of[box] == NO_BOX; depth++) {
        box = container_of(builder, box);
    }
    return box ? builder->box_of[box] : NO_BOX;
}

/* ---- choosing ---- */

static bool is_shared(const Builder *builder, EntityId id) {
    return look_of(builder->looks, builder->inventory, id)->is_shared;
}

/* Records that stand somewhere are shown if there is room; all else only if something is said of
 * it. */
static bool is_candidate(const Builder *builder, EntityId id) {
    return view_is_card(builder, id) &&
           (builder->weights[id] >= WEIGHT_PATH || is_shared(builder, id) ||
            look_of(builder->looks, builder->inventory, id)->inside);
}

static void add_card(CardStep *step, EntityId id, ViewShape shape) {
    Builder *builder = step->builder;
    if (builder->node_of[id] == NO_VIEW_NODE) {
        uint32_t box = box_for(builder, container_of(builder, id));
        uint32_t node = view_add_node(builder, shape, id);
        builder->view->nodes.items[node].box = box;
    }
}

/* Cards of one sort: the heaviest first where there are too many, in canonical order else. */
static void choose(CardStep *step, bool shared, size_t maximum, size_t *ret_left_out) {
    Builder *builder = step->builder;
    size_t counts[WEIGHT_SUBJECT + 1] = {0};
    for (EntityId id = 1; id <= builder->limit; id++) {
        counts[builder->weights[id]] +=
            is_candidate(builder, id) && is_shared(builder, id) == shared;
    }
    size_t take[WEIGHT_SUBJECT + 1];
    size_t total = 0;
    for (int weight = WEIGHT_NONE; weight <= WEIGHT_SUBJECT; weight++) {
        total += counts[weight];
    }
    /* Of an estate, no more than findings and what they are about. */
    size_t left = total > 2 * maximum ? maximum / 2 : maximum;
    *ret_left_out = 0;
    for (int weight = WEIGHT_SUBJECT; weight >= WEIGHT_NONE; weight--) {
        take[weight] = counts[weight] < left ? counts[weight] : left;
        /* Where not all fit, what nothing is said of would be an accidental choice. */
        if (weight <= WEIGHT_MEMBER && take[weight] < counts[weight]) {
            take[weight] = 0;
        }
        left -= take[weight];
        *ret_left_out += counts[weight] - take[weight];
    }
    for (EntityId id = 1; id <= builder->limit; id++) {
        uint8_t weight = builder->weights[id];
        if (take[weight] && is_candidate(builder, id) && is_shared(builder, id) == shared) {
            add_card(step, id, shared ? VIEW_SHARED : VIEW_CARD);
            take[weight]--;
            step->shown++;
        }
    }
}

/* Boxes in which nothing stands are cards themselves, while there is room. */
static void add_empty_boxes(CardStep *step) {
    Builder *builder = step->builder;
    size_t count = 0;
    for (EntityId id = 1; id <= builder->limit; id++) {
        count += look_of(builder->looks, builder->inventory, id)->is_box &&
                 builder->box_of[id] == NO_BOX;
    }
    if (!count || step->shown + count > VIEW_CARDS_MAX) {
        return;
    }
    for (EntityId id = builder->limit; id; id--) { /* hosts before what they stand in */
        if (look_of(builder->looks, builder->inventory, id)->is_box &&
            builder->box_of[id] == NO_BOX) {
            add_card(step, id, VIEW_CARD);
        }
    }
}

/* Boxes around boxes are drawn, while they are few, even where all inside them is left out. */
static void add_outer_boxes(CardStep *step) {
    enum { OUTER_MAX = 16 };
    Builder *builder = step->builder;
    bool *outer = arena_array(builder->arena, bool, builder->limit + 1);
    size_t count = 0;
    for (EntityId id = 1; id <= builder->limit; id++) {
        bool box = look_of(builder->looks, builder->inventory, id)->is_box;
        EntityId around =
            box && builder->node_of[id] == NO_VIEW_NODE ? container_of(builder, id) : 0;
        count += around && !outer[around];
        outer[around] = true;
    }
    for (EntityId id = 1; id <= builder->limit && count <= OUTER_MAX; id++) {
        if (outer[id] && builder->node_of[id] == NO_VIEW_NODE) {
            box_for(builder, id);
        }
    }
}

/* ---- what is left out ---- */

static void count_rest(CardStep *step, EntityId id) {
    Builder *builder = step->builder;
    RowId row;
    KindId kind = inventory_kind_of(builder->inventory, id, &row);
    uint32_t box = drawn_box(builder, id);
    CountList *list = &step->rests[box == NO_BOX ? 0 : box + 1];
    size_t at = 0;
    while (at < list->count && list->items[at].kind != kind) {
        at++;
    }
    if (at == list->count) {
        vec_push(builder->arena, list, ((Count){kind, 0, 0}));
    }
    list->items[at].total++;
    list->items[at].found += builder->weights[id] == WEIGHT_SUBJECT;
}

static void add_rest(CardStep *step, uint32_t box, const CountList *list) {
    Builder *builder = step->builder;
    const Schema *schema = inventory_schema(builder->inventory);
    uint32_t node = view_add_node(builder, VIEW_REST, 0);
    ViewNode *rest = &builder->view->nodes.items[node];
    rest->box = box;
    rest->element_id = arena_printf(builder->arena, "rest-%u", node);
    size_t found = 0;
    for (size_t i = list->count; i--;) {
        Str text =
            view_plural(builder->arena, &schema->kinds[list->items[i].kind], list->items[i].total);
        found += list->items[i].found;
        if (i + 1 == list->count) {
            rest->name = arena_printf(builder->arena, "+ %.*s", STR_ARG(text));
        } else {
            vec_push(builder->arena, &rest->lines, text);
        }
    }
    vec_push(builder->arena, &rest->lines,
             found ? arena_printf(builder->arena, "%zu with a finding", found) : STR("no finding"));
    rest->tooltip = rest->name;
}

static void add_rests(CardStep *step) {
    Builder *builder = step->builder;
    size_t boxes = builder->view->boxes.count;
    step->rests = arena_array(builder->arena, CountList, boxes + 1);
    for (EntityId id = 1; id <= builder->limit; id++) {
        const Look *look = look_of(builder->looks, builder->inventory, id);
        bool is_place = look->is_box && builder->box_of[id] == NO_BOX;
        bool is_left = look->inside && !look->is_shared && is_candidate(builder, id);
        if ((is_place || is_left) && builder->node_of[id] == NO_VIEW_NODE) {
            count_rest(step, id);
        }
    }
    for (size_t i = 0; i <= boxes; i++) {
        if (step->rests[i].count) {
            add_rest(step, i ? (uint32_t)i - 1 : NO_BOX, &step->rests[i]);
        }
    }
}

void view_choose_cards(Builder *builder) {
    CardStep step = {.builder = builder};
    choose(&step, false, VIEW_CARDS_MAX, &builder->cards_left_out);
    choose(&step, true, VIEW_SHARED_MAX, &builder->shared_left_out);
    step.shown = 0;
    for (size_t i = 0; i < builder->view->nodes.count; i++) {
        step.shown += builder->view->nodes.items[i].shape == VIEW_CARD;
    }
    add_empty_boxes(&step);
    add_outer_boxes(&step);
    add_rests(&step);
}
