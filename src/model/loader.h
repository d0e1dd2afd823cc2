/* Inside of the native loader; for load*.c alone. */
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
    FRAME_GAP,        /* one text, or none, where the records of a kind should stand */
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
    bool in_gb;
    bool item; /* of SCALAR: it is an item of a list */
    bool done; /* of SCALAR: its text has come */
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
    Loc *kind_locs;  /* where each kind's list begins; no source if it did not come yet */
    RowId head_row;
    bool version_tried; /* the format version was given, right or wrong */
    bool ended;         /* nothing more of this input counts */
} Loader;

static inline Str loader_name(const Loader *loader, Sym sym) {
    return sym_text(loader->interner, sym);
}

/* NULL outside of the document. */
static inline Frame *loader_top(Loader *loader) {
    return loader->depth ? &loader->frames[loader->depth - 1] : NULL;
}

static inline bool loader_is_head(const Loader *loader, const Frame *frame) {
    return frame->type == FRAME_RECORD && frame->kind == loader->inventory->head_kind;
}

/* Takes an EVENT_OPEN: a new frame, or `skipping` begins. */
void loader_take_open(Loader *loader, const Event *event);

/* The field of that name at this level. NULL, with an error, if there is none or if it was given
 * before (without an error if `merged`). */
const Field *loader_find_field(Loader *loader, Frame *frame, const Event *event, bool merged);

/* Sets a scalar cell or appends an item from text, reporting what is wrong with it. */
void loader_set(Loader *loader, const Frame *record, const Field *field, bool in_gb,
                const Event *event);

/* States "none" for a reference, list, child or group that may say so; false else. */
bool loader_set_none(Loader *loader, const Frame *record, const Field *field, Loc loc);

/* The end of a record: one that does not state its key is refused and left out. */
void loader_close_record(Loader *loader, const Frame *frame);

/* A field of the head is given, whatever its value. */
void loader_note_head(Loader *loader, const Field *field);

/* False, with an error, if the head states another format version than ours. */
bool loader_check_version(Loader *loader);

/* At the end of an input: what its head says about all of it. */
void loader_take_head(Loader *loader, bool must_have_version);

/* A note: what is opened has another name by now. */
void loader_note_former(Loader *loader, const Event *event, Sym now, const char *unit);

/* Errors: a name that is no field of the frame; a field given twice; what is opened cannot stand
 * for the field; an attribute that must be an element; no value; a value that is not `expected`. */
void loader_refuse_name(Loader *loader, const Frame *frame, const Event *event);
void loader_refuse_twice(Loader *loader, const Frame *frame, const Field *field,
                         const Event *event);
void loader_refuse_shape(Loader *loader, const Field *field, const Event *event);
void loader_refuse_attribute(Loader *loader, const Field *field, const Event *event);
void loader_refuse_gap(Loader *loader, const Field *field, bool item, bool in_gb, Loc loc);
void loader_expected(Loader *loader, const Field *field, bool in_gb, const Event *event,
                     Str expected);

#endif
