/* Recovery mechanisms for people: on a terminal, and as docs/mechanisms.md. What no source confirms
 * is marked. */
#include "report/escape.h"
#include "report/page.h"
#include "report/words.h"

enum { FACTS = 9 };

typedef struct Fact {
    const char *name;
    Str value;
} Fact;

static bool is_unverified(const Mechanism *mechanism, const char *name) {
    for (size_t i = 0; i < mechanism->unverified_count; i++) {
        if (str_eq(mechanism->unverified[i], str_of(name))) {
            return true;
        }
    }
    return false;
}

static Str marked(Arena *arena, const Mechanism *mechanism, const char *field, Str text) {
    return text.n && is_unverified(mechanism, field)
               ? arena_printf(arena, "%.*s (not verified)", STR_ARG(text))
               : text;
}

static Str span_text(Arena *arena, int64_t from, int64_t to) {
    if (from == MEM_INT_NULL) {
        return STR_NONE;
    }
    return from == to ? arena_printf(arena, "%lld s", (long long)from)
                      : arena_printf(arena, "%lld to %lld s", (long long)from, (long long)to);
}

static void list_facts(Arena *arena, const Mechanism *mechanism, Fact facts[FACTS]) {
    Str layer = mechanism->layer == MEM_INT_NULL
                    ? STR_NONE
                    : arena_printf(arena, "%lld", (long long)mechanism->layer);
    Str triggers = words_join(arena, mechanism->triggers, mechanism->trigger_count, ", ");
    Str action =
        arena_printf(arena, "%.*s of a %.*s%s", STR_ARG(mechanism->action),
                     STR_ARG(mechanism->subject), mechanism->automatic ? "" : ", by somebody");
    Str detect = span_text(arena, mechanism->detect_min, mechanism->detect_max);
    Str act = span_text(arena, mechanism->act_min, mechanism->act_max);
    const Fact all[FACTS] = {
        {"layer", layer},
        {"reacts to", marked(arena, mechanism, "triggers", triggers)},
        {"does", marked(arena, mechanism, "action", action)},
        {"state after it", marked(arena, mechanism, "state", mechanism->state)},
        {"decides", marked(arena, mechanism, "authority", mechanism->authority)},
        {"arbiter", marked(arena, mechanism, "arbiter", mechanism->arbiter)},
        {"notices after", marked(arena, mechanism, "detect_s", detect)},
        {"has acted after", marked(arena, mechanism, "act_s", act)},
        {"pack", mechanism->pack},
    };
    for (size_t i = 0; i < FACTS; i++) {
        facts[i] = all[i];
    }
}

void report_mechanism(const Mechanism *mechanism, const ReportOptions *options, Buf *out) {
    enum { INDENT = 2, VALUES = 19 };
    Page page = page_of(options, out);
    Arena *scratch = arena_open(0);
    Fact facts[FACTS];
    page_styled(&page, STYLE_BOLD, mechanism->id);
    buf_printf(out, ": %.*s, a recovery mechanism\n\n", STR_ARG(mechanism->title));
    page_prose(&page, mechanism->doc, INDENT);
    buf_addc(out, '\n');
    list_facts(scratch, mechanism, facts);
    for (size_t i = 0; i < FACTS; i++) {
        if (facts[i].value.n) {
            buf_printf(out, "  %-17s", facts[i].name);
            page_wrap(&page, facts[i].value, VALUES, VALUES);
            buf_addc(out, '\n');
        }
    }
    buf_addc(out, '\n');
    page_styled(&page, STYLE_BOLD, STR("Sources"));
    buf_addc(out, '\n');
    for (size_t i = 0; i < mechanism->source_count; i++) {
        buf_addz(out, "  - ");
        page_wrap(&page, mechanism->sources[i], INDENT + 2, INDENT + 2);
        buf_addc(out, '\n');
    }
    arena_close(scratch);
}

static void write_section(const Mechanism *mechanism, Arena *scratch, Buf *out) {
    Fact facts[FACTS];
    list_facts(scratch, mechanism, facts);
    buf_printf(out, "\n## %.*s\n\n", STR_ARG(mechanism->id));
    escape_markdown(out, arena_printf(scratch, "%.*s. %.*s", STR_ARG(mechanism->title),
                                      STR_ARG(str_trim(mechanism->doc))));
    buf_addz(out, "\n\n| fact | value |\n|---|---|\n");
    for (size_t i = 0; i < FACTS; i++) {
        if (facts[i].value.n) {
            buf_printf(out, "| %s | ", facts[i].name);
            escape_markdown(out, facts[i].value);
            buf_addz(out, " |\n");
        }
    }
    buf_addz(out, "\nSources:\n\n");
    for (size_t i = 0; i < mechanism->source_count; i++) {
        buf_addz(out, "- ");
        escape_markdown(out, mechanism->sources[i]);
        buf_addc(out, '\n');
    }
}

void report_mechanisms_page(const Packs *packs, Buf *out) {
    Arena *scratch = arena_open(0);
    buf_addz(out,
             "# Recovery mechanisms\n\nGenerated from `rules/*/mechanisms.yaml`; `topolint explain"
             " MECHANISM` prints one on a\nterminal. Table `protection` tells where each is"
             " active. Layers: 1 storage, 2 network, 3 host, 4 virtual\nmachine, 5 guest cluster, 6"
             " application data, 7 client entry, 8 site.\n");
    for (size_t i = 0; i < packs->count; i++) {
        for (size_t j = 0; j < packs->items[i].mechanism_count; j++) {
            write_section(&packs->items[i].mechanisms[j], scratch, out);
        }
    }
    arena_close(scratch);
}
