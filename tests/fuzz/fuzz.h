/* What the fuzz targets share. A target is one file with LLVMFuzzerTestOneInput. With clang (preset
 * `fuzz`) libFuzzer drives it; else driver.c runs the files of its corpus as an ordinary test. */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include "model/load.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The embedded schemas, kept from input to input, and an empty inventory. */
typedef struct FuzzRun {
    Arena *arena; /* of this input */
    Schema *schema;
    ArenaMark mark; /* in the schema's arena: the inventory's records */
    Sources sources;
    Diags diags;
    ReadContext context;
    Inventory *inventory;
} FuzzRun;

void fuzz_open(FuzzRun *run);
void fuzz_close(FuzzRun *run);

SourceId fuzz_source(FuzzRun *run, const char *path, const uint8_t *data, size_t size,
                     SourceOrigin origin);
SourceId fuzz_embedded(FuzzRun *run, const char *name);

/* Every place of every message lies in its source, and a failed step has said why. */
void fuzz_check(const FuzzRun *run, bool good);

/* After loading: merges, and checks the messages. True if the inventory is good and holds
 * something. */
bool fuzz_finish(FuzzRun *run, bool good);

/* Written as YAML and as XML, an inventory loads again and is written alike. */
void fuzz_write(FuzzRun *run);

#endif
