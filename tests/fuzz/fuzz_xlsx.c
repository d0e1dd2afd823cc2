/* Workbooks of RVTools. An input is the file itself, or, so that a change of one byte reaches the
 * XML inside, the text of its parts, each behind a line "=== name"; they are zipped first. */
#include <assert.h>
#include <stdlib.h>
#include <zip.h>

#include "fuzz.h"
#include "import/rvtools.h"

#define PART "=== "

static void add_part(zip_t *zip, Arena *arena, Str part) {
    size_t end = str_find(part, '\n', 0);
    Str name = arena_copy(arena, str_slice(part, 0, end));
    Str text = end < part.n ? str_slice(part, end + 1, part.n) : STR_NONE;
    zip_source_t *source = zip_source_buffer(zip, text.s, text.n, 0);
    assert(source);
    zip_int64_t index = zip_file_add(zip, name.s, source, ZIP_FL_ENC_GUESS);
    if (index < 0) {
        zip_source_free(source); /* an empty name, or one given twice */
    } else {
        zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0);
    }
}

static Str zipped(Arena *arena, Str text) {
    zip_error_t error;
    zip_source_t *whole = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(whole);
    zip_t *zip = zip_open_from_source(whole, ZIP_TRUNCATE, &error);
    assert(zip);
    Str rest = str_slice(text, sizeof PART - 1, text.n);
    for (size_t next = 0; next != SIZE_MAX;) {
        next = str_find_str(rest, STR("\n" PART));
        add_part(zip, arena, str_slice(rest, 0, next));
        rest = next == SIZE_MAX ? STR_NONE : str_slice(rest, next + sizeof PART, rest.n);
    }
    if (zip_close(zip) < 0) {
        zip_discard(zip);
    }
    Str bytes = STR_NONE;
    zip_stat_t stat;
    if (zip_source_stat(whole, &stat) == 0 && stat.size && zip_source_open(whole) == 0) {
        char *copy = arena_array(arena, char, stat.size + 1);
        zip_int64_t size = zip_source_read(whole, copy, stat.size);
        bytes = (Str){copy, size < 0 ? 0 : (size_t)size};
        zip_source_close(whole);
    }
    zip_source_free(whole);
    return bytes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FuzzRun run;
    fuzz_open(&run);
    Str bytes = {(const char *)data, size};
    if (str_starts(bytes, STR(PART))) {
        bytes = zipped(run.arena, bytes);
    }
    const Node *mapping =
        tree_read_yaml(&run.context, fuzz_embedded(&run, "schemas/import/rvtools.yaml"), run.arena);
    SourceId source =
        fuzz_source(&run, "input.xlsx", (const uint8_t *)bytes.s, bytes.n, ORIGIN_INPUT);
    bool good = rvtools_import(run.inventory, &run.context, &source, 1, mapping);
    fuzz_finish(&run, good);
    fuzz_close(&run);
    return 0;
}
