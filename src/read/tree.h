/* A small document as a tree: schemas, rule files, configuration. Inventories are streamed instead.
 * Every node keeps its place, and a subtree can be replayed as the events it came from. */
#ifndef READ_TREE_H
#define READ_TREE_H

#include "read/event.h"

typedef enum NodeType { NODE_SCALAR, NODE_MAP, NODE_LIST } NodeType;

typedef struct Node {
    NodeType type;
    bool quoted; /* a scalar written in quotes or as a block */
    Str key;     /* in its parent mapping; empty for an item */
    Str text;    /* of a scalar */
    Loc key_loc, loc;
    struct Node *items; /* children of a map or list, in order */
    size_t count;
} Node;

/* Reads a YAML source into the arena; NULL if it cannot be read (errors were added). A key given
 * twice is an error. */
const Node *tree_read_yaml(const ReadContext *context, SourceId source, Arena *arena);

/* Reads an XML source: the root element, as a map. Attributes are its scalars, elements its maps
 * (the same tag may come several times); the text of an element without elements is its `text`. */
const Node *tree_read_xml(const ReadContext *context, SourceId source, Arena *arena);

/* The child of a map; NULL if absent or if `map` is NULL or no map. */
const Node *tree_get(const Node *map, const char *key);

/* Text of the scalar child `key`, empty if absent; an error is added if it is no scalar. */
Str tree_text(Diags *diags, const Node *map, const char *key);

/* Adds an error for each child of `map` that is not in the NULL-terminated list, with "did you
 * mean". Keys that begin with "x-" pass. False if there was one, or if it is no map. */
bool tree_check_keys(Diags *diags, const Node *map, const char *const *keys, const char *what);

/* Which of the NULL-terminated names a single value is; SIZE_MAX with an error at the node, "did
 * you mean" and the list, if it is none of them. */
size_t tree_choice(Diags *diags, const Node *node, const char *const *names);

/* Emits the events of a subtree, as the reader did. */
bool tree_replay(const Node *node, const EventSink *sink);

#endif
