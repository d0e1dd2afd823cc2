/* What every reader emits: a stream of events with places. Readers know formats; what an event
 * means is decided by the loader, driven by the schema.
 *
 *   YAML, JSON   mapping key      open(key) ... close          name = key, value place follows
 *                list item        open("") ... close
 *                scalar           text(value)
 *   XML          element          open(tag) attribute* (text | open...close)* close
 *   xlsx, CSV    sheet            open(sheet) ... close; each row below the headings that holds
 *                                 something: open("row"), one attribute(column heading, cell) per
 *                                 filled cell that has a heading, close
 *
 * The document itself is bracketed by open("") ... close. Strs in an event are valid during the
 * call only. */
#ifndef READ_EVENT_H
#define READ_EVENT_H

#include "base/diag.h"
#include "base/source.h"

typedef enum EventType { EVENT_OPEN, EVENT_ATTRIBUTE, EVENT_TEXT, EVENT_CLOSE } EventType;

/* What an opened thing holds, where the format tells. */
typedef enum Shape {
    SHAPE_ELEMENT, /* XML: attributes, text or elements, not known yet */
    SHAPE_MAP,
    SHAPE_LIST,
    SHAPE_SCALAR, /* exactly one text event follows */
    SHAPE_ROW,    /* xlsx, CSV: attributes follow */
} Shape;

typedef struct Event {
    EventType type;
    Shape shape;  /* of EVENT_OPEN */
    bool merged;  /* EVENT_OPEN: came by a YAML merge key; what was stated explicitly wins */
    bool quoted;  /* EVENT_TEXT: written in quotes or as a block (so '' is a value, not a gap);
                     EVENT_ATTRIBUTE of a sheet: a text, not a number */
    bool *skip;   /* EVENT_OPEN of a sheet, else NULL: set it, and the sheet is passed over */
    Str name;     /* EVENT_OPEN, EVENT_ATTRIBUTE: key, tag or column heading; "" for an item */
    Str value;    /* EVENT_ATTRIBUTE, EVENT_TEXT */
    Loc name_loc; /* EVENT_OPEN, EVENT_ATTRIBUTE: of the name; of the item's start for "" */
    Loc loc;      /* EVENT_ATTRIBUTE, EVENT_TEXT: of the value. EVENT_OPEN: of what is opened */
} Event;

/* Takes an event; false stops the reader (it has then said why). */
typedef struct EventSink {
    bool (*take)(void *context, const Event *event);
    void *context;
} EventSink;

static inline bool event_emit(const EventSink *sink, const Event *event) {
    return sink->take(sink->context, event);
}

/* What a reader works with. */
typedef struct ReadContext {
    Sources *sources; /* the bytes to read are source_of(sources, id)->text */
    Diags *diags;     /* what is wrong goes here, with its place */
    Arena *scratch;   /* released by the caller when the reader is done */
} ReadContext;

/* A reader. True if the source was read to its end without an error of the format (the sink may
 * still have found mistakes). On false at least one error was added to the diagnostics, or the
 * sink stopped. */
typedef bool Reader(const ReadContext *context, SourceId source, const EventSink *sink);

Reader read_yaml; /* libyaml: anchors and merge keys replayed within a budget */
Reader read_xml;  /* libxml2 SAX2: no DTD, no entities, no network */
Reader read_json; /* jansson: places are the JSON pointer's line where known, else line 1 */
Reader read_csv;  /* libcsv: comma or semicolon, the first row holds the headings */
Reader read_xlsx; /* libzip + libxml2: every sheet; its first row with text holds the headings */

/* True if the text can be a document of ours: valid UTF-8 (after an optional byte order mark),
 * without control characters but TAB, CR and LF. Else an error with line and column is added. */
bool read_check_text(const ReadContext *context, SourceId source);

#endif
