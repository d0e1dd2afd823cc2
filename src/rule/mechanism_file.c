/* mechanisms.yaml: recovery mechanisms as data. */
#include "rule/pack_file.h"

static const char *const glyph_names[] = {"guest-cluster", "hypervisor", "load-balancer",
                                          "replication",   "none",       NULL};
static const char *const action_names[] = {"restart",   "reset",   "move-live", "move-saved",
                                           "move-cold", "promote", "redirect",  "path",
                                           "revert",    "none",    NULL};
static const char *const state_names[] = {"cold",       "live",  "saved", "mirrored",
                                          "replicated", "stale", "none",  NULL};

/* "[from, to]" or one figure; in seconds. */
static void read_span(PackReader *reader, const Node *node, const char *key, int64_t *ret_min,
                      int64_t *ret_max) {
    const Node *span = tree_get(node, key);
    *ret_min = *ret_max = MEM_INT_NULL;
    if (!span) {
        return;
    }
    const Node *from = span;
    const Node *to = span;
    if (span->type == NODE_LIST && span->count == 2) {
        from = &span->items[0];
        to = &span->items[1];
    }
    if (from->type != NODE_SCALAR || to->type != NODE_SCALAR || !str_to_int(from->text, ret_min) ||
        !str_to_int(to->text, ret_max) || *ret_min > *ret_max || *ret_min < 0) {
        *ret_min = *ret_max = MEM_INT_NULL;
        diag_error(reader->diags, span->loc, "`%s` is [from, to] in seconds", key);
    }
}

static Str read_choice(PackReader *reader, const Node *node, const char *key,
                       const char *const *names) {
    Str text = field_need(reader, node, key);
    return text.n && field_choice(reader, tree_get(node, key), names) ? text : STR("none");
}

static void check_unverified(PackReader *reader, const Node *node) {
    static const char *const names[] = {"detect_s", "act_s",   "state",     "action",
                                        "triggers", "arbiter", "authority", NULL};
    const Node *list = tree_get(node, "unverified");
    for (size_t i = 0; list && list->type == NODE_LIST && i < list->count; i++) {
        field_choice(reader, &list->items[i], names);
    }
}

static void read_mechanism(PackReader *reader, const Node *node, Mechanism *mechanism) {
    mechanism->id = field_need(reader, node, "id");
    if (mechanism->id.n) {
        field_is_id(reader, tree_get(node, "id"), mechanism->id);
    }
    mechanism->title = field_need(reader, node, "title");
    mechanism->doc = tree_text(reader->diags, node, "doc");
    mechanism->acts = field_need(reader, node, "acts");
    mechanism->glyph = read_choice(reader, node, "glyph", glyph_names);
    mechanism->layer = field_int(reader, node, "layer", MEM_INT_NULL);
    mechanism->triggers = field_texts(reader, node, "triggers", &mechanism->trigger_count);
    mechanism->subject = field_need(reader, node, "subject");
    mechanism->action = read_choice(reader, node, "action", action_names);
    mechanism->state = read_choice(reader, node, "state", state_names);
    mechanism->authority = tree_text(reader->diags, node, "authority");
    mechanism->arbiter = tree_text(reader->diags, node, "arbiter");
    mechanism->automatic = field_bool(reader, node, "automatic", true);
    read_span(reader, node, "detect_s", &mechanism->detect_min, &mechanism->detect_max);
    read_span(reader, node, "act_s", &mechanism->act_min, &mechanism->act_max);
    mechanism->sources = field_texts(reader, node, "sources", &mechanism->source_count);
    mechanism->unverified = field_texts(reader, node, "unverified", &mechanism->unverified_count);
    check_unverified(reader, node);
    mechanism->active_loc = node->loc;
    if (tree_get(node, "active")) {
        mechanism->active = field_query(reader, node, "active", &mechanism->active_loc);
    }
    if (!mechanism->trigger_count) {
        diag_error(reader->diags, node->loc, "`triggers` is missing: what it reacts to");
    }
    if (reader->builtin && !mechanism->source_count) {
        diag_error(reader->diags, node->loc, "`sources` is missing");
    }
}

void mechanism_file_read(PackReader *reader, const Node *file) {
    static const char *const file_keys[] = {"mechanisms", NULL};
    static const char *const keys[] = {"id",        "title",      "acts",      "doc",      "glyph",
                                       "layer",     "triggers",   "subject",   "action",   "state",
                                       "authority", "arbiter",    "automatic", "detect_s", "act_s",
                                       "sources",   "unverified", "active",    NULL};
    tree_check_keys(reader->diags, file, file_keys, "mechanisms.yaml");
    const Node *list = field_list(reader, file, "mechanisms");
    if (!list) {
        return;
    }
    Pack *pack = reader->pack;
    pack->mechanisms = arena_array(reader->arena, Mechanism, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const Node *node = &list->items[i];
        if (tree_check_keys(reader->diags, node, keys, "mechanism") || node->type == NODE_MAP) {
            Mechanism *mechanism = &pack->mechanisms[pack->mechanism_count++];
            read_mechanism(reader, node, mechanism);
            mechanism->pack = pack->name;
        }
    }
    field_check_twice(reader, list, "id");
}
