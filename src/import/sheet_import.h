/* The engine behind tabular importers: rows of sheets into records, by a mapping. */
#ifndef IMPORT_SHEET_IMPORT_H
#define IMPORT_SHEET_IMPORT_H

#include "import/importer.h"

/* One file: a workbook, or a CSV file that is one sheet of a set. */
typedef struct SheetFile {
    SourceId source;
    SourceId group; /* what is joined: the first file of its set, or itself */
    Reader *reader;
    Str cut; /* what stands before the sheet's name in that of a CSV file; may be empty */
} SheetFile;

bool sheet_import(Inventory *inventory, const ReadContext *context, const SheetFile *files,
                  size_t count, const Node *mapping);

#endif
