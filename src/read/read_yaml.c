/* YAML through libyaml's event interface. */
#include <string.h>
#include <yaml.h>

#include "read/read_text.h"
#include "read/yaml_items.h"

typedef struct Anchor {
    Str name;
    size_t from, to; /* to = 0: still open */
    size_t depth;    /* of the node, to find its end */
} Anchor;

typedef struct YamlReader {
    const ReadContext *context;
    SourceId source;
    YamlFlow flow;
    VEC(Anchor) anchors;
    size_t open_anchors;
    size_t depth, documents;
} YamlReader;

static Loc mark_loc(const YamlReader *reader, yaml_mark_t start, yaml_mark_t end) {
    size_t length =
        start.line == end.line && end.column > start.column ? end.column - start.column : 0;
    return (Loc){.line = (uint32_t)start.line + 1,
                 .column = (uint32_t)start.column + 1,
                 .source = reader->source,
                 .length = (uint16_t)(length > UINT16_MAX ? UINT16_MAX : length)};
}

static void complain_parser(const YamlReader *reader, const yaml_parser_t *parser) {
    Diags *diags = reader->context->diags;
    yaml_mark_t mark = parser->problem_mark;
    Diag *diag = diag_error(diags, mark_loc(reader, mark, mark), "YAML: %s",
                            parser->problem ? parser->problem : "cannot be read");
    if (parser->context && parser->context_mark.index != mark.index) {
        diag_place(diags, diag, mark_loc(reader, parser->context_mark, parser->context_mark), "%s",
                   parser->context);
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

static void begin_anchor(YamlReader *reader, const yaml_char_t *name) {
    if (name) {
        Arena *arena = reader->context->scratch;
        Anchor anchor = {arena_copy(arena, str_of((const char *)name)), reader->flow.log.count, 0,
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

static bool check_tag(const YamlReader *reader, const yaml_char_t *tag, Loc loc) {
    if (!tag) { /* as nearly always */
        return true;
    }
    Str text = str_of((const char *)tag);
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

static bool take_alias(YamlReader *reader, const yaml_event_t *event, Loc loc) {
    Str name = str_of((const char *)event->data.alias.anchor);
    const Anchor *anchor = find_anchor(reader, name);
    if (!anchor || !anchor->to) {
        diag_error(reader->context->diags, loc,
                   anchor ? "the alias '*%.*s' stands inside what it names"
                          : "there is no anchor '&%.*s' before this alias",
                   STR_ARG(name));
        return false;
    }
    YamlItem item = {.type = YAML_ALIAS, .loc = loc, .from = anchor->from, .to = anchor->to};
    log_item(reader, &item);
    return yaml_items_take(&reader->flow, &item);
}

static bool take_scalar(YamlReader *reader, const yaml_event_t *event, Loc loc) {
    begin_anchor(reader, event->data.scalar.anchor);
    YamlItem item = {.type = YAML_SCALAR,
                     .quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE,
                     .text = {(const char *)event->data.scalar.value, event->data.scalar.length},
                     .loc = loc};
    bool null = !item.quoted && (str_eq(item.text, STR("~")) || str_eq(item.text, STR("null")));
    item.text = null ? STR_NONE : item.text;
    log_item(reader, &item);
    if (event->data.scalar.anchor) {
        end_anchors(reader);
    }
    return check_tag(reader, event->data.scalar.tag, loc) && yaml_items_take(&reader->flow, &item);
}

static bool take_start(YamlReader *reader, YamlItemType type, const yaml_char_t *anchor,
                       const yaml_char_t *tag, Loc loc) {
    if (reader->depth == LIMIT_DEPTH) {
        diag_error(reader->context->diags, loc, "nested more than %d deep", LIMIT_DEPTH);
        return false;
    }
    begin_anchor(reader, anchor);
    reader->depth++;
    loc.length = 0;
    YamlItem item = {.type = type, .loc = loc};
    log_item(reader, &item);
    return check_tag(reader, tag, loc) && yaml_items_take(&reader->flow, &item);
}

static bool take_end(YamlReader *reader, Loc loc) {
    YamlItem item = {.type = YAML_END, .loc = loc};
    log_item(reader, &item);
    reader->depth--;
    end_anchors(reader);
    return yaml_items_take(&reader->flow, &item);
}

static bool take_event(YamlReader *reader, const yaml_event_t *event) {
    Loc loc = mark_loc(reader, event->start_mark, event->end_mark);
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (reader->documents++) {
            diag_error(reader->context->diags, loc,
                       "a file holds one document; a second begins here");
            return false;
        }
        return true;
    case YAML_ALIAS_EVENT:
        return take_alias(reader, event, loc);
    case YAML_SCALAR_EVENT:
        return take_scalar(reader, event, loc);
    case YAML_SEQUENCE_START_EVENT:
        return take_start(reader, YAML_LIST, event->data.sequence_start.anchor,
                          event->data.sequence_start.tag, loc);
    case YAML_MAPPING_START_EVENT:
        return take_start(reader, YAML_MAP, event->data.mapping_start.anchor,
                          event->data.mapping_start.tag, loc);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        return take_end(reader, loc);
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

bool read_yaml(const ReadContext *context, SourceId source, const EventSink *sink) {
    if (!read_check_text(context, source) || !check_line_ends(context, source)) {
        return false;
    }
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        return false;
    }
    YamlReader *reader = arena_new(context->scratch, YamlReader);
    reader->context = context;
    reader->source = source;
    reader->flow.sink = sink;
    reader->flow.diags = context->diags;
    reader->flow.arena = context->scratch;
    Str text = source_of(context->sources, source)->text;
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    size_t mark =
        str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0; /* not skipped by a parser that is told */
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.s + mark, text.n - mark);
    bool good = true;
    for (bool more = true; good && more;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            complain_parser(reader, &parser);
            good = false;
            break;
        }
        good = take_event(reader, &event);
        more = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return good;
}
