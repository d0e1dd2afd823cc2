/* What every command needs: schema and packs from the embedded files, inputs from the command line. */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "model/load.h"
#include "rule/lint.h"

/* The only exit codes (docs: README). */
enum { EXIT_CLEAN = 0, EXIT_FINDINGS = 1, EXIT_USAGE = 2, EXIT_INPUT = 3 };

/* Options that every command which reads inventories takes. */
typedef struct InputOptions {
    char *as_of, *prefer, *color, *schema_dir, *rules_dir;
} InputOptions;

typedef struct Session {
    Arena *arena;
    Interner *interner;
    Sources sources;
    Diags diags;
    Schema schema;
    Packs packs;
    Inventory *inventory;
    ReadContext context;
    SourceId *inputs; /* in order of path */
    size_t input_count;
    bool colour;
    int width;
} Session;

/* Schema and packs. False, with messages on standard error, if a file of ours or of --schema, --rules
 * is wrong. */
bool session_open(Session *session, const InputOptions *options);
void session_close(Session *session);

/* Reads the inputs and finishes the inventory. Messages go to standard error. */
bool session_load(Session *session, const char **paths, const InputOptions *options);

/* Prints and forgets what was added to the diagnostics. */
void session_print_diags(Session *session);

/* Writes a result: to the file, or to standard output for NULL or "-". False after a message. */
bool session_write(Session *session, const char *path, Str text);

void complain(const char *format, ...) PRINTF_LIKE(1, 2); /* "topolint: ..." on standard error */

#endif
