/* Inside of building a view: placement.c and the view_*.c files alone. */
#ifndef DRAW_VIEW_BUILD_H
#define DRAW_VIEW_BUILD_H

#include "draw/look.h"

/* An edge to an entity whose card may not stand yet. */
typedef struct Link {
    uint32_t from;
    EntityId to;
    EdgeStyle style;
} Link;

/* Why an entity is shown; the heaviest reason counts. */
typedef enum Weight {
    WEIGHT_NONE,
    WEIGHT_MEMBER,
    WEIGHT_RELATED,
    WEIGHT_PATH,
    WEIGHT_CLASH,
    WEIGHT_SUBJECT
} Weight;

typedef struct Builder {
    Arena *arena;
    const Report *report;
    const RunFacts *facts;
    const Inventory *inventory;
    const Look *looks;
    const FaultGraph *graph; /* early phase, open facts read as they would hurt */
    View *view;
    EntityId limit;       /* highest id */
    uint32_t *node_of;    /* by entity: where its findings are shown; NO_VIEW_NODE */
    uint32_t *box_of;     /* by entity; NO_BOX */
    EntityId *containers; /* by entity: the box it stands in; 0 */
    uint8_t *weights;     /* by entity */
    VEC(Link) links;
    size_t cards_left_out, services_left_out, shared_left_out;
} Builder;

/* view_names.c */
Str view_cut(Arena *arena, Str text, size_t maximum); /* at most that many code points */
Str view_capital(Arena *arena, Str text);             /* "client access" -> "Client access" */
Str view_plural(Arena *arena, const Kind *kind, size_t count); /* "3 servers" */
Str view_element_id(const Builder *builder, EntityId id);

/* The entity itself, or the ancestor that is drawn for it: of a child record its parent. */
EntityId view_drawn(const Builder *builder, EntityId id);
bool view_is_service(const Builder *builder, EntityId id);
/* True for what becomes a card or a shared thing. */
bool view_is_card(const Builder *builder, EntityId id);

void view_find_containers(Builder *builder);

/* The innermost drawn box around a record, NO_BOX if there is none; and how many records of a kind
 * stand in a box; `only_drawn`: without those that are drawn with their parent. */
uint32_t view_box_of(const Builder *builder, EntityId id);
size_t view_count_inside(const Builder *builder, KindId kind, uint32_t box, bool only_drawn);

uint32_t view_add_node(Builder *builder, ViewShape shape, EntityId entity);

/* The steps, in order. */
void view_add_services(Builder *builder); /* view_services.c: services, gates, links */
void view_choose_cards(Builder *builder); /* view_cards.c: cards, boxes, what is left out */
void view_resolve_links(
    Builder *builder);                  /* view_links.c: edges to cards, or to boxes full of them */
void view_add_layers(Builder *builder); /* view_layers.c: bars, facts, scopes */
void view_fold(Builder *builder);       /* view_fold.c: siblings that fail alike, at the very end */
void view_add_badges(Builder *builder); /* view_badges.c */
void view_add_shared(Builder *builder); /* view_shared.c: edges to what is shared */

/* A service as it is drawn: what it needs, up to the cards (service_shape.c). */
typedef struct GateShape {
    EntityId owner; /* a record drawn as a gate; 0 = the service itself */
    uint32_t label; /* of the needs */
    uint32_t needed, of;
    bool votes, differs;   /* differs: of several services, not all have all these members */
    VEC(EntityId) members; /* cards, ascending */
} GateShape;

typedef struct ServiceShape {
    EntityId service;
    VEC(EntityId) direct; /* cards without which it is lost, ascending */
    VEC(GateShape) gates;
    VEC(EntityId) services; /* that it needs, ascending */
    uint32_t settled,
        early; /* single failures that stop it, that only interrupt it; of several, at most */
    uint32_t settled_least, early_least;
    Severity severity;
    bool open;
    bool is_down; /* with nothing failed */
} ServiceShape;

void service_shape_read(const Builder *builder, EntityId service, ServiceShape *ret_shape);
bool gate_shapes_equal(const GateShape *a, const GateShape *b);

/* What can be drawn as one: gates under one majority may differ in their members. */
const GateShape *gate_votes(const ServiceShape *shape, const GateShape *gate);
bool gates_alike(const GateShape *a, const GateShape *a_votes, const GateShape *b,
                 const GateShape *b_votes);
bool services_alike(const ServiceShape *a, const ServiceShape *b);
void gate_shape_join(Arena *arena, GateShape *gate, const GateShape *other);
void service_shape_join(Arena *arena, ServiceShape *shape, const ServiceShape *other);

#endif
