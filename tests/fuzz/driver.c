/* Runs a fuzz target over the files in the folders given: the corpus as an ordinary test. */
#include <stdio.h>

#include "base/limits.h"
#include "base/platform.h"
#include "fuzz.h"

static size_t run_folder(Arena *arena, const char *folder) {
    Str *names;
    size_t count;
    Status status = folder_list(arena, folder, &names, &count);
    for (size_t i = 0; !status.failed && i < count; i++) {
        Str path = arena_printf(arena, "%s/%.*s", folder, STR_ARG(names[i]));
        if (path_is_folder(path.s)) {
            continue;
        }
        Str bytes;
        status = file_read(arena, path.s, LIMIT_INPUT_BYTES, &bytes);
        if (!status.failed) {
            printf("%s\n", path.s);
            fflush(stdout); /* the last line is the file that ended the program */
            LLVMFuzzerTestOneInput((const uint8_t *)bytes.s, bytes.n);
        }
    }
    if (status.failed) {
        fprintf(stderr, "%.*s\n", STR_ARG(status.reason));
    }
    return status.failed ? 0 : count;
}

int main(int argc, char **argv) {
    int empty = argc < 2;
    Arena *arena = arena_open(0);
    for (int i = 1; i < argc; i++) {
        empty |= run_folder(arena, argv[i]) == 0;
    }
    arena_close(arena);
    return empty;
}
