/* What every command works with: settings, schema, packs, and the inventory once inputs
 * are loaded. */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "cli/settings.h"
#include "model/load.h"
#include "report/report.h"
#include "rule/lint.h"

struct CommandLine;

typedef struct Session {
    Arena *arena;
    Arena *scratch; /* of readers; released after each input */
    Interner *interner;
    Sources sources;
    Diags diags;
    ReadContext context;
    Settings settings;
    Schema schema;
    Packs packs;
    Inventory *inventory;
    ReportOptions out, err; /* how texts look on standard output and standard error */
} Session;

/* Settings, schema, packs. Returns an exit code; whatever is wrong was printed. The session must be
 * closed in any case. */
int session_open(Session *session, const struct CommandLine *line);
void session_close(Session *session);

/* Prints and forgets the diagnostics so far. */
void session_print_diags(Session *session);

/* What is wrong with a file: an error where the settings name it; printed at once if an option does
 * (`named` = {0}). */
void session_refuse(Session *session, Loc named, Str reason);

/* Adds a file that settings or an option name; 0 if it cannot be read, which was told. */
SourceId session_add_file(Session *session, Str path, Loc named);

/* Adds a file that is compiled in; 0 if there is none of that name. */
SourceId session_embedded_source(Session *session, Str name);

/* Derived records, graph and tables over the inventory, which must be loaded. NULL if a statement
 * of a pack failed, which was printed. To be closed by lint_close. */
Lint *session_lint(Session *session);

/* The rule of that id (or former id). NULL if there is none: then `*ret_help` asks whether another
 * was meant, or is empty. */
const Rule *session_find_rule(const Session *session, Str id, Str *ret_help);

/* Replaces `path` ("-" or empty = standard output) by what stands in the buffer, which is cleared.
 * False if that failed, which was printed; what was cut off is not written. */
bool session_write(Session *session, Str path, Buf *out);

/* "topolint: ..." on standard error. */
void complain(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
