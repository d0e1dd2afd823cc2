/* The text of an XML tag that the parser has accepted, walked for the places of its parts; for
 * src/read alone. */
#ifndef READ_XML_TAG_H
#define READ_XML_TAG_H

#include "base/str.h"

/* An attribute as written; offsets into the file. */
typedef struct XmlAttribute {
    size_t name_at, name_size;
    size_t value_at, value_size; /* without the quotes */
} XmlAttribute;

/* Offset of the `<` of the tag that ends at or before `at`: it cannot occur inside a tag. */
size_t xml_tag_start(Str text, size_t at);

/* The name behind the `<` (or `</`) at `start`. */
Str xml_tag_name(Str text, size_t start);

/* The attribute that begins behind `*at` (at first the end of the tag's name), namespace
 * declarations left out; moves `*at` behind it. False at the end of the tag. */
bool xml_tag_next(Str text, size_t *at, XmlAttribute *ret_attribute);

/* Offset of the first character of content at or behind `at`, past comments, processing
 * instructions and white space; `*ret_end` is the end of its run. */
size_t xml_content_start(Str text, size_t at, size_t *ret_end);

#endif
