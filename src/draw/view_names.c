#include "base/fold.h"
#include "draw/view_build.h"

Str view_cut(Arena *arena, Str text, size_t maximum) {
    if (utf8_length(text) <= maximum) {
        return text;
    }
    size_t at = 0;
    for (size_t i = 0; i + 1 < maximum && at < text.n; i++) {
        utf8_next(text, &at);
    }
    return arena_printf(arena, "%.*s\xE2\x80\xA6", STR_ARG(str_trim(str_slice(text, 0, at))));
}

Str view_capital(Arena *arena, Str text) {
    if (!text.n || text.s[0] < 'a' || text.s[0] > 'z') {
        return text;
    }
    return arena_printf(arena, "%c%.*s", text.s[0] - 'a' + 'A',
                        STR_ARG(str_slice(text, 1, text.n)));
}

/* Words of a title in the middle of a sentence: "Storage array" -> "storage array", "AD FS farm" as
 * it is. */
static Str inner_word(Arena *arena, Str title) {
    bool capital = title.n > 1 && title.s[0] >= 'A' && title.s[0] <= 'Z' && title.s[1] >= 'a' &&
                   title.s[1] <= 'z';
    if (!capital) {
        return title;
    }
    return arena_printf(arena, "%c%.*s", title.s[0] - 'A' + 'a',
                        STR_ARG(str_slice(title, 1, title.n)));
}

Str view_plural(Arena *arena, const Kind *kind, size_t count) {
    Str word = inner_word(arena, kind->title);
    bool ends_in_y = count != 1 && str_ends(word, STR("y"));
    Str stem = ends_in_y ? str_slice(word, 0, word.n - 1) : word;
    bool hisses = str_ends(word, STR("s")) || str_ends(word, STR("ch"));
    const char *end = count == 1 ? "" : ends_in_y ? "ies" : hisses ? "es" : "s";
    return arena_printf(arena, "%zu %.*s%s", count, STR_ARG(stem), end);
}

static bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool id_is_taken(const Builder *builder, Str id) {
    const View *view = builder->view;
    for (size_t i = 0; i < view->nodes.count; i++) {
        if (str_eq(view->nodes.items[i].element_id, id)) {
            return true;
        }
    }
    for (size_t i = 0; i < view->boxes.count; i++) {
        if (str_eq(view->boxes.items[i].element_id, id)) {
            return true;
        }
    }
    return false;
}

Str view_element_id(const Builder *builder, EntityId id) {
    RowId row;
    const Schema *schema = inventory_schema(builder->inventory);
    const Kind *kind = schema_kind(schema, inventory_kind_of(builder->inventory, id, &row));
    Str text =
        arena_printf(builder->arena, "%.*s-%.*s", STR_ARG(sym_text(schema->interner, kind->name)),
                     STR_ARG(view_cut(builder->arena, inventory_name(builder->inventory, id), 60)));
    char *plain = arena_array(builder->arena, char, text.n + 1);
    for (size_t i = 0; i < text.n; i++) {
        plain[i] = is_plain(text.s[i]) ? text.s[i] : '-';
    }
    Str base = {plain, text.n};
    Str unique = base;
    for (int number = 2; id_is_taken(builder, unique); number++) {
        unique = arena_printf(builder->arena, "%.*s-%d", STR_ARG(base), number);
    }
    return unique;
}

EntityId view_drawn(const Builder *builder, EntityId id) {
    const Inventory *inventory = builder->inventory;
    const Schema *schema = inventory_schema(inventory);
    for (int depth = 0; depth < 8; depth++) {
        RowId row;
        const Kind *kind = schema_kind(schema, inventory_kind_of(inventory, id, &row));
        RowId parent = kind->child_of == NO_KIND
                           ? NO_ROW
                           : inventory_parent(inventory, (KindId)(kind - schema->kinds), row);
        if (parent == NO_ROW) {
            break;
        }
        id = inventory_id(inventory, kind->child_of, parent);
    }
    return id;
}

bool view_is_service(const Builder *builder, EntityId id) {
    return services_find(builder->facts->faults->services, id) != NULL;
}

bool view_is_card(const Builder *builder, EntityId id) {
    const Look *look = look_of(builder->looks, builder->inventory, id);
    return look->drawn && !look->is_box && !look->gate && !view_is_service(builder, id) &&
           view_drawn(builder, id) == id;
}

uint32_t view_add_node(Builder *builder, ViewShape shape, EntityId entity) {
    View *view = builder->view;
    ViewNode node = {.shape = shape, .entity = entity, .box = NO_BOX};
    if (entity) {
        const Look *look = look_of(builder->looks, builder->inventory, entity);
        Str name = look_name(look, builder->inventory, entity);
        node.tile = look_tile(look, builder->inventory, entity);
        node.name = view_cut(builder->arena, name, VIEW_NAME_MAX);
        node.tooltip = name;
        node.element_id = view_element_id(builder, entity);
        if (builder->node_of[entity] == NO_VIEW_NODE) {
            builder->node_of[entity] = (uint32_t)view->nodes.count;
        }
    }
    vec_push(builder->arena, &view->nodes, node);
    return (uint32_t)view->nodes.count - 1;
}

uint32_t view_box_of(const Builder *builder, EntityId id) {
    if (builder->node_of[id] != NO_VIEW_NODE) {
        return builder->view->nodes.items[builder->node_of[id]].box;
    }
    for (int depth = 0; id && depth < 8; depth++) {
        if (builder->box_of[id] != NO_BOX) {
            return builder->box_of[id];
        }
        id = builder->containers[id];
    }
    return NO_BOX;
}

size_t view_count_inside(const Builder *builder, KindId kind, uint32_t box, bool only_drawn) {
    size_t total = 0;
    size_t rows = inventory_row_count(builder->inventory, kind);
    for (RowId row = 0; row < rows; row++) {
        EntityId id = inventory_id(builder->inventory, kind, row);
        uint32_t at = view_box_of(builder, id);
        for (; at != NO_BOX && at != box; at = builder->view->boxes.items[at].parent) {
        }
        total += at == box && (!only_drawn || view_drawn(builder, id) == id);
    }
    return total;
}

static bool stands_inside(const Builder *builder, EntityId id, EntityId outer) {
    for (int depth = 0; id && depth < 8; depth++) {
        if (id == outer) {
            return true;
        }
        id = builder->containers[id];
    }
    return false;
}

/* A box of which nothing is said stands where what is inside it says: a machine names its host and
 * its cluster. */
void view_find_containers(Builder *builder) {
    enum { INSIDE_MAX = 4 };
    builder->containers = arena_array(builder->arena, EntityId, builder->limit + 1);
    EntityId boxes[INSIDE_MAX];
    for (EntityId id = 1; id <= builder->limit; id++) {
        size_t count = look_containers(builder->looks, builder->inventory, id, boxes, INSIDE_MAX);
        builder->containers[id] = count ? boxes[0] : 0;
    }
    for (EntityId id = 1; id <= builder->limit; id++) {
        size_t count = look_containers(builder->looks, builder->inventory, id, boxes, INSIDE_MAX);
        for (size_t i = 1; i < count; i++) {
            if (!builder->containers[boxes[i - 1]] &&
                !stands_inside(builder, boxes[i], boxes[i - 1])) {
                builder->containers[boxes[i - 1]] = boxes[i];
            }
        }
    }
}
