/* DOT text -> SVG, PNG, PDF through Graphviz. The only gvContext of the program lives here: two in
 * one process, one after the other, crash in the pango plugin. */
#ifndef DRAW_RENDER_H
#define DRAW_RENDER_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"

/* Renders to `format` ("svg", "png", "pdf") into `out`. One call a process may render many graphs;
 * render_close() at the end. Failure names the missing plugin or Graphviz' own message. */
Status render_dot(Arena *arena, Str dot, const char *format, Buf *out);
void render_close(void);

#endif
