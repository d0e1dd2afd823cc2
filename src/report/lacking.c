#include "report/lacking.h"

#include <stdlib.h>

#include "base/limits.h"
#include "report/words.h"

/* More than these bury what was found; the facts behind them decide least. */
enum { LACKS_SHOWN = 8, RULES_SHOWN = 4 };

typedef struct Undecided {
    const Rule *rule;
    size_t count; /* of subjects */
} Undecided;

/* What a layer lacks, and the rules that lack it. */
typedef struct Lack {
    Str facts;  /* one, or all that decide the same; empty: for a reason */
    Str reason; /* of its only rule */
    VEC(Undecided) rules;
    size_t subjects;
} Lack;

typedef struct Layer {
    Str name;
    VEC(Lack) lacks;
    const Rule *last;
    size_t rule_count;
} Layer;

typedef VEC(Layer) Layers;

static Layer *layer_of(Arena *arena, Layers *layers, Str name) {
    size_t i = 0;
    while (i < layers->count && !str_eq(layers->items[i].name, name)) {
        i++;
    }
    if (i == layers->count) {
        vec_push(arena, layers, ((Layer){.name = name}));
    }
    return &layers->items[i];
}

static Lack *lack_of(Arena *arena, Layer *layer, Str fact) {
    size_t i = 0;
    while (i < layer->lacks.count && !str_eq(layer->lacks.items[i].facts, fact)) {
        i++;
    }
    if (i == layer->lacks.count) {
        vec_push(arena, &layer->lacks, ((Lack){.facts = fact}));
    }
    return &layer->lacks.items[i];
}

/* Sets of one rule stand together. */
static void add_rule(Arena *arena, Lack *lack, const NotAssessed *item) {
    lack->subjects += item->count;
    if (lack->rules.count && lack->rules.items[lack->rules.count - 1].rule == item->rule) {
        lack->rules.items[lack->rules.count - 1].count += item->count;
    } else {
        vec_push(arena, &lack->rules, ((Undecided){item->rule, item->count}));
    }
}

static void add_item(Arena *arena, Layer *layer, const NotAssessed *item) {
    layer->rule_count += layer->last != item->rule;
    layer->last = item->rule;
    if (item->reason.n) {
        vec_push(arena, &layer->lacks, ((Lack){.reason = item->reason}));
        add_rule(arena, &layer->lacks.items[layer->lacks.count - 1], item);
        return;
    }
    for (size_t i = 0; i < item->fact_count; i++) {
        add_rule(arena, lack_of(arena, layer, item->facts[i]), item);
    }
    if (!item->fact_count) {
        add_rule(arena, lack_of(arena, layer, STR("a fact that it needs")), item);
    }
}

/* ---- order ---- */

static int larger_first(size_t a, size_t b) {
    return (a < b) - (a > b);
}

static int compare_layers(const void *a, const void *b) {
    const Layer *x = a;
    const Layer *y = b;
    int order = larger_first(x->rule_count, y->rule_count);
    return order ? order : str_cmp(x->name, y->name);
}

static int compare_lacks(const void *a, const void *b) {
    const Lack *x = a;
    const Lack *y = b;
    int order = (x->reason.n > 0) - (y->reason.n > 0);
    order = order ? order : larger_first(x->rules.count, y->rules.count);
    order = order ? order : larger_first(x->subjects, y->subjects);
    order = order ? order : str_cmp(x->facts, y->facts);
    order = order ? order : str_cmp(x->rules.items[0].rule->id, y->rules.items[0].rule->id);
    return order ? order : str_cmp(x->reason, y->reason);
}

/* ---- words ---- */

static bool same_rules(const Lack *a, const Lack *b) {
    bool same = !a->reason.n && !b->reason.n && a->rules.count == b->rules.count;
    for (size_t i = 0; same && i < a->rules.count; i++) {
        same = a->rules.items[i].rule == b->rules.items[i].rule &&
               a->rules.items[i].count == b->rules.items[i].count;
    }
    return same;
}

/* Facts that decide the same are one entry, where the first of them stands. */
static void join_equal(Arena *arena, Layer *layer) {
    size_t kept = 0;
    for (size_t i = 0; i < layer->lacks.count; i++) {
        const Lack *lack = &layer->lacks.items[i];
        size_t j = 0;
        while (j < kept && !same_rules(&layer->lacks.items[j], lack)) {
            j++;
        }
        Lack *same = &layer->lacks.items[j];
        if (j == kept) {
            layer->lacks.items[kept++] = *lack;
        } else {
            same->facts =
                arena_printf(arena, "%.*s, %.*s", STR_ARG(same->facts), STR_ARG(lack->facts));
        }
    }
    layer->lacks.count = kept;
}

static void print_lack(const Lack *lack, Buf *out) {
    buf_add(out, lack->facts);
    buf_addz(out, lack->reason.n ? "" : " for ");
    for (size_t i = 0; i < lack->rules.count && i < RULES_SHOWN; i++) {
        const Undecided *rule = &lack->rules.items[i];
        buf_printf(out, "%s%.*s (%zu)", i ? ", " : "", STR_ARG(rule->rule->id), rule->count);
    }
    if (lack->rules.count > RULES_SHOWN) {
        buf_addz(out, " and ");
        words_count(out, lack->rules.count - RULES_SHOWN, "more rule");
    }
    buf_addz(out, lack->reason.n ? ": " : "");
    buf_add(out, lack->reason);
}

static Str layer_text(Arena *arena, Layer *layer) {
    qsort(layer->lacks.items, layer->lacks.count, sizeof *layer->lacks.items, compare_lacks);
    join_equal(arena, layer);
    Buf out;
    buf_init(&out, LIMIT_REPORT_BYTES);
    size_t count = layer->lacks.count;
    for (size_t i = 0; i < count && i < LACKS_SHOWN; i++) {
        buf_addz(&out, i ? "; " : "");
        print_lack(&layer->lacks.items[i], &out);
    }
    if (count > LACKS_SHOWN) {
        buf_printf(&out, "; and %zu more", count - LACKS_SHOWN);
    }
    Str text = arena_copy(arena, buf_str(&out));
    buf_clear(&out);
    return text;
}

Lacking *lacking_layers(Arena *arena, const Report *report, size_t *ret_count) {
    Layers layers = {0};
    for (size_t i = 0; i < report->not_assessed_count; i++) {
        const NotAssessed *item = &report->not_assessed[i];
        add_item(arena, layer_of(arena, &layers, item->rule->layer), item);
    }
    if (layers.count) {
        qsort(layers.items, layers.count, sizeof *layers.items, compare_layers);
    }
    Lacking *result = arena_array(arena, Lacking, layers.count);
    for (size_t i = 0; i < layers.count; i++) {
        result[i] = (Lacking){layers.items[i].name, layer_text(arena, &layers.items[i])};
    }
    *ret_count = layers.count;
    return result;
}
