/* The inputs of a run, and places in them.
 * An input is read whole and kept, so that messages can show its lines without reading it again.
 * A workbook has one source per sheet beside the one of the file. */
#ifndef BASE_SOURCE_H
#define BASE_SOURCE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

typedef uint16_t SourceId; /* index into Sources; 0 = no source */

/* Where a fact was stated. 12 bytes: there is one for every stated cell. */
typedef struct Loc {
    uint32_t line;   /* from 1; 0 = unknown. A sheet's row. */
    uint32_t column; /* in code points from 1; 0 = unknown. A sheet's column number. */
    SourceId source;
    uint16_t length; /* code points of the text as written, 0 = unknown, cut at 65,535 */
} Loc;

typedef enum SourceOrigin {
    ORIGIN_INPUT,    /* given by the user as an inventory */
    ORIGIN_EMBEDDED, /* a schema or rule file inside the program */
    ORIGIN_SETTINGS, /* configuration, waivers, a user's own schemas and rules */
} SourceOrigin;

typedef struct Source {
    Str path;      /* as shown: relative where it can be, '/' as separator; "<stdin>" for "-" */
    Str sheet;     /* of a workbook, else empty */
    Str text;      /* the bytes; empty for a sheet */
    Str format;    /* "yaml", "xml", "rvtools" ...; set by who reads it */
    Str as_of;     /* the day its facts were true, YYYY-MM-DD; empty if not stated */
    Str sha256;    /* of the file, lower-case hex; empty until source_digest() */
    SourceId file; /* of a sheet: its workbook; else itself */
    SourceOrigin origin;
    bool native;         /* an inventory in our own format, not an import */
    const Str *headings; /* of a sheet or CSV file: its column headings; may be NULL */
    size_t heading_count;
    const uint32_t *line_starts; /* byte offsets, made by the first source_line() */
    size_t line_count;
} Source;

typedef struct Sources {
    Arena *arena;
    Source *items; /* items[0] stands for "no source" */
    size_t count, capacity;
} Sources;

void sources_init(Sources *sources, Arena *arena);

/* Adds a source; `text` must live as long as the arena. 0 when the table is
 * full (LIMIT_SOURCES). */
SourceId sources_add(Sources *sources, Str path, Str text, SourceOrigin origin);

/* Adds a sheet of the workbook `file`. */
SourceId sources_add_sheet(Sources *sources, SourceId file, Str sheet);

static inline Source *source_of(const Sources *sources, SourceId id) {
    return &sources->items[id];
}

/* True for sheets and CSV files: lines are rows, columns are numbers of cells. */
bool source_is_table(const Source *source);

/* Line `line` (from 1) of a source without its end and without a byte order mark; empty if there is
 * none. The first call on a source indexes its lines (not to be done by two threads at once). */
Str source_line(const Sources *sources, SourceId id, uint32_t line);

/* Fills `sha256`. */
void source_digest(Sources *sources, SourceId id);

/* Order of places: path, sheet, line, column. */
int loc_cmp(const Sources *sources, Loc a, Loc b);

/* "A", "Z", "AA" ...: the letters of a sheet's column number. */
Str sheet_column_letters(Arena *arena, uint32_t column);

#endif
