/* Every limit on what an input may make topolint do, in one table; `topolint schema --format
 * markdown` prints it and each message that refuses something names its limit. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#include <stddef.h>

enum {
    LIMIT_DEPTH = 64,                      /* nesting of elements, mappings, lists */
    LIMIT_SOURCES = 4096,                  /* input files and sheets */
    LIMIT_NAME_BYTES = 1024,               /* a name, key or reference */
    LIMIT_TEXT_BYTES = 60 * 1024,          /* any other text cell */
    LIMIT_ALIAS_EVENTS = 1000 * 1000,      /* events replayed from YAML aliases */
    LIMIT_DIAGNOSTICS = 1000,              /* kept and printed; the rest is counted */
    LIMIT_ZIP_ENTRIES = 4096,              /* parts of a workbook */
    LIMIT_SHEET_COLUMNS = 16384,           /* columns of a sheet */
    LIMIT_RECORDS = 16 * 1000 * 1000,      /* records over all kinds */
    LIMIT_FINDINGS = 1000 * 1000,          /* findings of a run */
    LIMIT_QUERY_BYTES = 64 * 1024,         /* a SQL statement */
    LIMIT_DIAGRAM_NODES = 5 * 1000 * 1000, /* of a decision diagram */
};
#define LIMIT_INPUT_BYTES ((size_t)256 * 1024 * 1024)     /* one input file */
#define LIMIT_CUT_WORK ((size_t)20000000000)              /* nodes simulated for one target */
#define LIMIT_INFLATED_BYTES ((size_t)1024 * 1024 * 1024) /* one workbook, inflated */
#define LIMIT_REPORT_BYTES ((size_t)1024 * 1024 * 1024)   /* one report */

typedef struct Limit {
    const char *name;
    size_t value;
    const char *unit;
    const char *doc;
} Limit;

extern const Limit limit_table[];
extern const size_t limit_count;

#endif
