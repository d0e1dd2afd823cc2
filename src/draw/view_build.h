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
    EntityId limit;    /* highest id */
    uint32_t *node_of; /* by entity: where its findings are shown; NO_VIEW_NODE */
    uint32_t *box_of;  /* by entity; NO_BOX */
    uint8_t *weights;  /* by entity */
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

uint32_t view_add_node(Builder *builder, ViewShape shape, EntityId entity);

/* The steps, in order. */
void view_add_services(Builder *builder); /* view_services.c: services, gates, links */
void view_choose_cards(Builder *builder); /* view_cards.c: cards, boxes, what is left out */
void view_add_layers(Builder *builder);   /* view_layers.c: bars, facts, scopes */
void view_add_badges(Builder *builder);   /* view_badges.c */
void view_add_shared(Builder *builder);   /* view_shared.c: edges to what is shared */

/* A service as it is drawn: what it needs, up to the cards (service_shape.c). */
typedef struct GateShape {
    EntityId owner; /* a record drawn as a gate; 0 = the service itself */
    uint32_t label; /* of the needs */
    uint32_t needed, of;
    bool votes;
    VEC(EntityId) members; /* cards, ascending */
} GateShape;

typedef struct ServiceShape {
    EntityId service;
    VEC(EntityId) direct; /* cards without which it is lost, ascending */
    VEC(GateShape) gates;
    uint32_t settled, early; /* single failures that stop it, that only interrupt it */
    Severity severity;
    bool open;
} ServiceShape;

void service_shape_read(const Builder *builder, EntityId service, ServiceShape *ret_shape);
bool service_shapes_equal(const ServiceShape *a, const ServiceShape *b);
bool gate_shapes_equal(const GateShape *a, const GateShape *b);

#endif
