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

/* The cell of a badge, and of a finding's number: glyph and number, linked to the finding. */
void dot_badge(Buf *out, bool ascii, const Badge *badge);

/* Nodes; `name` is the node's name in the graph. */
void dot_card(Buf *out, bool ascii, uint32_t name, const ViewNode *node);
void dot_service(Buf *out, bool ascii, uint32_t name, const ViewNode *node);
void dot_gate(Buf *out, bool ascii, uint32_t name, const ViewNode *node);
void dot_rest(Buf *out, uint32_t name, const ViewNode *node);

void dot_box_open(Buf *out, bool ascii, uint32_t name, const ViewBox *box);
void dot_box_close(Buf *out);

/* `from` is the node itself or, for an edge that leaves a box, one inside it. */
void dot_edge(Buf *out, uint32_t from, const ViewEdge *edge);
/* Colour and width of an edge, also for the legend. */
const char *dot_edge_colour(EdgeStyle style);

/* dot_table.c: what stands below the picture, as the label of the graph. */
void dot_findings(Buf *out, const View *view);
void dot_legend(Buf *out, const View *view); /* legend.c */

#endif
