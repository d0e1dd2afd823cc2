/* The inventory as a native file. */
#ifndef MODEL_WRITE_H
#define MODEL_WRITE_H

#include "base/buf.h"
#include "model/inventory.h"

/* Canonical order; only what was stated (stubs and derived rows are left out, "none" is kept). */
void write_yaml(const Inventory *inventory, Buf *out);
void write_xml(const Inventory *inventory, Buf *out);

/* The text in double quotes, as YAML reads it. */
void yaml_add_quoted(Buf *out, Str text);

#endif
