/* The files that are compiled into the program: schemas/, rules/ (made by tools/embed.c). */
#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

#include <stddef.h>

typedef struct EmbeddedFile {
    const char *name; /* relative to the source folder, e.g. "schemas/server.yaml" */
    const char *data; /* NUL behind the last byte */
    size_t size;
} EmbeddedFile;

/* Sorted by name; one row with a null name behind the last. */
extern const EmbeddedFile embedded_files[];
extern const size_t embedded_file_count;

#endif
