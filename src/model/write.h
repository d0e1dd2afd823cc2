/* The inventory as a native file. */
#ifndef MODEL_WRITE_H
#define MODEL_WRITE_H

#include "base/buf.h"
#include "model/inventory.h"

/* Canonical order; only what was stated (stubs and derived rows are left out, "none" is kept). */
void write_yaml(const Inventory *inventory, Buf *out);
void write_xml(const Inventory *inventory, Buf *out);

#endif
