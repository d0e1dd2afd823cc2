/* Foreign exports into the inventory. What a column means stands in schemas/import/<name>.yaml; an
 * importer is that mapping, a recogniser and a row in importers[]. */
#ifndef IMPORT_IMPORTER_H
#define IMPORT_IMPORTER_H

#include "model/load.h"

typedef struct Importer {
    const char *name;    /* "rvtools"; also what Source.format says */
    const char *title;   /* how people say it, with the files it comes in */
    const char *mapping; /* embedded file: "schemas/import/rvtools.yaml" */
    /* True if a file of this name with these first bytes may be one of this format. */
    bool (*recognise)(Str path, Str bytes);
    /* Reads all files of this format into the inventory, with the parsed mapping. What is wrong
     * with single cells is a warning; false (and an error) if a file as a whole cannot be used. */
    bool (*import)(Inventory *inventory, const ReadContext *context, const SourceId *sources,
                   size_t count, const Node *mapping);
} Importer;

extern const Importer importers[];
extern const size_t importer_count;

/* The importer for a file; NULL if none recognises it. */
const Importer *importer_find(Str path, Str bytes);

#endif
