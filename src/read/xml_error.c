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

/* Offset of the `<` of a tag that the file ends in; SIZE_MAX if it ends in none. */
static size_t cut_tag(Str text) {
    size_t start = xml_tag_start(text, text.n);
    bool tag = start < text.n && text.s[start] == '<' && xml_tag_name(text, start).n;
    return tag && str_find(text, '>', start) == SIZE_MAX ? start : SIZE_MAX;
}

static void complain_end(const XmlReader *reader) {
    Diags *diags = reader->context->diags;
    const XmlElement *element = innermost(reader);
    Str text = str_trim(reader->text);
    size_t end = (size_t)(text.s - reader->text.s) + text.n;
    Loc loc = loc_of(reader, end, 0);
    size_t tag = cut_tag(reader->text);
    if (tag != SIZE_MAX) {
        Str name = xml_tag_name(reader->text, tag);
        Diag *diag =
            diag_error(diags, loc, "XML: the file ends inside the tag of <%.*s>", STR_ARG(name));
        diag_place(diags, diag, loc_of(reader, tag + 1, name.n), "it begins here");
    } else if (element) {
        Diag *diag =
            diag_error(diags, loc, "XML: the file ends inside <%.*s>", STR_ARG(element->name));
        diag_place(diags, diag, element->loc, "<%.*s> is open", STR_ARG(element->name));
    } else {
        diag_error(diags, loc, "XML: the file ends before its root element");
    }
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

/* What people get wrong most, in other words than the parser's. `back_to` is the character before
 * the parser's position that is to blame. */
typedef struct Mistake {
    int code;
    char back_to;
    const char *message, *help;
} Mistake;

static const char references[] =
    "known are &amp; &lt; &gt; &quot; &apos; and numbers such as &#228;";

static const Mistake mistakes[] = {
    {XML_ERR_NAME_REQUIRED, '&', "'&' begins a reference", "write &amp; for the character"},
    {XML_ERR_ENTITYREF_SEMICOL_MISSING, '&', "'&' begins a reference that has no ';'",
     "write &amp; for the character"},
    {XML_ERR_UNDECLARED_ENTITY, '&', "a reference to an entity that is not known", references},
    {XML_WAR_UNDECLARED_ENTITY, '&', "a reference to an entity that is not known", references},
    {XML_ERR_INVALID_CHAR, '&', "a character that XML does not allow", NULL},
    {XML_ERR_INVALID_HEX_CHARREF, '&', "a reference to a character by no number", references},
    {XML_ERR_INVALID_DEC_CHARREF, '&', "a reference to a character by no number", references},
    {XML_ERR_LT_IN_ATTRIBUTE, 0, "'<' inside a value", "write &lt; for the character"},
    {XML_ERR_ATTRIBUTE_NOT_STARTED, 0, "a value without quotes", "write name=\"value\""},
    {XML_ERR_DOCUMENT_END, 0, "something follows the root element", "a file holds one inventory"},
    {XML_ERR_DOCUMENT_EMPTY, 0, "the root element is missing",
     "begin with <inventory topolint=\"1\">"},
};

static size_t back_to(Str text, size_t at, char c) {
    size_t from = at < text.n ? at : text.n - 1;
    for (size_t i = from; c && i + 1 > 0 && from - i < 80; i--) {
        if (text.s[i] == c) {
            return i;
        }
    }
    return at;
}

/* "xmlParseEntityRef: no name" without the name of the function. */
static Str parser_message(const char *message) {
    Str text = str_trim(str_of(message));
    size_t colon = str_starts(text, STR("xml")) ? str_find(text, ':', 0) : SIZE_MAX;
    return colon == SIZE_MAX ? text : str_trim(str_slice(text, colon + 1, text.n));
}

static void complain_other(const XmlReader *reader, size_t at, int code, const char *message) {
    Diags *diags = reader->context->diags;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        const Mistake *mistake = &mistakes[i];
        if (mistake->code == code) {
            Loc loc = loc_of(reader, back_to(reader->text, at, mistake->back_to), 1);
            Diag *diag = diag_error(diags, loc, "XML: %s", mistake->message);
            if (mistake->help) {
                diag_help(diags, diag, "%s", mistake->help);
            }
            return;
        }
    }
    diag_error(diags, loc_of(reader, at, 1), "XML: %.*s", STR_ARG(parser_message(message)));
}

static bool is_at_end(const XmlReader *reader, size_t at) {
    return str_trim(str_slice(reader->text, at, reader->text.n)).n == 0;
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
    } else if (is_at_end(reader, at) && error->code != XML_ERR_DOCUMENT_END) {
        complain_end(reader);
    } else if (error->code != XML_ERR_ATTRIBUTE_REDEFINED || !complain_twice(reader, at)) {
        complain_other(reader, at, error->code, error->message);
    }
    reader->failed = true;
    xml_reader_stop(reader);
}
