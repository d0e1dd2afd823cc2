/* A small schema of hosts, servers and services, with look-ups in a report. */
#ifndef TEST_RULE_SMALL_H
#define TEST_RULE_SMALL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fixture.h"

static const File schema[] = {
    {"schemas/inventory.yaml",
     "kind: inventory\ntitle: A thing\nrank: 0\nhead: true\ndoc: Head.\nfields:\n"
     "  topolint: {type: int, doc: Format.}\n"
     "  name: {type: name, doc: Name.}\n"
     "  as_of: {type: date, doc: Day.}\n"},
    {"schemas/site.yaml",
     "kind: site\ntitle: A thing\nplural: sites\nrank: 10\nfault: site\ndoc: A site.\nfields:\n"
     "  name: {type: name, doc: Name.}\n"},
    {"schemas/host.yaml",
     "kind: host\ntitle: A thing\nplural: hosts\nrank: 20\nfault: node\ndoc: A host.\nfields:\n"
     "  name: {type: name, doc: Name.}\n"
     "  array: {type: name, doc: Its array.}\n"},
    {"schemas/server.yaml",
     "kind: server\ntitle: A thing\nplural: servers\nrank: 30\nfault: node\ndoc: A "
     "server.\nfields:\n"
     "  name: {type: name, doc: Name.}\n"
     "  host: {type: ref, to: host, doc: Its host.}\n"
     "  site: {type: ref, to: site, doc: Its site.}\n"
     "  ready: {type: bool, doc: Is it.}\n"
     "  mode: {type: enum, values: [safe, fast], default: fast, default_source: the vendor, doc: "
     "Mode.}\n"
     "  peers: {type: list, of: ref, to: server, item: peer, doc: Its peers.}\n"},
    {"schemas/service.yaml",
     "kind: service\ntitle: A thing\nplural: services\nrank: 900\nderived: true\nfault: none\ndoc: "
     "A service.\nfields:\n"
     "  name: {type: name, doc: Name.}\n"
     "  availability: {type: enum, values: [single, ha, site-resilient], doc: Target.}\n"
     "  must_survive: {type: list, of: string, item: term, doc: Contract.}\n"},
    {NULL, NULL}};

#define PACK "topolint-pack: 1\nname: p\nversion: 1\ndoc: A pack.\n"
#define HEAD "topolint: 1\nname: Test\nas_of: 2020-01-01\n"

#define RULE_HEAD(id) "id: " id "\ntitle: T\nseverity: warning\nlayer: service\n"

static inline void open_run(Fixture *f, const File *packs, const char *text) {
    fixture_open(f);
    bool good = fixture_schema(f, schema) && fixture_packs(f, packs, ORIGIN_SETTINGS) &&
                fixture_inventory(f, text) && fixture_lint(f);
    if (!good) {
        fixture_print(f);
    }
    assert_true(good);
}

static inline const Finding *finding_of(const Report *report, const char *rule,
                                        const char *subject) {
    for (size_t i = 0; i < report->finding_count; i++) {
        const Finding *finding = report->findings[i];
        if (str_eq(finding->rule->id, str_of(rule)) &&
            str_eq(inventory_name(report->inventory, finding->subject), str_of(subject))) {
            return finding;
        }
    }
    return NULL;
}

static inline RuleOutcome outcome_of(const Report *report, const char *rule) {
    for (size_t i = 0; i < report->rule_count; i++) {
        if (str_eq(report->rules[i]->id, str_of(rule))) {
            return report->outcomes[i];
        }
    }
    fail_msg("no rule %s", rule);
    return RULE_FAILED;
}

#endif
