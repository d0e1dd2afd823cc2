/* An XML file as UTF-8, whatever it came in. */
#include "base/fold.h"
#include "read/xml_reader.h"
#include "read/xml_tag.h"

/* The value of `encoding=` in the XML declaration; false if there is none. */
static bool find_encoding(Str text, XmlAttribute *ret_attribute) {
    size_t at = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
    if (!str_starts(str_slice(text, at, text.n), STR("<?xml"))) {
        return false;
    }
    Str declaration = str_slice(text, 0, at + str_find_str(str_slice(text, at, text.n), STR("?>")));
    for (at += 5; xml_tag_next(declaration, &at, ret_attribute);) {
        Str name = str_slice(text, ret_attribute->name_at,
                             ret_attribute->name_at + ret_attribute->name_size);
        if (str_eq(name, STR("encoding"))) {
            return true;
        }
    }
    return false;
}

static bool is_read(Str encoding) {
    static const char *const names[] = {"UTF-8",    "UTF8",     "UTF-16",
                                        "UTF-16LE", "UTF-16BE", "US-ASCII"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_eq_nocase(encoding, str_of(names[i]))) {
            return true;
        }
    }
    return false;
}

/* Text that is valid UTF-8 by chance would otherwise be read as what it is not. */
static bool check_encoding(const ReadContext *context, SourceId source, Str text) {
    XmlAttribute at;
    if (!find_encoding(text, &at)) {
        return true;
    }
    Str encoding = str_slice(text, at.value_at, at.value_at + at.value_size);
    if (is_read(encoding)) {
        return true;
    }
    Loc loc = text_loc(text, source, at.value_at);
    loc.length = (uint16_t)(encoding.n < UINT16_MAX ? encoding.n : UINT16_MAX);
    Diag *diag = diag_error(context->diags, loc, "the encoding '%.*s' is not read",
                            STR_ARG(str_slice(encoding, 0, 80)));
    diag_help(context->diags, diag, "save the file as UTF-8 and declare encoding=\"UTF-8\"");
    return false;
}

bool xml_make_utf8(const ReadContext *context, SourceId source) {
    Source *of = source_of(context->sources, source);
    size_t bad = SIZE_MAX;
    if (text_is_utf16(of->text)) {
        of->text = text_from_utf16(context->sources->arena, of->text, &bad);
    }
    if (bad != SIZE_MAX) {
        diag_error(context->diags, text_loc(of->text, source, bad),
                   "the text is cut or broken UTF-16");
        return false;
    }
    return check_encoding(context, source, of->text) && read_check_text(context, source);
}
