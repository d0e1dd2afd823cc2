#include "draw/render.h"

#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>
#include <string.h>

/* Graphviz offers no context argument for its error hook and allows one GVC_t a process: these are
 * the program's only mutable statics, and this file their only user. */
static GVC_t *shared_context;
static char messages[512];

/* A message comes in several parts. */
static int note_message(char *message) {
    size_t used = strlen(messages);
    snprintf(messages + used, sizeof messages - used, "%s", message);
    return 0;
}

static Status failure(Arena *arena, const char *what) {
    Str message = str_trim(str_of(messages));
    return (Status){true,
                    arena_printf(arena, "%s%s%.*s", what, message.n ? ": " : "", STR_ARG(message))};
}

static Status render_graph(Arena *arena, Agraph_t *graph, const char *format, Buf *out) {
    char *data = NULL;
    unsigned int size = 0;
    if (strcmp(format, "png") == 0) {
        char dpi[] = "dpi";
        char value[] = "96";
        agattr(graph, AGRAPH, dpi, value); /* for rasters alone: in SVG it cuts the picture */
    }
    if (gvLayout(shared_context, graph, "dot") != 0) {
        return failure(
            arena,
            "Graphviz cannot lay out the diagram (a .dot file needs none; after an installation "
            "`dot -c` registers plugins)");
    }
    int failed = gvRenderData(shared_context, graph, format, &data, &size);
    if (!failed && data) {
        buf_add(out, (Str){data, size});
    }
    gvFreeRenderData(data);
    gvFreeLayout(shared_context, graph);
    if (failed || !size) {
        Str what = arena_printf(arena, "no plugin of Graphviz writes %s (.svg and .dot need none)",
                                format);
        return failure(arena, what.s);
    }
    return messages[0] ? failure(arena, "Graphviz complains") : STATUS_OK;
}

Status render_dot(Arena *arena, Str dot, const char *format, Buf *out) {
    messages[0] = 0;
    agseterrf(note_message);
    if (!shared_context) {
        shared_context = gvContext();
    }
    Str text = arena_copy(arena, dot);
    Agraph_t *graph = agmemread(text.s);
    if (!graph) {
        return failure(arena, "Graphviz cannot read the diagram");
    }
    Status status = render_graph(arena, graph, format, out);
    agclose(graph);
    return status;
}

void render_close(void) {
    if (shared_context) {
        gvFreeContext(shared_context);
        shared_context = NULL;
    }
}
