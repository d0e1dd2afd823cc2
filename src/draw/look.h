/* How the records of a kind are drawn: `draw:` of its schema, looked up once
 * (docs/schema-files.md). */
#ifndef DRAW_LOOK_H
#define DRAW_LOOK_H

#include "draw/view.h"

typedef enum GateLook { GATE_NONE, GATE_MEMBERS, GATE_VOTES } GateLook;

typedef struct Look {
    bool drawn, is_box, is_shared;
    GateLook gate;
    BoxStyle box;
    Str tile;            /* the one it has whatever it is, or the last resort */
    ColumnId tile_by;    /* NO_COLUMN, or the column that decides */
    const Node *tiles;   /* its values -> tiles, the first that applies */
    const Node *inside;  /* list of paths of references, innermost first */
    const Node *facts;   /* list of texts with {column} */
    ColumnId label;      /* NO_COLUMN = the name */
    ColumnId stands_for; /* NO_COLUMN */
} Look;

/* By kind. */
const Look *looks_read(Arena *arena, const Schema *schema);

static inline const Look *look_of(const Look *looks, const Inventory *inventory, EntityId id) {
    RowId row;
    return &looks[inventory_kind_of(inventory, id, &row)];
}

Str look_tile(const Look *look, const Inventory *inventory, EntityId id);

/* Its name as people say it, whole. */
Str look_name(const Look *look, const Inventory *inventory, EntityId id);

/* The records that it stands inside of by its `inside` list: stated references whose kind is a box,
 * the innermost first, at most `maximum`. */
size_t look_containers(const Look *looks, const Inventory *inventory, EntityId id,
                       EntityId *ret_boxes, size_t maximum);

/* Fills a text's {column}s; empty if one of them is not stated. */
Str look_fact(Arena *arena, const Inventory *inventory, EntityId id, Str text);

/* The reference in a column; 0 if it is none, or not stated. */
EntityId look_reference(const Inventory *inventory, EntityId id, ColumnId column);

#endif
