/* Values as text and as cells. */
#ifndef MODEL_VALUE_H
#define MODEL_VALUE_H

#include "base/buf.h"
#include "model/schema.h"

/* Parses `text` as `type` (that of the field, or of its items). False if it is none; then
 * `*ret_expected` says what is expected, e.g. "an integer". TYPE_REF gives the Sym of the name;
 * TYPE_SIZE is handled by value_parse_size. */
bool value_parse(Interner *interner, const Field *field, FieldType type, Str text,
                 int64_t *ret_value, Str *ret_expected);

/* A size written under a key in MB or GB, packed as in store.h (MiB << 1 | written in GB). */
bool value_parse_size(Str text, bool in_gb, int64_t *ret_value, Str *ret_expected);

/* The text that parses to the cell again. `interner` for TYPE_NAME and its like. Not for
 * references, lists, groups and children. */
void value_print(Buf *out, const Interner *interner, const Field *field, FieldType type,
                 int64_t value);

/* What is usual for the field, "LOW to HIGH". */
void value_print_usual(Buf *out, const Interner *interner, const Field *field);
/* Who says so. */
Str value_usual_source(const Field *field);

/* Days since 1970-01-01 of YYYY-MM-DD, and back (11 bytes with the NUL). */
bool date_parse(Str text, int64_t *ret_days);
void date_print(int64_t days, char ret_text[11]);

/* Compares versions number by number; missing parts are 0. */
int version_cmp(Str a, Str b);

#endif
