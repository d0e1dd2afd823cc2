/* Inside of the XML reader; for read_xml.c, xml_error.c and xml_source.c alone. */
#ifndef READ_XML_READER_H
#define READ_XML_READER_H

#include <libxml/parser.h>

#include "base/buf.h"
#include "base/limits.h"
#include "read/read_text.h"

typedef struct XmlElement {
    Str name; /* in the source's text */
    Loc loc;  /* of the name in its start tag */
} XmlElement;

typedef struct XmlReader {
    const ReadContext *context;
    SourceId source;
    const EventSink *sink;
    xmlParserCtxtPtr parser;
    Str text;
    size_t fed;        /* bytes handed to the parser */
    TextCursor cursor; /* goes forward only, so that all places together cost one walk */
    size_t content;    /* where the text behind the last tag begins */
    Buf pending;       /* character data, which comes in pieces */
    XmlElement open[LIMIT_DEPTH];
    size_t depth;
    bool stopped; /* nothing that the parser still says counts */
    bool failed;
} XmlReader;

/* No further events. */
void xml_reader_stop(XmlReader *reader);

/* Offset of the byte that the parser reads next. */
size_t xml_reader_at(const XmlReader *reader);

/* Makes the source's text UTF-8, so that places and the lines that messages show agree; false, with
 * an error, if it is nothing that is read. */
bool xml_make_utf8(const ReadContext *context, SourceId source);

/* xmlStructuredErrorFunc: adds the parser's error in the user's words, at its place. */
#if LIBXML_VERSION >= 21200
void xml_reader_complain(void *context, const xmlError *error);
#else
void xml_reader_complain(void *context, xmlErrorPtr error);
#endif

#endif
