/* A cone of a fault graph as an Open-PSA fault tree. Each node is a gate X-down: its own failure,
 * the basic event X, or one of its gates fires. X is the name as an identifier of the format; the
 * name as it is stands in the label. */
#include <stdlib.h>

#include "psa/psa_unroll.h"

typedef struct Writer {
    const PsaExport *export;
    Buf *out;
    bool *reached;
    NodeId *order; /* what is below the top */
    Str *ids;      /* by node */
    size_t count;
} Writer;

/* ---- identifiers ---- */

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* A letter, then letters, digits, '_' and single '-'. */
static Str identifier(Arena *arena, Str name) {
    char *text = arena_array(arena, char, name.n + 2);
    size_t n = 0;
    for (size_t i = 0; i < name.n; i++) {
        if (is_word(name.s[i])) {
            text[n++] = name.s[i];
        } else if (n && text[n - 1] != '-') {
            text[n++] = '-';
        }
    }
    while (n && text[n - 1] == '-') {
        n--;
    }
    Str id = {text, n};
    bool letter = n && (text[0] > '9' && text[0] != '_');
    return letter ? id : arena_printf(arena, "n-%.*s", STR_ARG(id));
}

typedef struct NodeIdText {
    Str id;
    NodeId node;
} NodeIdText;

static int compare_ids(const void *a, const void *b) {
    const NodeIdText *x = a;
    const NodeIdText *y = b;
    int order = str_cmp(x->id, y->id);
    return order ? order : (x->node > y->node) - (x->node < y->node);
}

/* Equal identifiers are told apart by the node's number. */
static void make_ids(Writer *writer, Arena *scratch) {
    NodeIdText *texts = arena_array(scratch, NodeIdText, writer->count);
    for (size_t i = 0; i < writer->count; i++) {
        NodeId node = writer->order[i];
        texts[i] = (NodeIdText){identifier(scratch, writer->export->names[node]), node};
    }
    qsort(texts, writer->count, sizeof *texts, compare_ids);
    for (size_t i = 0; i < writer->count; i++) {
        bool taken = (i > 0 && str_eq(texts[i].id, texts[i - 1].id)) ||
                     (i + 1 < writer->count && str_eq(texts[i].id, texts[i + 1].id));
        writer->ids[texts[i].node] =
            taken ? arena_printf(scratch, "%.*s-n%u", STR_ARG(texts[i].id), texts[i].node)
                  : texts[i].id;
    }
}

/* ---- text ---- */

static void escape(Buf *out, Str text) {
    for (size_t i = 0; i < text.n; i++) {
        buf_add_xml(out, text.s[i]);
    }
}

/* How many members down fire the gate; 0: all the time. Larger than its members: never. */
static uint32_t firing_of(const FaultGraph *graph, GateId gate) {
    uint32_t needed = graph->needed[gate];
    uint32_t count = graph->gates[gate].count;
    return needed <= count ? count - needed + 1 : 0;
}

static bool is_constant(const FaultGraph *graph, GateId gate) {
    uint32_t firing = firing_of(graph, gate);
    return firing == 0 || firing > graph->gates[gate].count;
}

static void reach(Writer *writer) {
    const FaultGraph *graph = writer->export->graph;
    writer->reached[writer->export->top] = true;
    writer->order[writer->count++] = writer->export->top;
    for (size_t i = 0; i < writer->count; i++) {
        NodeId node = writer->order[i];
        for (uint32_t g = graph->gate_starts[node]; g < graph->gate_starts[node + 1]; g++) {
            const Gate *gate = &graph->gates[graph->own_gates[g]];
            for (uint32_t m = 0; !is_constant(graph, graph->own_gates[g]) && m < gate->count; m++) {
                NodeId member = graph->members[gate->start + m];
                if (!writer->reached[member]) {
                    writer->reached[member] = true;
                    writer->order[writer->count++] = member;
                }
            }
        }
    }
}

static int compare_nodes(const void *a, const void *b) {
    NodeId x = *(const NodeId *)a;
    NodeId y = *(const NodeId *)b;
    return (x > y) - (x < y);
}

/* The format wants at least two arguments in and, or, atleast; a lone one stands by itself. */
static void write_gate(Writer *writer, GateId id, const char *indent) {
    const FaultGraph *graph = writer->export->graph;
    const Gate *gate = &graph->gates[id];
    uint32_t firing = firing_of(graph, id);
    Buf *out = writer->out;
    if (is_constant(graph, id)) {
        buf_printf(out, "%s<constant value=\"%s\"/>\n", indent, firing == 0 ? "true" : "false");
        return;
    }
    const char *tag = gate->count == 1        ? NULL
                      : firing == 1           ? "or"
                      : firing == gate->count ? "and"
                                              : "atleast";
    if (tag && firing > 1 && firing < gate->count) {
        buf_printf(out, "%s<atleast min=\"%u\">\n", indent, firing);
    } else if (tag) {
        buf_printf(out, "%s<%s>\n", indent, tag);
    }
    for (uint32_t m = 0; m < gate->count; m++) {
        Str member = writer->ids[graph->members[gate->start + m]];
        buf_printf(out, "%s%s<gate name=\"%.*s-down\"/>\n", indent, tag ? "  " : "",
                   STR_ARG(member));
    }
    if (tag) {
        buf_printf(out, "%s</%s>\n", indent, tag);
    }
}

static void write_node(Writer *writer, NodeId node) {
    const FaultGraph *graph = writer->export->graph;
    Buf *out = writer->out;
    uint32_t first = graph->gate_starts[node];
    uint32_t gates = graph->gate_starts[node + 1] - first;
    bool fails = writer->export->is_component[node];
    Str id = writer->ids[node];
    buf_printf(out, "    <define-gate name=\"%.*s-down\">\n      <label>", STR_ARG(id));
    escape(out, writer->export->names[node]);
    buf_add(out, STR("</label>\n"));
    if (fails + gates == 0) {
        buf_add(out, STR("      <constant value=\"false\"/>\n"));
    } else if (fails + gates == 1) {
        if (fails) {
            buf_printf(out, "      <basic-event name=\"%.*s\"/>\n", STR_ARG(id));
        } else {
            write_gate(writer, graph->own_gates[first], "      ");
        }
    } else {
        buf_add(out, STR("      <or>\n"));
        if (fails) {
            buf_printf(out, "        <basic-event name=\"%.*s\"/>\n", STR_ARG(id));
        }
        for (uint32_t g = 0; g < gates; g++) {
            write_gate(writer, graph->own_gates[first + g], "        ");
        }
        buf_add(out, STR("      </or>\n"));
    }
    buf_add(out, STR("    </define-gate>\n"));
}

static void write_event(Writer *writer, NodeId node) {
    const PsaExport *export = writer->export;
    Buf *out = writer->out;
    buf_printf(out, "    <define-basic-event name=\"%.*s\">\n      <label>",
               STR_ARG(writer->ids[node]));
    escape(out, export->names[node]);
    buf_add(out, STR("</label>\n"));
    if (export->probability && export->probability[node] >= 0) {
        buf_printf(out, "      <float value=\"%.17g\"/>\n", export->probability[node]);
    }
    buf_add(out, STR("    </define-basic-event>\n"));
}

static bool on_cycle(const Writer *writer, Arena *scratch) {
    uint32_t *cycle;
    graph_cycles(writer->export->graph, scratch, &cycle);
    for (size_t i = 0; i < writer->count; i++) {
        if (cycle[writer->order[i]]) {
            return true;
        }
    }
    return false;
}

static void open_writer(const PsaExport *export, Arena *scratch, Buf *out, Writer *ret) {
    size_t n = export->graph->node_count;
    *ret = (Writer){.export = export,
                    .out = out,
                    .reached = arena_array(scratch, bool, n),
                    .order = arena_array(scratch, NodeId, n),
                    .ids = arena_array(scratch, Str, n)};
    reach(ret);
}

static void write_tree(Writer *writer, Arena *scratch) {
    const PsaExport *export = writer->export;
    Buf *out = writer->out;
    make_ids(writer, scratch);
    qsort(writer->order + 1, writer->count - 1, sizeof(NodeId), compare_nodes); /* top first */
    buf_add(out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opsa-mef>\n  "
                     "<define-fault-tree name=\"topolint\">\n    <label>"));
    escape(out, export->title);
    buf_add(out, STR("</label>\n"));
    for (size_t i = 0; i < writer->count; i++) {
        write_node(writer, writer->order[i]);
    }
    for (size_t i = 0; i < writer->count; i++) {
        if (export->is_component[writer->order[i]]) {
            write_event(writer, writer->order[i]);
        }
    }
    buf_add(out, STR("  </define-fault-tree>\n</opsa-mef>\n"));
}

bool psa_write(const PsaExport *export, Buf *out) {
    Arena *scratch = arena_open(0);
    Writer writer;
    open_writer(export, scratch, out, &writer);
    PsaExport unrolled;
    bool cyclic = on_cycle(&writer, scratch);
    bool good = !cyclic || psa_unroll(export, writer.reached, scratch, &unrolled);
    if (good && cyclic) {
        open_writer(&unrolled, scratch, out, &writer);
    }
    if (good) {
        write_tree(&writer, scratch);
    }
    arena_close(scratch);
    return good;
}
