/* From YAML items to events: aliases replayed from a log, merge keys as keys. For src/read alone.
 *
 * Keys that come by `<<` are emitted at the end of their mapping, nearest first: whoever lets the
 * first statement of a key win gets YAML's precedence. */
#ifndef READ_YAML_ITEMS_H
#define READ_YAML_ITEMS_H

#include "base/limits.h"
#include "read/event.h"

typedef enum YamlItemType {
    YAML_SCALAR,
    YAML_MAP,
    YAML_LIST,
    YAML_END, /* of a mapping or list */
    YAML_ALIAS,
} YamlItemType;

typedef struct YamlItem {
    YamlItemType type;
    bool quoted;
    Str text; /* of a scalar */
    Loc loc;
    size_t from, to; /* of an alias: its node in the log */
} YamlItem;

typedef struct YamlFrame {
    bool map;
    bool merge_list; /* the list behind `<<` */
    bool merging;    /* explicit keys are through */
    bool has_key, key_merges;
    VEC(YamlItem) merges; /* aliases behind `<<` */
} YamlFrame;

typedef struct YamlReplay {
    size_t at, to; /* in the log; at == to == SIZE_MAX: the END of the open mapping */
} YamlReplay;

typedef struct YamlFlow {
    const EventSink *sink;
    Diags *diags;
    Arena *arena;
    VEC(YamlItem) log; /* items inside anchored nodes; texts are copies */
    YamlFrame frames[LIMIT_DEPTH];
    size_t depth;
    VEC(YamlReplay) replays; /* what is to come before the next item of the document */
    size_t replayed;
    char key[LIMIT_NAME_BYTES]; /* the key that waits for its value */
    size_t key_size;
    Loc key_loc;
} YamlFlow;

/* Takes the next item of the document and emits all that it stands for. False on an error (added)
 * or if the sink stopped. */
bool yaml_items_take(YamlFlow *flow, const YamlItem *item);

#endif
