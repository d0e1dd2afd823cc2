/* Inside of the native loader; for load.c and load_field.c alone. */
#ifndef MODEL_LOADER_H
#define MODEL_LOADER_H

#include "base/limits.h"
#include "model/schema_file.h"
#include "model/store.h"

typedef enum FrameType {
    FRAME_DOCUMENT,   /* XML: around the root element */
    FRAME_RECORD,     /* a record, or the head of the file */
    FRAME_GROUP,      /* fields of a group of the record below */
    FRAME_COLLECTION, /* records: a top-level list, or a list of child records */
    FRAME_LIST,       /* scalar items */
    FRAME_SCALAR,     /* one text: a field or an item */
} FrameType;

typedef struct Frame {
    FrameType type;
    KindId kind;         /* of the record; of the records of a collection */
    RowId row;           /* the record; of a collection its parent record */
    const Field *field;  /* of LIST, SCALAR, GROUP and child COLLECTION */
    const Field *fields; /* of RECORD, GROUP */
    size_t field_count, next;
    uint64_t seen[LIMIT_LEVEL_FIELDS / 64];
    size_t items; /* so far, of LIST and COLLECTION */
    Loc loc;
    bool in_gb, done;
} Frame;

typedef struct Loader {
    Inventory *inventory;
    const Schema *schema;
    Interner *interner;
    Diags *diags;
    SourceId source;
    bool xml;
    Frame frames[LIMIT_DEPTH + 4];
    size_t depth;
    size_t skipping; /* depth below something that was refused */
    RowId head_row;
    bool ended;
} Loader;

/* The field of that name at this level; its index goes to `*ret_index`. NULL, with an error, if
 * there is none or if it was given before (without an error if `merged`). */
const Field *loader_find_field(Loader *loader, Frame *frame, const Event *event, bool merged);

/* Sets a scalar cell or appends an item from text, reporting what is wrong with it. */
void loader_set(Loader *loader, const Frame *record, const Field *field, bool in_gb,
                const Event *event);

/* States "none" for a reference, list, child or group that may say so; an error else. */
bool loader_set_none(Loader *loader, const Frame *record, const Field *field, Loc loc);

/* "expected X" with what the field takes. */
void loader_expected(Loader *loader, const Field *field, Loc loc, Str got, Str expected);

#endif
