/* The engine behind tabular importers: rows of sheets into records, by a mapping. */
#ifndef IMPORT_SHEET_IMPORT_H
#define IMPORT_SHEET_IMPORT_H

#include "import/importer.h"

bool sheet_import(Inventory *inventory, const ReadContext *context, SourceId source, Reader *reader,
                  const Node *mapping);

#endif
