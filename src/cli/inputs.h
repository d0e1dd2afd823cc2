/* From the files on the command line to a finished inventory. */
#ifndef CLI_INPUTS_H
#define CLI_INPUTS_H

#include "cli/command.h"

/* Reads the files (those of the settings if none are given), each by what it holds: a native
 * inventory in XML or YAML, or an export that an importer recognises. In order of path, whatever
 * the order given. Returns an exit code; what is wrong was printed. */
int inputs_load(Session *session, const CommandLine *line, const Str *paths, size_t count);

/* Only reads them. */
int inputs_read(Session *session, const CommandLine *line, const Str *paths, size_t count,
                SourceId **ret_sources, size_t *ret_count);

/* Makes the finished inventory of what was read. False with diagnostics added. */
bool inputs_make(Session *session, const SourceId *sources, size_t count,
                 const LoadOptions *options);

/* The same as the options of the run say. Returns an exit code; what is wrong was printed. */
int inputs_take(Session *session, const CommandLine *line, const SourceId *sources, size_t count);

#endif
