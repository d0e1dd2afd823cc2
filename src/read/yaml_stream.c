#include "read/yaml_stream.h"

#include <assert.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/memory.h"
#include "base/threads.h"

/* Events of a batch: large enough that handing one over costs nothing, and all of them stay in a
 * processor's own cache. */
enum {
    BATCH_EVENTS = 2048,
    AHEAD_BYTES = 256 * 1024,
    TAG_BYTES = 64, /* more than any tag that means something; libyaml makes long ones of short */
};

typedef struct Batch {
    YamlEvent events[BATCH_EVENTS];
    size_t count;
    Buf texts; /* byte 0 is no text's */
} Batch;

struct YamlStream {
    yaml_parser_t parser;
    SourceId source;
    Relay *relay;
    Batch *batches[RELAY_SLOTS]; /* made when first filled: most inputs are small */
    const Batch *batch;
    size_t at;
};

Loc yaml_mark_loc(SourceId source, yaml_mark_t start, yaml_mark_t end) {
    size_t length =
        start.line == end.line && end.column > start.column ? end.column - start.column : 0;
    return (Loc){.line = (uint32_t)start.line + 1,
                 .column = (uint32_t)start.column + 1,
                 .source = source,
                 .length = (uint16_t)(length > UINT16_MAX ? UINT16_MAX : length)};
}

static uint32_t keep(Batch *batch, const yaml_char_t *text, size_t size) {
    uint32_t at = (uint32_t)batch->texts.size;
    buf_add(&batch->texts, (Str){(const char *)text, size});
    return at;
}

/* At most that many bytes. */
static uint32_t keep_name(Batch *batch, const yaml_char_t *name, size_t most) {
    if (!name) { /* as nearly always */
        return 0;
    }
    size_t size = str_of((const char *)name).n;
    uint32_t at = keep(batch, name, size < most ? size : most);
    buf_addc(&batch->texts, 0);
    return at;
}

static void keep_event(Batch *batch, const yaml_event_t *event, SourceId source) {
    YamlEvent *kept = &batch->events[batch->count++];
    *kept = (YamlEvent){.type = (uint8_t)event->type,
                        .loc = yaml_mark_loc(source, event->start_mark, event->end_mark)};
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        kept->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
        kept->text_size = (uint32_t)event->data.scalar.length;
        kept->text = keep(batch, event->data.scalar.value, event->data.scalar.length);
        kept->anchor = keep_name(batch, event->data.scalar.anchor, SIZE_MAX);
        kept->tag = keep_name(batch, event->data.scalar.tag, TAG_BYTES);
        break;
    case YAML_SEQUENCE_START_EVENT:
        kept->anchor = keep_name(batch, event->data.sequence_start.anchor, SIZE_MAX);
        kept->tag = keep_name(batch, event->data.sequence_start.tag, TAG_BYTES);
        break;
    case YAML_MAPPING_START_EVENT:
        kept->anchor = keep_name(batch, event->data.mapping_start.anchor, SIZE_MAX);
        kept->tag = keep_name(batch, event->data.mapping_start.tag, TAG_BYTES);
        break;
    case YAML_ALIAS_EVENT:
        kept->text_size = (uint32_t)str_of((const char *)event->data.alias.anchor).n;
        kept->text = keep(batch, event->data.alias.anchor, kept->text_size);
        break;
    default:
        break;
    }
}

static Batch *empty_batch(Batch **batch) {
    if (!*batch) {
        *batch = memory_grow(NULL, 1, sizeof **batch);
        buf_init(&(*batch)->texts, LIMIT_INPUT_BYTES * 2);
    }
    (*batch)->count = 0;
    buf_cut(&(*batch)->texts, 0);
    buf_addc(&(*batch)->texts, 0);
    return *batch;
}

static bool fill_batch(void *context, int slot) {
    YamlStream *stream = context;
    Batch *batch = empty_batch(&stream->batches[slot]);
    bool more = true;
    while (more && batch->count < BATCH_EVENTS) {
        yaml_event_t event;
        if (!yaml_parser_parse(&stream->parser, &event)) {
            batch->events[batch->count++] = (YamlEvent){.type = YAML_NO_EVENT};
            return false;
        }
        keep_event(batch, &event, stream->source);
        more = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    assert(!batch->texts.truncated); /* no text is longer than the input */
    return more;
}

YamlStream *yaml_stream_open(Str text, size_t from, SourceId source) {
    YamlStream *stream = memory_zeroed(1, sizeof *stream);
    stream->source = source;
    if (!yaml_parser_initialize(&stream->parser)) {
        free(stream);
        return NULL;
    }
    yaml_parser_set_encoding(&stream->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&stream->parser, (const unsigned char *)text.s + from,
                                 text.n - from);
    stream->relay = relay_open(text.n >= AHEAD_BYTES, fill_batch, stream);
    return stream;
}

void yaml_stream_close(YamlStream *stream) {
    relay_close(stream->relay);
    yaml_parser_delete(&stream->parser);
    for (int i = 0; i < RELAY_SLOTS; i++) {
        if (stream->batches[i]) {
            buf_clear(&stream->batches[i]->texts);
            free(stream->batches[i]);
        }
    }
    free(stream);
}

const YamlEvent *yaml_stream_next(YamlStream *stream) {
    if (!stream->batch || stream->at == stream->batch->count) {
        int slot = relay_next(stream->relay);
        if (slot < 0) {
            return NULL;
        }
        stream->batch = stream->batches[slot];
        stream->at = 0;
    }
    return &stream->batch->events[stream->at++];
}

const char *yaml_stream_text(const YamlStream *stream, uint32_t at) {
    return stream->batch->texts.data + at;
}

const yaml_parser_t *yaml_stream_parser(const YamlStream *stream) {
    return &stream->parser;
}
