/* DOT text: small functions, each one part of a picture. All names pass dot_text, which leaves nothing
 * that Graphviz could take for markup. */
#ifndef DRAW_DOT_H
#define DRAW_DOT_H

#include "base/buf.h"
#include "draw/theme.h"

typedef struct DotBadge {
    Severity severity;
    uint32_t number;
} DotBadge;

typedef struct DotBar {
    const Tone *tone;
    Str text;
    bool clash; /* a "both act" row stands above this bar */
    Str clash_text;
} DotBar;

typedef struct DotCard {
    Str tile, name;
    const Str *facts;
    size_t fact_count;
    const DotBar *bars;
    size_t bar_count;
    const DotBadge *badges;
    size_t badge_count;
    Severity severity;
    bool plain;   /* a shared thing without severity tint */
    bool unknown; /* not assessed: dashed grey, "?" */
    Str tooltip, element_id;
    uint32_t finding; /* URL "#finding-N"; 0 = none */
} DotCard;

typedef struct DotStyle {
    bool ascii;
} DotStyle;

/* Text inside an HTML-like label: escaped, without control characters, never empty. */
void dot_text(Buf *out, Str text);
/* A DOT string in double quotes. */
void dot_string(Buf *out, Str text);

/* The glyph of a tone in this style. */
Str dot_glyph(const DotStyle *style, const Tone *tone);

void dot_open(Buf *out, Str title, Str subtitle);
void dot_close(Buf *out);

void dot_card(Buf *out, const DotStyle *style, const char *node, const DotCard *card);

/* A service: rounded box with a verdict line. */
void dot_service(Buf *out, const DotStyle *style, const char *node, Str name, const Tone *tone,
                 Str verdict);

/* A redundancy gate: hexagon with a name, a line of facts (may be empty) and "k of n must live". */
void dot_gate(Buf *out, const DotStyle *style, const char *node, Str name, Str facts, Str rule);

typedef enum BoxStyle { BOX_SITE, BOX_CLUSTER, BOX_CLUSTER_HA, BOX_HOST } BoxStyle;
void dot_box_open(Buf *out, const char *id, BoxStyle style, Str kind, Str name, Str note);
void dot_box_close(Buf *out);

typedef enum EdgeStyle { EDGE_ONLY_PATH, EDGE_ALTERNATIVE, EDGE_DEPENDS, EDGE_VOTE, EDGE_HIDDEN } EdgeStyle;
/* `label`, `tail_box` may be empty. */
void dot_edge(Buf *out, const char *from, const char *to, EdgeStyle style, Str label, Str tail_box);

#endif
