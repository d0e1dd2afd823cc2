/* How wide a text is in DejaVu Sans, from a table of its advance widths: the rows of a picture are
 * planned before Graphviz sees it, and must not depend on the fonts of the machine. */
#ifndef DRAW_TEXT_WIDTH_H
#define DRAW_TEXT_WIDTH_H

#include "base/str.h"

/* In points, rounded up. What is not ASCII counts as a wide letter. */
uint32_t text_width(Str text, uint32_t size, bool bold);

#endif
