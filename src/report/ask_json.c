/* Facts to ask for, as JSON; schemas/ask.schema.json describes it. */
#include "report/ask.h"
#include "report/json_value.h"
#include "report/ways.h"
#include "report/words.h"

static json_t *records(const Report *report, const AskedFact *fact) {
    json_t *list = json_array();
    for (size_t i = 0; i < fact->record_count; i++) {
        EntityId id = fact->records[i].id;
        json_t *value = json_push(list, json_object());
        json_put_text(value, "kind", inventory_kind_name(report->inventory, id));
        json_put_text(value, "name", inventory_name(report->inventory, id));
        json_put_int(value, "verdicts", (int64_t)fact->records[i].verdicts);
    }
    return list;
}

static json_t *rules(const AskedFact *fact) {
    json_t *list = json_array();
    for (size_t i = 0; i < fact->rule_count; i++) {
        json_push(list, json_text(fact->rules[i]->id));
    }
    return list;
}

static json_t *ways(const AskReport *ask, Str kind, const Field *field) {
    Arena *scratch = arena_open(0);
    json_t *list = json_array();
    size_t count;
    const Way *items = field_ways(ask->ways, kind, field, scratch, &count);
    for (size_t i = 0; i < count; i++) {
        json_t *value = json_push(list, json_object());
        json_put_stated(value, "tool", items[i].tool);
        json_put_text(value, "command", items[i].command);
    }
    arena_close(scratch);
    return list;
}

static json_t *fact_json(const AskReport *ask, const AskedFact *fact) {
    const Schema *schema = inventory_schema(ask->report->inventory);
    const Kind *kind = schema_kind(schema, fact->kind);
    const Field *field = kind->columns[fact->column].field;
    json_t *value = json_object();
    json_put_text(value, "fact", fact->name);
    json_put_text(value, "doc", str_trim(field->doc));
    json_put(value, "rules", rules(fact));
    json_put_int(value, "alone", (int64_t)fact->alone);
    json_put_int(value, "contracts", (int64_t)fact->contracts);
    json_put_int(value, "verdicts", (int64_t)fact->verdicts);
    json_put(value, "records", records(ask->report, fact));
    json_put(value, "more_records", json_boolean(fact->more));
    json_put(value, "ways", ways(ask, sym_text(schema->interner, kind->name), field));
    return value;
}

void report_ask_json(const AskReport *ask, Buf *out) {
    json_t *facts = json_array();
    for (size_t i = 0; i < ask->list->count; i++) {
        json_push(facts, fact_json(ask, &ask->list->facts[i]));
    }
    json_t *root = json_object();
    json_put_text(root, "schema", STR("topolint-ask/1"));
    json_put_text(root, "topolint", ask->report->version);
    json_put(root, "facts", facts);
    json_put(root, "unseen", json_unseen(ask->report));
    json_put(root, "coverage", json_coverage(ask->report));
    json_write(root, out);
}
