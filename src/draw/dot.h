/* DOT text: small functions, each one part of a picture. All names pass dot_text or dot_string,
 * which leave nothing that Graphviz could take for markup. */
#ifndef DRAW_DOT_H
#define DRAW_DOT_H

#include "draw/view.h"

/* Text inside an HTML-like label: escaped, without control characters, never empty. */
void dot_text(Buf *out, Str text);
/* A DOT string in double quotes, for attributes such as tooltips. */
void dot_string(Buf *out, Str text);

/* Text of a size in a colour, bold or not: <FONT ...><B>...</B></FONT>. */
typedef struct Ink {
    int size;
    const char *colour;
    bool bold;
} Ink;
void dot_ink(Buf *out, Ink ink, Str text);

/* The glyph of a tone; `ascii` gives its letters. */
Str dot_glyph(bool ascii, const Tone *tone);

/* The cells of a node's or box's badges, each with a gap before it: glyph and number, linked to the
 * finding. */
void dot_badges(Buf *out, bool ascii, const BadgeList *badges);

/* Nodes; `name` is the node's name in the graph. */
void dot_card(Buf *out, bool ascii, uint32_t name, const ViewNode *node);
void dot_service(Buf *out, bool ascii, uint32_t name, const ViewNode *node);
void dot_gate(Buf *out, bool ascii, uint32_t name, const ViewNode *node);
void dot_rest(Buf *out, uint32_t name, const ViewNode *node);

void dot_box_open(Buf *out, bool ascii, uint32_t name, const ViewBox *box);
void dot_box_close(Buf *out);

/* One end of an edge: a node, the point where it passes a row, an unseen point of the spine, or the
 * one where edges leave a box. */
typedef enum DotEndKind {
    END_NODE = 'n',
    END_WAYPOINT = 'w',
    END_SPINE = 's',
    END_EXIT = 'x'
} DotEndKind;
typedef struct DotEnd {
    DotEndKind kind;
    uint32_t index;
} DotEnd;
void dot_end(Buf *out, DotEnd end);
void dot_waypoint(Buf *out, uint32_t index, EdgeStyle style);
/* An edge, or the part of it between two points. */
void dot_edge(Buf *out, const ViewEdge *edge, DotEnd from, DotEnd to);
/* Colour and width of an edge, also for the legend. */
const char *dot_edge_colour(EdgeStyle style);

/* dot_table.c: what stands below the picture, as the label of the graph. */
/* Each returns its height and is filled up to `least_height`, all in points. */
uint32_t dot_findings(Buf *out, const View *view, uint32_t width, uint32_t least_height);
uint32_t dot_legend(Buf *out, const View *view, uint32_t least_height); /* legend.c */

#endif
