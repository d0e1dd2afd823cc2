#include "read/yaml_items.h"

#include <string.h>

static bool emit(YamlFlow *flow, const Event *event) {
    return event_emit(flow->sink, event);
}

static bool open_value(YamlFlow *flow, Shape shape, Loc loc) {
    YamlFrame *frame = flow->depth ? &flow->frames[flow->depth - 1] : NULL;
    Event event = {
        .type = EVENT_OPEN, .shape = shape, .name = STR(""), .name_loc = loc, .loc = loc};
    if (frame && frame->map) {
        event.name = (Str){flow->key, flow->key_size};
        event.name_loc = flow->key_loc;
        event.merged = frame->merging;
        frame->has_key = false;
    }
    return emit(flow, &event);
}

static bool close_value(YamlFlow *flow) {
    return emit(flow, &(Event){.type = EVENT_CLOSE});
}

static bool take_key(YamlFlow *flow, YamlFrame *frame, const YamlItem *item) {
    if (item->type != YAML_SCALAR) {
        diag_error(flow->diags, item->loc, "a key is a single word");
        return false;
    }
    if (item->text.n > LIMIT_NAME_BYTES) {
        diag_error(flow->diags, item->loc, "a key is longer than %d bytes", LIMIT_NAME_BYTES);
        return false;
    }
    if (!item->text.n) {
        diag_error(flow->diags, item->loc, "a key is missing before the colon");
        return false;
    }
    frame->key_merges = !item->quoted && str_eq(item->text, STR("<<"));
    frame->has_key = true;
    memcpy(flow->key, item->text.s, item->text.n);
    flow->key_size = item->text.n;
    flow->key_loc = item->loc;
    return true;
}

static bool is_map_alias(const YamlFlow *flow, const YamlItem *item) {
    return item->type == YAML_ALIAS && flow->log.items[item->from].type == YAML_MAP;
}

/* What stands behind `<<`: an alias of a mapping, or a list of them. */
static bool take_merge(YamlFlow *flow, YamlFrame *frame, const YamlItem *item) {
    if (item->type == YAML_LIST && !frame->merge_list) {
        frame->merge_list = true;
        return true;
    }
    if (item->type == YAML_END && frame->merge_list) {
        frame->merge_list = false;
        frame->key_merges = false;
        frame->has_key = false;
        return true;
    }
    if (!is_map_alias(flow, item)) {
        Diag *diag = diag_error(flow->diags, item->loc, "'<<' merges mappings only");
        diag_help(flow->diags, diag, "expected an alias of a mapping, *name, or a list of them");
        return false;
    }
    vec_push(flow->arena, &frame->merges, *item);
    if (!frame->merge_list) {
        frame->key_merges = false;
        frame->has_key = false;
    }
    return true;
}

static bool push_replay(YamlFlow *flow, size_t from, size_t to) {
    if (flow->replays.count >= (size_t)LIMIT_DEPTH * 4) {
        diag_error(flow->diags, flow->key_loc, "aliases are nested too deeply");
        return false;
    }
    vec_push(flow->arena, &flow->replays, ((YamlReplay){from, to}));
    return true;
}

static bool take_end(YamlFlow *flow) {
    YamlFrame *frame = &flow->frames[flow->depth - 1];
    if (!frame->merges.count) {
        flow->depth--;
        return close_value(flow);
    }
    /* First what was merged, then this end again; the last pushed comes first. */
    frame->merging = true;
    bool good = push_replay(flow, SIZE_MAX, SIZE_MAX);
    for (size_t i = frame->merges.count; good && i-- > 0;) {
        good = push_replay(flow, frame->merges.items[i].from + 1, frame->merges.items[i].to - 1);
    }
    frame->merges.count = 0;
    return good;
}

static bool open_frame(YamlFlow *flow, const YamlItem *item) {
    bool map = item->type == YAML_MAP;
    if (flow->depth == LIMIT_DEPTH) {
        diag_error(flow->diags, item->loc, "nested more than %d deep", LIMIT_DEPTH);
        return false;
    }
    if (!open_value(flow, map ? SHAPE_MAP : SHAPE_LIST, item->loc)) {
        return false;
    }
    flow->frames[flow->depth++] = (YamlFrame){.map = map};
    return true;
}

static bool take_one(YamlFlow *flow, const YamlItem *item) {
    YamlFrame *frame = flow->depth ? &flow->frames[flow->depth - 1] : NULL;
    if (frame && frame->key_merges) {
        return take_merge(flow, frame, item);
    }
    if (frame && frame->map && !frame->has_key && item->type != YAML_END) {
        return take_key(flow, frame, item);
    }
    switch (item->type) {
    case YAML_SCALAR:
        return open_value(flow, SHAPE_SCALAR, item->loc) &&
               emit(flow, &(Event){.type = EVENT_TEXT,
                                   .quoted = item->quoted,
                                   .value = item->text,
                                   .loc = item->loc}) &&
               close_value(flow);
    case YAML_MAP:
    case YAML_LIST:
        return open_frame(flow, item);
    case YAML_END:
        return take_end(flow);
    case YAML_ALIAS:
        return push_replay(flow, item->from, item->to);
    }
    return false;
}

bool yaml_items_take(YamlFlow *flow, const YamlItem *item) {
    if (!take_one(flow, item)) {
        return false;
    }
    while (flow->replays.count) {
        YamlReplay *replay = &flow->replays.items[flow->replays.count - 1];
        if (++flow->replayed > LIMIT_ALIAS_EVENTS) {
            diag_error(flow->diags, item->loc, "aliases expand to more than %d events",
                       LIMIT_ALIAS_EVENTS);
            return false;
        }
        if (replay->at == SIZE_MAX) {
            flow->replays.count--;
            if (!take_end(flow)) {
                return false;
            }
        } else if (replay->at == replay->to) {
            flow->replays.count--;
        } else {
            YamlItem next = flow->log.items[replay->at++];
            if (!take_one(flow, &next)) {
                return false;
            }
        }
    }
    return true;
}
