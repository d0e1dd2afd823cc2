/* What a diagram shows, before it is text: nodes, boxes and edges, each with what is written on it.
 * Built from the run (placement.c), turned into DOT by view_dot.c; neither knows the other. */
#ifndef DRAW_VIEW_H
#define DRAW_VIEW_H

#include "base/buf.h"
#include "draw/theme.h"
#include "rule/run_facts.h"

#define NO_BOX UINT32_MAX
#define NO_VIEW_NODE UINT32_MAX

typedef struct Badge {
    Severity severity;
    uint32_t number;
    bool related; /* takes part in the finding, is not its subject */
} Badge;

typedef struct Bar {
    const Tone *tone;
    Str text;
    Str clash; /* the row above this bar: both act when ...; may be empty */
    int64_t layer;
    bool clashes; /* both act: this one or the one it acts with bears the row */
    bool open;    /* a missing fact leaves open whether it acts */
} Bar;

typedef VEC(Str) StrList;
typedef VEC(Badge) BadgeList;
typedef VEC(Bar) BarList;

typedef enum ViewShape {
    VIEW_CONSUMER, /* a card above the services */
    VIEW_SERVICE,
    VIEW_GATE,
    VIEW_BESIDE, /* a card in the row of the gates: it stands nowhere, and a service needs it */
    VIEW_CARD,
    VIEW_SHARED, /* a card in a row below the boxes */
    VIEW_REST,   /* "34 more servers" */
} ViewShape;

typedef struct ViewNode {
    ViewShape shape;
    EntityId entity; /* 0: none, or several */
    uint32_t box;    /* NO_BOX = in none */
    uint32_t level;  /* of a shared thing: 0 = next to the boxes */
    Str tile, name, element_id, tooltip;
    StrList lines;   /* facts; of a gate: what must live */
    uint32_t strong; /* of a gate: the line that says it first */
    BarList bars;
    BadgeList badges;
    Severity severity;  /* of the worst finding about it */
    const Tone *tone;   /* of a service: its verdict; of a gate: its layer, or NULL */
    Str verdict;        /* of a service */
    bool verdict_holds; /* it explains the tone: its glyph goes before it */
    bool open;          /* a missing fact leaves open what it stands on */
    bool bare;          /* its loss stops a service and no layer recovers it */
} ViewNode;

static inline bool view_node_is_card(const ViewNode *node) {
    return node->shape == VIEW_CARD || node->shape == VIEW_SHARED || node->shape == VIEW_BESIDE;
}

typedef enum BoxStyle { BOX_SITE, BOX_PLAIN, BOX_SCOPE, BOX_HOST } BoxStyle;

typedef struct ViewBox {
    EntityId entity;
    uint32_t parent; /* NO_BOX; always before this box */
    BoxStyle style;
    Str kind, name, note, tooltip, element_id;
    const Tone *tone; /* of the note's glyph; NULL = none */
    BadgeList badges;
} ViewBox;

typedef enum EdgeStyle {
    EDGE_ONLY_PATH,
    EDGE_ALTERNATIVE,
    EDGE_DEPENDS,
    EDGE_VOTE,
    EDGE_STYLES
} EdgeStyle;

typedef struct ViewEdge {
    uint32_t from, to; /* nodes; NO_VIEW_NODE: any in the box */
    EdgeStyle style;
    uint32_t tail_box; /* the edge leaves this box; NO_BOX = the node */
    uint32_t head_box; /* the edge ends at this box; NO_BOX = the node */
    Str label;
} ViewEdge;

typedef struct View {
    Arena *arena;
    const Report *report;
    Str title, subtitle;
    Str left_out; /* what a limit cut; may be empty */
    VEC(ViewNode) nodes;
    VEC(ViewBox) boxes;
    VEC(ViewEdge) edges;
    bool ascii;
} View;

/* Limits of one picture; what is beyond is counted in it. */
enum { VIEW_CARDS_MAX = 40, VIEW_SERVICES_MAX = 12, VIEW_SHARED_MAX = 12, VIEW_NAME_MAX = 30 };

/* The placement view of a run. Everything lives in the arena. */
const View *view_placement(Arena *arena, const Report *report, const RunFacts *facts, bool ascii);

/* The view as DOT text. */
void view_dot(const View *view, Buf *out);

#endif
