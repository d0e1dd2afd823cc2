/* The errors of the XML parser. What is frequent is said in the user's words, with the place of the
 * other tag; the rest in the parser's. */
#include "base/fold.h"
#include "read/xml_reader.h"
#include "read/xml_tag.h"

static Loc loc_of(const XmlReader *reader, size_t at, size_t size) {
    Loc loc = text_loc(reader->text, reader->source, at);
    size_t length = utf8_length(str_slice(reader->text, at, at + size));
    loc.length = (uint16_t)(length < UINT16_MAX ? length : UINT16_MAX);
    return loc;
}

static const XmlElement *innermost(const XmlReader *reader) {
    return reader->depth ? &reader->open[reader->depth - 1] : NULL;
}

static void complain_mismatch(const XmlReader *reader, size_t at) {
    size_t start = xml_tag_start(reader->text, at);
    Str name = xml_tag_name(reader->text, start);
    const XmlElement *element = innermost(reader);
    Diags *diags = reader->context->diags;
    Loc loc = loc_of(reader, start, name.n + 2);
    Diag *diag = diag_error(diags, loc, "XML: </%.*s> where </%.*s> is due", STR_ARG(name),
                            STR_ARG(element ? element->name : STR_NONE));
    if (element) {
        diag_place(diags, diag, element->loc, "<%.*s> is open", STR_ARG(element->name));
    }
}

static void complain_end(const XmlReader *reader) {
    const XmlElement *element = innermost(reader);
    Diags *diags = reader->context->diags;
    Str text = str_trim(reader->text);
    size_t end = (size_t)(text.s - reader->text.s) + text.n;
    Loc loc = loc_of(reader, end, 0);
    if (!element) {
        diag_error(diags, loc, "XML: the file ends before its root element");
        return;
    }
    Diag *diag = diag_error(diags, loc, "XML: the file ends inside <%.*s>", STR_ARG(element->name));
    diag_place(diags, diag, element->loc, "<%.*s> is open", STR_ARG(element->name));
}

/* Two attributes of one name in the tag that was just read. */
static bool complain_twice(const XmlReader *reader, size_t at) {
    XmlAttribute attributes[64];
    size_t count = 0;
    size_t start = xml_tag_start(reader->text, at);
    size_t next = start + 1 + xml_tag_name(reader->text, start).n;
    while (count < 64 && xml_tag_next(reader->text, &next, &attributes[count])) {
        XmlAttribute last = attributes[count];
        Str name = str_slice(reader->text, last.name_at, last.name_at + last.name_size);
        for (size_t i = 0; i < count; i++) {
            XmlAttribute first = attributes[i];
            if (str_eq(name,
                       str_slice(reader->text, first.name_at, first.name_at + first.name_size))) {
                Diags *diags = reader->context->diags;
                Diag *diag = diag_error(diags, loc_of(reader, last.name_at, last.name_size),
                                        "'%.*s' is given twice", STR_ARG(name));
                diag_place(diags, diag, loc_of(reader, first.value_at, first.value_size),
                           "first here");
                return true;
            }
        }
        count++;
    }
    return false;
}

static void complain_other(const XmlReader *reader, size_t at, const char *message) {
    diag_error(reader->context->diags, loc_of(reader, at, 1), "XML: %.*s",
               STR_ARG(str_trim(str_of(message))));
}

#if LIBXML_VERSION >= 21200
void xml_reader_complain(void *context, const xmlError *error) {
#else
void xml_reader_complain(void *context, xmlErrorPtr error) {
#endif
    XmlReader *reader = context;
    if (reader->stopped || error->level < XML_ERR_ERROR) {
        return;
    }
    size_t at = xml_reader_at(reader);
    if (error->code == XML_ERR_TAG_NAME_MISMATCH) {
        complain_mismatch(reader, at);
    } else if (at >= str_trim(reader->text).n && error->code != XML_ERR_DOCUMENT_END) {
        complain_end(reader);
    } else if (error->code != XML_ERR_ATTRIBUTE_REDEFINED || !complain_twice(reader, at)) {
        complain_other(reader, at, error->message);
    }
    reader->failed = true;
    xml_reader_stop(reader);
}
