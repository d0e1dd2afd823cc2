/* Fields that say how often something fails and for how long. */
#include "model/schema_file.h"
#include "model/value.h"

static const char *const measure_names[] = {"time-to-failure", "time-to-repair", NULL};

static Measure measure_of(Diags *diags, const Node *node) {
    size_t at = tree_choice(diags, node, measure_names);
    return at == SIZE_MAX ? MEASURE_NONE : (Measure)(MEASURE_UPTIME + (int)at);
}

/* Two durations, the lower first. */
static bool read_range(Interner *interner, const Node *range, Field *field) {
    int64_t ends[2];
    Str expected;
    if (range->type != NODE_LIST || range->count != 2) {
        return false;
    }
    for (int i = 0; i < 2; i++) {
        if (!value_parse(interner, field, TYPE_DURATION, range->items[i].text, &ends[i],
                         &expected)) {
            return false;
        }
    }
    field->usual_low = ends[0];
    field->usual_high = ends[1];
    return ends[0] > 0 && ends[0] <= ends[1];
}

void schema_read_measure(Schema *schema, Diags *diags, const Node *node, Field *field) {
    const Node *measures = tree_get(node, "measures");
    const Node *usual = tree_get(node, "usual");
    if (measures) {
        field->measures = measure_of(diags, measures);
        if (field->type != TYPE_DURATION) {
            diag_error(diags, measures->loc, "'measures' is of a duration");
        }
    }
    if (usual && (!measures || !read_range(schema->interner, usual, field))) {
        diag_error(diags, usual->loc,
                   "'usual' is a list of two durations, the lower one first, of a field that "
                   "'measures'");
    }
    field->usual_source = tree_text(diags, node, "usual_source");
}
