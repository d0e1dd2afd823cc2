/* Packs as a whole: their order and look-ups. */
#include <stdlib.h>

#include "base/suggest.h"
#include "rule/pack_file.h"

Pack *pack_of_name(const Packs *packs, Str name) {
    for (size_t i = 0; i < packs->count; i++) {
        if (str_eq(packs->items[i].name, name)) {
            return &packs->items[i];
        }
    }
    return NULL;
}

static int compare_rules(const void *a, const void *b) {
    return str_cmp((*(const Rule *const *)a)->id, (*(const Rule *const *)b)->id);
}

void rules_sort(const Rule **rules, size_t count) {
    if (count) {
        qsort(rules, count, sizeof *rules, compare_rules);
    }
}

static int compare_packs(const void *a, const void *b) {
    return str_cmp(((const Pack *)a)->name, ((const Pack *)b)->name);
}

static bool is_placed(const Pack *placed, size_t count, Str name) {
    for (size_t i = 0; i < count; i++) {
        if (str_eq(placed[i].name, name)) {
            return true;
        }
    }
    return false;
}

static bool is_ready(const Packs *packs, const Pack *pack, const Pack *placed, size_t count) {
    for (size_t i = 0; i < pack->require_count; i++) {
        if (pack_of_name(packs, pack->requires[i]) &&
            !is_placed(placed, count, pack->requires[i])) {
            return false;
        }
    }
    return true;
}

void packs_order(PackReader *reader) {
    Packs *packs = reader->packs;
    if (packs->count == 0) {
        return;
    }
    qsort(packs->items, packs->count, sizeof *packs->items, compare_packs);
    Pack *placed = arena_array(packs->arena, Pack, packs->count);
    size_t count = 0;
    bool moved = true;
    while (count < packs->count && moved) {
        moved = false;
        for (size_t i = 0; i < packs->count && !moved; i++) {
            const Pack *pack = &packs->items[i];
            if (!is_placed(placed, count, pack->name) && is_ready(packs, pack, placed, count)) {
                placed[count++] = *pack;
                moved = true;
            }
        }
    }
    for (size_t i = 0; count < packs->count && i < packs->count; i++) {
        if (!is_placed(placed, count, packs->items[i].name)) {
            diag_error(reader->diags, packs->items[i].requires_loc,
                       "pack \"%.*s\" requires itself, through the packs that it requires",
                       STR_ARG(packs->items[i].name));
            return;
        }
    }
    packs->items = placed;
}

const Rule **packs_rules(const Packs *packs, Arena *arena, size_t *ret_count) {
    size_t count = 0;
    for (size_t i = 0; i < packs->count; i++) {
        count += packs->items[i].rule_count;
    }
    const Rule **rules = arena_array(arena, const Rule *, count);
    *ret_count = count;
    count = 0;
    for (size_t i = 0; i < packs->count; i++) {
        for (size_t j = 0; j < packs->items[i].rule_count; j++) {
            rules[count++] = packs->items[i].rules[j];
        }
    }
    rules_sort(rules, count);
    return rules;
}

static bool is_formerly(const Rule *rule, Str id) {
    for (size_t i = 0; i < rule->formerly_count; i++) {
        if (str_eq(rule->formerly[i], id)) {
            return true;
        }
    }
    return false;
}

const Rule *packs_find_rule(const Packs *packs, Str id) {
    const Rule *former = NULL;
    for (size_t i = 0; i < packs->count; i++) {
        for (size_t j = 0; j < packs->items[i].rule_count; j++) {
            const Rule *rule = packs->items[i].rules[j];
            if (str_eq(rule->id, id)) {
                return rule;
            }
            former = !former && is_formerly(rule, id) ? rule : former;
        }
    }
    return former;
}

/* Rules of which `part` is a part of the id; empty if there is none. */
static Str rules_like(Arena *arena, const Rule *const *rules, size_t count, Str part) {
    Str names = STR_NONE;
    for (size_t i = 0; part.n && i < count; i++) {
        if (str_find_str(rules[i]->id, part) != SIZE_MAX) {
            names = arena_printf(arena, "%.*s%s%.*s", STR_ARG(names),
                                 names.n ? ", " : "there is: ", STR_ARG(rules[i]->id));
        }
    }
    return names;
}

Str packs_rule_help(const Packs *packs, Arena *arena, Str id) {
    Suggest suggest;
    suggest_init(&suggest, id);
    size_t count;
    const Rule **rules = packs_rules(packs, arena, &count);
    for (size_t i = 0; i < count; i++) {
        suggest_try(&suggest, rules[i]->id);
    }
    return suggest.best.n ? arena_printf(arena, "did you mean '%.*s'?", STR_ARG(suggest.best))
                          : rules_like(arena, rules, count, id);
}

const Rule *packs_rule_named(const Packs *packs, Str id, Loc loc, Diags *diags) {
    const Rule *rule = packs_find_rule(packs, id);
    if (!rule) {
        Diag *diag = diag_error(diags, loc, "there is no rule '%.*s'", STR_ARG(id));
        diag_help(diags, diag, "%.*s", STR_ARG(packs_rule_help(packs, diags->arena, id)));
    }
    return rule;
}

const Mechanism *packs_find_mechanism(const Packs *packs, Str id) {
    for (size_t i = 0; i < packs->count; i++) {
        for (size_t j = 0; j < packs->items[i].mechanism_count; j++) {
            if (str_eq(packs->items[i].mechanisms[j].id, id)) {
                return &packs->items[i].mechanisms[j];
            }
        }
    }
    return NULL;
}
