/* CSV files of RVTools, as one tab that others refer to. */
#include "fuzz.h"
#include "import/rvtools.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const tabs[] = {"RVTools_tabvInfo.csv", "RVTools_tabvHost.csv",
                                       "RVTools_tabvCluster.csv", "RVTools_tabvDisk.csv"};
    FuzzRun run;
    fuzz_open(&run);
    const Node *mapping =
        tree_read_yaml(&run.context, fuzz_embedded(&run, "schemas/import/rvtools.yaml"), run.arena);
    SourceId sources[4];
    for (int i = 0; i < 4; i++) {
        sources[i] = fuzz_source(&run, tabs[i], data, size, ORIGIN_INPUT);
    }
    bool good = rvtools_import(run.inventory, &run.context, sources, 4, mapping);
    fuzz_finish(&run, good);
    fuzz_close(&run);
    return 0;
}
