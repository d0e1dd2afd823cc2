#include "base/limits.h"

const Limit limit_table[] = {
    {"input size", LIMIT_INPUT_BYTES, "bytes", "one input file"},
    {"inflated size", LIMIT_INFLATED_BYTES, "bytes", "all parts of one workbook, inflated"},
    {"depth", LIMIT_DEPTH, "levels", "nesting of mappings, lists and elements"},
    {"sources", LIMIT_SOURCES, "files and sheets", "inputs of one run"},
    {"name", LIMIT_NAME_BYTES, "bytes", "a name, key or reference"},
    {"text", LIMIT_TEXT_BYTES, "bytes", "any other text"},
    {"alias events", LIMIT_ALIAS_EVENTS, "events", "what YAML aliases of one file may expand to"},
    {"workbook parts", LIMIT_ZIP_ENTRIES, "entries", "parts of one workbook"},
    {"sheet columns", LIMIT_SHEET_COLUMNS, "columns", "columns of a sheet or CSV file"},
    {"records", LIMIT_RECORDS, "records", "records over all kinds and inputs"},
    {"mistakes", LIMIT_DIAGNOSTICS, "messages", "mistakes printed; further ones are counted"},
    {"findings", LIMIT_FINDINGS, "findings", "findings of one run"},
    {"query", LIMIT_QUERY_BYTES, "bytes", "one SQL statement"},
    {"decision diagram", LIMIT_DIAGRAM_NODES, "nodes", "the exact probability of one service"},
    {"cut set work", LIMIT_CUT_WORK, "nodes",
     "simulated in the search for the cut sets of one service"},
    {"report size", LIMIT_REPORT_BYTES, "bytes", "one report"},
};
const size_t limit_count = sizeof limit_table / sizeof *limit_table;
