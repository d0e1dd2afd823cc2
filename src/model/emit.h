/* Walks what was stated, record by record in canonical order, for the writers. */
#ifndef MODEL_EMIT_H
#define MODEL_EMIT_H

#include "base/buf.h"
#include "model/inventory.h"

/* What a native file consists of. Scalars of a level come before lists, groups and children, so
 * that XML can write them as attributes. */
typedef struct Emitter {
    Buf *out;
    const Inventory *inventory;
    int depth;
    const struct EmitFormat *format;
} Emitter;

typedef struct EmitFormat {
    void (*begin)(Emitter *emitter);
    void (*end)(Emitter *emitter);
    /* A mapping: a record (`item` true: in a list) or a group or single child. */
    void (*open_map)(Emitter *emitter, Str name, bool item);
    void (*fields_done)(Emitter *emitter, bool more); /* scalars are written; more follows or not */
    void (*close_map)(Emitter *emitter, Str name, bool more);
    void (*open_list)(Emitter *emitter, Str name);
    void (*close_list)(Emitter *emitter, Str name, bool any);
    void (*scalar)(Emitter *emitter, Str name, Str value);
    void (*values)(Emitter *emitter, Str name, Str item, const Str *values, size_t count);
} EmitFormat;

void emit_inventory(const Inventory *inventory, const EmitFormat *format, Buf *out);

#endif
