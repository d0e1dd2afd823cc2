/* Inventories in XML. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FuzzRun run;
    fuzz_open(&run);
    SourceId source = fuzz_source(&run, "input.xml", data, size, ORIGIN_INPUT);
    bool good = load_native(run.inventory, &run.context, source, read_xml, true);
    if (fuzz_finish(&run, good)) {
        fuzz_write(&run);
    }
    fuzz_close(&run);
    return 0;
}
