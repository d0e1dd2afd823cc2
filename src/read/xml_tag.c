#include "read/xml_tag.h"

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static size_t skip_blanks(Str text, size_t at) {
    while (at < text.n && is_blank(text.s[at])) {
        at++;
    }
    return at;
}

static size_t name_end(Str text, size_t at) {
    while (at < text.n && !is_blank(text.s[at]) && text.s[at] != '=' && text.s[at] != '/' &&
           text.s[at] != '>') {
        at++;
    }
    return at;
}

size_t xml_tag_start(Str text, size_t at) {
    at = at < text.n ? at : text.n;
    while (at > 0 && !(at < text.n && text.s[at] == '<')) {
        at--;
    }
    return at;
}

Str xml_tag_name(Str text, size_t start) {
    size_t from = start + 1 < text.n && text.s[start + 1] == '/' ? start + 2 : start + 1;
    return str_slice(text, from, name_end(text, from));
}

bool xml_tag_next(Str text, size_t *at, XmlAttribute *ret_attribute) {
    Str name;
    do {
        size_t from = skip_blanks(text, *at);
        size_t to = name_end(text, from);
        size_t quote = skip_blanks(text, skip_blanks(text, to) + 1); /* behind the '=' */
        if (to == from || quote >= text.n || (text.s[quote] != '"' && text.s[quote] != '\'')) {
            return false;
        }
        size_t end = str_find(text, text.s[quote], quote + 1);
        if (end == SIZE_MAX) {
            return false;
        }
        name = str_slice(text, from, to);
        *ret_attribute = (XmlAttribute){from, to - from, quote + 1, end - quote - 1};
        *at = end + 1;
    } while (str_eq(name, STR("xmlns")) || str_starts(name, STR("xmlns:")));
    return true;
}

static size_t behind(Str text, size_t at, Str mark) {
    size_t found = str_find_str(str_slice(text, at, text.n), mark);
    return found == SIZE_MAX ? text.n : at + found + mark.n;
}

size_t xml_content_start(Str text, size_t at, size_t *ret_end) {
    for (;;) {
        at = skip_blanks(text, at);
        Str rest = str_slice(text, at, text.n);
        if (str_starts(rest, STR("<!--"))) {
            at = behind(text, at, STR("-->"));
        } else if (str_starts(rest, STR("<?"))) {
            at = behind(text, at, STR("?>"));
        } else if (str_starts(rest, STR("<![CDATA["))) {
            at = skip_blanks(text, at + 9);
            size_t end = str_find_str(str_slice(text, at, text.n), STR("]]>"));
            *ret_end = end == SIZE_MAX ? text.n : at + end;
            return at;
        } else {
            size_t end = str_find(text, '<', at);
            *ret_end = end == SIZE_MAX ? text.n : end;
            return at;
        }
    }
}
