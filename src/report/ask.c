/* Facts to ask for, for people. */
#include "report/ask.h"

#include "base/limits.h"
#include "report/page.h"
#include "report/ways.h"
#include "report/words.h"

enum { RECORDS_SHOWN = 8, RULES_SHOWN = 8, INDENT = 4 };

typedef struct Writer {
    const AskReport *ask;
    Page page;
    Arena *scratch;
} Writer;

static void line(const Writer *writer, const char *name, Str text) {
    Buf *out = writer->page.out;
    buf_repeat(out, ' ', INDENT);
    Str head = arena_printf(writer->scratch, "%s%s", name, *name ? ": " : "");
    page_styled(&writer->page, STYLE_QUIET, head);
    page_wrap(&writer->page, text, (int)(INDENT + head.n), INDENT + 2);
    buf_addc(out, '\n');
}

/* The rules, "and 3 more" behind the first ones, then the contracts. */
static Str rules_text(const Writer *writer, const AskedFact *fact) {
    Buf out;
    buf_init(&out, LIMIT_TEXT_BYTES);
    for (size_t i = 0; i < fact->rule_count && i < RULES_SHOWN; i++) {
        buf_printf(&out, "%s%.*s", i ? ", " : "", STR_ARG(fact->rules[i]->id));
    }
    if (fact->rule_count > RULES_SHOWN) {
        buf_printf(&out, " and %zu more", fact->rule_count - RULES_SHOWN);
    }
    if (fact->contracts) {
        buf_addz(&out, " (");
        words_count(&out, fact->contracts, "contract");
        buf_addc(&out, ')');
    }
    Str text = arena_copy(writer->scratch, buf_str(&out));
    buf_clear(&out);
    return text;
}

static Str records_text(const Writer *writer, const AskedFact *fact) {
    EntityId ids[RECORDS_SHOWN];
    size_t count = fact->record_count < RECORDS_SHOWN ? fact->record_count : RECORDS_SHOWN;
    for (size_t i = 0; i < count; i++) {
        ids[i] = fact->records[i].id;
    }
    Str names = words_names(writer->scratch, writer->ask->report, ids, count, RECORDS_SHOWN,
                            fact->record_count);
    return fact->more ? arena_printf(writer->scratch, "%.*s, and others", STR_ARG(names)) : names;
}

static void write_fact(const Writer *writer, const AskedFact *fact, size_t number) {
    const Schema *schema = inventory_schema(writer->ask->report->inventory);
    const Kind *kind = schema_kind(schema, fact->kind);
    const Field *field = kind->columns[fact->column].field;
    Buf *out = writer->page.out;
    Str head = arena_printf(writer->scratch, "%3zu ", number);
    page_text(&writer->page, head);
    page_styled(&writer->page, STYLE_BOLD, fact->name);
    buf_addz(out, ": ");
    page_wrap(&writer->page, str_trim(field->doc), (int)(head.n + fact->name.n + 2), INDENT + 2);
    buf_addc(out, '\n');
    line(writer, "decides", rules_text(writer, fact));
    line(writer, "not stated for", records_text(writer, fact));
    size_t count;
    const Way *ways = field_ways(writer->ask->ways, sym_text(schema->interner, kind->name), field,
                                 writer->scratch, &count);
    for (size_t i = 0; i < count; i++) {
        line(writer, ways[i].tool.n ? ways[i].tool.s : "see", ways[i].command);
    }
    buf_addc(out, '\n');
}

/* Rules that cannot decide for a reason that is no fact. */
static void write_reasons(const Writer *writer) {
    const Report *report = writer->ask->report;
    bool any = false;
    for (size_t i = 0; i < report->not_assessed_count; i++) {
        const NotAssessed *item = &report->not_assessed[i];
        if (!item->missing_count) {
            buf_addz(writer->page.out, any ? "" : "no fact alone decides these:\n");
            any = true;
            line(writer, "", words_not_assessed(writer->scratch, report, item, true));
        }
    }
    buf_addz(writer->page.out, any ? "\n" : "");
}

static void write_unseen(const Writer *writer) {
    const Report *report = writer->ask->report;
    if (report->unseen_count) {
        buf_addz(writer->page.out, "what no input shows at all:\n");
    }
    for (size_t i = 0; i < report->unseen_count; i++) {
        line(writer, "", words_unseen(writer->scratch, &report->unseen[i]));
    }
    buf_addz(writer->page.out, report->unseen_count ? "\n" : "");
}

static void write_summary(const Writer *writer) {
    Buf text;
    buf_init(&text, LIMIT_TEXT_BYTES);
    words_count(&text, writer->ask->list->count, "fact");
    buf_addz(&text, " to ask for; ");
    words_coverage(writer->ask->report, &text);
    page_wrap(&writer->page, buf_str(&text), 0, 2);
    buf_addc(writer->page.out, '\n');
    buf_clear(&text);
}

void report_ask(const AskReport *ask, const ReportOptions *options, Buf *out) {
    Writer writer = {.ask = ask, .page = page_of(options, out), .scratch = arena_open(0)};
    for (size_t i = 0; i < ask->list->count; i++) {
        write_fact(&writer, &ask->list->facts[i], i + 1);
    }
    write_reasons(&writer);
    write_unseen(&writer);
    write_summary(&writer);
    arena_close(writer.scratch);
}
