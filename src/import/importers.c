#include "import/importer.h"
#include "import/rvtools.h"

const Importer importers[] = {
    {"rvtools", "RVTools (.xlsx, or RVTools_tabvInfo.csv and its like)",
     "schemas/import/rvtools.yaml", rvtools_recognise, rvtools_import},
};
const size_t importer_count = sizeof importers / sizeof *importers;

const Importer *importer_find(Str path, Str bytes) {
    for (size_t i = 0; i < importer_count; i++) {
        if (importers[i].recognise(path, bytes)) {
            return &importers[i];
        }
    }
    return NULL;
}
