/* XML through libxml2's SAX2 interface. The parser says where it is in bytes; the places of a tag's
 * parts come from walking the tag's text, which it has found well-formed. A DOCTYPE is refused
 * before anything in it is read, so there are no entities but the predefined ones. */
#include "base/fold.h"
#include "read/xml_reader.h"
#include "read/xml_tag.h"

#include <string.h>

void xml_reader_stop(XmlReader *reader) {
    reader->stopped = true;
    xmlStopParser(reader->parser);
}

size_t xml_reader_at(const XmlReader *reader) {
    const xmlParserInput *input = reader->parser->input;
    size_t at = input ? input->consumed + (size_t)(input->cur - input->base) : reader->text.n;
    return at < reader->text.n ? at : reader->text.n;
}

static void fail(XmlReader *reader) {
    reader->failed = true;
    xml_reader_stop(reader);
}

static void emit(XmlReader *reader, const Event *event) {
    if (!reader->stopped && !event_emit(reader->sink, event)) {
        fail(reader);
    }
}

static Loc loc_at(XmlReader *reader, size_t at, size_t size) {
    text_cursor_move(&reader->cursor, at);
    return text_cursor_loc(&reader->cursor, reader->source,
                           utf8_length(str_slice(reader->text, at, at + size)));
}

static void flush_text(XmlReader *reader) {
    Str value = reader->pending.size ? buf_str(&reader->pending) : STR_NONE;
    if (str_trim(value).n) {
        size_t end;
        size_t at = xml_content_start(reader->text, reader->content, &end);
        size_t size = str_trim(str_slice(reader->text, at, end)).n;
        Loc loc = loc_at(reader, at, size);
        emit(reader, &(Event){.type = EVENT_TEXT, .value = value, .loc = loc});
    }
    buf_cut(&reader->pending, 0);
}

static bool push_element(XmlReader *reader, Str name, Loc loc) {
    if (reader->depth == LIMIT_DEPTH) {
        diag_error(reader->context->diags, loc, "nested more than %d deep", LIMIT_DEPTH);
        return false;
    }
    if (!text_check_name(reader->context->diags, name, loc)) {
        return false;
    }
    reader->open[reader->depth++] = (XmlElement){name, loc};
    return true;
}

static bool check_namespace(const XmlReader *reader, const xmlChar *uri, Str name, Loc loc) {
    if (uri) {
        Diag *diag = diag_error(reader->context->diags, loc, "<%.*s> is in the namespace '%s'",
                                STR_ARG(name), (const char *)uri);
        diag_help(reader->context->diags, diag, "the elements of an inventory have none");
    }
    return !uri;
}

/* For editors, such as xsi:noNamespaceSchemaLocation; it says nothing about the content. */
static bool is_for_schema(const xmlChar *uri) {
    return uri && strcmp((const char *)uri, "http://www.w3.org/2001/XMLSchema-instance") == 0;
}

/* libxml2 gives five pointers an attribute: name, prefix, namespace, value, its end. */
static bool take_attribute(XmlReader *reader, const xmlChar **of, const XmlAttribute *at) {
    Str name = str_slice(reader->text, at->name_at, at->name_at + at->name_size);
    Event event = {.type = EVENT_ATTRIBUTE,
                   .quoted = true,
                   .name = name,
                   .value = {(const char *)of[3], (size_t)(of[4] - of[3])}};
    event.name_loc = loc_at(reader, at->name_at, at->name_size);
    event.loc = loc_at(reader, at->value_at, at->value_size);
    if (!text_check_name(reader->context->diags, name, event.name_loc)) {
        return false;
    }
    if (!is_for_schema(of[2])) {
        emit(reader, &event);
    }
    return true;
}

static void start_element(void *context, const xmlChar *local, const xmlChar *prefix,
                          const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
                          int attribute_count, int default_count, const xmlChar **attributes) {
    (void)local, (void)prefix, (void)namespace_count, (void)namespaces, (void)default_count;
    XmlReader *reader = context;
    if (reader->stopped) {
        return;
    }
    flush_text(reader);
    size_t end = xml_reader_at(reader);
    size_t start = xml_tag_start(reader->text, end);
    Str name = xml_tag_name(reader->text, start);
    Loc loc = loc_at(reader, start + 1, name.n);
    if (!push_element(reader, name, loc) || !check_namespace(reader, uri, name, loc)) {
        fail(reader);
        return;
    }
    emit(reader, &(Event){.type = EVENT_OPEN, .name = name, .name_loc = loc, .loc = loc});
    size_t next = start + 1 + name.n;
    XmlAttribute at;
    for (int i = 0; i < attribute_count && !reader->stopped; i++) {
        if (xml_tag_next(reader->text, &next, &at) &&
            !take_attribute(reader, attributes + 5 * (ptrdiff_t)i, &at)) {
            fail(reader);
        }
    }
    reader->content = end + 1;
}

static void end_element(void *context, const xmlChar *local, const xmlChar *prefix,
                        const xmlChar *uri) {
    (void)local, (void)prefix, (void)uri;
    XmlReader *reader = context;
    if (reader->stopped) {
        return;
    }
    flush_text(reader);
    emit(reader, &(Event){.type = EVENT_CLOSE});
    reader->depth--;
    reader->content = xml_reader_at(reader);
}

static void take_characters(void *context, const xmlChar *text, int size) {
    XmlReader *reader = context;
    if (!reader->stopped) {
        buf_add(&reader->pending, (Str){(const char *)text, (size_t)size});
    }
}

static void refuse_doctype(void *context, const xmlChar *name, const xmlChar *external,
                           const xmlChar *system) {
    (void)name, (void)external, (void)system;
    XmlReader *reader = context;
    if (reader->stopped) {
        return;
    }
    Loc loc = loc_at(reader, xml_tag_start(reader->text, xml_reader_at(reader) - 1), 9);
    Diag *diag = diag_error(reader->context->diags, loc, "a document type is not read");
    diag_help(reader->context->diags, diag, "take <!DOCTYPE ...> out: no DTD, no entities");
    fail(reader);
}

/* xmlInputReadCallback: the parser keeps a small window, not a second copy of the file. */
static int feed(void *context, char *buffer, int size) {
    XmlReader *reader = context;
    Str part = str_slice(reader->text, reader->fed, reader->fed + (size_t)size);
    memcpy(buffer, part.s, part.n);
    reader->fed += part.n;
    return (int)part.n;
}

static bool parse(XmlReader *reader) {
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                         .startElementNs = start_element,
                         .endElementNs = end_element,
                         .characters = take_characters,
                         .ignorableWhitespace = take_characters,
                         .cdataBlock = take_characters,
                         .internalSubset = refuse_doctype,
                         .serror = xml_reader_complain};
    reader->parser =
        xmlCreateIOParserCtxt(&sax, reader, feed, NULL, reader, XML_CHAR_ENCODING_NONE);
    if (!reader->parser) {
        return false;
    }
    /* NOENT: else an attribute's "&amp;" arrives as "&#38;". */
    xmlCtxtUseOptions(reader->parser, XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC);
    xmlParseDocument(reader->parser);
    xmlFreeParserCtxt(reader->parser);
    return !reader->failed;
}

bool read_xml(const ReadContext *context, SourceId source, const EventSink *sink) {
    if (!xml_make_utf8(context, source)) {
        return false;
    }
    XmlReader *reader = arena_new(context->scratch, XmlReader);
    reader->context = context;
    reader->source = source;
    reader->sink = sink;
    reader->text = source_of(context->sources, source)->text;
    reader->cursor = text_cursor(reader->text);
    buf_init(&reader->pending, LIMIT_TEXT_BYTES + 1); /* longer by one: whoever takes it says so */
    emit(reader, &(Event){.type = EVENT_OPEN, .name = STR("")});
    bool good = parse(reader);
    if (good) {
        emit(reader, &(Event){.type = EVENT_CLOSE});
    }
    buf_clear(&reader->pending);
    return good;
}
