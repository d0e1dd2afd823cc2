/* A small report made by hand: four servers in one YAML text and one workbook. */
#ifndef TEST_REPORT_FIXTURE_H
#define TEST_REPORT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/limits.h"
#include "model/load.h"
#include "report/report.h"
#include "rule/pack.h"

/* What a client's file may hold: escapes, markup of every format, a bidi override, a bad byte. */
#define HOSTILE "a\"<b>|::x%\x1b[31m\xE2\x80\xAE`[l](1)\n&\xFF"

typedef struct Fixture {
    Arena *arena;
    Interner *interner;
    Sources sources;
    Schema schema;
    Inventory *inventory;
    SourceId yaml, book, sheet;
    Rule rule, other;
    Finding findings[4];
    const Finding *list[4];
    const Rule *rules[2];
    RuleOutcome outcomes[2];
    NotAssessed missing;
    Report report;
} Fixture;

static const char fixture_yaml[] = "topolint: 1\n"
                                   "dags:\n"
                                   "\t- name: DAG-01\n"
                                   "    members: [EXCHANGE-02, EXCHANGE-03]\n"
                                   "    witness: {server: FS-01}\n"
                                   "# end\n";

static inline Kind fixture_kind(Fixture *f, const char *name, const char *plural) {
    Field *field = arena_new(f->arena, Field);
    *field =
        (Field){.name = intern(f->interner, STR("name")), .type = TYPE_NAME, .target = NO_KIND};
    Column *column = arena_new(f->arena, Column);
    *column = (Column){.name = field->name, .field = field};
    return (Kind){.name = intern(f->interner, str_of(name)),
                  .plural = plural ? intern(f->interner, str_of(plural)) : 0,
                  .child_of = NO_KIND,
                  .keys = {{{0}, 1}},
                  .key_count = 1,
                  .aliases_column = NO_COLUMN,
                  .fields = field,
                  .field_count = 1,
                  .columns = column,
                  .column_count = 1};
}

static inline void fixture_inventory(Fixture *f) {
    static const char *const names[] = {"EXCHANGE-02", "EXCHANGE-03", "FS-01", HOSTILE};
    schema_init(&f->schema, f->interner, f->arena);
    f->schema.kinds = arena_array(f->arena, Kind, 2);
    f->schema.kind_count = 2;
    f->schema.kinds[0] = fixture_kind(f, "inventory", NULL);
    f->schema.kinds[0].head = true;
    f->schema.kinds[1] = fixture_kind(f, "server", "servers");
    f->inventory = inventory_open(&f->schema, &f->sources);
    for (size_t i = 0; i < 4; i++) {
        Loc loc = {.source = f->yaml, .line = 4, .column = 15, .length = 11};
        RowId row = inventory_add_record(f->inventory, 1, f->yaml, NO_ROW, NO_COLUMN, loc);
        Str expected;
        assert_true(inventory_set_text(f->inventory, 1, 0, row, str_of(names[i]), loc, &expected));
    }
    Diags diags;
    diags_init(&diags, f->arena);
    assert_true(inventory_finish(f->inventory, &diags, &(LoadOptions){.as_of = STR("2026-01-31")}));
}

static inline EntityId fixture_id(Fixture *f, const char *name) {
    return inventory_id(f->inventory, 1, inventory_find(f->inventory, 1, str_of(name)));
}

static inline Place *fixture_places(Fixture *f) {
    Place *places = arena_array(f->arena, Place, 3);
    places[0] = (Place){{4, 15, f->yaml, 11}, STR("member of DAG-01"), STR_NONE, STR_NONE};
    places[1] = (Place){{2, 5, f->sheet, 0}, STR("restarts its VMs"), STR("True"), STR_NONE};
    places[2] = (Place){{4, 28, f->yaml, 11}, STR("the other member"), STR_NONE, STR("members")};
    return places;
}

static inline void fixture_findings(Fixture *f) {
    EntityId *ids = arena_array(f->arena, EntityId, 3);
    ids[0] = fixture_id(f, "EXCHANGE-02");
    ids[1] = fixture_id(f, "EXCHANGE-03");
    ids[2] = fixture_id(f, "FS-01");
    Place *places = fixture_places(f);
    f->findings[3] = (Finding){.rule = &f->other,
                               .severity = SEVERITY_INFO,
                               .subject = ids[1],
                               .message = STR("both copies stand on one datastore"),
                               .places = places + 2,
                               .place_count = 1,
                               .fingerprint = STR("cc")};
    const Finding **carried = arena_array(f->arena, const Finding *, 1);
    carried[0] = &f->findings[3];
    f->findings[0] = (Finding){.number = 1,
                               .rule = &f->rule,
                               .severity = SEVERITY_ERROR,
                               .subject = ids[0],
                               .message = STR("EXCHANGE-02 is moved by DAG-01 and restarted by HA"),
                               .related = ids + 1,
                               .related_count = 2,
                               .services = ids + 2,
                               .service_count = 1,
                               .phase = PHASE_SETTLED,
                               .places = places,
                               .place_count = 3,
                               .replay = STR("ESX-01 fails -> DAG-01 activates DB-01"),
                               .chain = ids,
                               .chain_count = 2,
                               .evidence = carried,
                               .evidence_count = 1,
                               .fix = STR("one method only"),
                               .fingerprint = STR("0123456789abcdef")};
    f->findings[1] = f->findings[0];
    f->findings[1].number = 2;
    f->findings[1].rule = &f->other;
    f->findings[1].severity = SEVERITY_WARNING;
    f->findings[1].subject = fixture_id(f, HOSTILE);
    f->findings[1].message = STR(HOSTILE " waits for a reboot");
    f->findings[1].fingerprint = STR("bb");
    Waiver *waiver = arena_new(f->arena, Waiver);
    *waiver = (Waiver){STR("tested"), STR("j.devries"), STR("2027-01-31"), {0}, false};
    f->findings[2] = f->findings[1];
    f->findings[2].number = 3;
    f->findings[2].message = STR("accepted one");
    f->findings[2].fingerprint = STR("dd");
    f->findings[2].waiver = waiver;
}

static inline void fixture_rules(Fixture *f) {
    static RuleSource sources[] = {{STR_INIT("Microsoft Learn"), STR_INIT("vendor-documentation")},
                                   {STR_INIT("hearsay"), STR_INIT("not-verified")}};
    static RulePosition positions[] = {{STR_INIT("Microsoft"), STR_INIT("supported")}};
    f->rule =
        (Rule){.id = STR("stacked-dag-host-ha"),
               .title = STR("Two recovery layers act on one workload"),
               .pack = STR("dag"),
               .layer = STR("hypervisor"),
               .severity = SEVERITY_ERROR,
               .explanation = STR("The DAG moves the database\nin seconds.\n\n- one\n- two\n"),
               .fix = STR("One method only."),
               .sources = sources,
               .source_count = 2,
               .positions = positions,
               .position_count = 1,
               .waivable = true};
    f->rule.profiles[PROFILE_VENDOR].given = true;
    f->rule.profiles[PROFILE_VENDOR].severity[SEVERITY_ERROR] = SEVERITY_INFO;
    f->other = (Rule){.id = STR("copies-on-one-datastore"),
                      .title = STR("Both copies | on one"),
                      .pack = STR("dag"),
                      .layer = STR("storage"),
                      .severity = SEVERITY_INFO};
}

static inline void fixture_report(Fixture *f) {
    static const Str facts[] = {STR_INIT("vm.memory_mb"), STR_INIT("vm.reserved_mb")};
    EntityId *ids = arena_array(f->arena, EntityId, 2);
    ids[0] = fixture_id(f, "EXCHANGE-02");
    ids[1] = fixture_id(f, "EXCHANGE-03");
    f->missing = (NotAssessed){.rule = &f->rule,
                               .facts = facts,
                               .fact_count = 2,
                               .entities = ids,
                               .entity_count = 2,
                               .count = 5};
    f->rules[0] = &f->other;
    f->rules[1] = &f->rule;
    f->outcomes[0] = RULE_FOUND;
    f->outcomes[1] = RULE_PASSED;
    for (size_t i = 0; i < 3; i++) {
        f->list[i] = &f->findings[i];
    }
    f->report = (Report){.inventory = f->inventory,
                         .version = STR("0.1.0"),
                         .profile = STR("default"),
                         .inputs = &f->yaml,
                         .input_count = 1,
                         .findings = f->list,
                         .finding_count = 3,
                         .coverage = {.decided = 2},
                         .not_assessed = &f->missing,
                         .not_assessed_count = 1,
                         .rules = f->rules,
                         .outcomes = f->outcomes,
                         .rule_count = 2,
                         .errors = 1,
                         .warnings = 1,
                         .accepted = 1};
}

static inline Fixture *fixture_open(void) {
    Arena *arena = arena_open(0);
    Fixture *f = arena_new(arena, Fixture);
    f->arena = arena;
    f->interner = interner_open();
    sources_init(&f->sources, arena);
    f->yaml = sources_add(&f->sources, STR("exchange.yaml"), str_of(fixture_yaml), ORIGIN_INPUT);
    source_of(&f->sources, f->yaml)->native = true;
    source_of(&f->sources, f->yaml)->format = STR("yaml");
    source_digest(&f->sources, f->yaml);
    f->book = sources_add(&f->sources, STR("rv tools.xlsx"), STR("PK"), ORIGIN_INPUT);
    f->sheet = sources_add_sheet(&f->sources, f->book, STR("vCluster"));
    static const Str headings[] = {STR_INIT("Name"), STR_INIT("a"), STR_INIT("b"), STR_INIT("c"),
                                   STR_INIT("HA enabled")};
    source_of(&f->sources, f->sheet)->headings = headings;
    source_of(&f->sources, f->sheet)->heading_count = 5;
    fixture_inventory(f);
    fixture_rules(f);
    fixture_findings(f);
    fixture_report(f);
    return f;
}

static inline void fixture_close(Fixture *f) {
    inventory_close(f->inventory);
    interner_close(f->interner);
    arena_close(f->arena);
}

/* The report in a format; lives in the arena. */
static inline const char *fixture_print(Fixture *f, ReportWriter *write, ReportOptions options) {
    Buf buf;
    buf_init(&buf, LIMIT_REPORT_BYTES);
    write(&f->report, &options, &buf);
    Str text = arena_copy(f->arena, buf_str(&buf));
    buf_clear(&buf);
    return text.s;
}

#endif
