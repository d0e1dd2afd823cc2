/* The events of libyaml, in batches: on large inputs libyaml works ahead on a thread of its own,
 * so that loading costs little more than parsing. For src/read alone. */
#ifndef READ_YAML_STREAM_H
#define READ_YAML_STREAM_H

#include <yaml.h>

#include "base/source.h"

/* Small, as there are millions: texts stand in the batch. */
typedef struct YamlEvent {
    uint8_t type; /* yaml_event_type_t; YAML_NO_EVENT: libyaml refuses the input here */
    bool quoted;  /* a scalar that is not plain */
    Loc loc;
    uint32_t text, text_size; /* a scalar's value, an alias's name */
    uint32_t anchor, tag;     /* NUL-terminated; 0 = none */
} YamlEvent;

typedef struct YamlStream YamlStream;

/* Reads the text from `from` on. Close it. NULL if libyaml has no memory. */
YamlStream *yaml_stream_open(Str text, size_t from, SourceId source);
void yaml_stream_close(YamlStream *stream);

/* The next event, NULL behind the end of the stream or an error. It and its texts are valid until
 * the next call. */
const YamlEvent *yaml_stream_next(YamlStream *stream);

/* Text, anchor or tag of the event that came last. */
const char *yaml_stream_text(const YamlStream *stream, uint32_t at);

/* What libyaml refuses, once YAML_NO_EVENT came. */
const yaml_parser_t *yaml_stream_parser(const YamlStream *stream);

/* The place between two marks; its length is told within a line. */
Loc yaml_mark_loc(SourceId source, yaml_mark_t start, yaml_mark_t end);

#endif
