/* YAML through libyaml's event interface. */
#include <string.h>

#include "read/read_text.h"
#include "read/yaml_items.h"
#include "read/yaml_stream.h"

typedef struct Anchor {
    Str name;
    size_t from, to; /* to = 0: still open */
    size_t depth;    /* of the node, to find its end */
} Anchor;

typedef struct YamlReader {
    const ReadContext *context;
    SourceId source;
    YamlStream *stream;
    YamlFlow flow;
    VEC(Anchor) anchors;
    size_t open_anchors;
    size_t depth, documents;
} YamlReader;

static void complain_parser(const YamlReader *reader) {
    const yaml_parser_t *parser = yaml_stream_parser(reader->stream);
    SourceId source = reader->source;
    Diags *diags = reader->context->diags;
    yaml_mark_t mark = parser->problem_mark;
    Diag *diag = diag_error(diags, yaml_mark_loc(source, mark, mark), "YAML: %s",
                            parser->problem ? parser->problem : "cannot be read");
    if (parser->context && parser->context_mark.index != mark.index) {
        diag_place(diags, diag, yaml_mark_loc(source, parser->context_mark, parser->context_mark),
                   "%s", parser->context);
    }
    bool tab = parser->error == YAML_SCANNER_ERROR &&
               parser->buffer.pointer < parser->buffer.last && *parser->buffer.pointer == '\t';
    if (tab) {
        diag_help(diags, diag, "indent with blanks, not with tabs");
    }
}

static Anchor *find_anchor(YamlReader *reader, Str name) {
    for (size_t i = reader->anchors.count; i-- > 0;) {
        if (str_eq(reader->anchors.items[i].name, name)) {
            return &reader->anchors.items[i];
        }
    }
    return NULL;
}

static Str name_at(const YamlReader *reader, uint32_t at) {
    return str_of(yaml_stream_text(reader->stream, at));
}

static void begin_anchor(YamlReader *reader, uint32_t name) {
    if (name) {
        Arena *arena = reader->context->scratch;
        Anchor anchor = {arena_copy(arena, name_at(reader, name)), reader->flow.log.count, 0,
                         reader->depth};
        vec_push(arena, &reader->anchors, anchor);
        reader->open_anchors++;
    }
}

/* Items of anchored nodes are kept, with texts of their own. */
static void log_item(YamlReader *reader, const YamlItem *item) {
    if (reader->open_anchors) {
        YamlItem copy = *item;
        copy.text = arena_copy(reader->context->scratch, item->text);
        vec_push(reader->context->scratch, &reader->flow.log, copy);
    }
}

static void end_anchors(YamlReader *reader) {
    for (size_t i = reader->anchors.count; reader->open_anchors && i-- > 0;) {
        Anchor *anchor = &reader->anchors.items[i];
        if (!anchor->to && anchor->depth == reader->depth) {
            anchor->to = reader->flow.log.count;
            reader->open_anchors--;
        }
    }
}

static bool check_tag(const YamlReader *reader, uint32_t tag, Loc loc) {
    if (!tag) { /* as nearly always */
        return true;
    }
    Str text = name_at(reader, tag);
    static const Str core[] = {STR_INIT("!"),
                               STR_INIT("tag:yaml.org,2002:str"),
                               STR_INIT("tag:yaml.org,2002:int"),
                               STR_INIT("tag:yaml.org,2002:float"),
                               STR_INIT("tag:yaml.org,2002:bool"),
                               STR_INIT("tag:yaml.org,2002:null"),
                               STR_INIT("tag:yaml.org,2002:map"),
                               STR_INIT("tag:yaml.org,2002:seq")};
    bool known = !text.n;
    for (size_t i = 0; i < sizeof core / sizeof *core && !known; i++) {
        known = str_eq(text, core[i]);
    }
    if (known) {
        return true;
    }
    diag_error(reader->context->diags, loc, "the tag '%.*s' has no meaning here", STR_ARG(text));
    return false;
}

static Str event_text(const YamlReader *reader, const YamlEvent *event) {
    return (Str){yaml_stream_text(reader->stream, event->text), event->text_size};
}

static bool take_alias(YamlReader *reader, const YamlEvent *event) {
    Str name = event_text(reader, event);
    const Anchor *anchor = find_anchor(reader, name);
    if (!anchor || !anchor->to) {
        diag_error(reader->context->diags, event->loc,
                   anchor ? "the alias '*%.*s' stands inside what it names"
                          : "there is no anchor '&%.*s' before this alias",
                   STR_ARG(name));
        return false;
    }
    YamlItem item = {.type = YAML_ALIAS, .loc = event->loc, .from = anchor->from, .to = anchor->to};
    log_item(reader, &item);
    return yaml_items_take(&reader->flow, &item);
}

static bool take_scalar(YamlReader *reader, const YamlEvent *event) {
    begin_anchor(reader, event->anchor);
    YamlItem item = {.type = YAML_SCALAR,
                     .quoted = event->quoted,
                     .text = event_text(reader, event),
                     .loc = event->loc};
    bool null = !item.quoted && (str_eq(item.text, STR("~")) || str_eq(item.text, STR("null")));
    item.text = null ? STR_NONE : item.text;
    log_item(reader, &item);
    if (event->anchor) {
        end_anchors(reader);
    }
    return check_tag(reader, event->tag, event->loc) && yaml_items_take(&reader->flow, &item);
}

static bool take_start(YamlReader *reader, YamlItemType type, const YamlEvent *event) {
    if (reader->depth == LIMIT_DEPTH) {
        diag_error(reader->context->diags, event->loc, "nested more than %d deep", LIMIT_DEPTH);
        return false;
    }
    begin_anchor(reader, event->anchor);
    reader->depth++;
    YamlItem item = {.type = type, .loc = event->loc};
    item.loc.length = 0;
    log_item(reader, &item);
    return check_tag(reader, event->tag, item.loc) && yaml_items_take(&reader->flow, &item);
}

static bool take_end(YamlReader *reader, Loc loc) {
    YamlItem item = {.type = YAML_END, .loc = loc};
    log_item(reader, &item);
    reader->depth--;
    end_anchors(reader);
    return yaml_items_take(&reader->flow, &item);
}

static bool take_document(YamlReader *reader, Loc loc) {
    if (reader->documents++) {
        diag_error(reader->context->diags, loc, "a file holds one document; a second begins here");
        return false;
    }
    return true;
}

static bool take_event(YamlReader *reader, const YamlEvent *event) {
    switch (event->type) {
    case YAML_NO_EVENT:
        complain_parser(reader);
        return false;
    case YAML_DOCUMENT_START_EVENT:
        return take_document(reader, event->loc);
    case YAML_ALIAS_EVENT:
        return take_alias(reader, event);
    case YAML_SCALAR_EVENT:
        return take_scalar(reader, event);
    case YAML_SEQUENCE_START_EVENT:
        return take_start(reader, YAML_LIST, event);
    case YAML_MAPPING_START_EVENT:
        return take_start(reader, YAML_MAP, event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        return take_end(reader, event->loc);
    default:
        return true;
    }
}

/* What ends a line for libyaml alone: a place behind it would be on another line than in an editor,
 * and the text of a name would change. */
static bool check_line_ends(const ReadContext *context, SourceId source) {
    Str text = source_of(context->sources, source)->text;
    size_t at = str_find(text, '\r', 0);
    while (at != SIZE_MAX && at + 1 < text.n && text.s[at + 1] == '\n') {
        at = str_find(text, '\r', at + 1);
    }
    const char *what = "a carriage return that no line feed follows";
    static const Str separators[] = {STR_INIT("\xE2\x80\xA8"), STR_INIT("\xE2\x80\xA9")};
    for (int i = 0; i < 2 && at == SIZE_MAX; i++) {
        at = str_find_str(text, separators[i]);
        what = i ? "paragraph separator U+2029" : "line separator U+2028";
    }
    if (at != SIZE_MAX) {
        Diag *diag = diag_error(context->diags, text_loc(text, source, at), "%s", what);
        diag_help(context->diags, diag, "end lines with LF or CR LF");
    }
    return at == SIZE_MAX;
}

static bool take_all(YamlReader *reader) {
    for (const YamlEvent *event; (event = yaml_stream_next(reader->stream));) {
        if (!take_event(reader, event)) {
            return false;
        }
    }
    return true;
}

bool read_yaml(const ReadContext *context, SourceId source, const EventSink *sink) {
    Str text = source_of(context->sources, source)->text;
    size_t mark =
        str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0; /* not skipped by a parser that is told */
    YamlStream *stream = yaml_stream_open(text, mark, source);
    if (!stream) {
        return false;
    }
    /* What no YAML of ours may hold is looked for, and lines are indexed, while libyaml works
     * ahead. */
    bool good = read_check_text(context, source) && check_line_ends(context, source);
    source_line(context->sources, source, 1);
    if (good) {
        YamlReader *reader = arena_new(context->scratch, YamlReader);
        reader->context = context;
        reader->source = source;
        reader->stream = stream;
        reader->flow.sink = sink;
        reader->flow.diags = context->diags;
        reader->flow.arena = context->scratch;
        good = take_all(reader);
    }
    yaml_stream_close(stream);
    return good;
}
