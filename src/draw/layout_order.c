/* The order of boxes and cards: two change places while that makes edges shorter, lets fewer cross
 * or keeps their cards in the upper row. Services and gates follow what they hang on. */
#include <stdlib.h>

#include "draw/view_layout.h"

enum {
    SWEEPS_MAX = 12,
    LOWER_COST = 500, /* an edge that passes a row of cards, for each unit of its weight */
    CROSS_COST = 160,
    ROW_COST = 5000,
    LEVEL = 100, /* from row to row, for crossings */
    CARD_LEVEL = 2 * LEVEL,
};

typedef struct Segment {
    uint32_t from, to, head_box; /* as in the edge */
    int32_t weight;
} Segment;

typedef struct Search {
    const View *view;
    Layout *layout;
    VEC(Segment) segments;
    int32_t *x, *y;      /* by node */
    IndexList shapes[2]; /* services, gates: by x */
} Search;

static int32_t weight_of(EdgeStyle style) {
    switch (style) {
    case EDGE_ONLY_PATH:
        return 4;
    case EDGE_ALTERNATIVE:
        return 3;
    case EDGE_DEPENDS:
    case EDGE_VOTE:
    case EDGE_STYLES:
        break;
    }
    return 1;
}

static void find_segments(Arena *arena, Search *search) {
    const View *view = search->view;
    for (size_t i = 0; i < view->edges.count; i++) {
        const ViewEdge *edge = &view->edges.items[i];
        ViewShape from =
            edge->from == NO_VIEW_NODE ? VIEW_SHARED : view->nodes.items[edge->from].shape;
        if (from == VIEW_SERVICE || from == VIEW_GATE) {
            Segment segment = {edge->from, edge->to, edge->head_box, weight_of(edge->style)};
            vec_push(arena, &search->segments, segment);
        }
    }
    for (size_t i = 0; i < view->nodes.count; i++) {
        ViewShape shape = view->nodes.items[i].shape;
        bool upper = shape == VIEW_GATE || shape == VIEW_BESIDE;
        if (shape == VIEW_SERVICE || upper) {
            vec_push(arena, &search->shapes[upper], (uint32_t)i);
            search->y[i] = upper ? LEVEL : 0;
        }
    }
}

/* ---- where things stand ---- */

static void place_cards(Search *search) {
    const Layout *layout = search->layout;
    for (size_t i = 0; i < layout->pack_count; i++) {
        const CardStack *stack = &layout->packs[i].stack;
        uint32_t x = 0;
        for (size_t j = 0; j < stack->nodes.count; j++) {
            uint32_t node = stack->nodes.items[j];
            x = j % stack->columns ? x : stack->x;
            search->x[node] = (int32_t)(x + layout->sizes[node].width / 2);
            uint32_t row = stack->first_row + (uint32_t)j / stack->columns;
            search->y[node] = (int32_t)(CARD_LEVEL + row * LEVEL);
            x += layout->sizes[node].width + LAYOUT_GAP;
        }
    }
}

static int32_t target_x(const Search *search, const Segment *segment) {
    if (segment->head_box == NO_BOX) {
        return search->x[segment->to];
    }
    const BoxPack *pack = &search->layout->packs[segment->head_box];
    return (int32_t)(pack->x + pack->width / 2);
}

static int32_t target_y(const Search *search, const Segment *segment) {
    if (segment->head_box == NO_BOX) {
        return search->y[segment->to];
    }
    return CARD_LEVEL + (int32_t)search->layout->packs[segment->head_box].first_row * LEVEL;
}

/* Each over the middle of what it hangs on, then apart. */
static void place_upper(Search *search, IndexList *list) {
    for (size_t i = 0; i < list->count; i++) {
        int64_t sum = 0;
        int64_t weight = 0;
        for (size_t j = 0; j < search->segments.count; j++) {
            const Segment *segment = &search->segments.items[j];
            if (segment->from == list->items[i]) {
                sum += (int64_t)target_x(search, segment) * segment->weight;
                weight += segment->weight;
            }
        }
        search->x[list->items[i]] = weight ? (int32_t)(sum / weight) : PAGE_WIDTH;
    }
    for (size_t i = 1; i < list->count; i++) {
        for (size_t j = i; j && search->x[list->items[j]] < search->x[list->items[j - 1]]; j--) {
            uint32_t node = list->items[j];
            list->items[j] = list->items[j - 1];
            list->items[j - 1] = node;
        }
    }
    int64_t shift = 0;
    for (size_t i = 1; i < list->count; i++) {
        const NodeSize *sizes = search->layout->sizes;
        int32_t *x = &search->x[list->items[i]];
        int32_t least =
            search->x[list->items[i - 1]] + LAYOUT_GAP +
            (int32_t)(sizes[list->items[i]].width + sizes[list->items[i - 1]].width) / 2;
        shift += *x < least ? least - *x : 0;
        *x = *x < least ? least : *x;
    }
    for (size_t i = 0; i < list->count; i++) {
        search->x[list->items[i]] -= (int32_t)(shift / (int64_t)list->count);
    }
}

/* ---- how good that is ---- */

static int64_t side(const int32_t *a, const int32_t *b, const int32_t *c) {
    int64_t turn = (int64_t)(b[0] - a[0]) * (c[1] - a[1]) - (int64_t)(b[1] - a[1]) * (c[0] - a[0]);
    return (turn > 0) - (turn < 0);
}

static bool crosses(const Search *search, const Segment *a, const Segment *b) {
    if (a->from == b->from || (a->to == b->to && a->head_box == b->head_box)) {
        return false;
    }
    int32_t a_from[2] = {search->x[a->from], search->y[a->from]};
    int32_t a_to[2] = {target_x(search, a), target_y(search, a)};
    int32_t b_from[2] = {search->x[b->from], search->y[b->from]};
    int32_t b_to[2] = {target_x(search, b), target_y(search, b)};
    return side(a_from, a_to, b_from) * side(a_from, a_to, b_to) < 0 &&
           side(b_from, b_to, a_from) * side(b_from, b_to, a_to) < 0;
}

static int64_t cost_of(Search *search) {
    layout_pack(search->view, search->layout);
    place_cards(search);
    place_upper(search, &search->shapes[1]);
    place_upper(search, &search->shapes[0]);
    int64_t cost = (int64_t)search->layout->row_count * ROW_COST;
    for (size_t i = 0; i < search->segments.count; i++) {
        const Segment *segment = &search->segments.items[i];
        int32_t length = abs(target_x(search, segment) - search->x[segment->from]);
        int32_t lower =
            target_y(search, segment) > CARD_LEVEL ? target_y(search, segment) - CARD_LEVEL : 0;
        uint32_t busy = segment->head_box == NO_BOX ? search->layout->busy[segment->to] : 1;
        cost += (int64_t)segment->weight * length + (int64_t)(lower / LEVEL) * LOWER_COST * busy;
        for (size_t j = 0; j < i; j++) {
            cost += crosses(search, segment, &search->segments.items[j]) ? CROSS_COST : 0;
        }
    }
    return cost;
}

/* ---- search ---- */

static void swap_indices(uint32_t *a, uint32_t *b) {
    uint32_t kept = *a;
    *a = *b;
    *b = kept;
}

/* As the inventory has them; what stands in no box of its own comes last. */
static EntityId box_rank(const Search *search, uint32_t box) {
    return box == NO_BOX ? UINT32_MAX : search->view->boxes.items[box].entity;
}

/* Items that may change places: all but the stack of the page itself, which stands alone, last. */
static size_t movable(const BoxPack *pack) {
    size_t count = pack->items.count;
    bool alone = pack->parent == NO_BOX && count && pack->items.items[count - 1].box == NO_BOX;
    return alone ? count - 1 : count;
}

/* A swap stays if it is better; one that restores the canonical order, if it is not worse. True if
 * it is better. */
static bool try_swap(Search *search, uint32_t *a, uint32_t *b, bool restores, int64_t *best) {
    swap_indices(a, b);
    int64_t cost = cost_of(search);
    bool better = cost < *best;
    if (better || (restores && cost == *best)) {
        *best = cost;
    } else {
        swap_indices(a, b);
    }
    return better;
}

static bool swap_items(Search *search, BoxPack *pack, int64_t *best) {
    bool better = false;
    for (size_t i = 0; i < movable(pack); i++) {
        for (size_t j = i + 1; j < movable(pack); j++) {
            uint32_t *a = &pack->items.items[i].box;
            uint32_t *b = &pack->items.items[j].box;
            bool restores = box_rank(search, *a) > box_rank(search, *b);
            better = try_swap(search, a, b, restores, best) || better;
        }
    }
    return better;
}

static bool swap_cards(Search *search, CardStack *stack, int64_t *best) {
    bool better = false;
    for (size_t i = 0; i < stack->nodes.count; i++) {
        for (size_t j = i + 1; j < stack->nodes.count; j++) {
            uint32_t *a = &stack->nodes.items[i];
            uint32_t *b = &stack->nodes.items[j];
            if (!search->layout->busy[*a] && !search->layout->busy[*b]) {
                continue; /* canonical order */
            }
            better = try_swap(search, a, b, *a > *b, best) || better;
        }
    }
    return better;
}

/* Left to right, everywhere. */
static void mirror(Layout *layout) {
    for (size_t i = 0; i < layout->pack_count; i++) {
        BoxPack *pack = &layout->packs[i];
        size_t count = movable(pack);
        for (size_t j = 0; j < count / 2; j++) {
            swap_indices(&pack->items.items[j].box, &pack->items.items[count - 1 - j].box);
        }
        CardStack *stack = &pack->stack;
        for (size_t start = 0; start < stack->nodes.count; start += stack->columns) {
            size_t end = start + stack->columns;
            end = end < stack->nodes.count ? end : stack->nodes.count;
            for (size_t left = start, right = end - 1; left < right; left++, right--) {
                swap_indices(&stack->nodes.items[left], &stack->nodes.items[right]);
            }
        }
    }
}

/* Pairs that stand against the canonical order. */
static size_t inversions(const Search *search) {
    const Layout *layout = search->layout;
    size_t count = 0;
    for (size_t i = 0; i < layout->pack_count; i++) {
        const BoxPack *pack = &layout->packs[i];
        for (size_t j = 1; j < pack->items.count; j++) {
            count += box_rank(search, pack->items.items[j - 1].box) >
                     box_rank(search, pack->items.items[j].box);
        }
        for (size_t j = 1; j < pack->stack.nodes.count; j++) {
            count += pack->stack.nodes.items[j - 1] > pack->stack.nodes.items[j];
        }
    }
    return count;
}

/* The mirror image is about as good; the one nearer to the canonical order is easier to read. */
static void choose_side(Search *search, int64_t best) {
    size_t before = inversions(search);
    mirror(search->layout);
    if (cost_of(search) > best + best / 20 || inversions(search) >= before) {
        mirror(search->layout);
    }
}

void layout_order(Arena *arena, const View *view, Layout *layout) {
    Search search = {.view = view, .layout = layout};
    search.x = arena_array(arena, int32_t, view->nodes.count + 1);
    search.y = arena_array(arena, int32_t, view->nodes.count + 1);
    find_segments(arena, &search);
    int64_t best = cost_of(&search);
    bool better = true;
    for (int sweep = 0; better && sweep < SWEEPS_MAX; sweep++) {
        better = false;
        for (size_t i = 0; i < layout->pack_count; i++) {
            better = swap_items(&search, &layout->packs[i], &best) || better;
            better = swap_cards(&search, &layout->packs[i].stack, &best) || better;
        }
    }
    choose_side(&search, best);
    cost_of(&search);
    layout->x = search.x;
    layout->services = search.shapes[0];
    layout->gates = search.shapes[1];
}
