/* RVTools: the workbook (.xlsx) and the CSV files it exports, one per tab. */
#ifndef IMPORT_RVTOOLS_H
#define IMPORT_RVTOOLS_H

#include "import/importer.h"

bool rvtools_recognise(Str path, Str bytes);
bool rvtools_import(Inventory *inventory, const ReadContext *context, const SourceId *sources,
                    size_t count, const Node *mapping);

#endif
