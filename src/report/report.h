/* Output formats. Each is one file and one row of report_formats: a function that walks a Report
 * and writes text; none of them knows how findings were made. Output depends on the report alone:
 * no clock, no absolute paths, no locale. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/buf.h"
#include "rule/finding.h"
#include "rule/pack.h"

typedef struct ReportOptions {
    int width;          /* columns to wrap at; 0 = do not wrap */
    bool colour;        /* ANSI colours (text) */
    bool ascii;         /* escape what is not ASCII (text) */
    bool show_accepted; /* waived findings too (text, concise, SARIF, github, gitlab) */
    bool show_accept;   /* print how to accept a finding (text) */
    bool verbose;       /* name the subjects of what was not assessed (text) */
    Str docs_url;       /* where the folder docs/ is published (SARIF); may be empty */
} ReportOptions;

typedef void ReportWriter(const Report *report, const ReportOptions *options, Buf *out);

typedef struct ReportFormat {
    const char *name, *extension, *media;
    ReportWriter *write;
    bool names_digests; /* the inputs' sha256 must be known */
} ReportFormat;

extern const ReportFormat report_formats[];
extern const size_t report_format_count;

/* NULL if there is none of that name. */
const ReportFormat *report_find_format(Str name);

/* The formats. */
ReportWriter report_text, report_concise, report_json, report_sarif, report_junit, report_github,
    report_gitlab, report_markdown;

/* What is wrong with inputs, settings or rules, with snippets and a closing line ("3 errors in 2
 * files"); nothing if there are no messages. Sort first: diags_sort(). */
void report_diags(const Diags *diags, const Sources *sources, const ReportOptions *options,
                  Buf *out);

/* A rule for people: `topolint explain RULE`. Shows its examples from the rule file's own text. */
void report_explain(const Rule *rule, const Sources *sources, const ReportOptions *options,
                    Buf *out);

/* A recovery mechanism for people, and docs/mechanisms.md, the page of all. */
void report_mechanism(const Mechanism *mechanism, const ReportOptions *options, Buf *out);
void report_mechanisms_page(const Packs *packs, Buf *out);

/* `topolint rules`: a list, and the same as a JSON array. */
void report_rule_list(const Rule *const *rules, size_t count, const ReportOptions *options,
                      Buf *out);
void report_rule_list_json(const Rule *const *rules, size_t count, Buf *out);

/* docs/rules/<id>.md of one rule, and docs/rules.md, the index of all. */
void report_rule_page(const Rule *rule, const Sources *sources, Buf *out);
void report_rule_index(const Rule *const *rules, size_t count, Buf *out);

/* Published forms of the schema: JSON Schema 2020-12 of YAML inventories, XSD 1.0 of XML ones, and
 * docs/model.md, the page that says what to state and where the fact comes from. */
void report_schema_json(const Schema *schema, Buf *out);
void report_schema_xsd(const Schema *schema, Buf *out);
void report_schema_markdown(const Schema *schema, Buf *out);

#endif
